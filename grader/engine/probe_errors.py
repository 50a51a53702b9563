"""What an exception of a learner's program looked like: their own frames, no folder of the machine."""

from __future__ import annotations

import builtins
import re
from difflib import get_close_matches
from linecache import getline
from os.path import basename
from sys import modules as loaded
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from grader.engine.probe_text import NAME_CHARS, clean, cut, without_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

MESSAGE_CHARS = 2_000
MAX_FRAMES = 20
MAX_CANDIDATES = 5_000
_in_brackets = re.compile(r"In\[(\d+)\]")


def raised(error: BaseException, user_ns: dict[str, Any]) -> dict[str, Any]:
    """The error part of a reply."""
    return {
        "kind": "raised",
        "name": "",
        "type": clean(type(error).__name__)[:100],
        "message": message_of(error),
        "lines": frames(error, user_ns),
        "names": [],
    }


def missing(name: str, candidates: Iterable[str]) -> dict[str, Any]:
    """There is no such name; those that are spelled alike."""
    public = [c for c in candidates if type(c) is str and not c.startswith("_")][:MAX_CANDIDATES]
    near = [clean(n)[:NAME_CHARS] for n in get_close_matches(name, public, n=3)]
    return {"kind": "missing", "name": name, "type": "", "message": "", "lines": [], "names": near}


def lost() -> dict[str, Any]:
    """What an earlier answer left here is gone, because the program was started afresh."""
    message = "the program was started afresh since, so this object is gone"
    return {"kind": "lost", "name": "", "type": "ReferenceError", "message": message, "lines": [], "names": []}


def not_callable(name: str, kind: str) -> dict[str, Any]:
    """It is there, but no function."""
    return {"kind": "not_callable", "name": name, "type": kind, "message": "", "lines": [], "names": []}


def message_of(error: BaseException) -> str:
    """What the exception says; "" where it cannot."""
    try:
        return cut(without_machine(clean(str(error)[: 10 * MESSAGE_CHARS])), MESSAGE_CHARS)
    except Exception:
        return ""


def frames(error: BaseException, user_ns: dict[str, Any]) -> list[list[Any]]:
    """[["cell 3" or file name, line, function, source line], ...], innermost last; the learner's own only."""
    place = cell_namer()
    found = [
        [
            place(f.f_code.co_filename),
            n,
            clean(f.f_code.co_name)[:100],
            clean(getline(f.f_code.co_filename, n).strip())[:300],
        ]
        for f, n in walk_tb(error.__traceback__)
        if f.f_globals is user_ns
    ]
    return found if len(found) <= MAX_FRAMES else found[: MAX_FRAMES // 2] + found[-MAX_FRAMES // 2 :]


def cell_namer() -> Callable[[str], str]:
    """File name of a compiled cell -> "cell 3", as IPython counts them; other files by their name without folder."""
    ipython = loaded.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    named = getattr(getattr(shell, "compile", None), "format_code_name", lambda _: None)

    def place(file: str) -> str:
        label = named(file)
        number = _in_brackets.search(label[1]) if label else None
        return f"cell {number[1]}" if number else clean(basename(file))[:100]

    return place
