# /// attack
# title = "Answers with generators and ranges that have no end"
# says = ["which is not computed yet"]
# ///

# %%
import itertools


def forever():
    while True:
        yield 1


class Endless(list):
    def __iter__(self):
        return forever()

    def __len__(self):
        return 10**15


# %%
print("TRIED to be iterated over for ever")
rank_of = lambda value: map(int, itertools.count())
kind_of = lambda value: range(10**18)
make_scalar = lambda: forever()
make_vector = lambda: itertools.repeat(1.0)
make_matrix = lambda: zip(itertools.count(), itertools.count())
make_tensor = lambda rank: Endless()
