# /// attack
# title = "Answers with lists and dicts of millions of elements, and with many megabytes of bytes"
# ///

# %%
print("TRIED to send more than can be read")
rank_of = lambda value: [0] * 5_000_000
kind_of = lambda value: "k" * 100_000_000
make_scalar = lambda: dict.fromkeys(range(300_000))
make_vector = lambda: bytes(150_000_000)
make_matrix = lambda: [[] for _ in range(200_000)]
make_tensor = lambda rank: {frozenset({n}) for n in range(100_000)}
