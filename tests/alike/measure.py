"""How many false alarms among different people's right answers, and how many made copies are found.

``python -m tests.alike.measure`` prints the table of docs/similarity.md; a test holds its part on right answers.
"""

# ruff: noqa: T201 - talks to a person
from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field

from grader.alike.code import LEAST_TOKENS, Compared, known_of
from grader.alike.tokens import tokens_of
from grader.course import default_root, load_course
from grader.intake.sources import read_cells
from tests.alike import copies

CHANGES = {
    "renamed": copies.renamed,
    "functions reordered": lambda code, _: copies.reordered(code),
    "other comments": lambda code, _: copies.recommented(code),
    "as a notebook": lambda code, _: copies.as_notebook(code),
    "all but the notebook at once": copies.all_at_once,
}


@dataclass
class Measured:
    """Counts over the whole course."""

    honest_pairs: int = 0
    false_alarms: list[tuple[str, str, str]] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    short: int = 0  # programs with too little of their own to say anything
    programs: int = 0


def program(name, data, kept):
    return tokens_of(read_cells(name, data).code, kept)


def listed(one, other, known):
    return bool(list(Compared([one, other], known).pairs()))


def measure(kinds):
    """Each right variant is one honest learner; copies are made of the variants of ``kinds``."""
    all_ = Measured()
    for exercise in load_course(default_root()).exercises:
        kept = frozenset(t.name for t in exercise.tasks)
        given = [
            program(p.name, p.read_bytes(), kept).text
            for p in (exercise.stub(), exercise.stub(lang="ko"), exercise.solution)
        ]
        right = {p: program(p.name, p.read_bytes(), kept) for p in exercise.variants("right")}
        for one, other in itertools.combinations(right, 2):
            known = known_of([*given, *(right[p].text for p in right if p not in (one, other))])
            all_.honest_pairs += 1
            if listed(right[one], right[other], known):
                all_.false_alarms.append((exercise.slug, one.name, other.name))
        for path in (p for kind in kinds for p in exercise.variants(kind)):
            known = known_of([*given, *(right[p].text for p in right if p != path)])
            _copies(all_, path, kept, known)
    return all_


def _copies(all_, path, kept, known):
    original = program(path.name, path.read_bytes(), kept)
    all_.programs += 1
    twice = Compared([original, original], known)
    if not list(twice.pairs()):
        all_.short += 1
        return
    for name, change in CHANGES.items():
        try:
            made = change(path.read_text(encoding="utf-8"), kept)
        except SyntaxError:  # a variant that Python refuses cannot be taken apart and put together
            continue
        copy = program("copy.ipynb" if name == "as a notebook" else "copy.py", made.encode(), kept)
        all_.tried[name] += 1
        all_.found[name] += listed(original, copy, known)


def main():
    all_ = measure(("right", "wrong"))
    print(f"pairs of right answers by different people: {all_.honest_pairs}, listed: {len(all_.false_alarms)}")
    print(f"programs copied: {all_.programs}; {all_.short} have fewer than {LEAST_TOKENS} rare tokens and say nothing")
    for name, tried in all_.tried.items():
        print(f"| {name} | {all_.found[name]} of {tried} |")


if __name__ == "__main__":
    main()
