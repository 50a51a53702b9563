"""All cells of a submission read as one program: what one imports another uses."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from grader.legacy.sightings import Source

_READS = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Together:
    """The cells that parse, joined; places are given back as cell and line."""

    source: Source
    cells: tuple[str, ...]

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


def together(cells: Sequence[str]) -> Together:
    """Reads the cells; one that does not parse counts as empty, a line of IPython (``%time``, ``!pip``) as a comment."""
    readable = tuple(map(_readable, cells))
    return Together(Source("\n".join(readable)), readable)


def _readable(cell: str) -> str:
    lines = cell.split("\n")
    plain = "\n".join("#" * len(x) if x.lstrip().startswith(("%", "!")) else x for x in lines)
    try:
        ast.parse(plain)
    except _READS:
        return "\n" * cell.count("\n")
    return plain
