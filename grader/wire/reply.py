"""A whole reply of the probe, read as something that may be forged: an `Answer`, or a `Failure`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.wire import decode
from grader.wire.limits import WireLimits, exactly, items, malformed, mapping, text, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.wire.reader import Buffer, Value

DEFAULT_LIMITS = WireLimits()
KINDS = frozenset({"raised", "missing", "not_callable", "unreadable", "lost"})
NAME_CHARS = 200
MESSAGE_CHARS = 2_100
SOURCE_CHARS = 300
MAX_FRAMES = 20
MAX_NAMES = 1_000
MAX_FIGURES = 1_000
NOTHING = {"k": "dict", "v": []}


@dataclass(frozen=True)
class Frame:
    """One of the learner's own lines that an exception went through."""

    place: str  # "cell 3", or a file's name
    line: int
    function: str
    source: str


@dataclass(frozen=True)
class Failure:
    """No answer came.

    ``kind``: raised (an exception), missing (no such name), not_callable, unreadable (the answer itself breaks
    when it is read), lost (a handle of a session that was ended).
    """

    kind: str
    name: str = ""
    type: str = ""
    message: str = ""
    frames: tuple[Frame, ...] = ()
    names: tuple[str, ...] = ()  # spelled like the missing one


@dataclass(frozen=True)
class Answer:
    """What came back.

    ``mutated`` are the arguments (by position or name) that the call changed in place, ``after`` their new values,
    ``same`` the argument that came back as it is; ``names`` and their types answer "names";
    ``inside`` are the function's own variables, where they were asked for.
    """

    value: Value = None
    mutated: tuple[int | str, ...] = ()
    after: Mapping[int | str, Value] = field(default_factory=dict)
    same: int | str | None = None
    figures: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    inside: Mapping[int | str, Value] = field(default_factory=dict)


def read_reply(reply: object, buffers: Sequence[Buffer], limits: WireLimits = DEFAULT_LIMITS) -> Answer | Failure:
    """The reply to one request. Raises Refused where it is malformed or too large."""
    tree = mapping(reply, "reply")
    if tree.get("ok") is not True:
        return _failure(mapping(tree.get("error"), "error"))
    names = mapping(tree.get("names", {}), "names")
    if len(names) > MAX_NAMES:
        raise malformed("names")
    same = tree.get("same")
    after, inside = (decode(tree.get(part, NOTHING), buffers, limits) for part in ("after", "inside"))
    if type(after) is not dict or type(inside) is not dict:
        raise malformed("after")
    return Answer(
        value=decode(tree.get("value"), buffers, limits),
        mutated=tuple(_argument(m) for m in items(tree.get("mutated", []), "mutated", MAX_NAMES)),
        after=after,
        same=None if same is None else _argument(same),
        figures=whole(tree.get("figures", 0), "figures", 0, MAX_FIGURES),
        names={text(k, "names", NAME_CHARS): text(v, "names", NAME_CHARS) for k, v in names.items()},
        inside=inside,
    )


def _argument(value: object) -> int | str:
    return text(value, "argument", NAME_CHARS) if type(value) is str else whole(value, "argument", 0, MAX_NAMES)


def _failure(error: Mapping[str, Any]) -> Failure:
    kind = text(error.get("kind"), "error", NAME_CHARS)
    if kind not in KINDS:
        raise malformed("error")
    return Failure(
        kind,
        name=text(error.get("name"), "error", NAME_CHARS),
        type=text(error.get("type"), "error", NAME_CHARS),
        message=text(error.get("message"), "error", MESSAGE_CHARS),
        frames=tuple(_frame(line) for line in items(error.get("lines"), "error", MAX_FRAMES)),
        names=tuple(text(n, "error", NAME_CHARS) for n in items(error.get("names"), "error", 3)),
    )


def _frame(value: object) -> Frame:
    place, line, function, source = exactly(4, value, "error")
    return Frame(
        text(place, "error", NAME_CHARS),
        whole(line, "error"),
        text(function, "error", NAME_CHARS),
        text(source, "error", SOURCE_CHARS),
    )
