# /// attack
# title = "Prints where it runs: folders, files of packages, its user, its machine, the environment"
# ///

# %%
import os
import platform
import socket
import sys
import sysconfig
import tempfile
import warnings

import keras
import numpy as np

print("TRIED to say where it runs")
print(sys.path, sys.prefix, sys.executable, sys.argv, sysconfig.get_paths())
print(keras.__file__, np.__file__, __import__("tensorflow").__path__, keras.__spec__)
print(os.getcwd(), os.path.expanduser("~"), tempfile.gettempdir(), dict(os.environ))
print(platform.node(), socket.gethostname(), os.uname().nodename)
for path in ("/proc/self/cmdline", "/proc/self/environ", "/proc/self/mountinfo", "/proc/self/maps"):
    try:
        print(open(path, errors="replace").read().replace("\0", " ")[:4000])
    except OSError as error:
        print(type(error).__name__)
warnings.warn("where am I?")


# %%
import tensorflow as tf


@tf.function
def inside(x):
    if tf.reduce_sum(x) > 0:
        x = x + no_such_name
    return x


def rank_of(value):
    return keras


def kind_of(value):
    return inside(tf.ones((2, 2)))


def make_scalar():
    raise FileNotFoundError(keras.__file__, sys.prefix)


def make_vector():
    return tf.linalg.matmul(tf.ones((2, 3)), tf.ones((2, 3)))


# %%
inside(tf.ones((2, 2)))

# %%
np.load(os.path.join(sys.prefix, "nothing.npy"))
