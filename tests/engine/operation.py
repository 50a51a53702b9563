"""A module that runs a TensorFlow operation when it is imported: what the zygote must never load."""

import tensorflow as tf

ONE = tf.ones(())
