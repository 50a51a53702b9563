"""nbgrader's CSV: a row for each assignment and learner, columns as in its plugins/export.py."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from grader.grades import AdjustmentKind, ClassGrade, ExerciseGrade, LearnerGrade, Status
from grader.naming import plain
from reports.formats.base import Exported, File, Wishes, exercises_of, number, one_line, unfinished
from reports.tables import guarded

HEADER = [
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
]  # fmt: skip


def export(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``nbgrader.csv``, sorted by assignment and learner. Due dates and times are empty: a grade holds no clock."""
    rows: list[list[str]] = [
        _row(learner, exercise)
        for learner in klass.learners
        for exercise in exercises_of(learner, wishes.slug)
        if exercise.status is not Status.FAULTED
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    rows.sort(key=_order)
    writer.writerows(rows)
    return Exported((File("nbgrader.csv", out.getvalue()),), unfinished(klass))


def _row(learner: LearnerGrade, exercise: ExerciseGrade) -> list[str]:
    last, first = split_name(one_line(learner.name))
    email = learner.email or (learner.name if "@" in learner.name else "")
    points, most = exercise.score.points, exercise.score.max_points
    changes = exercise.counted.adjustments if exercise.counted else ()
    penalty = -sum((a.points for a in changes if a.kind is AdjustmentKind.LATE), Fraction(0))
    if any(a.kind is AdjustmentKind.OVERRIDE and not a.check for a in changes):
        penalty = Fraction(0)  # the override has the last word
    student = learner.ids.get("student", learner.id)
    words = [guarded(word) for word in (exercise.slug, "", "", student, last, first, email)]
    return [*words, number(points + penalty), number(penalty), number(points), number(most)]


def split_name(name: str) -> tuple[str, str]:
    """Last and first name of “Ada Lovelace” and “Lovelace, Ada”; one word is a last name."""
    last, comma, first = name.partition(",")
    if comma:
        return last.strip(), first.strip()
    first, _, last = name.rpartition(" ")
    return last, first


def _order(row: list[str]) -> tuple[str, str]:
    return row[0], plain(row[3])
