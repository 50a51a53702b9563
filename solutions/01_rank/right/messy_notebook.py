# variant: right
# who: exported from a notebook: leftover cells, one of them broken, a second definition that replaces the first
#!/usr/bin/env python
# coding: utf-8

# In[1]:
import tensorflow as tf
import numpy as np
import matplotlib.pyplot as plt

# In[2]:
def rank_of(value):
    print(tf.rank(value))

# In[7]:
# again, this time with return!!
def rank_of(value):
    result = tf.rank(value).numpy()
    print("rank =", result)
    return result

# In[8]:
x = tf.zeros([3, 4])
x.reshape(2, 6)     # does not work on tensors

# In[9]:
def make_scalar():
    s = tf.constant("hello")
    return s
def make_vector():
    v = tf.constant(np.array([1., 2., 3.]))
    return v
def make_matrix():
    m = tf.Variable(np.zeros((2, 3)))
    return m

# In[11]:
def make_tensor(rank):
    t = tf.constant(1)
    while tf.rank(t) < rank:
        t = tf.expand_dims(t, 0)
    return t

# In[12]:
def kind_of(value):
    k = 'n-D tensor'
    if len(value.shape) == 0: k = 'scalar'
    if len(value.shape) == 1: k = 'vector'
    if len(value.shape) == 2: k = 'matrix'
    return k
make_tensor(5)
