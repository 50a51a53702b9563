# /// attack
# title = "Answers with lists that contain themselves, and with nesting 100,000 deep"
# exercise = "matmul"
# ///

# %%
def deep():
    inner = 1.0
    for _ in range(100_000):
        inner = [inner]
    return inner


def cyclic():
    one, other = [], {}
    one += [other, one]
    other["again"] = (one, other)
    return one


def branching():
    inner = [0]
    for _ in range(60):
        inner = [inner, inner]  # 2^60 numbers in 60 lists
    return inner


# %%
print("TRIED to lead the reader into a maze")
multiply_matrices = lambda a, b: deep()
dense_forward = lambda x, w, b: cyclic()
product_shape = lambda m, n, k: branching()
