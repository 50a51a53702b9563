"""The proof of an exercise: what its stub, solution and variants promise, held against how they were graded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Exercise
from grader.errors import AuthorError
from grader.grades import ExerciseGrade, Outcome
from grader.text import LANGUAGES

HEADER = re.compile(r"^# (variant|fails|mistake|parts|who): *(.*)$")
FAILS = (Outcome.FAILED, Outcome.ERRORED)


@dataclass(frozen=True)
class Variant:
    """A submission of the course's own, and how it must be graded.

    ``kind`` is stub, solution, right or wrong; ``fails`` the checks that a wrong one must fail or error in,
    ``mistakes`` the ids that those must name, ``parts`` the step that one of them must mark as the first to differ.
    """

    path: Path
    kind: str
    fails: frozenset[str] = frozenset()
    mistakes: tuple[str, ...] = ()
    who: str = ""
    parts: str = ""

    @property
    def name(self) -> str:
        """As a person refers to it, e.g. ``wrong/element_wise``."""
        return self.kind if self.kind in ("stub", "solution") else f"{self.kind}/{self.path.stem}"


def variants_of(exercise: Exercise) -> tuple[Variant, ...]:
    """Stub, solution, right and wrong variants. Raises AuthorError where a header is missing or unknown."""
    own = [Variant(exercise.stub(".py", lang), "stub") for lang in LANGUAGES]
    if exercise.solution is not None and exercise.solution.exists():
        own.append(Variant(exercise.solution, "solution"))
    return (*own, *(_read(path, kind) for kind in ("right", "wrong") for path in exercise.variants(kind)))


def _read(path: Path, kind: str) -> Variant:
    head: dict[str, str] = {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorError(f"{path} cannot be read ({error}); save it as UTF-8") from error
    for line in text.splitlines():
        found = HEADER.match(line)
        if not found:
            break
        head[found[1]] = found[2].split("  ")[0].strip()
    if head.get("variant") != kind:
        raise AuthorError(f"{path}: its first line should be “# variant: {kind}”")
    fails, mistakes = (_listed(head.get(key, "")) for key in ("fails", "mistake"))
    if (kind == "wrong") != bool(fails):
        raise AuthorError(f"{path}: a wrong variant says “# fails: check, ...”, a right one does not")
    return Variant(path, kind, frozenset(fails), mistakes, head.get("who", ""), head.get("parts", ""))


def _listed(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(",") if part.strip())


def broken_promises(variant: Variant, grade: ExerciseGrade) -> Iterator[str]:
    """What of ``grade`` is not as ``variant`` promises, a line each; nothing where all is."""
    failed = {c.id for c in grade.checks if c.outcome in FAILS}
    faulted = sorted(c.id for c in grade.checks if c.outcome is Outcome.FAULTED)
    if faulted or not grade.checks:
        yield f"the grader itself broke in {', '.join(faulted) or 'all of it'}"
    score = grade.score
    if variant.kind == "stub" and score.points:
        yield f"a stub gets {score.points} of {score.max_points} points; it should get none"
    if variant.kind in ("solution", "right"):
        missed = [c for c in grade.checks if c.outcome is not Outcome.PASSED]
        for check in missed:
            why = check.finding.message.en if check.finding else ""
            yield f"{check.id} is {check.outcome.value}: {why}"
    if variant.kind == "wrong":
        yield from _wrong(variant, grade, failed)


def _wrong(variant: Variant, grade: ExerciseGrade, failed: set[str]) -> Iterator[str]:
    for name in sorted(failed - variant.fails):
        yield f"{name} fails, which its header does not say"
    for name in sorted(variant.fails - failed):
        ids = {c.id: c.outcome.value for c in grade.checks}
        yield f"{name} is {ids.get(name, 'no check of this exercise')}; it should fail"
    named = {c.finding.mistake.id for c in grade.checks if c.finding and c.finding.mistake}
    for mistake in variant.mistakes:
        if mistake not in named:
            yield f"the mistake {mistake} is not named; named were: {', '.join(sorted(named)) or 'none'}"
    shown = {c.finding.mistake.id for c in grade.checks if c.public and c.finding and c.finding.mistake}
    if shown and not variant.mistakes:  # a hidden check may name one on some seeds only
        yield f"the mistake {', '.join(sorted(shown))} is named, which its header does not say"
    steps = [c.finding.steps for c in grade.checks if c.finding and c.finding.steps]
    marked = {row.step for one in steps for row in one.rows if row.parts}
    if variant.parts and variant.parts not in marked:
        yield f"the step {variant.parts} is not marked; marked were: {', '.join(sorted(marked)) or 'none'}"
