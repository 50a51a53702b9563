# /// attack
# title = "Answers with mocks, proxies and partials, which accept every question"
# says = ["it is unittest.MagicMock"]
# ///

# %%
import functools
import types
import weakref
from unittest.mock import MagicMock

kept = MagicMock()
kept.__len__.return_value = 2
kept.__index__ = lambda self: 2
kept.__eq__ = lambda self, other: True

# %%
print("TRIED to answer with things that agree to everything")
rank_of = kind_of = lambda value: MagicMock(name="2", spec=int)
make_scalar = lambda: weakref.proxy(kept)
make_vector = lambda: types.SimpleNamespace(shape=(2,), ndim=1, numpy=lambda: [1, 2])
make_matrix = lambda: functools.partial(print, 1)
make_tensor = lambda rank: kept
