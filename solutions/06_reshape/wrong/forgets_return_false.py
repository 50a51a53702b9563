# variant: wrong
# fails: six_values
# who: prints the reason instead of returning False
import tensorflow as tf

def flatten(t):
    return tf.reshape(t, [-1])

def to_shape(t, shape):
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])

def is_possible(size, shape):
    try:
        tf.reshape(tf.zeros(size), shape)
        return True
    except tf.errors.InvalidArgumentError as e:
        print("불가능:", e.message)
