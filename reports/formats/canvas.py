"""Canvas: fills the gradebook that the instructor exported, or makes one to import.

Columns and matching as in Canvas' lib/gradebook_exporter.rb and lib/gradebook_importer.rb: id, SIS user id, login, name.
"""

from __future__ import annotations

import re

from grader.grades import ClassGrade, LearnerGrade, Points
from grader.text import Text, say
from reports.formats.base import CannotExport, Exported, File, Wishes, mark, number, one_line, unfinished
from reports.formats.people import People
from reports.formats.spreadsheets import Sheet, read
from reports.tables import guarded

IDENTITY = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
_POINTS = "points possible"
_KEPT = ("EX", "N/A")  # excused, not assigned: decided by people
_TITLE = re.compile(r"^(?P<title>.*?)\s*\(\d+\)$")
_KEYS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")


def export(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``gradebook.csv``. With ``wishes.given`` that file, one column of it filled; else a new one."""
    return _filled(klass, wishes, read(wishes.given)) if wishes.given else _new(klass, wishes)


def _title(klass: ClassGrade, wishes: Wishes) -> str:
    return wishes.column or wishes.slug or one_line(klass.course_title.en)


def _new(klass: ClassGrade, wishes: Wishes) -> Exported:
    marks = [mark(learner, wishes.slug) for learner in klass.learners]
    most = max((m.max_points for m in marks if m), default=0)
    sheet = Sheet([*IDENTITY, guarded(_title(klass, wishes))], [["    Points Possible", "", "", "", "", number(most)]])
    for learner, points in zip(klass.learners, marks, strict=True):
        score = number(points.points) if points else ""
        sheet.rows.append([guarded(one_line(learner.name)), *map(guarded, _ids(learner)), "", score])
    return Exported((File("gradebook.csv", sheet.text()),), unfinished(klass))


def _ids(learner: LearnerGrade) -> tuple[str, str, str]:
    """ID, SIS User ID and SIS Login ID; our own id as the login where none is known."""
    canvas, student, login = (learner.ids.get(system, "") for system in ("canvas", "student", "login"))
    return canvas, student, login if canvas or student or login else learner.id


def _filled(klass: ClassGrade, wishes: Wishes, sheet: Sheet) -> Exported:
    column = _column(sheet, _title(klass, wishes))
    rows = [r for r in sheet.rows if not _is_points(r)]
    possible = next((_number(r[column]) for r in sheet.rows if _is_points(r)), None)
    if any("read only" in r[column] for r in sheet.rows if _is_points(r)):
        raise CannotExport(
            say("Canvas takes no grades for “{title}”: it is read only.", title=one_line(sheet.header[column]))
        )
    people, messages = People(klass.learners), list(unfinished(klass))
    for row in rows:
        learner = people.take(_cells(sheet, row, _KEYS), _names(sheet, row))
        points = mark(learner, wishes.slug) if learner else None
        if points is None:
            continue
        if row[column].strip().upper() in _KEPT:
            messages.append(_kept(row[0], row[column].strip()))
            continue
        row[column] = _scaled(points.points, points.max_points, possible)
        if possible and points.max_points and points.max_points != possible:
            messages.append(_scaling(points.max_points, possible))
    return Exported((File("gradebook.csv", sheet.text()),), (*dict.fromkeys(messages), *people.left_over()))


def _column(sheet: Sheet, title: str) -> int:
    """The assignment's column: by its whole heading, else by the title before Canvas' number."""
    if sheet.header and "student" not in sheet.header[0].lower() and "lastname" not in sheet.header[0].lower():
        raise CannotExport(
            say("The file is no gradebook of Canvas: its first column is “{name}”.", name=one_line(sheet.header[0]))
        )
    found = [i for i, name in enumerate(sheet.header) if name == title or _bare(name) == title]
    if len(found) == 1:
        return found[0]
    choices = ", ".join(one_line(n) for n in sheet.header if _TITLE.match(n))
    raise CannotExport(
        say(
            "The gradebook has no column “{title}” of its own. Name one with --column; there are: {choices}.",
            title=one_line(title),
            choices=choices or "–",
        )
    )


def _bare(heading: str) -> str:
    match = _TITLE.match(heading)
    return match["title"] if match else heading


def _is_points(row: list[str]) -> bool:
    return _POINTS in row[0].strip().lower()


def _cells(sheet: Sheet, row: list[str], names: tuple[str, ...]) -> list[str]:
    places = [sheet.column(name) for name in names]
    return [row[i] for i in places if i is not None]


def _names(sheet: Sheet, row: list[str]) -> list[str]:
    if "LastName" in sheet.header and "FirstName" in sheet.header:
        last, first = _cells(sheet, row, ("LastName", "FirstName"))
        return [f"{last}, {first}"]
    return [row[0]]


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def _scaled(points: Points, most: Points, possible: float | None) -> str:
    if possible is None or not most:
        return number(points)
    return number(points * possible / most)


def _kept(name: str, word: str) -> Text:
    return say("{name} has {word} in the gradebook, which was kept.", name=one_line(name), word=one_line(word))


def _scaling(most: Points, possible: float) -> Text:
    return say(
        "The gradebook's column is worth {possible} points, the exercises {most}: grades were scaled.",
        possible=number(possible),
        most=number(most),
    )
