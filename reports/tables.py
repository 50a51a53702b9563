"""The class as ``grades.csv``: one row for each learner, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

from grader.grades import ClassGrade, ExerciseGrade, LearnerGrade, Status, shown
from grader.harmless import on_one_line

# What makes a spreadsheet compute a cell; the wide forms count in East Asian versions.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_INNER = re.compile(r"([;,\t]\s*)([=+\-@＝＋－＠])")


def csv_text(klass: ClassGrade) -> str:
    """A row for each learner.

    Columns: id, name, one for each exercise (its points), max, total, percent, faulted, isolation (the tier graded in),
    earned (what the checks alone gave), policy (what it changed).
    An exercise that the grader failed on is left empty and named in ``faulted``; faulted checks are not in ``max``.
    """
    slugs = exercise_slugs(klass)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["id", "name", *map(guarded, slugs), "max", "total", "percent", "faulted", "isolation", "earned", "policy"]
    )
    writer.writerows(
        [*_row(learner, slugs), guarded(klass.capsule.isolation), *_policy(learner)] for learner in klass.learners
    )
    return out.getvalue()


def exercise_slugs(klass: ClassGrade) -> list[str]:
    """Every exercise that some learner has, in the order of the course."""
    return list(dict.fromkeys(e.slug for learner in klass.learners for e in learner.exercises))


def _row(learner: LearnerGrade, slugs: list[str]) -> list[str | int]:
    by_slug = {e.slug: e for e in learner.exercises}
    points = [_points(by_slug.get(slug)) for slug in slugs]
    faulted = " ".join(e.slug for e in learner.exercises if e.faulted)
    score = learner.score
    return [
        guarded(learner.id),
        guarded(learner.name),
        *points,
        shown(score.max_points),
        shown(score.points),
        score.percent,
        faulted,
    ]


def _policy(learner: LearnerGrade) -> list[str]:
    changes = [f"{e.slug}: {a.text.en}" for e in learner.exercises if e.counted for a in e.counted.adjustments]
    return [shown(learner.earned.points), guarded("; ".join(changes))]


def _points(exercise: ExerciseGrade | None) -> str:
    if exercise is None or exercise.status is Status.FAULTED:
        return ""
    return shown(exercise.score.points)


def guarded(text: str) -> str:
    """One line that no spreadsheet computes, also not one that parts cells at semicolons."""
    one_line = _INNER.sub(r"\1'\2", on_one_line(text))
    starts = text.startswith(_FORMULA_STARTS) or one_line.lstrip().startswith(_FORMULA_STARTS)
    return f"'{one_line}" if starts else one_line
