"""Moodle, "Download all submissions": ``Ada Lovelace_12345_assignsubmission_file_/rank.ipynb``, or the same in one folder.

Names as mod/assign/classes/downloader.php makes them. The last ``_`` of a folder is gone since Moodle 4.1; a group has no
number where it is the default one. ``assignsubmission`` is the name of a plugin, the same in every language; what
stands in place of the names of anonymous learners ("Participant") is not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from grader.intake.folders import Entry, Folder
from grader.intake.found import (
    Found,
    Handed,
    Split,
    files_below,
    holds_programs,
    joined_by_key,
    learner,
    match_of,
    nobodys,
)
from grader.intake.matching import Exercises, take_apart
from grader.intake.shown import shown
from grader.text import say

_NAME = re.compile(
    r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>file|onlinetext|[a-z0-9]+?)(?:_(?P<own>.*))?", re.DOTALL
)
ANONYMOUS = frozenset({"participant", "참가자", "teilnehmer/in", "teilnehmerin", "participante", "参加者", "参与者"})


def moodle(folder: Folder, exercises: Exercises) -> Split | None:
    """Half of what lies in the folder, or more, has such a name."""
    items: list[tuple[re.Match[str], Entry | Folder]] = []
    others: list[Entry | Folder] = []
    everything: tuple[Entry | Folder, ...] = (*folder.files, *folder.folders)
    for item in everything:
        if match := _NAME.fullmatch(item.name):
            items.append((match, item))
        elif holds_programs(item) if isinstance(item, Folder) else take_apart(item.name).ending:
            others.append(item)
    if not items or len(items) < len(others):
        return None
    anonymous = _anonymous(match for match, _ in items)
    found = joined_by_key(
        ((match["name"], match["id"]), _found(match, item, exercises, anonymous=anonymous)) for match, item in items
    )
    names = Counter(one.name for one in found)
    learners = tuple(one if names[one.name] > 1 else replace(one, number="") for one in found)
    strays = [item.name for item in others if isinstance(item, Entry)]
    plain = tuple(learner(item.name, item, exercises) for item in others if isinstance(item, Folder))
    return Split((*learners, *plain), (*folder.messages, *nobodys(strays)))


def _anonymous(matches: Iterable[re.Match[str]]) -> bool:
    """Whether all have one name: then it is the site's word for a participant."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for match in matches:
        numbers[match["name"].casefold()].add(match["id"] or "")
    (name, ids), *others = numbers.items()
    return not others and (len(ids) > 1 or name in ANONYMOUS)


def _found(match: re.Match[str], item: Entry | Folder, exercises: Exercises, *, anonymous: bool) -> Found:
    number = match["id"] or ""
    name = f"{match['name']} {number}".strip() if anonymous else match["name"]
    # The number belongs to learner and assignment: the same learner has another in the next download.
    ids = (("moodle", number),) if number else ()
    if match["kind"] == "onlinetext":
        text = say(
            "{file} was typed into the platform instead of handed in as a file. Hand in the .py or .ipynb file itself.",
            file=shown(item.name),
        )
        return Found(name, messages=(text,), ids=ids, number=number)
    if isinstance(item, Folder):
        above = (match["own"],) if match["own"] else ()  # a zip in the older form
        return Found(name, tuple(files_below(item, exercises, above)), item.all_messages(), ids=ids, number=number)
    own = match["own"] or item.name
    return Found(name, (Handed((), item, match_of(own, (), exercises), own),), ids=ids, number=number)
