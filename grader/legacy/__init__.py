"""The legacy adviser: recognises code of TensorFlow 1, Keras 2 and NumPy 1 in a source that is parsed and never run.

Python's own `ast` and positions suffice: a rule needs names and places. What one cell of a notebook imports another one uses,
so all cells are looked at together; a script is one cell.
"""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from grader.legacy.file_rules import FILE_RULES
from grader.legacy.program import Program, read
from grader.legacy.rules import RULES, Seen
from grader.legacy.sightings import Edit, Effect, Sighting, sentence
from grader.legacy.warned import WARNED

__all__ = ["Edit", "Effect", "Modernized", "Program", "Sighting", "modernize", "read", "scan", "sightings"]


_LOOKS = 5  # edits within edits: tf.to_float(tf.log(x))


def scan(cells: Sequence[str]) -> tuple[Sighting, ...]:
    """The old spellings in the cells, in the order of their lines. A cell that does not parse is passed over."""
    return sightings(read(cells))


def sightings(program: Program) -> tuple[Sighting, ...]:
    """The same, in a program that was read already."""
    seen = [
        s for node in ast.walk(program.tree) for rule in (*RULES, *FILE_RULES, *WARNED) for s in rule(node, program)
    ]
    return tuple(sorted((_sighting(s, program) for s in seen), key=lambda s: (s.cell, s.line, s.column, s.rule)))


def _sighting(seen: Seen, program: Program) -> Sighting:
    """What was seen in all cells together, placed in its own."""
    cell, line = program.place(seen.node.lineno)
    start = program.start_of(seen.node.lineno)
    old = seen.old or program.source.of(seen.node)
    edits = tuple(dataclasses.replace(e, start=e.start - start, end=e.end - start) for e in seen.edits)
    text = sentence(line, old, seen.effect, seen.new)
    return Sighting(seen.rule, cell, line, seen.node.col_offset, seen.effect, old, text, edits)


@dataclass(frozen=True)
class Modernized:
    """The cells with every change that is sure, the sightings that were changed, and those that were left."""

    cells: tuple[str, ...]
    changed: tuple[Sighting, ...]
    left: tuple[Sighting, ...]


def modernize(cells: Sequence[str]) -> Modernized:
    """Applies the edits of `scan`; where two overlap the later one is made in a second look at the changed code."""
    made, changed = list(cells), list[Sighting]()
    for _ in range(_LOOKS):
        now = _disjoint(scan(made))
        if not now:
            break
        changed += now
        edits = sorted(((s.cell, e) for s in now for e in s.edits), reverse=True)
        for cell, edit in edits:
            made[cell] = made[cell][: edit.start] + edit.text + made[cell][edit.end :]
    return Modernized(tuple(made), tuple(changed), scan(made))


def _disjoint(sightings: tuple[Sighting, ...]) -> list[Sighting]:
    """Those whose edits touch no character that another one changes."""
    taken: set[tuple[int, int]] = set()
    chosen = []
    for sighting in sightings:
        characters = {(sighting.cell, i) for e in sighting.edits for i in range(e.start, e.end)}
        if characters and not characters & taken:
            taken |= characters
            chosen.append(sighting)
    return chosen
