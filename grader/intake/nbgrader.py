"""nbgrader: ``submitted/<student>/<assignment>/``, with a ``timestamp.txt`` in each."""

from __future__ import annotations

from dataclasses import replace

from grader.errors import BadSubmission
from grader.intake.folders import Entry, Folder
from grader.intake.found import Found, Handed, Split, Told, files_below, nobodys, programs
from grader.intake.matching import Exercises
from grader.intake.times import iso

SUBMITTED, STAMP = "submitted", "timestamp.txt"
LATE = "late.txt"  # where `grader intake --out` keeps what a platform says that tells no time
WORDS = {True: "late", False: "in time"}
# What else lies in a course of nbgrader; copies of the same work among it.
BESIDE = frozenset({"source", "release", "autograded", "feedback", "solution_feedback", "exchange"})
BESIDE_FILES = frozenset({"gradebook.db", "nbgrader_config.py"})
MOST_STAMP = 1000  # bytes


def nbgrader(folder: Folder, exercises: Exercises) -> Split | None:
    """The folder ``submitted``, or the course in which it lies."""
    below = next((one for one in folder.folders if one.name == SUBMITTED), None)
    others = {one.name for one in folder.folders} & BESIDE | {one.name for one in folder.files} & BESIDE_FILES
    if below is not None and (others or _is_submitted(below)):
        return _split(below, exercises)
    return _split(folder, exercises) if _is_submitted(folder) else None


def _is_submitted(folder: Folder) -> bool:
    students = [one for one in folder.folders if one.folders]
    if not students or programs(folder) or any(programs(one) for one in students):
        return False
    stamped = [bool(_stamp(below) or _stamp(below, LATE)) for one in students for below in one.folders]
    return any(stamped) and (folder.name == SUBMITTED or 2 * sum(stamped) >= len(stamped))


def _stamp(folder: Folder, name: str = STAMP) -> Entry | None:
    return next((entry for entry in folder.files if entry.name == name), None)


def _split(folder: Folder, exercises: Exercises) -> Split:
    found = tuple(
        Found(student.name, tuple(_files(student, exercises)), student.all_messages(), ids=(("student", student.name),))
        for student in folder.folders
    )
    return Split(found, (*folder.messages, *nobodys([entry.name for entry in programs(folder)])))


def _files(student: Folder, exercises: Exercises) -> list[Handed]:
    files = list(files_below(Folder(student.name, student.files), exercises))
    for assignment in student.folders:
        entry = _stamp(assignment)
        mark = _stamp(assignment, LATE)
        told = Told(submitted_at=_time(entry) if entry else "", late=_late(mark) if mark else None)
        work = replace(assignment, files=tuple(one for one in assignment.files if one.name not in (STAMP, LATE)))
        files += files_below(work, exercises, (assignment.name,), told)
    return files


def _time(entry: Entry) -> str:
    return iso(_text(entry), bare="UTC")  # as nbgrader takes it


def _late(entry: Entry) -> bool | None:
    return {word: late for late, word in WORDS.items()}.get(_text(entry).strip())


def _text(entry: Entry) -> str:
    try:
        return entry.read(MOST_STAMP).decode("utf-8", errors="replace")
    except (BadSubmission, OSError):
        return ""
