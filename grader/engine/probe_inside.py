"""What a learner's function holds in its own variables when it returns."""

from __future__ import annotations

import builtins
from sys import getprofile, setprofile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

MOST = 40
NAME_CHARS = 60


def watched(function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], into: dict[str, Any]) -> Any:
    """Calls ``function`` -> its answer; ``into`` then holds its variables, as its own last call left them."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)

    def heard(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code is code:
            into.clear()
            into.update({name: frame.f_locals[name] for name in list(frame.f_locals)[:MOST] if len(name) <= NAME_CHARS})

    before = getprofile()
    setprofile(heard)
    try:
        return function(*args, **kwargs)
    finally:
        setprofile(before)
