# variant: wrong
# fails: lecture_ranks, lecture_kinds
# mistake: length_not_rank
# who: uses len(), and builds kind_of on it
import numpy as np
import tensorflow as tf

# 랭크는 길이 아닌가?
def rank_of(value):
    return len(value)

def make_scalar():
    return np.float32(4)

def make_vector():
    return np.array([1, 2, 3])

def make_matrix():
    return np.array([[1, 2], [3, 4]])

def make_tensor(rank):
    return np.zeros([2] * rank)

def kind_of(value):
    r = rank_of(value)
    if r == 0:
        return 'scalar'
    elif r == 1:
        return 'vector'
    elif r == 2:
        return 'matrix'
    else:
        return 'n-D tensor'
