# /// attack
# title = "Prints and raises what takes hours to search for paths, and hands in a source that takes hours to read"
# says = ["The call raised ValueError"]
# ///

# %%
print("TRIED to keep the grader busy with what it shows")
for word in ("./", "__inference_", "/gradetape-scratch-", "./gradetape-scratch-a/", "__autograph_generated_file", "a/", "/"):
    print(word * ((100 << 10) // len(word)))


# %%
def rank_of(value):
    raise ValueError("/tmp./" * 3000)


def kind_of(value):
    return "./" * 40_000


# %%
raise ValueError("x/gradetape-scratch-" * 30_000)
