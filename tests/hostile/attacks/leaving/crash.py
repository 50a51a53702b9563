# /// attack
# title = "Crashes in C"
# says = ["Your program ended its own process", "a crash in C code"]
# ///

# %%
import ctypes

print("TRIED to crash")
ctypes.string_at(0)
