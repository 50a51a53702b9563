# /// attack
# title = "Answers with lone surrogates, NUL bytes, 4 million combining marks and format strings"
# ///

# %%
words = iter(["\ud800\udfff" * 50, "scalar\0", "a" + "\u0301" * 4_000_000, "{message}{0.__class__}%s", "\u202escalar", "ſcalar"] * 99)

# %%
print("TRIED to break whoever writes the text down")
kind_of = lambda value: next(words)
rank_of = lambda value: next(words)
make_scalar = lambda: next(words)
