"""Gradescope's ``results.json``, one for each learner; fields as in autograder_samples, docs/specs.md."""

from __future__ import annotations

import json
from typing import Any

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, LearnerGrade, Outcome, Score, Status, plain_number
from grader.text import Text, say
from reports.formats.base import Exported, File, Wishes, check_name, exercises_of, mark, unfinished
from reports.formats.feedback import of_check
from reports.hidden import for_learner
from reports.plain import clean, cut
from reports.policy_view import adjustments

MAX_OUTPUT = 20_000


def export(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``results.json`` where the class is one learner, else ``<id>/results.json`` for each."""
    alone = len(klass.learners) == 1
    files = tuple(
        File("results.json" if alone else f"{learner.id}/results.json", _text(learner, wishes))
        for learner in klass.learners
    )
    return Exported(files, unfinished(klass))


def _text(learner: LearnerGrade, wishes: Wishes) -> str:
    return json.dumps(results(for_learner(learner), wishes), ensure_ascii=False, indent=1) + "\n"


def nothing_graded(why: Text, lang: str) -> dict[str, Any]:
    """What Gradescope shows where no grade came to be: honest words, and a test that says it again in the list of tests."""
    words, name = why.in_language(lang), say("Not graded").in_language(lang)
    test = {"name": name, "score": 0, "max_score": 0, "status": "failed", "output": words, "visibility": "visible"}
    return {"score": 0, "visibility": "visible", "stdout_visibility": "hidden", "output": words, "tests": [test]}


def results(learner: LearnerGrade, wishes: Wishes) -> dict[str, Any]:
    """What Gradescope reads. Every test is visible: one hidden test would hide the total from the learner.

    The score is what counts under the course's policy, which overrides the sum over the tests; checks that our own fault touched are shown and count neither way.
    """
    wanted = exercises_of(learner, wishes.slug)
    numbered = [(f"{n}.{m}", e, c) for n, e in enumerate(wanted, 1) for m, c in enumerate(e.checks, 1)]
    return {
        "score": plain_number((mark(learner, wishes.slug) or Score()).points),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "output": _output(wanted, wishes.lang),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "tests": [_test(number, e, c, wishes.lang) for number, e, c in numbered],
        "extra_data": {"format": "gradetape/1", "exercises": {e.slug: e.status.value for e in wanted}},
    }


def _test(number: str, exercise: ExerciseGrade, check: CheckResult, lang: str) -> dict[str, Any]:
    faulted = check.outcome is Outcome.FAULTED
    return {
        "number": number,
        "name": check_name(exercise, check, lang),
        "score": check.points,
        "max_score": 0 if faulted else check.max_points,
        "status": "passed" if check.outcome is Outcome.PASSED else "failed",
        "output": "\n".join(of_check(check, lang)),
        "visibility": "visible",
        "tags": [exercise.slug],
    }


def _output(exercises: list[ExerciseGrade], lang: str) -> str:
    lines = [
        f"{e.slug}: {clean(message.in_language(lang))}"
        for e in exercises
        for message in (*e.messages, *(e.run.notes if e.status is Status.GRADED else ()))
    ]
    lines += [f"{e.slug}: {sentence}" for e in exercises for sentence in adjustments(e, lang)]
    if any(e.faulted for e in exercises):
        said = say(
            "Part of this could not be judged through a fault of the grader. The score leaves it out until your instructor "
            "starts the grading again."
        )
        lines.append(said.in_language(lang))
    return cut("\n".join(lines), MAX_OUTPUT)
