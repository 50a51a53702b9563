"""All cells of a submission read as one program: what one imports another uses."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.magics import CODE_MAGICS
from grader.legacy.names import Names
from grader.legacy.sightings import Edit, Source

# No part gives back what it took: a line of a million blanks would be tried at every one of them, for each of them.
_MAGIC = re.compile(r"\s*+(?:[%!?]|[\w.]++\?+\s*$|[\w,][\w, ]*+=\s*+[%!])")
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_CHARS = 50  # a program has about one node in five characters; data and long comments may stand in it
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


def read(cells: Sequence[str], *, most: int | None = None) -> Program:
    """Reads the cells; one that does not parse counts as empty, a line of IPython (``%time``, ``!pip``) as a comment.

    So do all cells together where they have more than ``most`` nodes, or many more characters than so many nodes have.
    """
    if most is not None and sum(map(len, cells)) > most * _CHARS:
        return read(())
    readable = tuple(map(_readable, cells))
    source = Source("\n".join(readable))
    if most is not None and sum(1 for _ in itertools.islice(ast.walk(source.tree), most + 1)) > most:
        return read(())
    return Program(source, readable, Names(source.tree))


def unread(cell: str) -> SyntaxError | None:
    """What Python says of a cell that it cannot read; None where it can, or where the cell is in another language."""
    plain = without_magics(cell)
    try:
        ast.parse(plain)
    except SyntaxError as error:
        return error
    except _READS as error:
        return SyntaxError(str(error))
    return None


def _readable(cell: str) -> str:
    if "\r" in cell.replace("\r\n", "\n") or unread(cell) is not None:  # `ast` ends a line at each of both
        return "\n" * cell.count("\n")
    return without_magics(cell)


def without_magics(cell: str) -> str:
    """The cell with notebook language blotted out, each character for one, so that every place stays where it is."""
    if _parses(cell):
        return cell
    lines = cell.split("\n")
    whole = next((_CELL_MAGIC.match(line) for line in lines if line.strip()), None)
    if whole and whole[1] not in CODE_MAGICS:
        return "\n".join("#" * len(line) for line in lines)
    goes_on = False
    for number, line in enumerate(lines):
        if goes_on or _MAGIC.match(line):
            goes_on = line.rstrip().endswith("\\")
            blanks = len(line) - len(line.lstrip())
            lines[number] = (line[:blanks] + "0" + "#" * len(line))[: len(line)]
    return "\n".join(lines)


def _parses(cell: str) -> bool:
    try:
        ast.parse(cell)
    except _READS:
        return False
    return True
