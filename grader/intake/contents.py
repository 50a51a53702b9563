"""Which exercises a file holds by what it defines: a whole homework in one notebook, or ``Untitled.ipynb``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.errors import BadSubmission
from grader.intake.found import Found, Handed
from grader.intake.matching import Exercises, Fit, Match, take_apart
from grader.intake.reading import read
from grader.intake.sources import read_cells
from grader.intake.submissions import IntakeLimits

DEFINED = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
MOST_OPENED = 8  # files of one learner
ENOUGH = 0.5  # of an exercise's tasks, below which a file only happens to define the same names

Tasks = Mapping[str, Sequence[str]]  # slug -> what its stub holds


@dataclass(frozen=True)
class Held:
    """An exercise in a file."""

    slug: str
    tasks: int  # so many of them are defined
    cells: int | None  # so many from the top reach down to its last one; None where the file holds no other exercise


def by_content(
    found: Found, others: Sequence[Handed], missing: Sequence[str], exercises: Exercises, limits: IntakeLimits
) -> dict[str, list[Handed]]:
    """For each of the ``missing`` exercises the files that define most of it; ``others`` are those that are no exercise's by name."""
    if not missing or not exercises.tasks:
        return {}
    programs = [one for one in (*others, *(f for f in found.files if f not in others)) if take_apart(one.name).ending]
    best: dict[str, tuple[int, list[Handed]]] = {}
    for one in programs[:MOST_OPENED]:
        try:
            held = held_by(one.name, read(one.entry, limits), dict(exercises.tasks))
        except BadSubmission:
            continue
        for each in held:
            most, files = best.get(each.slug, (0, []))
            if each.slug in missing and each.tasks >= most:
                match = Match((each.slug,), Fit.CONTENT)
                files = [*(files if each.tasks == most else []), replace(one, match=match, cells=each.cells)]
                best[each.slug] = each.tasks, files
    return {slug: files for slug, (_, files) in best.items()}


def slugs_in(one: Handed, exercises: Exercises) -> tuple[str, ...]:
    """The exercises that a file defines."""
    try:
        data = read(one.entry, IntakeLimits()) if exercises.tasks else b""
    except BadSubmission:
        return ()
    return tuple(held.slug for held in held_by(one.name, data, dict(exercises.tasks)))


def held_by(file: str, data: bytes, tasks: Tasks) -> tuple[Held, ...]:
    """The exercises in a file, in the order of the course.

    Several may have tasks of one name, of which the last one counts in Python: so each has the cells down to its own last.
    """
    if not any(name.encode() in data for names in tasks.values() for name in names):
        return ()
    try:
        cells = read_cells(file, data).code
    except BadSubmission:
        return ()
    where: dict[str, list[int]] = defaultdict(list)
    for number, code in enumerate(cells):
        for match in DEFINED.finditer(code):
            where[match[1] or match[2]].append(number)
    shared = Counter(name for names in tasks.values() for name in set(names))
    own = {slug: _places(where, (name for name in names if shared[name] == 1)) for slug, names in tasks.items()}
    found = {slug: [name for name in names if name in where] for slug, names in tasks.items()}
    slugs = [slug for slug, names in tasks.items() if _enough(found[slug], names, own[slug])]
    ends = {slug: _end(slug, found[slug], where, {other: own[other] for other in slugs}) for slug in slugs}
    return tuple(Held(slug, len(found[slug]), ends[slug] + 1 if len(slugs) > 1 else None) for slug in slugs)


def cells_for(slug: str, file: str, data: bytes, tasks: Tasks) -> int | None:
    """So many cells from the top of a file are for the exercise that its name says; None where all are."""
    others = [
        name for other, names in tasks.items() if other != slug for name in names if name not in tasks.get(slug, ())
    ]
    if not any(name.encode() in data for name in others):
        return None
    return next((held.cells for held in held_by(file, data, tasks) if held.slug == slug), None)


def _places(where: Mapping[str, Sequence[int]], names: Iterable[str]) -> list[int]:
    return sorted({place for name in names for place in where.get(name, ())})


def _enough(found: Sequence[str], names: Sequence[str], own: Sequence[int]) -> bool:
    """A task that no other exercise has must be among them."""
    return bool(own) and len(found) >= ENOUGH * len(names)


def _end(slug: str, found: Sequence[str], where: Mapping[str, Sequence[int]], own: Mapping[str, Sequence[int]]) -> int:
    """The last cell of the exercise: a name that others have too is whose other tasks stand nearest."""
    mine = [
        place
        for place in _places(where, found)
        if min(own, key=lambda other: (min(abs(place - at) for at in own[other]), other != slug)) == slug
    ]
    return max([*own[slug], *mine])
