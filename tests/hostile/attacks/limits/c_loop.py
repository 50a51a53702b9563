# /// attack
# title = "Computes for ever in C, where no interrupt arrives"
# limit = "cpu"
# says = ["of computing"]
# ///

# %%
import re

print("TRIED a regular expression")
re.match(r"(a+)+$", "a" * 60 + "b")
