# /// attack
# title = "Crashes in C"
# says = ["Your program ended its own process", "a crash in C code"]
# ///

# %%
print("TRIED to crash")

# %%
import ctypes

ctypes.string_at(0)
