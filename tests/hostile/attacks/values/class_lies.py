# /// attack
# title = "Answers with objects whose __class__ says tf.Tensor, ndarray or int, and whose metaclass says so too"
# exercise = "matmul"
# says = ["it is Pretends"]
# ///

# %%
import numpy as np
import tensorflow as tf

RIGHT = np.array([[15, 43], [5, 17]])


class Meta(type):
    def __instancecheck__(cls, other):
        return True

    def __subclasscheck__(cls, other):
        return True

    def mro(cls):
        return [cls, object]

    __name__ = property(lambda cls: "EagerTensor")
    __module__ = property(lambda cls: "tensorflow.python.framework.ops")


class Pretends(metaclass=Meta):
    def __init__(self, real):
        object.__setattr__(self, "real", real)

    __class__ = property(lambda self: self.real)
    dtype, shape = tf.float32, (2, 2)

    def numpy(self):
        print("TRIED to be asked for its values")
        return RIGHT

    def __eq__(self, other):
        return True


# %%
print("TRIED to pass for another type")


def multiply_matrices(a, b):
    return Pretends(type(tf.constant(1)))


def dense_forward(x, weights, bias):
    return Pretends(np.ndarray)


def product_shape(m, n, k):
    return Pretends(tuple)
