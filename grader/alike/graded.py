"""What an earlier grading of the class recorded: digests of weights and curves, and wrong answers nobody has named."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.alike.model import Kind
from grader.alike.saved import MOST_SHOWN, MOST_SIGNS, Sign
from grader.errors import AuthorError
from grader.grades import ClassGrade, ExerciseGrade, Outcome
from grader.witness import Trace

LEAST_ANSWER = 12  # characters; "0" or "[2, 3]" is anybody's mistake

ByWork = dict[tuple[str, str], tuple[Sign, ...]]  # (learner, slug) -> signs


def signs_of(out: Path) -> ByWork:
    """What ``grader grade --out`` left in ``out``; nothing where nothing was graded there. Raises AuthorError."""
    found: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for row in _read(out / "evidence.json", "evidence"):
        found[row["learner"], row["slug"]] += map(_of_trace, map(Trace.from_json, row["traces"]))
    for learner, grade in _grades(out / "grades.json"):
        found[learner, grade.slug] += _of_answers(grade)
    return {work: tuple(signs[:MOST_SIGNS]) for work, signs in found.items()}


def _read(path: Path, part: str) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))[part]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuthorError(
            f"{path} cannot be used ({type(error).__name__}); grade again, or name another --out"
        ) from error
    return rows


def _grades(path: Path) -> Iterator[tuple[str, ExerciseGrade]]:
    if not path.exists():
        return
    try:
        klass = ClassGrade.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AuthorError(f"{path} is no grades.json of this version; grade again, or name another --out") from error
    for learner in klass.learners:
        for grade in learner.exercises:
            yield learner.id, grade


def _of_trace(trace: Trace) -> Sign:
    fixed = trace.kind == "weights" and trace.calls > 1
    shown = f"{trace.name}: {trace.about}"[:MOST_SHOWN]
    return Sign(Kind.FIXED if fixed else Kind.TRAINED, f"{trace.kind} {trace.digest}", shown)


def _of_answers(grade: ExerciseGrade) -> Iterator[Sign]:
    """Wrong answers by what they are. Inputs are the same for the whole class; a named mistake is everybody's."""
    for check in grade.checks:
        finding = check.finding
        if check.outcome is not Outcome.FAILED or not finding or finding.mistake or not finding.actual:
            continue
        answer = " ".join(finding.actual.en.split())
        if len(answer) >= LEAST_ANSWER:
            yield Sign(Kind.ANSWER, f"{check.id} {answer}", f"{check.id}: {answer}"[:MOST_SHOWN])
