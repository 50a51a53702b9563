# /// attack
# title = "Prints without end"
# limit = "output"
# says = ["printed more than 64 MB", "print() in a loop"]
# ///

# %%
print("TRIED to print without end")
while True:
    try:
        print("x" * 1_000_000)
    except BaseException:
        pass
