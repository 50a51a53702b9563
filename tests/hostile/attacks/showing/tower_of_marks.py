# /// attack
# title = "Piles thousands of marks onto one letter, so that they cover the lines above"
# ///

# %%
print("TRIED to cover other lines")
TOWER = "Z" + "\u0351\u0300\u0489\u20dd\u1ab0" * 2000 + "a" + "\u0e49" * 500 + "\u0f71" * 500
print(TOWER)


# %%
def rank_of(value):
    return TOWER


def kind_of(value):
    raise ValueError(TOWER)
