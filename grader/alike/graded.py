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
    for read, path in ((_of_evidence, out / "evidence.json"), (_of_grades, out / "grades.json")):
        try:
            for learner, slug, signs in read(json.loads(path.read_text(encoding="utf-8"))):
                found[learner, slug] += signs
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise AuthorError(f"{path} is none of this version; grade again, or name another --out") from error
    return {work: tuple(signs[:MOST_SIGNS]) for work, signs in found.items()}


def _of_evidence(data: Any) -> Iterator[tuple[str, str, list[Sign]]]:
    for row in data["evidence"]:
        yield row["learner"], row["slug"], [_of_trace(Trace.from_json(trace)) for trace in row["traces"]]


def _of_grades(data: Any) -> Iterator[tuple[str, str, list[Sign]]]:
    for learner in ClassGrade.from_json(data).learners:
        for grade in learner.exercises:
            yield learner.id, grade.slug, list(_of_answers(grade))


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
