"""The answer of a learner's program as JSON and buffers: the kernel's side of ``grader/wire.py``.

Runs beside learner code, so it imports nothing of ours but the other ``probe_*`` files, and holds no secret.
What each type is written as stands in ``probe_values``, ``probe_tensors``, ``probe_models``, ``probe_figures`` and ``probe_frames``.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grader.engine.probe_text import bases, clean, cut, type_name, without_machine

if TYPE_CHECKING:
    from collections.abc import Iterable

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

Tree = Any
Writer = Callable[[Any, Any, int], Tree]  # exporter, value, depth

# The same numbers as grader.wire.limits.WireLimits; a test compares them.
DEPTH = 20
NODES = 10_000
SCALARS = 200_000
BUFFER_BYTES = 64 * 2**20
TEXT_CHARS = 100_000
ALL_CHARS = 4 * 2**20
REPR_CHARS = 500
INT_BITS = 8_192
AXES = 32
ELEMENTS = 2**23

PLAIN_INT = 2**53  # larger ones travel as text
AS_KEY = {"int", "float", "complex", "bytes", "tuple", "frozenset", "scalar", "dtype", "shape"}


class TooBigError(Exception):
    """The whole answer is over a limit."""


class Exporter:
    """Writes one reply. ``keep`` puts an object in the table of references and gives its id."""

    def __init__(self, keep: Callable[[object], int], writers: dict[type, Writer]) -> None:
        self.keep = keep
        self.writers = writers
        self.buffers: list[bytes] = []
        self.buffer_bytes = 0
        self.nodes = 0
        self.scalars = 0
        self.chars = 0
        self.inside: set[int] = set()  # ids of the containers that we are in

    def answer(self, value: object) -> Tree:
        """A whole answer; one handle where it is too big as a whole."""
        self.nodes = self.scalars = self.chars = 0
        buffers, size = len(self.buffers), self.buffer_bytes
        try:
            return self.tree(value, 1)
        except (TooBigError, RecursionError, MemoryError):
            del self.buffers[buffers:]
            self.nodes = self.scalars = self.chars = 0
            self.buffer_bytes = size
            return self.handle(value, "large")
        finally:
            self.inside.clear()

    def tree(self, value: object, depth: int) -> Tree:
        """One value at ``depth``, counted from 1."""
        if value is None or value is True or value is False:
            return self.plain(value)
        for base in bases(value):
            writer = self.writers.get(base)
            if writer is not None:
                return self._written(writer, value, depth)
        return self.handle(value)

    def _written(self, writer: Writer, value: object, depth: int) -> Tree:
        try:
            return writer(self, value, depth)
        except (TooBigError, RecursionError, MemoryError):
            raise
        except Exception:
            return self.handle(value, "broken")

    def plain(self, value: Tree) -> Tree:
        """Counts a plain number, string or None."""
        self.scalars += 1
        if self.scalars > SCALARS:
            raise TooBigError
        return value

    def text(self, value: str) -> str:
        """Counts the characters of a string."""
        self.chars += len(value)
        if self.chars > ALL_CHARS:
            raise TooBigError
        return value

    def node(self, kind: str, **fields: Tree) -> Tree:
        """Counts a tagged node."""
        self.nodes += 1
        if self.nodes > NODES:
            raise TooBigError
        return {"k": kind, **fields}

    def buffer(self, data: bytes) -> int:
        """Index of a new buffer; the caller saw to it that it fits."""
        self.buffers.append(data)
        self.buffer_bytes += len(data)
        return len(self.buffers) - 1

    def fits(self, size: int) -> bool:
        """Whether a buffer of so many bytes may still be added."""
        return self.buffer_bytes + size <= BUFFER_BYTES

    def handle(self, value: object, why: str = "") -> Tree:
        """What stays here: type name and a short repr."""
        shown, why = self._repr(value, why)
        return self.node("handle", id=self.keep(value), type=type_name(value), repr=shown, why=why)

    def _repr(self, value: object, why: str) -> tuple[str, str]:
        if why:
            return f"<{type_name(value)}>", why  # its repr may be as endless as the value
        try:
            return cut(without_machine(clean(repr(value)[: 10 * REPR_CHARS])), REPR_CHARS), ""
        except Exception:
            return f"<{type_name(value)}>", "broken"

    def closed(self, owner: object, depth: int) -> str:
        """Why a container is not opened; "" where it is."""
        return "cycle" if id(owner) in self.inside else "deep" if depth >= DEPTH else ""

    def many(self, kind: str, members: Iterable[object], owner: object, depth: int) -> Tree:
        """A container; opaque where it is too deep or contains itself."""
        if why := self.closed(owner, depth):
            return self.handle(owner, why)
        return self.node(kind, v=self.inside_of(owner, lambda: [self.tree(v, depth + 1) for v in members]))

    def inside_of(self, owner: object, write: Callable[[], Tree]) -> Tree:
        """Writes the members of a container, which may contain itself."""
        self.inside.add(id(owner))
        try:
            return write()
        finally:
            self.inside.discard(id(owner))

    def key(self, value: object, depth: int) -> Tree:
        """A key of a dict; opaque where the grader's side could not hash it."""
        made = self.tree(value, depth)
        return self.handle(value) if type(made) is dict and made["k"] not in AS_KEY else made


class Snapshot(Exporter):
    """Only to see whether something changed: what does not cross is compared by identity."""

    def handle(self, value: object, why: str = "") -> Tree:
        """Neither kept nor shown."""
        return {"k": "handle", "id": id(value), "why": why}
