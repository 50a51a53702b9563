"""A roster: the list of a class as a learning platform, a spreadsheet or a person wrote it.

Columns are known by their headings: those of Canvas' gradebook, Moodle's participants and worksheet, Gradescope, nbgrader,
GitHub Classroom, and the words for them in the languages of such sites.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.intake.headings import PARTICIPANT, Columns, columns_of
from grader.intake.shown import listed, shown
from grader.naming import plain, same_id
from grader.text import Text, say

SEPARATORS = ",;\t"
ENCODINGS = ("utf-8-sig", "cp949", "cp1252")  # of Excel: with its mark, in Korea, in the west
MOST_BYTES, MOST_ROWS = 20_000_000, 100_000
FIRST_ROWS = 10  # among which the headings are: titles and blank lines may stand above them
SHORTENED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")  # 2.0231E+07
AS_TEXT = re.compile(r'="(.*)"')  # how a spreadsheet is told not to compute
NO_STUDENTS = frozenset({"instructor", "teacher", "ta", "reader", "teaching assistant", "editing teacher"})
TEST_STUDENT = frozenset({"student, test", "test student"})  # of Canvas
POINTS = "points possible"


@dataclass(frozen=True)
class Person:
    """A row of a roster."""

    name: str
    email: str
    ids: tuple[tuple[str, str], ...]  # (system, id)
    row: int

    @property
    def id(self) -> str:
        """The best there is to call this learner by."""
        known = dict(self.ids)
        ids = [known[system] for system in ("student", "login", "canvas", "github", "moodle") if system in known]
        return next(iter(ids), self.email or self.name)


@dataclass(frozen=True)
class Roster:
    """The people of a class in the order of the file."""

    file: str
    people: tuple[Person, ...]
    messages: tuple[Text, ...] = ()


class BadRoster(ValueError):
    """No list of a class can be read from the file; says why and the repair."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file. Raises BadRoster."""
    file = shown(path.name)
    rows = _rows(file, _text(file, path))
    if not any(map(any, rows)):
        raise BadRoster(say("{file} is empty.", file=file))
    for number, row in enumerate(rows[:FIRST_ROWS]):
        if columns := columns_of(row):
            return _roster(file, columns, rows[number + 1 :], number + 2)
    raise BadRoster(
        say(
            "{file} has no heading that is known. There are: {headings}. Call the columns id, name and email.",
            file=file,
            headings=listed(rows[0] if rows else [], 12),
        )
    )


def _text(file: str, path: Path) -> str:
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadRoster(say("{file} cannot be read ({reason}).", file=file, reason=error.strerror or "")) from error
    if len(data) > MOST_BYTES or data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadRoster(say("{file} is no CSV. Open it in the spreadsheet and save it as CSV (UTF-8).", file=file))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:2000]:  # the same without its mark
        return data.decode(
            "utf-16-le" if data[:2000:2].count(0) < data[1:2000:2].count(0) else "utf-16-be", errors="replace"
        )
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def _rows(file: str, text: str) -> list[list[str]]:
    text = re.sub(r"\Asep=.\r?\n", "", text)  # a hint for Excel
    best: list[list[str]] = []
    for separator in SEPARATORS:
        try:
            read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            raw = [row for row, _ in zip(read, range(MOST_ROWS), strict=False)]
        except csv.Error as error:
            raise BadRoster(say("{file} is no CSV ({reason}).", file=file, reason=str(error))) from error
        rows = [[_cell(cell) for cell in row] for row in raw]
        if _known(rows) > _known(best) or not best:
            best = rows
    if text.count('"') % 2 and (torn := next((n for n, row in enumerate(best, 1) if "\n" in "".join(row)), 0)):
        raise BadRoster(_never_closed(file, torn))
    return best


def _known(rows: Sequence[Sequence[str]]) -> int:
    return max((len(columns.places) for row in rows[:FIRST_ROWS] if (columns := columns_of(row))), default=0)


def _cell(cell: str) -> str:
    cell = cell.strip().strip("\ufeff\0")
    text = AS_TEXT.fullmatch(cell)
    return text[1] if text else cell


def _roster(file: str, columns: Columns, rows: Sequence[Sequence[str]], first: int) -> Roster:
    people: list[Person] = []
    messages: list[Text] = []
    seen: dict[tuple[str, str], Person] = {}
    short: list[str] = []
    for number, row in enumerate(rows, first):
        person = _person(columns, row, number)
        if person is None or _is_none(columns, row, person):
            continue
        if spoilt := [id_ for _, id_ in person.ids if SHORTENED.fullmatch(id_)]:  # that others have as well
            short += spoilt
            person = replace(person, ids=tuple((system, id_) for system, id_ in person.ids if id_ not in spoilt))
            if not person.id:
                continue
        ids = [(system, same_id(id_)) for system, id_ in person.ids]
        twin = next((seen[key] for key in ids if key in seen), None)
        if twin is None:
            people.append(person)
            seen |= dict.fromkeys(ids, person)
        elif plain(twin.name) != plain(person.name):
            messages.append(_twice(file, twin, person))
    if not people:
        raise BadRoster(
            _shortened(file, short) if short else say("{file} holds headings, but nobody below them.", file=file)
        )
    if short:
        messages.append(_shortened(file, short))
    return Roster(file, tuple(people), tuple(messages))


def _person(columns: Columns, row: Sequence[str], number: int) -> Person | None:
    cells = {role: row[place].strip() for role, place in columns.places.items() if place < len(row)}
    name = cells.get("name", "") or _whole(cells.get("first", ""), cells.get("last", ""))
    email = cells.get("email", "")
    ids = {system: cells[system] for system in ("student", "login", "canvas", "github") if cells.get(system)}
    identifier = cells.get("identifier", "")
    if match := PARTICIPANT.fullmatch(identifier) if not cells.get("github") else None:
        ids["moodle"] = match["id"]
    elif "@" in identifier:
        email = email or identifier
    elif identifier and (name or any(char.isdigit() for char in identifier)):
        ids.setdefault("student", identifier)
    else:
        name = name or identifier
    ids = {system: shown(_whole_number(id_)) for system, id_ in ids.items()}
    person = Person(shown(name), shown(email), tuple(ids.items()), number)
    return person if name or email or ids else None


def _whole(first: str, last: str) -> str:
    """One name of two; in Korean, Chinese and Japanese the family name goes first, without a blank."""
    if re.fullmatch(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+", first + last):
        return last + first
    return f"{first} {last}".strip()


def _whole_number(id_: str) -> str:
    return id_.removesuffix(".0") if re.fullmatch(r"\d+\.0", id_) else id_


def _is_none(columns: Columns, row: Sequence[str], person: Person) -> bool:
    """Rows that are no student: Canvas' points and its test student, teachers of Gradescope."""
    place = columns.places.get("role", len(row))
    role = plain(row[place]) if place < len(row) else ""
    return plain(person.name).startswith((POINTS, *TEST_STUDENT)) or role in NO_STUDENTS


def _twice(file: str, twin: Person, person: Person) -> Text:
    return say(
        "{file}, row {row}: {name} has an id that {other} has in row {before}. The row was left out; mend one of them.",
        file=file,
        row=person.row,
        name=person.name,
        other=twin.name,
        before=twin.row,
    )


def _never_closed(file: str, row: int) -> Text:
    return say(
        "{file}, row {row}: a quotation mark is opened and never closed. Close it, or take it out.", file=file, row=row
    )


def _shortened(file: str, ids: Sequence[str]) -> Text:
    return say(
        "{file}: the spreadsheet shortened ids ({ids}). Format that column as text, and save it again.",
        file=file,
        ids=listed(ids, 3),
    )
