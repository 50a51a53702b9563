# /// attack
# title = "Looks for expected values, checks and the seed in gc, sys.modules, stack frames and closures"
# ///

# %%
import gc
import inspect
import sys
import types

WANTED = ("rank_counts_axes", "counts_empty_axes", "makes_any_rank", "names_any_kind", "public_checks", "expect_rank")
TELLING = {"expected", "wanted", "checks", "solution", "solutions", "course", "rng", "job", "hidden", "verdict", "points"}


def look(where, names):
    for name in names:
        if name in TELLING or name in WANTED:
            print("BROKE", where, "holds", name)


# %%
print("TRIED sys.modules")
look("sys.modules", [n.rpartition(".")[2] for n in sys.modules])
for module in [m for n, m in list(sys.modules.items()) if n.startswith("grader.")]:
    print("BROKE sys.modules holds", module)

print("TRIED gc, what was frozen before the fork too")
gc.unfreeze()
for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType) and thing.__name__ in WANTED:
        print("BROKE a function of the checks:", thing.__name__)
    elif type(thing) is dict and any(type(k) is str and k in WANTED for k in list(thing)[:300]):
        print("BROKE a dict of the checks")
    elif type(thing).__name__ in ("Job", "Course", "Exercise", "Check", "Student"):
        print("BROKE an object of the grader:", type(thing).__name__)

# %%
told = set()


def peek(frame):
    while frame is not None:
        if frame.f_globals is not globals():
            told.update(n for n in frame.f_locals if n in TELLING)
        frame = frame.f_back


def rank_of(value):
    print("TRIED the stack of a call")
    peek(sys._getframe())
    for other in sys._current_frames().values():
        peek(other)
    for info in inspect.stack():
        look("the stack", info.frame.f_locals)
    for name in told:
        print("BROKE the stack holds", name)
    return None


kind_of = rank_of
