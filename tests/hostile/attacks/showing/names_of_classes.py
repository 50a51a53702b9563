# /// attack
# title = "Classes, functions, modules, variables and exceptions named in HTML, commands and terminal codes"
# ///

# %%
import types

print("TRIED names")
NASTY = "<script>alert('CANARY')</script>\x1b]0;owned\x07\u202e\x00::error::x"
Nasty = type(NASTY, (Exception,), {"__module__": NASTY, "__qualname__": NASTY, "__repr__": lambda self: NASTY})


def rank_of(value):
    return type(NASTY, (), {"__repr__": lambda self: NASTY, "__str__": lambda self: NASTY})()


def kind_of(value):
    raise Nasty(NASTY)


def make_scalar():
    def inner():
        return 1 / 0

    inner.__code__ = inner.__code__.replace(co_name=NASTY, co_qualname=NASTY, co_filename=NASTY)
    return inner()


def make_vector():
    return types.ModuleType(NASTY)


def make_matrix():
    return {NASTY: NASTY, Nasty: Nasty}


globals()[NASTY] = 1
rank_of.__name__ = rank_of.__qualname__ = NASTY

# %%
raise Nasty(NASTY)
