"""Moodle: the offline grading worksheet, filled and otherwise left as it was, and a CSV for the gradebook's import.

The worksheet's headings are in the site's language and are compared with it on import, so its columns are found by what
stands in them (mod/assign/feedback/offline): the maximum is the same number in every row, followed by one yes or no word,
and the grade stands before it.
"""

from __future__ import annotations

import csv
import html
import io
import re

from grader.grades import ClassGrade, LearnerGrade, Points
from grader.text import Text, say
from reports.formats.base import CannotExport, Exported, File, Wishes, mark, number, one_line, unfinished
from reports.formats.feedback import of_learner
from reports.formats.people import People
from reports.formats.spreadsheets import Sheet, read
from reports.hidden import for_learner
from reports.tables import guarded

_PARTICIPANT = re.compile(r"\D*(\d+)\D*")
_FEEDBACK = ("feedback comments", "피드백 코멘트", "feedback als kommentar", "commentaires de feedback")
_DATE = re.compile(r"\d.*\d:\d\d|^-$")
_NAMED = 5  # learners that a message names
_YES_OR_NO = 2  # words that "Grade can be changed" knows


def worksheet(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``worksheet.csv``: the downloaded worksheet with only grade and feedback changed."""
    if not wishes.given:
        raise CannotExport(say("Name the worksheet that Moodle gave you with --into; it is filled in."))
    sheet = read(wishes.given)
    grade, most = _grade_column(sheet, wishes.column)
    feedback = _feedback_column(sheet, wishes.feedback_column, grade)
    people, messages = People(klass.learners), list(unfinished(klass))
    for row in sheet.rows:
        learner = people.take(_keys(row), row[1:grade])
        points = mark(learner, wishes.slug) if learner else None
        if learner is None or points is None or not points.max_points:
            continue
        worth = float(row[most].replace(",", ".")) if most is not None else float(points.max_points)
        row[grade] = number(points.points * worth / points.max_points)
        if worth != points.max_points:
            messages.append(_scaling(points.max_points, worth))
        if feedback is not None:
            row[feedback] = _as_html(of_learner(for_learner(learner), wishes.slug, wishes.lang))
    if feedback is None:
        messages.append(say("The worksheet has no feedback column; name it with --feedback-column if it has one."))
    return Exported((File("worksheet.csv", sheet.text()),), (*dict.fromkeys(messages), *people.left_over()))


def gradebook(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``moodle.csv`` for Administration, Grades, Import: an item and its feedback; learners without a grade get "-"."""
    item = wishes.column or wishes.slug or one_line(klass.course_title.en)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["ID number", "Email address", guarded(item), guarded(f"{item} feedback")])
    for learner in klass.learners:
        points = mark(learner, wishes.slug)
        identifier, email = _id_and_mail(learner)
        words = _as_html(of_learner(for_learner(learner), wishes.slug, wishes.lang))
        writer.writerow([guarded(identifier), guarded(email), number(points.points) if points else "-", words])
    return Exported((File("moodle.csv", out.getvalue()),), (*unfinished(klass), *_unknown(klass)))


def _unknown(klass: ClassGrade) -> tuple[Text, ...]:
    """Whom Moodle may not know: one such row ends its import."""
    strangers = [x for x in klass.learners if not x.ids.get("student") and not x.email and "@" not in x.id]
    if not strangers:
        return ()
    return (
        say(
            "No ID number or mail is known of: {names} ({n} in all). Our own id stands there. Moodle's import stops at a user it "
            "does not know: grade with --roster, or take these rows out.",
            n=len(strangers),
            names=", ".join(one_line(x.name) for x in strangers[:_NAMED]),
        ),
    )


def _id_and_mail(learner: LearnerGrade) -> tuple[str, str]:
    """What Moodle knows the learner by; our own id where nothing better is known."""
    number = learner.ids.get("student", "")
    if number or learner.email:
        return number, learner.email
    return ("", learner.id) if "@" in learner.id else (learner.id, "")


def _keys(row: list[str]) -> list[str]:
    match = _PARTICIPANT.fullmatch(row[0].strip())
    return [*([match[1]] if match else []), *row[1:4]]


def _grade_column(sheet: Sheet, wanted: str) -> tuple[int, int | None]:
    """Where the grade stands, and where its maximum does."""
    found = [i for i in range(2, len(sheet.header) - 1) if _is_maximum(sheet, i)]
    if wanted:
        place = sheet.column(wanted)
        if place is None:
            raise CannotExport(
                say(
                    "The worksheet has no column “{name}”; there are: {choices}.",
                    name=wanted,
                    choices=", ".join(map(one_line, sheet.header)),
                )
            )
        return place, place + 1 if place + 1 in found else None
    if not found:
        raise CannotExport(
            say(
                "No grade column was found in the worksheet; name it with --column. There are: {choices}.",
                choices=", ".join(map(one_line, sheet.header)),
            )
        )
    return found[0] - 1, found[0]


def _is_maximum(sheet: Sheet, place: int) -> bool:
    values = {row[place] for row in sheet.rows}
    words = {row[place + 1] for row in sheet.rows}
    same = len(values) == 1 and re.fullmatch(r"\d+([.,]\d+)?", next(iter(values))) is not None
    return same and 1 <= len(words) <= _YES_OR_NO and not any(re.search(r"\d", word) or not word for word in words)


def _feedback_column(sheet: Sheet, wanted: str, grade: int) -> int | None:
    """The one of that name, one that Moodle's languages call so, or a last column that holds no dates."""
    if wanted:
        return sheet.column(wanted)
    for place, name in enumerate(sheet.header):
        if name.strip().lower() in _FEEDBACK:
            return place
    last = len(sheet.header) - 1
    dates = all(_DATE.search(row[last]) for row in sheet.rows)
    return last if last > grade + 3 and not dates else None


def _as_html(words: str) -> str:
    """Moodle reads feedback as HTML."""
    return "<br>".join(html.escape(line, quote=False) for line in words.splitlines())


def _scaling(most: Points, worth: float) -> Text:
    return say(
        "The assignment is worth {possible} points, the exercises {most}: grades were scaled.",
        possible=number(worth),
        most=number(most),
    )
