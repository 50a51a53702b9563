# /// attack
# title = "Answers with objects whose repr has 200 MB, recurses, or is no string; and whose length is 10^18"
# ///

# %%
class Huge:
    def __repr__(self):
        return "x" * 200_000_000

    def __len__(self):
        return 10**18


class Recursive:
    def __repr__(self):
        return repr(self)


class NoString:
    def __repr__(self):
        return 7


class Letters(str):
    def __getitem__(self, index):
        return "y" * 100_000_000

    def encode(self, *args):
        return b"\xff" * 10


class Named:
    def __repr__(self):
        return Letters("x")


# %%
print("TRIED to fill the report")
rank_of = lambda value: Huge()
kind_of = lambda value: Recursive()
make_scalar = lambda: NoString()
make_vector = lambda: Named()
make_matrix = lambda: type("N" * 10_000_000, (), {})()
