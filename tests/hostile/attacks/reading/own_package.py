# /// attack
# title = "Reads the solutions through the grader's own package: sys.path, inspect, linecache, the editable install"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program reads what its user may read"
# ///

# %%
import gc
import importlib
import inspect
import linecache
import sys

for name in ["grader", "grader.course", "grader.judge", "grader.engine.session", "reports.writing", "public_checks"]:
    print("TRIED to import", name)
    try:
        where = importlib.import_module(name).__file__
        print(where and f"BROKE imported {where}")  # an empty folder of that name is no package
    except ImportError as error:
        print(error)

# %%
print("TRIED a path of my own")
sys.path.insert(0, "@PACKAGE@/..")
try:
    import grader.course

    print("BROKE imported", grader.course.__file__)
except ImportError as error:
    print(error)

# %%
print("TRIED the line cache")
lines = linecache.getlines("@SOLUTION@") + linecache.getlines("@HIDDEN@")
if lines:
    print("BROKE read by linecache", len(lines))

# %%
print("TRIED sources of what is still in memory")
for one in gc.get_objects():
    name = getattr(one, "__module__", None)
    if inspect.isfunction(one) and isinstance(name, str) and name.startswith(("grader.judge", "grader.check", "_course_", "public_checks")):
        print("BROKE found", one, name)

# %%
print("TRIED .pth files and direct_url.json, which name the checkout")
from importlib import metadata

try:
    where = metadata.distribution("gradetape")
    text = where.read_text("direct_url.json") or ""
    print("it lies in", text)
    print("BROKE read", open(text.split('"url": "file://')[1].split('"')[0] + "/pyproject.toml").read()[:10])
except (metadata.PackageNotFoundError, OSError, IndexError) as error:
    print(type(error).__name__, error)
