# /// attack
# title = "Turns the direction of lines, and hides words by characters that show nothing"
# ///

# %%
print("TRIED to turn and to hide")
TURNED = "\u202egnp.stniop_lla\u202c \u2066\u2067\u2068\u2069 \u061c\u200e\u200f \u202a\u202b\u202d"
HIDDEN = "a\u200bb\u200cc\u200dd\u2060e\ufefff\xadg\u180eh\u3164i\u115fj\u2800k\U000e0041\U000e0042\u034f\ufff9x\ufffay\ufffb"
LINES = "one\u2028two\u2029three\x85four\x0bfive\x0csix\x1cseven"
print(TURNED, HIDDEN, LINES)


# %%
def rank_of(value):
    return TURNED + HIDDEN + LINES


def kind_of(value):
    raise KeyError(TURNED + HIDDEN + LINES)
