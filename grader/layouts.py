"""Whose files these are: one small function for each way in which work is handed in.

A layout looks at a folder and answers with the learners in it, or with None: "not mine".
The first that answers is right. A new way (a learning platform's bulk download) is a new function in `LAYOUTS`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grader.folders import Entry, Folder
from grader.matching import Exercises, Fit, Match, take_apart
from grader.shown import listed
from grader.text import Text, say

# Names of folders that say nothing about the learner in them.
GENERIC = re.compile(
    r"(?i)(src|code|work|my ?work|home ?works?|hws?|exercises?|assignments?|submissions?|tasks?|labs?|weeks?|solutions?|"
    r"new folder|untitled folder|desktop|downloads?|documents?|과제|실습|제출|새 폴더|코드|소스)[ _-]*\d*"
)
GENERIC_FILES = frozenset({"main", "solution", "answer", "submission", "exercise", "notebook", "untitled", "code"})


@dataclass(frozen=True)
class Handed:
    """A file as it was handed in: where it lay, and which exercise its name or folder means."""

    folders: tuple[str, ...]  # below the learner's own
    entry: Entry
    match: Match | None

    @property
    def shown_as(self) -> str:
        """Path below the learner's folder."""
        return "/".join((*self.folders, self.entry.name))


@dataclass(frozen=True)
class Found:
    """A learner and all files that came with the name."""

    name: str
    files: tuple[Handed, ...] = ()
    messages: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Split:
    """The learners of a folder, and what in it belongs to nobody."""

    learners: tuple[Found, ...]
    messages: tuple[Text, ...] = ()


Layout = Callable[[Folder, Exercises], Split | None]


def split(folder: Folder, exercises: Exercises) -> Split:
    """The learners in ``folder``, by the first layout that knows it."""
    for layout in LAYOUTS:
        if (found := layout(folder, exercises)) is not None:
            return found
    return Split((), folder.all_messages())


def by_owner_in_name(folder: Folder, exercises: Exercises) -> Split | None:
    """``kim_rank.py, lee_rank.py``: every file names its owner, and two owners hand in one exercise."""
    owned: dict[str, list[Handed]] = defaultdict(list)
    seen: dict[str, set[str]] = defaultdict(set)
    for handed in _own_files(folder, exercises):
        if handed.match is None:
            continue
        if not handed.match.owner or len(handed.match.slugs) > 1:
            return None
        owned[handed.match.owner].append(handed)
        seen[handed.match.slugs[0]].add(handed.match.owner)
    if all(len(owners) < 2 for owners in seen.values()):  # noqa: PLR2004 two of a kind
        return None
    return Split(tuple(Found(name, tuple(files)) for name, files in sorted(owned.items())), folder.all_messages())


def by_exercise_folder(folder: Folder, exercises: Exercises) -> Split | None:
    """``rank/kim.py, rank/lee.py, matmul/kim.py``: folders are exercises, files are learners."""
    owned: dict[str, list[Handed]] = defaultdict(list)
    if _programs(folder) or not folder.folders:
        return None
    for below in folder.folders:
        match = exercises.match(below.name)
        if match is None or below.folders or len(match.slugs) > 1:
            return None
        for entry in _programs(below):
            stem = take_apart(entry.name).stem
            if exercises.match(stem) or stem.casefold() in GENERIC_FILES:
                return None
            owned[stem].append(Handed((below.name,), entry, Match(match.slugs, Fit.FOLDER)))
    if len(owned) < 2:  # noqa: PLR2004 one file name alone is a learner's own folder
        return None
    return Split(tuple(Found(name, tuple(files)) for name, files in sorted(owned.items())), folder.all_messages())


def one_learner(folder: Folder, exercises: Exercises) -> Split | None:
    """Exercise files lie in the folder itself, or in folders named ``01_rank`` or ``week 2``: it is one learner's."""
    if _is_class(folder, exercises):
        return None
    direct = any(handed.match for handed in _own_files(folder, exercises))
    named = [below for below in folder.folders if _holds_programs(below)]
    if not direct and not (named and all(is_generic(below.name, exercises) for below in named)):
        return None
    return Split((learner(folder.name, folder, exercises),))


def wrapper(folder: Folder, exercises: Exercises) -> Split | None:
    """One folder in it and no programs: a wrapper, as zip programs make it."""
    if _programs(folder) or len(folder.folders) != 1:
        return None
    inner = folder.folders[0]
    found = split(inner, exercises)
    if not found.learners:
        return None
    if len(found.learners) == 1 and found.learners[0].name == inner.name and is_generic(inner.name, exercises):
        only = found.learners[0]
        found = Split((Found(folder.name, only.files, only.messages),), found.messages)
    return Split(found.learners, folder.messages + found.messages)


def folder_of_learners(folder: Folder, exercises: Exercises) -> Split | None:
    """Each folder (or zip) in it is a learner."""
    if not folder.folders:
        return None
    learners: list[Found] = []
    messages = list(folder.messages)
    for below in folder.folders:
        if _is_class(below, exercises):
            inner = split(below, exercises)
            learners.extend(inner.learners)
            messages.extend(inner.messages)
        else:
            learners.append(learner(below.name, below, exercises))
    if strays := [entry.name for entry in _programs(folder)]:
        messages.append(
            say(
                "{files}: beside the learners' folders, so that it is nobody's. Move it into a learner's folder.",
                files=listed(strays),
            )
        )
    return Split(tuple(learners), tuple(messages))


LAYOUTS: tuple[Layout, ...] = (by_owner_in_name, by_exercise_folder, one_learner, wrapper, folder_of_learners)


def learner(name: str, folder: Folder, exercises: Exercises) -> Found:
    """Everything in ``folder`` is this learner's."""
    return Found(name, tuple(_files(folder, exercises, ())), folder.all_messages())


def is_generic(name: str, exercises: Exercises) -> bool:
    """Whether a folder's name says nothing about its learner."""
    return GENERIC.fullmatch(name) is not None or exercises.match(name) is not None


def _is_class(folder: Folder, exercises: Exercises) -> bool:
    """Whether two folders in it, not named after exercises, hold the same exercise."""
    seen: set[str] = set()
    for below in folder.folders:
        if exercises.match(below.name):
            continue
        slugs = {slug for handed in _files(below, exercises, ()) if handed.match for slug in handed.match.slugs}
        if slugs & seen:
            return True
        seen |= slugs
    return False


def _files(folder: Folder, exercises: Exercises, above: tuple[str, ...]) -> Iterator[Handed]:
    for entry in folder.files:
        yield Handed(above, entry, _match(entry, above, exercises))
    for below in folder.folders:
        yield from _files(below, exercises, (*above, below.name))


def _match(entry: Entry, above: Sequence[str], exercises: Exercises) -> Match | None:
    if match := exercises.match(take_apart(entry.name).stem):
        return match
    for name in reversed(above):
        if match := exercises.match(name):
            return Match(match.slugs, Fit.FOLDER)
    return None


def _own_files(folder: Folder, exercises: Exercises) -> list[Handed]:
    return [Handed((), entry, exercises.match(take_apart(entry.name).stem)) for entry in _programs(folder)]


def _programs(folder: Folder) -> list[Entry]:
    return [entry for entry in folder.files if take_apart(entry.name).ending]


def _holds_programs(folder: Folder) -> bool:
    return bool(_programs(folder)) or any(_holds_programs(below) for below in folder.folders)
