# /// attack
# title = "Opens files without end"
# says = ["256 files open at once", "open() in a loop"]
# ///

# %%
print("TRIED to open files without end")
kept = []
while True:
    kept.append(open("/dev/null"))
