# /// attack
# title = "Makes files without end, all of them empty"
# ///

# %%
import time

print("TRIED a million files")
for n in range(1_000_000):
    open(f"f{n}", "w").close()
    if n % 500 == 0:
        time.sleep(0.02)
print("BROKE made a million files")
