# variant: wrong
# fails: flattens_any_rank
# who: collects the values in a dict, where equal ones meet
import tensorflow as tf

def flatten(t):
    values = {}
    for v in t.numpy().ravel():
        values[v] = True
    return list(values)

def to_shape(t, shape):
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    return tf.reshape(t, (-1, columns))

def is_possible(size, shape):
    try:
        return tf.reshape(tf.zeros(size), shape) is not None
    except Exception:
        return False
