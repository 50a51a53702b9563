# /// attack
# title = "Answers with an object that is equal to everything, larger and smaller than everything, and true"
# says = ["The answer should be a whole number; it is Yes."]
# ///

# %%
class Yes:
    def __eq__(self, other):
        return True

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    def __index__(self):
        return 2

    __int__ = __len__ = __index__

    def __float__(self):
        return 2.0

    def __bool__(self):
        return True

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __iter__(self):
        return iter([self, self])

    def __sub__(self, other):
        return 0

    __rsub__ = __sub__


# %%
print("TRIED to be equal to every right answer")
rank_of = make_scalar = make_vector = make_matrix = make_tensor = kind_of = lambda *args: Yes()
