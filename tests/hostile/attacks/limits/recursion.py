# /// attack
# title = "Recurses until the stack ends, also in C and without Python's guard"
# says = ["ended its own process"]
# ///

# %%
print("TRIED without end")


def down(n):
    return down(n + 1)


down(0)

# %%
import sys

print("TRIED without the guard")
sys.setrecursionlimit(10**9)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def deeper(x):
    return [deeper(y) for y in (x,)]


x = ()
for _ in range(1_000_000):
    x = (x,)
hash(x)
