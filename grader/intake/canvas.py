"""Canvas, "Download Submissions": ``lovelaceada_LATE_12345_67890_rank.ipynb``, all in one folder.

Names as lib/content_zipper.rb of canvas-lms makes them: the sortable name without what is no letter, LATE, the
learner's number, the file's number, the file's own name. Of a resubmitted file the own name ends with ``-1``.
"""

from __future__ import annotations

import re

from grader.intake.folders import Entry, Folder
from grader.intake.found import (
    Found,
    Handed,
    Split,
    Told,
    files_below,
    holds_programs,
    joined_by_key,
    learner,
    match_of,
    nobodys,
)
from grader.intake.matching import Exercises, take_apart
from grader.intake.shown import shown
from grader.text import Text, say

_WHO = r"(?:(?P<name>.+?)_)??(?:(?P<late>LATE)_)?(?:anon_(?P<anon>[A-Za-z0-9]{5})|(?<=_)(?P<user>[1-9]\d*))"
_FILE = re.compile(_WHO + r"_(?P<file>[1-9]\d{2,})_(?P<own>.+)", re.DOTALL)
_TYPED = re.compile(_WHO + r"_(?P<kind>text|link)\.html", re.DOTALL)


def canvas(folder: Folder, exercises: Exercises) -> Split | None:
    """Half of what lies in the folder, or more, has such a name."""
    items: list[tuple[re.Match[str], Entry | Folder]] = []
    others: list[Entry | Folder] = []
    everything: tuple[Entry | Folder, ...] = (*folder.files, *folder.folders)
    for item in everything:
        if match := _FILE.fullmatch(item.name) or _TYPED.fullmatch(item.name):
            items.append((match, item))
        elif holds_programs(item) if isinstance(item, Folder) else take_apart(item.name).ending:
            others.append(item)
    if not any("own" in match.groupdict() for match, _ in items) or len(items) < len(others):
        return None
    learners = joined_by_key((_key(match), _found(match, item, exercises)) for match, item in items)
    strays = [item.name for item in others if isinstance(item, Entry)]
    plain = tuple(learner(item.name, item, exercises) for item in others if isinstance(item, Folder))
    return Split((*learners, *plain), (*folder.messages, *nobodys(strays)))


def _key(match: re.Match[str]) -> str:
    return match["user"] or f"anon {match['anon']}"


def _found(match: re.Match[str], item: Entry | Folder, exercises: Exercises) -> Found:
    name = match["name"] or f"anon {match['anon']}"
    ids = (("canvas", match["user"]),) if match["user"] else (("canvas_anonymous", match["anon"]),)
    if "kind" in match.groupdict():
        return Found(name, messages=(_typed(item.name, match["kind"]),), ids=ids)
    told = Told(late=bool(match["late"]), attempt=int(match["file"]))
    own = match["own"]
    if isinstance(item, Folder):
        return Found(name, tuple(files_below(item, exercises, (own,), told)), item.all_messages(), ids=ids)
    return Found(name, (Handed((), item, match_of(own, (), exercises), own, told),), ids=ids)


def _typed(file: str, kind: str) -> Text:
    if kind == "link":
        return say(
            "{file} is a link that was handed in instead of a file. Hand in the .py or .ipynb file itself.",
            file=shown(file),
        )
    return say(
        "{file} was typed into the platform instead of handed in as a file. Hand in the .py or .ipynb file itself.",
        file=shown(file),
    )
