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
    exercise = _exercise(course, slug)
    lang = lang or default_language()
    results = _results(exercise, _names_of_the_caller(), task)
    grade = ExerciseGrade(exercise.slug, exercise.title, Status.GRADED, checks=tuple(results))
    if not task:
        _note(course, grade)
    return Shown(fragment(grade, lang), _plain(grade, lang))


def hint(slug: str, *, lang: str = "") -> Shown:
    """The next hint for the first check of the exercise that does not pass yet: three steps, never the solution."""
    course = _course()
    homework = Homework.open(Path(), course)
    lines = [line.in_language(lang or default_language()) for line in next_hint(homework, _exercise(course, slug))]
    with contextlib.suppress(OSError):  # a folder that cannot be written: the next call says the same hint again
        homework.save()
    return Shown("".join(f"<p>{html.escape(line)}</p>" for line in lines), "\n".join(lines))


def _course() -> Course:
    return public_only(load_course(Path(os.environ.get("GRADETAPE_COURSE") or default_root())))


def _exercise(course: Course, slug: str) -> Exercise:
    try:
        return course.exercise(slug)
    except KeyError:
        raise ValueError(f"there is no exercise “{slug}”; there are: {', '.join(course.slugs)}") from None


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


def _results(exercise: Exercise, names: dict[str, Any], task: str) -> list[CheckResult]:
    student = Student(LocalSession(names), opens=lambda program: _another(names, program))
    checks = [c for c in load_checks(exercise) if c.public]
    judged = run_checks(checks, student, exercise.texts, slug=exercise.slug, seed=0)
    results = [result for result in judged if not task or task in student.asked_for()]
    if task and not results:
        raise ValueError(f"no public check of {exercise.slug} asks for “{task}”")
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
