"""All cells of a submission read as one program: what one imports another uses."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from grader.legacy.names import Names
from grader.legacy.sightings import Edit, Source

_READS = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Program:
    """The cells that parse, joined, and what their names mean; places are given back as cell and line."""

    source: Source
    cells: tuple[str, ...]
    names: Names

    @property
    def tree(self) -> ast.Module:
        """The whole program."""
        return self.source.tree

    def place(self, line: int) -> tuple[int, int]:
        """The cell (from 0) of a line of the whole, and the line in it (from 1)."""
        cell, line, _ = self._locate(line)
        return cell, line

    def start_of(self, line: int) -> int:
        """The character of the whole at which that line's cell begins."""
        return self._locate(line)[2]

    def _locate(self, line: int) -> tuple[int, int, int]:
        cell, start = 0, 0
        while line > (lines := self.cells[cell].count("\n") + 1):
            line, start, cell = line - lines, start + len(self.cells[cell]) + 1, cell + 1
        return cell, line, start

    def renamed(self, keyword: ast.keyword, name: str) -> tuple[Edit, ...]:
        """``lr=0.1`` -> ``learning_rate=0.1``."""
        start, _ = self.source.span(keyword)
        assert keyword.arg
        return (Edit(start, start + len(keyword.arg), name),)

    def spelt(self, dotted: str) -> str | None:
        """How this file would write ``dotted``: with the module's name that it has imported."""
        module, _, rest = dotted.partition(".")
        bound = self.names.bound(module)
        if bound is None and module == "keras" and (tensorflow := self.names.bound("tf")):
            bound = f"{tensorflow}.keras"
        return f"{bound}.{rest}" if bound else None


def read(cells: Sequence[str]) -> Program:
    """Reads the cells; one that does not parse counts as empty, a line of IPython (``%time``, ``!pip``) as a comment."""
    readable = tuple(map(_readable, cells))
    source = Source("\n".join(readable))
    return Program(source, readable, Names(source.tree))


def _readable(cell: str) -> str:
    lines = cell.split("\n")
    plain = "\n".join("#" * len(x) if x.lstrip().startswith(("%", "!")) else x for x in lines)
    try:
        ast.parse(plain)
    except _READS:
        return "\n" * cell.count("\n")
    return plain
