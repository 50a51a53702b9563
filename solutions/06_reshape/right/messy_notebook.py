# variant: right
# who: notebook export, functions written twice, a broken cell, verdict as a tensor
# In[1]:
import tensorflow as tf
import numpy as np
from functools import reduce
# In[2]:
t1 = tf.constant([[1,2,3],[4,5,6]])
t1.reshape(6)   # AttributeError...
# In[3]:
def flatten(t):
    tf.reshape(t, [6])
# In[4]:
def flatten(t):
    # fixed
    t = tf.reshape(t, [-1])
    return t
flatten(t1)
# In[6]:
def to_shape(t, shape):
    result = np.reshape(t, shape)
    result = tf.constant(result)
    return result
to_shape(t1, [3,2])
# In[7]:
def infer_rows(t, columns):
    size = 1
    for d in t.shape:
        size = size * d
    rows = int(size / columns)
    return to_shape(t, [rows, columns])
infer_rows(t1, 2)
# In[9]:
def is_possible(size, shape):
    if shape.count(-1) > 1:
        return tf.constant(False)
    if -1 in shape:
        s = list(shape)
        s.remove(-1)
        p = reduce(lambda x, y: x*y, s, 1)
        possible = p != 0 and size % p == 0
    else:
        possible = tf.reduce_prod(shape) == size
    return tf.constant(bool(possible))
for s in [[3,2],[4,2],[-1,3]]:
    print(s, is_possible(6, s))
