"""What is to be said beside a line of a learner's file, the most important first: for services that show it there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.grades import CellRecord, CheckResult, ClassGrade, ExerciseGrade, Outcome, Status
from grader.text import say
from reports.formats.base import Place, Wishes, check_name, exercises_of, one_line
from reports.formats.feedback import of_check
from reports.hidden import for_learner
from reports.plain import clean, cut

ERROR, WARNING = "error", "warning"
MAX_TEXT = 4_000
_FRAME = re.compile(r"^cell (\d+), line (\d+), in ", re.MULTILINE)
_CALLED = re.compile(r"[A-Za-z_]\w*")
_STOPPED, _WRONG, _OLD, _OURS = range(4)  # what comes first where there is no room for all
_LIKE_A_STOP = 1_000  # an unreadable file comes before every check


@dataclass(frozen=True)
class Remark:
    """One of them. ``path`` is "" and ``line`` None where nobody knows."""

    level: str  # error | warning
    title: str
    text: str
    path: str = ""
    line: int | None = None
    rule: str = ""  # what it is about, by names that stay: exercise/check
    rank: tuple[int, int] = (0, 0)


def remarks_on(klass: ClassGrade, wishes: Wishes) -> list[Remark]:
    """Those on everybody's files, as each learner may read them."""
    found = [
        remark
        for learner in map(for_learner, klass.learners)
        for exercise in exercises_of(learner, wishes.slug)
        for remark in _of_exercise(exercise, wishes)
    ]
    return sorted(found, key=lambda remark: remark.rank)


def _of_exercise(exercise: ExerciseGrade, wishes: Wishes) -> Iterator[Remark]:
    place = wishes.places.get(exercise.sha256)
    path = place.path if place else ""
    title = one_line(exercise.title.in_language(wishes.lang))
    if exercise.status in (Status.UNREADABLE, Status.FAULTED):
        ours = exercise.status is Status.FAULTED
        text = _joined(m.in_language(wishes.lang) for m in exercise.messages)
        rank = (_OURS, 0) if ours else (_STOPPED, -_LIKE_A_STOP)
        yield Remark(WARNING if ours else ERROR, title, text, path, None, f"{exercise.slug}/file", rank)
    if exercise.status is not Status.GRADED:
        return
    for cell in exercise.run.cells:
        yield from _of_cell(cell, exercise, place, wishes.lang)
    for check in exercise.checks:
        if check.outcome in (Outcome.FAILED, Outcome.ERRORED, Outcome.FAULTED):
            yield _of_check(check, exercise, place, wishes.lang)


def _of_cell(cell: CellRecord, exercise: ExerciseGrade, place: Place | None, lang: str) -> Iterator[Remark]:
    title = one_line(exercise.title.in_language(lang))
    path, rule = place.path if place else "", f"{exercise.slug}/cell-{cell.number}"
    advice = [one.in_language(lang) for one in cell.advice]
    if cell.error:
        said = say("Cell {number} stopped: {error}", number=cell.number, error=cell.error).in_language(lang)
        line = _line(place, cell.number, cell.line or 1)
        yield Remark(ERROR, title, _joined([said, *advice]), path, line, rule, (_STOPPED, cell.number))
    elif advice:
        said = say("Cell {number}. {text}", number=cell.number, text="\n".join(advice)).in_language(lang)
        line = _line(place, cell.number, 1)
        yield Remark(WARNING, title, _joined([said]), path, line, rule, (_OLD, cell.number))


def _of_check(check: CheckResult, exercise: ExerciseGrade, place: Place | None, lang: str) -> Remark:
    ours = check.outcome is Outcome.FAULTED
    return Remark(
        WARNING if ours else ERROR,
        check_name(exercise, check, lang),
        _joined(of_check(check, lang)),
        place.path if place else "",
        _line_of(check, place),
        f"{exercise.slug}/{check.id or 'hidden'}",
        (_OURS if ours else _WRONG, -check.max_points),
    )


def _line_of(check: CheckResult, place: Place | None) -> int | None:
    """Where the learner's program broke, else where the function begins that was called."""
    if check.finding is None or place is None:
        return None
    frames = _FRAME.findall(check.finding.traceback)
    if frames:
        return _line(place, *map(int, frames[-1]))
    called = _CALLED.match(check.finding.call)
    return place.names.get(called[0]) if called else None


def _line(place: Place | None, cell: int, line: int) -> int | None:
    if place is None or not 1 <= cell <= len(place.starts):
        return None
    return place.starts[cell - 1] + line - 1


def _joined(lines: Iterable[str]) -> str:
    return cut("\n".join(map(clean, lines)), MAX_TEXT)
