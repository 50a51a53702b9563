"""``check("rank")`` and ``hint("rank")`` in a notebook: public checks on the functions that stand there, shown as in the report.

No sandbox: it is the learner's own machine. What lies in a solutions folder is never read.
"""

from __future__ import annotations

import contextlib
import html
import inspect
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from grader.checking import run_checks
from grader.cli.homework import next_hint
from grader.cli.options import default_language
from grader.cli.student import public_only
from grader.cli.terminal import print_grade
from grader.course import Course, Exercise, default_root, load_checks, load_course
from grader.grades import CheckResult, ExerciseGrade, Status
from grader.homework import Homework
from grader.local import LocalSession
from grader.student import Student
from grader.text import LANGUAGES, say
from reports.fragment import fragment

WIDTH = 100  # of the plain text, in characters


@dataclass(frozen=True)
class Shown:
    """What a notebook shows: rich HTML, or plain text where there is none."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def check(slug: str, task: str = "", *, lang: str = "") -> Shown:
    """The public checks of the exercise ``slug`` on the functions of this notebook; with ``task`` only those that ask for it.

    ``lang``: "en" or "ko"; default as the machine speaks. Raises ValueError where there is no such exercise.
    """
    course = _course()
    lang = _language(lang)
    exercise = _exercise(course, slug, lang)
    results = _results(exercise, _names_of_the_caller(), task, lang)
    grade = ExerciseGrade(exercise.slug, exercise.title, Status.GRADED, checks=tuple(results))
    if not task:
        _note(course, grade)
    return Shown(fragment(grade, lang), _plain(grade, lang))


def hint(slug: str, *, lang: str = "") -> Shown:
    """The next hint for the first check of the exercise that does not pass yet: three steps, never the solution."""
    course = _course()
    lang = _language(lang)
    exercise = _exercise(course, slug, lang)
    homework = Homework.open(Path(), course)
    lines = [line.in_language(lang) for line in next_hint(homework, exercise)]
    with contextlib.suppress(OSError):  # a folder that cannot be written: the next call says the same hint again
        homework.save()
    return Shown("".join(f"<p>{html.escape(line)}</p>" for line in lines), "\n".join(lines))


def _course() -> Course:
    return public_only(load_course(Path(os.environ.get("GRADETAPE_COURSE") or default_root())))


def _language(asked: str) -> str:
    if asked and asked not in LANGUAGES:
        raise ValueError(f"lang is {asked!r}; it can be {' or '.join(map(repr, LANGUAGES))}")
    return asked or default_language()


def _exercise(course: Course, slug: str, lang: str) -> Exercise:
    found = next((exercise for exercise in course.exercises if exercise.slug == slug), None)
    if found is None:
        there = say("There is no exercise “{slug}”. There are: {slugs}", slug=slug, slugs=", ".join(course.slugs))
        raise ValueError(there.in_language(lang))
    return found


def _names_of_the_caller() -> dict[str, Any]:
    """The notebook's names; in a plain script those of whoever called `check`."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        names: dict[str, Any] = shell.user_ns
        return names
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    return frame.f_globals if frame else {}


def _results(exercise: Exercise, names: dict[str, Any], task: str, lang: str) -> list[CheckResult]:
    student = Student(LocalSession(names), opens=lambda program: _another(names, program))
    checks = [c for c in load_checks(exercise) if c.public]
    judged = run_checks(checks, student, exercise.texts, slug=exercise.slug, seed=0)
    results = [result for result in judged if not task or task in student.asked_for()]
    if task and not results:
        unasked = say("No public check of {slug} asks for “{task}”.", slug=exercise.slug, task=task)
        raise ValueError(unasked.in_language(lang))
    return results


def _another(names: dict[str, Any], program: str | None) -> LocalSession:
    """What a check asks of a second sandbox: here the same process, with names of its own where it runs another program."""
    if program is None:
        return LocalSession(names)
    session = LocalSession({"__name__": "__main__"})
    session.run_cells("program.py", program.encode())
    return session


def _note(course: Course, grade: ExerciseGrade) -> None:
    with contextlib.suppress(OSError):  # a folder that cannot be written: only progress is not noted
        homework = Homework.open(Path(), course)
        homework.note(grade)
        homework.save()


def _plain(grade: ExerciseGrade, lang: str) -> str:
    out = io.StringIO()
    print_grade(
        Console(file=out, width=WIDTH, force_terminal=False, force_jupyter=False, color_system=None), grade, lang
    )
    return out.getvalue().strip("\n")
