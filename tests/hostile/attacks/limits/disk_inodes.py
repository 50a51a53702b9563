# /// attack
# title = "Makes files without end, all of them empty"
# says = ["48 MB of files"]
# ///

# %%
print("TRIED a million files")
for n in range(1_000_000):
    open(f"f{n}", "w").close()
print("BROKE made a million files")
