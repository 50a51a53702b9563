"""The code of one side as lines with the shared passages marked; what lies far from a passage is folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.alike.model import Passage, Work

AROUND = 3  # lines shown before and after a passage
SHORT = 24  # a program of so many lines is shown whole
MOST_LINES = 240
UNMARKED = 60  # of a program in which nothing is marked
MOST_COLUMNS = 240
NEAR = 4  # lines


@dataclass(frozen=True)
class Stretch:
    """A piece of a line; ``number`` names the passage that it belongs to, 0 none; ``first`` where the passage begins."""

    text: str
    number: int = 0
    first: bool = False
    learners: int = 0


@dataclass(frozen=True)
class Line:
    """One line of code; without parts it stands for ``skipped`` lines, or begins the cell ``cell``."""

    number: int = 0
    parts: tuple[Stretch, ...] = ()
    skipped: int = 0
    cell: int = 0


@dataclass(frozen=True)
class Place:
    """Lines of a file; ``cell`` from 1, 0 in a program."""

    cell: int
    first: int
    last: int


@dataclass(frozen=True)
class Side:
    """One of the two, ready to be shown."""

    name: str
    file: str
    size: str  # how much code it is; "" where the code is not alike
    lines: tuple[Line, ...]
    rest: int  # lines that are not shown any more


def lines_of(work: Work, passages: Sequence[Passage]) -> tuple[tuple[Line, ...], int]:
    """The lines to show, and how many are left out at the end."""
    every = [line for number in range(len(work.cells)) for line in _of_cell(work, number, passages)]
    shown = list(_folded(every)) if passages and len(every) > SHORT else every
    most = MOST_LINES if passages else UNMARKED
    return tuple(shown[:most]), sum(1 for line in shown[most:] if line.parts)


def places_of(work: Work, passages: Sequence[Passage]) -> dict[int, tuple[Place, ...]]:
    """Where each passage stands, by its number; pieces that only a cell mark or blank lines part are one."""
    places: dict[int, list[Place]] = {}
    for p in passages:
        cell, known = work.cells[p.cell], places.setdefault(p.number, [])
        first, last = (cell.line + cell.text.count("\n", 0, at) for at in (p.start, p.end))
        here = Place(p.cell + 1 if work.notebook else 0, first, last)
        if known and known[-1].cell == here.cell and here.first - known[-1].last <= NEAR:
            known[-1] = Place(here.cell, known[-1].first, here.last)
        else:
            known.append(here)
    return {number: tuple(found) for number, found in places.items()}


def _of_cell(work: Work, number: int, passages: Sequence[Passage]) -> Iterator[Line]:
    cell, at = work.cells[number], 0
    inside = sorted((p for p in passages if p.cell == number), key=lambda p: p.start)
    if work.notebook:
        yield Line(cell=number + 1)
    for row, text in enumerate(cell.text.rstrip("\n").split("\n")):
        yield Line(cell.line + row, tuple(_stretches(text, at, inside)))
        at += len(text) + 1


def _stretches(line: str, at: int, passages: Sequence[Passage]) -> Iterator[Stretch]:
    end, here = at + min(len(line), MOST_COLUMNS), at
    for p in passages:
        start, stop = max(p.start, here), min(p.end, end)
        if start >= stop:
            continue
        if here < start:
            yield Stretch(line[here - at : start - at])
        yield Stretch(line[start - at : stop - at], p.number, start == p.start, p.learners)
        here = stop
    if here < end or not line:
        yield Stretch(line[here - at : end - at])
    if len(line) > MOST_COLUMNS:
        yield Stretch(" …")


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    marked = [i for i, line in enumerate(lines) if any(part.number for part in line.parts)]
    near = {j for i in marked for j in range(i - AROUND, i + AROUND + 1)}
    skipped = 0
    for i, line in enumerate(lines):
        if i in near or line.cell:
            if skipped:
                yield Line(skipped=skipped)
            skipped = 0
            yield line
        else:
            skipped += 1
    if skipped:
        yield Line(skipped=skipped)
