"""Whose files these are: one small function for each way in which work is handed in.

A layout looks at a folder and answers with the learners in it, or with None: "not mine".
The first that answers is right. A new way is a new function in `LAYOUTS`, a learning platform's download in `PLATFORMS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from grader.intake.canvas import canvas
from grader.intake.contents import slugs_in
from grader.intake.folders import Entry, Folder
from grader.intake.found import Found, Handed, Split, each, files_below, holds_programs, learner, nobodys, programs
from grader.intake.github import github
from grader.intake.gradescope import gradescope
from grader.intake.matching import Exercises, Fit, Match, archive_kind, owner_of, take_apart
from grader.intake.moodle import moodle
from grader.intake.names import any_twice, is_generic, may_be_learner
from grader.intake.nbgrader import nbgrader
from grader.intake.shown import shown
from grader.text import say

# Names of files that say nothing about the learner.
GENERIC_FILES = frozenset({"main", "solution", "answer", "submission", "exercise", "notebook", "untitled", "code"})


Layout = Callable[[Folder, Exercises], Split | None]


def split(folder: Folder, exercises: Exercises) -> Split:
    """The learners in ``folder``, by the first layout that knows it."""
    for layout in (*PLATFORMS, *LAYOUTS):
        if (found := layout(folder, exercises)) is not None:
            slug = exercises.slug(folder.name) if layout in PLATFORMS else ""
            return replace(found, learners=tuple(_signed(one, layout.__name__, slug) for one in found.learners))
    return Split((), folder.all_messages())


def _signed(found: Found, layout: str, slug: str) -> Found:
    """With the layout that found it; a download named after an exercise says what nameless files in it are for."""
    files = found.files
    if slug:
        files = tuple(one if one.match else replace(one, match=Match((slug,), Fit.FOLDER)) for one in files)
    return replace(found, files=files, layout=found.layout or layout)


def downloads(folder: Folder, exercises: Exercises) -> Split | None:
    """Several downloads of platforms, or of classes, in one folder.

    A learner could hand in what looks like a download, in others' names: among learners' folders it is a learner's.
    """
    known = [below for below in folder.folders if _is_download(below, exercises)]
    others = [below for below in folder.folders if below not in known and holds_programs(below)]
    classes = [below for below in others if _is_class(below, exercises)]
    if not known or len(known) + len(classes) <= len(others) - len(classes):
        return None
    parts = [
        split(below, exercises) if below in known + classes else _alone(below, exercises) for below in folder.folders
    ]
    learners = tuple(found for part in parts for found in part.learners)
    messages = (*folder.messages, *(text for part in parts for text in part.messages))
    return Split(learners, (*messages, *nobodys([entry.name for entry in programs(folder)])))


def _alone(folder: Folder, exercises: Exercises) -> Split:
    if not holds_programs(folder):
        return Split((), folder.all_messages())
    return Split((_signed(learner(folder.name, folder, exercises), folder_of_learners.__name__, ""),))


def _is_download(folder: Folder, exercises: Exercises) -> bool:
    if any(platform(folder, exercises) for platform in PLATFORMS):
        return True
    return not programs(folder) and downloads(folder, exercises) is not None


def by_owner_in_name(folder: Folder, exercises: Exercises) -> Split | None:
    """``kim_rank.py, lee_rank.py``: each file names its owner, and two owners hand in one exercise."""
    if any(holds_programs(below) for below in folder.folders):
        return None
    handed = list(files_below(folder, exercises))
    matched = [one for one in handed if one.match and take_apart(one.entry.name).ending]
    if not all(one.match and one.match.owner and one.match.slug for one in matched):
        return None
    if not any_twice((one.match.slug, one.match.owner) for one in matched if one.match):
        return None
    owned: dict[str, list[Handed]] = defaultdict(list)
    for one in matched:
        owned[one.match.owner if one.match else ""].append(one)
    strays = [one.entry.name for one in handed if one.match is None and take_apart(one.entry.name).ending]
    return Split(each(owned), (*folder.all_messages(), *nobodys(strays)))


def by_owner_alone(folder: Folder, exercises: Exercises) -> Split | None:
    """``kim.ipynb, 20231234_lee.ipynb``: each file names its owner alone, and two owners' files define one exercise."""
    named = [(entry, take_apart(entry.name).stem) for entry in programs(folder)]
    if any(holds_programs(below) for below in folder.folders) or any(exercises.match(stem) for _, stem in named):
        return None
    owned: dict[str, list[Handed]] = defaultdict(list)
    for entry, stem in named:
        owned["" if stem.casefold() in GENERIC_FILES else owner_of(stem)].append(Handed((), entry, None))
    strays = [one.name for one in owned.pop("", [])]
    if not any_twice(
        (slug, name) for name, files in owned.items() for one in files for slug in slugs_in(one, exercises)
    ):
        return None
    return Split(each(owned), (*folder.all_messages(), *nobodys(strays)))


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
    if not any_twice((files[0].folders[0], stem) for stem, files in owned.items()):
        return None
    return Split(each(owned), folder.all_messages())


def by_exercise_then_folder(folder: Folder, exercises: Exercises) -> Split | None:
    """``rank/kim/rank.py, rank/lee/main.py, matmul/kim/...``: folders are exercises, folders in them are learners."""
    named = [below for below in folder.folders if holds_programs(below)]
    if programs(folder) or not all(exercises.slug(below.name) and not programs(below) for below in named):
        return None
    owned: dict[str, list[Handed]] = defaultdict(list)
    for below in named:
        for own in below.folders:
            owned[own.name] += files_below(own, exercises, (below.name,))
    if not any_twice((below.name, own.name) for below in named for own in below.folders):
        return None
    return Split(each(owned), folder.all_messages())


def one_learner(folder: Folder, exercises: Exercises) -> Split | None:
    """Exercise files lie in the folder itself, or in folders named ``01_rank`` or ``week 2``: it is one learner's."""
    if _is_class(folder, exercises):
        return None
    direct = any(exercises.match(take_apart(entry.name).stem) for entry in programs(folder))
    named = [below for below in folder.folders if holds_programs(below)]
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
        if _is_class(below, exercises):
            inner = split(below, exercises)
            learners += inner.learners
            messages += inner.messages
            continue
        learners.append(learner(below.name, below, exercises))
        if _is_download(below, exercises):
            messages.append(
                say(
                    "{folder} looks like the download of a class, but lies among the folders of learners, and was taken "
                    "for one learner's. If it is a class, name it on the command line as a PATH of its own.",
                    folder=shown(below.name),
                )
            )
    learners += [_unpacked(entry) for entry in folder.files if archive_kind(entry.name)]
    messages += nobodys([entry.name for entry in programs(folder)])
    return Split(tuple(learners), tuple(messages))


PLATFORMS: tuple[Layout, ...] = (gradescope, canvas, moodle, nbgrader, github)
LAYOUTS: tuple[Layout, ...] = (
    downloads,
    by_owner_in_name,
    by_owner_alone,
    by_exercise_then_file,
    by_exercise_then_folder,
    one_learner,
    wrapper,
    folder_of_learners,
)


def _is_class(folder: Folder, exercises: Exercises) -> bool:
    """Whether two folders in it, whose names may be learners', hold the same exercise; or one in it is a class."""
    return any(_is_class(below, exercises) for below in folder.folders) or any_twice(
        (slug, below.name)
        for below in folder.folders
        if may_be_learner(below.name, exercises)
        for handed in files_below(below, exercises)
        if handed.match and take_apart(handed.entry.name).ending
        for slug in handed.match.slugs
    )


def _unpacked(entry: Entry) -> Found:
    text = say(
        "{file} is a {kind} archive and was not read. Unpack it and pack it again as .zip.",
        file=shown(entry.name),
        kind=archive_kind(entry.name),
    )
    return Found(PurePath(entry.name).stem.removesuffix(".tar"), messages=(text,))
