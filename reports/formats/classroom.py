"""GitHub Classroom and its heir Classroom 50: one JSON for the one learner whose repository was graded."""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from typing import Any

from grader.grades import (
    CheckResult,
    ClassGrade,
    ExerciseGrade,
    LearnerGrade,
    Outcome,
    Points,
    Score,
    plain_number,
    shown,
)
from grader.text import Text, say
from reports.formats.base import (
    CannotExport,
    Exported,
    File,
    Wishes,
    check_name,
    exercises_of,
    mark,
    one_line,
    unfinished,
)
from reports.formats.feedback import of_check
from reports.hidden import for_learner
from reports.plain import cut
from reports.policy_view import adjustments

MAX_OUTPUT = 500  # what the reporter of GitHub Classroom shows
_REQUIRED = ("classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review", "datetime")  # fmt: skip
_RULES = {
    "submission": r"submit/.*",
    "datetime": r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ",
    "assignment_type": r"individual|group",
}


def classroom50(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``result.json`` as classroom50/result/v1 wants it; ``wishes.meta`` says which submission of which classroom it is."""
    learner = the_learner(klass)
    meta = {name: wishes.meta.get(name, "") for name in _REQUIRED}
    _demand(meta)
    pairs = _checks(learner, wishes.slug)
    counts = mark(learner, wishes.slug) or Score()
    result = {
        "schema": "classroom50/result/v1",
        **meta,
        "score": _whole(counts.points),
        "max-score": _whole(counts.max_points),
        "tests": [_test50(e, c, wishes.lang) for e, c in pairs],
    }
    if wishes.meta.get("submitted_by"):
        result["submitted_by"] = {"username": wishes.meta["submitted_by"]}
    return Exported((File("result.json", _dumped(result)),), (*unfinished(klass), *_cut(counts)))


def _whole(points: Points) -> int:
    """To the nearest, halves up: this format has no decimals."""
    return math.floor(points + Fraction(1, 2))


def _cut(score: Score) -> tuple[Text, ...]:
    if _whole(score.points) == score.points:
        return ()
    return (
        say(
            "Classroom 50 takes whole points only: {points} became {whole}.",
            points=shown(score.points),
            whole=_whole(score.points),
        ),
    )


def github(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``results.json`` of a runner of GitHub Classroom, whose base64 the reporter reads; ``tests`` is always there."""
    learner = the_learner(klass)
    pairs = _checks(learner, wishes.slug)
    passed = all(c.outcome is Outcome.PASSED for _, c in pairs)
    counts = mark(learner, wishes.slug) or Score()
    result = {
        "version": 1,
        "status": "pass" if pairs and passed else "fail",
        "max_score": plain_number(counts.max_points),
        "tests": [*(_test(e, c, wishes.lang) for e, c in pairs), *_policy(learner, wishes, counts, pairs)],
    }
    return Exported((File("results.json", _dumped(result)),), unfinished(klass))


def the_learner(klass: ClassGrade) -> LearnerGrade:
    """The one learner of the class, as that learner may see the grade. Raises CannotExport where there are more."""
    if len(klass.learners) != 1:
        raise CannotExport(
            say("This format is for one learner; the report holds {n}. Name one with --learner.", n=len(klass.learners))
        )
    return for_learner(klass.learners[0])


def _checks(learner: LearnerGrade, slug: str) -> list[tuple[ExerciseGrade, CheckResult]]:
    return [(e, c) for e in exercises_of(learner, slug) for c in e.checks if c.outcome is not Outcome.FAULTED]


def _test50(exercise: ExerciseGrade, check: CheckResult, lang: str) -> dict[str, Any]:
    return {
        "test-name": check_name(exercise, check, lang),
        "passed": check.outcome is Outcome.PASSED,
        "score": check.points,
        "max-score": check.max_points,
        "output": "\n".join(of_check(check, lang)),
    }


def _test(exercise: ExerciseGrade, check: CheckResult, lang: str) -> dict[str, Any]:
    status = {Outcome.PASSED: "pass", Outcome.ERRORED: "error"}.get(check.outcome, "fail")
    lines = of_check(check, lang)
    return {
        "name": check_name(exercise, check, lang),
        "status": status,
        "score": check.points,
        "message": lines[0] if lines else "",
        "test_code": "",
        "filename": exercise.file,
        "line_no": 0,
        "duration": 0,
        "output": cut("\n".join(lines), MAX_OUTPUT - 4),
    }


def _policy(
    learner: LearnerGrade, wishes: Wishes, counts: Score, pairs: list[tuple[ExerciseGrade, CheckResult]]
) -> list[dict[str, Any]]:
    """What the policy changed, as a test of its own: the reporter adds the points of tests up."""
    change = counts.points - sum(c.points for _, c in pairs)
    said = [sentence for e in exercises_of(learner, wishes.slug) for sentence in adjustments(e, wishes.lang)]
    if not change:
        return []
    words = {
        "name": say("The policy of the course").in_language(wishes.lang),
        "message": cut(" ".join(said), MAX_OUTPUT - 4),
    }
    rest = {
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
        "output": cut("\n".join(said), MAX_OUTPUT - 4),
    }
    return [{**words, "status": "pass" if change > 0 else "fail", "score": plain_number(change), **rest}]


def _demand(meta: dict[str, str]) -> None:
    missing = [name for name, value in meta.items() if not value]
    if missing:
        raise CannotExport(
            say("Classroom 50 wants to know more: {names}. Say each as --meta NAME=VALUE.", names=", ".join(missing))
        )
    for name, rule in _RULES.items():
        if not re.fullmatch(rule, meta[name]):
            raise CannotExport(
                say("{name}={value} is not what Classroom 50 takes.", name=name, value=one_line(meta[name]))
            )


def _dumped(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
