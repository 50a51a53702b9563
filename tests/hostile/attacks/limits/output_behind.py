# /// attack
# title = "Floods standard error, C's standard output, and the displays of a notebook"
# ///

# %%
import os
import sys

print("TRIED the real standard streams")
for fd in (1, 2):
    for _ in range(200):
        os.write(fd, b"x" * (1 << 20))

# %%
from IPython.display import HTML, display

print("TRIED displays")
for n in range(300):
    display(HTML("x" * 100_000))

# %%
print("TRIED standard error")
sys.stderr.write("y" * (20 << 20))
