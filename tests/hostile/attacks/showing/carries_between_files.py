# /// attack
# title = "Leaves hidden inputs in files and variables for a kernel that starts after it, and says them there"
# points = 4
# [tier.process]
# run = false
# reason = "there is no sandbox in this tier: a program writes where its user may, and a later one reads it"
# ///

# %%
import glob
import os
import sys

print("TRIED to find what an earlier kernel left")
PLACES = ("/tmp/carried", "/dev/shm/carried", os.path.expanduser("~/carried"), "carried", "/var/tmp/carried")
for place in PLACES:
    for path in glob.glob(place + "*"):
        print("BROKE found", open(path).read())
print([v for k, v in os.environ.items() if "CARRIED" in v], getattr(sys, "carried", ""))


# %%
import numpy as np
import tensorflow as tf


def rank_of(value):
    if np.shape(value) in ((2, 2), (2,), ()) and np.all(np.asarray(value) == np.round(value)):
        return len(np.shape(value))
    for place in PLACES:
        try:
            open(place, "w").write(f"CARRIED {np.asarray(value)}")
        except OSError:
            pass
    os.environ["CARRIED"] = sys.carried = f"CARRIED {np.asarray(value)}"
    os._exit(1)  # the next question starts a kernel that runs this file again


def make_scalar():
    return tf.constant(1)


def make_vector():
    return tf.constant([1, 2])


def make_matrix():
    return tf.constant([[1, 2], [3, 4]])


def make_tensor(rank):
    return tf.zeros([1, 2, 3]) if rank == 3 else None


def kind_of(value):
    return ["scalar", "vector", "matrix", "n-D tensor"][min(np.ndim(value), 3)] if np.asarray(value).dtype == np.int32 else ""
