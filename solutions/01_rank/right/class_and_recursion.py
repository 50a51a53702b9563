# variant: right
# who: a class with a recursive method, the functions are its bound methods; kinds from a NumPy array
import numpy as np
import tensorflow as tf


class Tensors:
    kinds = np.array(["scalar", "vector", "matrix", "n-D tensor"])

    def rank_of(self, value):
        def count(shape):
            return 1 + count(shape[1:]) if len(shape) else 0

        return np.int64(count(value.shape))

    def make(self, rank=0):
        if rank == 0:
            return tf.random.uniform([])
        return tf.stack([self.make(rank - 1), self.make(rank - 1)])

    def kind_of(self, value):
        return self.kinds[min(self.rank_of(value), 3)]


t = Tensors()
rank_of, make_scalar, make_tensor, kind_of = t.rank_of, t.make, t.make, t.kind_of
make_vector = lambda: t.make(1)
make_matrix = lambda: t.make(2)

for r in range(5):
    print(r, rank_of(make_tensor(r)), kind_of(make_tensor(r)))
