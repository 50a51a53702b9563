"""Whose files these are: one small function for each way in which work is handed in.

A layout looks at a folder and answers with the learners in it, or with None: "not mine".
The first that answers is right. A new way (a learning platform's bulk download) is a new function in `LAYOUTS`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from grader.intake.folders import Entry, Folder
from grader.intake.matching import Exercises, Fit, Match, archive_kind, take_apart
from grader.intake.shown import listed, shown
from grader.text import Text, say

# Names of folders and files that say nothing about the learner or the exercise in them.
GENERIC = re.compile(
    r"(?i)(src|code|work|my ?work|home ?works?|hws?|exercises?|assignments?|submissions?|tasks?|labs?|weeks?|solutions?|"
    r"old|new|draft|final|backup|v|version|new folder|untitled folder|desktop|downloads?|documents?|"
    r"과제|숙제|실습|제출|주차|최종|백업|새 폴더|코드|소스)[ _-]*\d*"
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
    """``kim_rank.py, lee_rank.py``: each file names its owner, and two owners hand in one exercise."""
    if any(_holds_programs(below) for below in folder.folders):
        return None
    handed = list(_files(folder, exercises))
    matched = [one for one in handed if one.match and take_apart(one.entry.name).ending]
    if not all(one.match and one.match.owner and one.match.slug for one in matched):
        return None
    if not _any_twice((one.match.slug, one.match.owner) for one in matched if one.match):
        return None
    owned: dict[str, list[Handed]] = defaultdict(list)
    for one in matched:
        owned[one.match.owner if one.match else ""].append(one)
    strays = [one.entry.name for one in handed if one.match is None and take_apart(one.entry.name).ending]
    return Split(_each(owned), (*folder.all_messages(), *_nobodys(strays)))


def by_exercise_then_file(folder: Folder, exercises: Exercises) -> Split | None:
    """``rank/kim.py, rank/lee.py, matmul/kim.py``: folders are exercises, files are learners."""
    if programs(folder) or any(below.folders or not exercises.slug(below.name) for below in folder.folders):
        return None
    owned: dict[str, list[Handed]] = defaultdict(list)
    for below in folder.folders:
        for entry in programs(below):
            stem = take_apart(entry.name).stem
            if exercises.match(stem) or stem.casefold() in GENERIC_FILES:
                return None
            owned[stem].append(Handed((below.name,), entry, Match((exercises.slug(below.name),), Fit.FOLDER)))
    if not _any_twice((files[0].folders[0], stem) for stem, files in owned.items()):
        return None
    return Split(_each(owned), folder.all_messages())


def by_exercise_then_folder(folder: Folder, exercises: Exercises) -> Split | None:
    """``rank/kim/rank.py, rank/lee/main.py, matmul/kim/...``: folders are exercises, folders in them are learners."""
    named = [below for below in folder.folders if _holds_programs(below)]
    if programs(folder) or not all(exercises.slug(below.name) and not programs(below) for below in named):
        return None
    owned: dict[str, list[Handed]] = defaultdict(list)
    for below in named:
        for own in below.folders:
            owned[own.name] += _files(own, exercises, (below.name,))
    if not _any_twice((below.name, own.name) for below in named for own in below.folders):
        return None
    return Split(_each(owned), folder.all_messages())


def one_learner(folder: Folder, exercises: Exercises) -> Split | None:
    """Exercise files lie in the folder itself, or in folders named ``01_rank`` or ``week 2``: it is one learner's."""
    if _is_class(folder, exercises):
        return None
    direct = any(exercises.match(take_apart(entry.name).stem) for entry in programs(folder))
    named = [below for below in folder.folders if _holds_programs(below)]
    if not direct and not (named and all(is_generic(below.name, exercises) for below in named)):
        return None
    return Split((learner(folder.name, folder, exercises),))


def wrapper(folder: Folder, exercises: Exercises) -> Split | None:
    """One folder in it and no programs: a wrapper, as zip programs make it."""
    if programs(folder) or len(folder.folders) != 1:
        return None
    found = split(folder.folders[0], exercises)
    if not found.learners:
        return None
    return Split(found.learners, folder.messages + found.messages)


def folder_of_learners(folder: Folder, exercises: Exercises) -> Split | None:
    """Each folder (or zip) in it is a learner."""
    if not folder.folders:
        return None
    learners: list[Found] = []
    messages = list(folder.messages)
    for below in folder.folders:
        inner = (
            split(below, exercises) if _is_class(below, exercises) else Split((learner(below.name, below, exercises),))
        )
        learners += inner.learners
        messages += inner.messages
    learners += [_unpacked(entry) for entry in folder.files if archive_kind(entry.name)]
    messages += _nobodys([entry.name for entry in programs(folder)])
    return Split(tuple(learners), tuple(messages))


LAYOUTS: tuple[Layout, ...] = (
    by_owner_in_name,
    by_exercise_then_file,
    by_exercise_then_folder,
    one_learner,
    wrapper,
    folder_of_learners,
)


def learner(name: str, folder: Folder, exercises: Exercises) -> Found:
    """Everything in ``folder`` is this learner's."""
    return Found(name, tuple(_files(folder, exercises)), folder.all_messages())


def is_generic(name: str, exercises: Exercises) -> bool:
    """Whether a folder's name says nothing about its learner."""
    return GENERIC.fullmatch(name) is not None or exercises.match(name) is not None


def _may_be_learner(name: str, exercises: Exercises) -> bool:
    """Whether a folder's name may be a learner's: ``kim``, and ``rank_kim`` as well, but not ``rank`` or ``week 2``."""
    match = exercises.match(name)
    return GENERIC.fullmatch(name) is None and (match is None or bool(match.owner))


def _is_class(folder: Folder, exercises: Exercises) -> bool:
    """Whether two folders in it, whose names may be learners', hold the same exercise; or one in it is a class."""
    return any(_is_class(below, exercises) for below in folder.folders) or _any_twice(
        (slug, below.name)
        for below in folder.folders
        if _may_be_learner(below.name, exercises)
        for handed in _files(below, exercises)
        if handed.match and take_apart(handed.entry.name).ending
        for slug in handed.match.slugs
    )


def _any_twice(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether something stands beside two different others."""
    seen: dict[str, str] = {}
    return any(seen.setdefault(thing, other) != other for thing, other in pairs)


def _each(owned: dict[str, list[Handed]]) -> tuple[Found, ...]:
    return tuple(Found(name, tuple(files)) for name, files in sorted(owned.items()))


def _nobodys(names: Sequence[str]) -> tuple[Text, ...]:
    if not names:
        return ()
    return (
        say(
            "Not read, because no learner's name stands with it: {files}. Move it into the folder of its learner.",
            files=listed(names),
        ),
    )


def _unpacked(entry: Entry) -> Found:
    text = say(
        "{file} is a {kind} archive and was not read. Unpack it and pack it again as .zip.",
        file=shown(entry.name),
        kind=archive_kind(entry.name),
    )
    return Found(PurePath(entry.name).stem, messages=(text,))


def _files(folder: Folder, exercises: Exercises, above: tuple[str, ...] = ()) -> Iterator[Handed]:
    for entry in folder.files:
        yield Handed(above, entry, _match(entry, above, exercises))
    for below in folder.folders:
        yield from _files(below, exercises, (*above, below.name))


def _match(entry: Entry, above: Sequence[str], exercises: Exercises) -> Match | None:
    if match := exercises.match(take_apart(entry.name).stem):
        return match
    slug = next((slug for name in reversed(above) if (slug := exercises.slug(name))), "")
    return Match((slug,), Fit.FOLDER) if slug else None


def programs(folder: Folder) -> tuple[Entry, ...]:
    """The files in ``folder`` itself that end like a program or a notebook."""
    return tuple(entry for entry in folder.files if take_apart(entry.name).ending)


def _holds_programs(folder: Folder) -> bool:
    return bool(programs(folder)) or any(_holds_programs(below) for below in folder.folders)
