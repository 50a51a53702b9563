# /// attack
# title = "Answers with arrays and tensors of dtypes that no number has: object, structured, string, variant, resource, ragged, sparse"
# exercise = "matmul"
# ///

# %%
import numpy as np
import tensorflow as tf

RIGHT = [[15.0, 43.0], [5.0, 17.0]]
turn = iter(range(10**6))


class Any:
    __eq__ = __lt__ = __gt__ = lambda self, other: True


def strange():
    kinds = [
        lambda: np.array([[Any(), Any()], [Any(), Any()]], dtype=object),
        lambda: np.zeros((2, 2), dtype=[("value", "f4"), ("also", "O")]),
        lambda: np.array(RIGHT).astype("datetime64[s]"),
        lambda: tf.strings.as_string(RIGHT),
        lambda: tf.ragged.constant([[15.0, 43.0], [5.0]]),
        lambda: tf.sparse.from_dense(RIGHT),
        lambda: tf.Variable(RIGHT).handle,
        lambda: tf.raw_ops.EmptyTensorList(element_shape=[2], max_num_elements=1, element_dtype=tf.float32),
        lambda: tf.cast(RIGHT, tf.float8_e5m2) if hasattr(tf, "float8_e5m2") else None,
        lambda: np.zeros((2, 2), "V8"),
        lambda: tf.data.Dataset.from_tensor_slices(RIGHT),
    ]
    return kinds[next(turn) % len(kinds)]()


# %%
print("TRIED every odd dtype")
multiply_matrices = dense_forward = product_shape = lambda *args: strange()
