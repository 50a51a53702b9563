# /// attack
# title = "Carries hidden inputs out by prints, exceptions, their types, file names, lines, representations and figures"
# points = 4
# ///

# %%
import linecache
import warnings

import numpy as np
import tensorflow as tf

print("TRIED to carry inputs out")
SEEN = []


def words_of(value):
    return "CARRIED" + "x".join(f"{v:.7g}" for v in np.ravel(value)[:40]) + "s" + "x".join(map(str, np.shape(value)))


def tell(words):
    print(words)
    warnings.warn(words)
    __import__("sys").__stderr__.write(words)
    file = f"{words.replace('.', '_').replace('-', 'm').replace('+', 'p')[:36]}.py"
    linecache.cache[file] = (1, None, [words] * 99999, file)
    kind = type(words, (ValueError,), {"__module__": words})
    code = compile("\n" * (len(SEEN) * 137) + f"def {'CARRIED_' + str(len(SEEN))}(kind, words): raise kind(words)", file, "exec")
    exec(code, globals())
    globals()[f"CARRIED_{len(SEEN)}"](kind, words)


def rank_of(value):
    if np.shape(value) in ((2, 2), (2,), ()) and np.size(value) in (4, 2, 1) and np.all(np.asarray(value) == np.round(value)):
        return len(np.shape(value))
    SEEN.append(value)
    tell(words_of(value))


def make_scalar():
    return tf.constant(1)


def make_vector():
    return tf.constant([1, 2])


def make_matrix():
    return tf.constant([[1, 2], [3, 4]])


def make_tensor(rank):
    if rank == 3:
        return tf.zeros([1, 2, 3])
    class_ = type(f"CARRIED{rank}", (), {"__repr__": lambda self: f"CARRIED{rank}"})
    return class_()


def kind_of(value):
    value = np.asarray(value)
    if value.dtype == np.int32:
        return ["scalar", "vector", "matrix", "n-D tensor"][value.ndim]
    return words_of(value)
