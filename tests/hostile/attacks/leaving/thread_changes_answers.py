# /// attack
# title = "Changes the answer after it was given: threads, finalizers, weak references and timers that act later"
# exercise = "matmul"
# says = ["where a number should be"]
# ///

# %%
import gc
import threading
import time
import weakref

import numpy as np

RIGHT = np.array([[15.0, 43.0], [5.0, 17.0]], "float32")
given = []


def keep_changing():
    while True:
        for array in given:
            array[...] = np.nan
        time.sleep(0.0005)


class Last:
    def __del__(self):
        for array in given:
            array[...] = np.inf


# %%
print("TRIED to change what it has answered")
threading.Thread(target=keep_changing, daemon=True).start()


def multiply_matrices(a, b):
    answer = np.zeros((2, 2), "float32")
    given.append(answer)
    weakref.finalize(answer, given[0].fill, 7.0)
    Last()
    gc.collect()
    return answer


dense_forward = lambda x, w, b: multiply_matrices(x, w)
