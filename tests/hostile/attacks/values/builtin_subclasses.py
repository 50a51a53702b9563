# /// attack
# title = "Answers with subclasses of int, str, list and float that equal everything but hold something else"
# says = ["The number differs.", "The text differs."]
# ///

# %%
def agreeing(base):
    def say_yes(*args, **kwargs):
        return True

    names = ("__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__", "__bool__", "startswith", "endswith")
    members = dict.fromkeys(names, say_yes) | {"__ne__": lambda *a: False, "__hash__": lambda *a: 0}
    members |= {"__pos__": lambda *a: 2, "__abs__": lambda *a: 2, "__int__": lambda *a: 2, "__index__": lambda *a: 2}
    members |= {"__len__": lambda *a: 0, "__iter__": lambda *a: iter([1, 2])}
    members |= {name: lambda self, *a: self for name in ("strip", "casefold", "lower", "upper", "encode")}
    return type(base.__name__, (base,), members)


# %%
print("TRIED to pass for every number and word")


def rank_of(value):
    return agreeing(int)(77)


def kind_of(value):
    return agreeing(str)("anything")


def make_scalar():
    return agreeing(list)([1, 2, 3])


def make_vector():
    return agreeing(float)(1.0)


def make_tensor(rank):
    return agreeing(list)([1, 2, 3])
