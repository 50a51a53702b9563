# variant: right
# who: counts with tf.size, asks TensorFlow itself whether a shape is possible
# %%
import tensorflow as tf

t1 = [[1, 2, 3], [4, 5, 6]]
print(t1)
t2 = tf.reshape(t1, [6])
print(t2)
t3 = tf.reshape(t2, [3, 2])
print(t3)

# %%
def flatten(t):
    n = tf.size(t)
    return tf.reshape(t, [n])

# %%
def to_shape(t, shape):
    new_t = tf.reshape(t, shape=tuple(shape))
    return new_t

# %%
def infer_rows(t, columns):
    rows = tf.size(t) // columns
    return tf.reshape(t, [rows, columns])

# %%
def is_possible(size, shape):
    try:
        tf.reshape(tf.range(size), shape)
    except Exception as e:
        print("안 됨:", e)
        return False
    return True

# %%
print(is_possible(6, [3, 2]), is_possible(6, [4, 2]))
