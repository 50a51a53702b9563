# variant: right
# who: knows NumPy well and answers with arrays
import numpy as np


def rank_of(value):
    return np.ndim(value)


def make_scalar():
    return np.array(3.5)


def make_vector():
    return np.arange(4)


def make_matrix():
    return np.eye(3)


def make_tensor(rank):
    return np.ones((1,) * rank)


def kind_of(value):
    n = np.asarray(value).ndim
    return {0: "scalar", 1: "vector", 2: "matrix"}.get(n, "n-D tensor")
