# /// attack
# title = "One endless word of an exception, of a name, of a key and of an answer"
# ///

# %%
print("TRIED to make a page wide and heavy")
LONG = "W" * 90_000
print(LONG)


# %%
def rank_of(value):
    return LONG


def kind_of(value):
    raise type("E" * 50_000, (Exception,), {})(LONG)


def make_scalar():
    return {LONG: LONG}


def make_vector():
    return [LONG[:50]] * 10_000


exec(f"def {'f' * 5000}(): raise ValueError('deep')\n{'f' * 5000}()")
