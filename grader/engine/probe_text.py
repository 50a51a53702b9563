"""Words for a reply: names of types, numbers and messages as JSON can hold them, without a trace of the machine."""

from __future__ import annotations

import builtins
import math
import re
from typing import Any

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

NAME_CHARS = 95
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FOLDER = re.compile(r"(?:/[\w.+@-]+)+/(?=[\w.-]+\.py\b)")
_mro = type.__dict__["__mro__"].__get__
_qualname = type.__dict__["__qualname__"].__get__
_module = type.__dict__["__module__"].__get__


def classes(cls: type) -> tuple[type, ...]:
    """A class and its bases, most special first; no metaclass can hide them."""
    return _mro(cls)  # type: ignore[no-any-return]


def bases(value: object) -> tuple[type, ...]:
    """The classes of a value, most special first."""
    return classes(type(value))


def type_name(value: object) -> str:
    """As people call it: "map", "numpy.matrix", "Node" for a class of the learner's own."""
    cls = type(value)
    name, module = clean(_qualname(cls))[:NAME_CHARS], _module(cls)
    top = clean(module).split(".", 1)[0][:NAME_CHARS] if type(module) is str else ""
    return name if top in ("", "builtins", "__main__") else f"{top}.{name}"


def clean(text: str) -> str:
    """Without lone surrogates, which no file can hold."""
    return str.encode(text, "utf-8", "backslashreplace").decode()


def cut(text: str, most: int) -> str:
    """Its beginning and its end."""
    return text if len(text) <= most else text[: most // 2] + " … " + text[len(text) - most // 2 + 3 :]


def without_machine(text: str) -> str:
    """Without memory addresses, folders and colours, so that the same program says the same everywhere."""
    return FOLDER.sub("", ADDRESS.sub("", COLOUR.sub("", text)))


def number(value: Any) -> Any:
    """A float, or the name of one that JSON cannot write."""
    value = float(value)
    if math.isfinite(value):
        return value
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
