"""Gradescope, "Export Submissions": ``assignment_123_export/`` with ``submission_metadata.yml`` and a folder for each.

The metadata hold who handed in, when, earlier attempts (without their files), and all results, of which a class has
megabytes: it is read event by event, and only what is wanted is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from grader.errors import BadSubmission
from grader.intake.folders import Entry, Folder
from grader.intake.found import Found, Split, Told, files_below, nobodys, programs
from grader.intake.matching import Exercises
from grader.intake.shown import shown
from grader.intake.submissions import MB
from grader.intake.times import iso
from grader.text import Text, say

METADATA = re.compile(r"submission_metadata\.ya?ml")
FOLDER = re.compile(r"submission_\d+")
MOST_METADATA = 200 * MB
MOST_DEEP, MOST_KEPT = 6, 200_000  # levels that hold what is wanted; values of all learners together
# Below a submission; in front of each stands a colon, as Ruby writes its symbols.
WANTED = frozenset({"submitters", "created_at", "history"})


@dataclass(frozen=True)
class Record:
    """What the metadata say of one folder."""

    submitters: tuple[tuple[str, str, str], ...]  # name, student number, mail
    told: Told


def gradescope(folder: Folder, exercises: Exercises) -> Split | None:
    """The metadata lie beside folders called ``submission_…``."""
    metadata = next((entry for entry in folder.files if METADATA.fullmatch(entry.name)), None)
    if metadata is None or not any(FOLDER.fullmatch(below.name) for below in folder.folders):
        return None
    records, messages = _records(metadata)
    found = [one for below in folder.folders for one in _found(below, records.get(below.name), exercises)]
    came = {below.name for below in folder.folders}
    found += [one for name, record in records.items() if name not in came for one in _absent(name, record)]
    return Split(tuple(found), (*folder.messages, *messages, *nobodys([entry.name for entry in programs(folder)])))


def _found(folder: Folder, record: Record | None, exercises: Exercises) -> Iterator[Found]:
    told = record.told if record else Told()
    alone = Found(folder.name, tuple(files_below(folder, exercises, told=told)), folder.all_messages())
    if record is None or not record.submitters:
        text = say(
            "The metadata name no learner for {folder}. Its files are graded under that name.",
            folder=shown(folder.name),
        )
        yield Found(folder.name, alone.files, (*alone.messages, text))
        return
    for person in record.submitters:  # a group hands in once for all
        yield _person(person, folder.name, alone)


def _absent(name: str, record: Record) -> Iterator[Found]:
    text = say("{folder} is in the metadata, but not in the download. Download it again.", folder=shown(name))
    for person in record.submitters:
        yield _person(person, name, Found(name, messages=(text,)))


def _person(person: tuple[str, str, str], folder: str, files: Found) -> Found:
    name, number, email = person
    ids = (("student", number),) if number else ()
    return Found(name or email or folder, files.files, files.messages, email, ids)


def _records(metadata: Entry) -> tuple[dict[str, Record], tuple[Text, ...]]:
    try:
        data = metadata.read(MOST_METADATA)  # a longer one ends amid a value, which is damage
        read = _Reader(data.decode("utf-8", errors="replace")).read()
    except (yaml.YAMLError, ValueError, OSError, BadSubmission, StopIteration):
        text = say(
            "{file} is damaged, so that nobody knows whose the folders beside it are. Download the export again.",
            file=shown(metadata.name),
        )
        return {}, (text,)
    return {name: _record(entry) for name, entry in read.items() if FOLDER.fullmatch(name)}, ()


def _record(entry: Any) -> Record:
    fields = entry if isinstance(entry, dict) else {}
    people = [one for one in _list(fields.get("submitters")) if isinstance(one, dict)]
    submitters = tuple((_word(one, "name"), _word(one, "sid"), _word(one, "email")) for one in people)
    history = [_time(one.get("created_at")) for one in _list(fields.get("history")) if isinstance(one, dict)]
    now = _time(fields.get("created_at"))
    earlier = tuple(sorted({time for time in history if time} - {now}))
    return Record(submitters, Told(submitted_at=now, earlier=earlier))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _word(person: dict[str, Any], key: str) -> str:
    value = person.get(key)
    return value.strip() if isinstance(value, str) and value not in ("~", "null") else ""


def _time(value: Any) -> str:
    return iso(value, bare="UTC") if isinstance(value, str) else ""


class _Reader:
    """Reads a YAML document to dictionaries, lists and strings, without the values that nobody wants.

    A class because reading is a place in a stream of events. Raises yaml.YAMLError, ValueError.
    """

    def __init__(self, text: str) -> None:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        self._next: Callable[[], Any] = yaml.parse(text, Loader=loader).__next__
        self._kept = 0

    def read(self) -> dict[str, Any]:
        for _ in range(2):  # the beginnings of the stream and of the document
            self._next()
        value = self._value(self._next(), 0)
        return value if isinstance(value, dict) else {}

    def _value(self, event: Any, depth: int) -> Any:
        self._kept += 1
        if depth > MOST_DEEP or self._kept > MOST_KEPT:
            raise ValueError("deeper or more than an export is")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth)
        if isinstance(event, yaml.SequenceStartEvent):
            values = []
            while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                values.append(self._value(event, depth + 1))
            return values
        return getattr(event, "value", "")

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = str(getattr(event, "value", "")).removeprefix(":")
            value = self._next()
            if depth == 1 and key not in WANTED:
                self._skip(value)
            elif depth > 1 and not isinstance(value, yaml.ScalarEvent):
                self._skip(value)  # results of earlier attempts
            else:
                values[key] = self._value(value, depth + 1)
        return values

    def _skip(self, event: Any) -> None:
        depth = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth <= 0:
                return
            event = self._next()
