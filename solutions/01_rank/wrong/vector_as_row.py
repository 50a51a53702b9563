# variant: wrong
# fails: makes_scalar_vector_matrix
# mistake: row_is_a_matrix
# who: makes the vector a matrix with one row, shape (1, 3)
# %%
import numpy as np
import tensorflow as tf

# %%
def rank_of(value):
    return np.ndim(value)

def make_scalar():
    return np.array(1)

def make_vector():
    return np.array([[6, 7, 8]])   # 행벡터

def make_matrix():
    return np.array([[6, 7, 8], [9, 10, 11]])

def make_tensor(rank):
    return np.zeros((2,) * rank)

def kind_of(value):
    k = rank_of(value)
    if k >= 3: return f"{k}-D tensor"
    return ["scalar", "vector", "matrix"][k]
