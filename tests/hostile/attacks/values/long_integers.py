# /// attack
# title = "Answers with integers of a million digits, which take minutes to write as decimals"
# exercise = "matmul"
# ///

# %%
LONG = 1 << 3_300_000
JUST_SENT = (1 << 8_000) - 1

# %%
print("TRIED to have a long number written out")
multiply_matrices = lambda a, b: [[LONG, JUST_SENT], [JUST_SENT, -JUST_SENT]]
dense_forward = lambda x, w, b: JUST_SENT
product_shape = lambda m, n, k: (JUST_SENT, LONG)
