# variant: right
# who: Python only, with zip; answers are tuples and lists of 0-d tensors, the shape a namedtuple
from collections import namedtuple

Shape = namedtuple("Shape", ["rows", "columns"])


def multiply_matrices(a, b):
    return [[sum(p * q for p, q in zip(row, column)) for column in zip(*b)] for row in a]


def dense_forward(x, w, b):
    sums = multiply_matrices(x, w)
    return tuple(tuple(s + bias for s, bias in zip(row, b)) for row in sums)


def product_shape(*lengths):
    return Shape(lengths[0], lengths[-1])
