# /// attack
# title = "Finds the probe in memory and replaces its methods, tables and functions"
# says = ["the reply of the program is damaged"]
# ///

# %%
import gc
import types

gc.unfreeze()
verdict = {"ok": True, "value": {"k": "passed", "points": 100}, "outcome": "passed", "points": 100, "hidden": True}


def answer(self, content, buffers):
    return verdict, []


# %%
print("TRIED to answer in the probe's place")
for thing in gc.get_objects():
    kind = type(thing)
    if kind.__name__ == "Probe" and kind.__module__.startswith("grader"):
        kind.answer = answer
        thing._ops = {}
    elif kind.__name__ == "Kernel" and kind.__module__.startswith("grader"):
        thing.probe = types.SimpleNamespace(answer=lambda *a: answer(None, *a), end_of_cell=lambda: None)
    elif isinstance(thing, types.FunctionType) and (thing.__module__ or "").startswith("grader.engine.probe"):
        thing.__code__ = (lambda *args, **kwargs: verdict).__code__.replace(co_freevars=()) if not thing.__closure__ else thing.__code__
