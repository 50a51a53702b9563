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
from grader.legacy.program import Program, read, unread, without_magics
from grader.legacy.rules import RULES, Seen
from grader.legacy.sightings import Edit, Effect, Sighting, sentence
from grader.legacy.warned import WARNED

__all__ = ["Edit", "Effect", "Modernized", "Program", "Sighting", "modernize", "read", "scan", "sightings", "unread"]


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
    return Sighting(seen.rule, cell, line, seen.node.col_offset, seen.effect, old, text, edits, seen.new)


@dataclass(frozen=True)
class Modernized:
    """The cells with every change that is sure, the sightings that were changed, and those that were left.

    Lines of ``changed`` are those of the cells as they were, lines of ``left`` those of the cells as they are now;
    ``before`` says for each of these which line it was.
    """

    cells: tuple[str, ...]
    changed: tuple[Sighting, ...]
    left: tuple[Sighting, ...]
    before: tuple[tuple[int, ...], ...] = ()

    def left_before(self) -> tuple[Sighting, ...]:
        """What was left, with the lines of the cells as they were."""
        return tuple(_moved(s, self.before) for s in self.left)


def modernize(cells: Sequence[str]) -> Modernized:
    """Applies the edits of `scan`; where two overlap the later one is made in a second look at the changed code.

    A cell that Python would no longer read is left as it was.
    """
    made, changed = list(cells), list[Sighting]()
    lines = [tuple(range(1, cell.count("\n") + 2)) for cell in cells]
    refused: set[tuple[int, str]] = set()
    for _ in range(_LOOKS):
        now = [s for s in _disjoint(scan(made)) if (s.cell, s.old) not in refused]
        if not now:
            break
        for cell in {s.cell for s in now}:
            mine = [s for s in now if s.cell == cell]
            new, new_lines = _edited(made[cell], lines[cell], sorted({e for s in mine for e in s.edits}))
            if _compiles(made[cell]) and not _compiles(new):
                refused |= {(cell, s.old) for s in mine}
                continue
            changed += [_moved(s, lines) for s in mine]
            made[cell], lines[cell] = new, new_lines
    changed.sort(key=lambda s: (s.cell, s.line))
    return Modernized(tuple(made), tuple(changed), scan(made), tuple(lines))


def _edited(cell: str, lines: tuple[int, ...], edits: Sequence[Edit]) -> tuple[str, tuple[int, ...]]:
    """The changed cell, and for each of its lines which one it was."""
    were = list(lines)
    for edit in reversed(edits):
        at = cell.count("\n", 0, edit.start)
        gone = cell.count("\n", edit.start, edit.end)
        were[at : at + gone + 1] = [were[at]] * (edit.text.count("\n") + 1)
        cell = cell[: edit.start] + edit.text + cell[edit.end :]
    return cell, tuple(were)


def _moved(sighting: Sighting, lines: Sequence[Sequence[int]]) -> Sighting:
    line = lines[sighting.cell][sighting.line - 1]
    text = sentence(line, sighting.old, sighting.effect, sighting.new)
    return dataclasses.replace(sighting, line=line, text=text)


def _compiles(cell: str) -> bool:
    """Whether Python takes it, also after parsing: an argument that stands twice is found only then."""
    try:
        compile(without_magics(cell), "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _disjoint(sightings: tuple[Sighting, ...]) -> list[Sighting]:
    """Those whose edits touch no character that another one changes, but to the same."""
    taken: dict[tuple[int, int], Edit] = {}
    chosen = []
    for sighting in sightings:
        places = {(sighting.cell, i): e for e in sighting.edits for i in range(e.start, max(e.end, e.start + 1))}
        if places and all(taken.get(place, edit) == edit for place, edit in places.items()):
            taken |= places
            chosen.append(sighting)
    return chosen
