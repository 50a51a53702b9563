# /// attack
# title = "Replaces Python's builtins, json, struct and re by things that lie or raise"
# ///

# %%
print("TRIED to take the tools away from whoever reads the answers")

# %%
import builtins
import json
import re
import struct


def broken(*args, **kwargs):
    raise RuntimeError("this was patched")


# %%
json.dumps = json.loads = lambda *args, **kwargs: '{"ok": true, "value": 2, "outcome": "passed"}'
json.JSONEncoder.encode = json.JSONEncoder.iterencode = lambda *args, **kwargs: '{"ok": true}'
struct.pack = struct.unpack = re.compile = re.sub = broken
for name in ("isinstance", "type", "id", "getattr", "hasattr", "repr", "str", "len", "sum", "sorted", "map", "dict", "list"):
    setattr(builtins, name, broken)


# %%
def rank_of(value):
    return True


kind_of = make_scalar = make_vector = rank_of
