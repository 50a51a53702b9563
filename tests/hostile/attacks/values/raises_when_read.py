# /// attack
# title = "Answers with objects that raise, whichever way one looks at them"
# ///

# %%
print("TRIED to break whoever reads the answer")


def raising(error):
    def throw(*args, **kwargs):
        raise error("do not look at me")

    names = "repr str bytes len iter getitem eq ne hash bool int float index array array_interface getattribute dir reduce_ex format sizeof call"
    members = {f"__{name}__": throw for name in names.split()}
    return type("Thorny", (), members)


class Unnamed(type):
    def __getattribute__(cls, name):
        raise SystemExit(0)

    def __repr__(cls):
        raise KeyboardInterrupt


class Odd(metaclass=Unnamed):
    def __repr__(self):
        raise GeneratorExit


class Nested(Exception):
    def __str__(self):
        raise RecursionError


# %%
def rank_of(value):
    return raising(SystemExit)()


def kind_of(value):
    return raising(KeyboardInterrupt)()


def make_scalar():
    return Odd()


def make_vector():
    return [raising(MemoryError)(), {raising(StopIteration): 1}]


def make_matrix():
    raise Nested


def make_tensor(rank):
    raise BaseExceptionGroup("all", [SystemExit(0), raising(RuntimeError).__mro__[0].__new__(Nested)])
