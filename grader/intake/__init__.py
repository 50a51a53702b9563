"""From the paths on the command line to learners and their files. Nothing in them is run, nothing is unpacked to disk."""

from __future__ import annotations

import contextlib
import functools
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.intake.archives import Shelf, path_archive
from grader.intake.contents import Tasks
from grader.intake.folders import Counter, Entry, Folder, file_entry, unreadable, walk
from grader.intake.found import Found, Handed, Split, learner, programs
from grader.intake.identity import unique_ids
from grader.intake.joining import Joined, alone, join
from grader.intake.layouts import by_exercise_then_file, by_owner_alone, split
from grader.intake.matching import Exercises, Fit, Match
from grader.intake.people import joined
from grader.intake.reading import Room
from grader.intake.roster import BadRoster, Roster, read_roster
from grader.intake.shown import first_few, listed, shown
from grader.intake.sorting import sort
from grader.intake.submissions import Intake, IntakeLimits, LearnerFiles, Submission
from grader.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BadRoster",
    "Intake",
    "IntakeLimits",
    "LearnerFiles",
    "Roster",
    "Submission",
    "absence",
    "read_roster",
    "take_in",
]

YOU = "you"  # whose a file in the folder is in which one stands
DEFAULT_LIMITS = IntakeLimits()


def take_in(
    paths: Sequence[Path],
    slugs: Sequence[str],
    *,
    only: str | None = None,
    owner: str = "",
    limits: IntakeLimits = DEFAULT_LIMITS,
    roster: Roster | None = None,
    tasks: Tasks | None = None,
) -> Intake:
    """The learners in ``paths`` (files, folders, zips) and their files for the exercises ``slugs``.

    ``only`` keeps one exercise. With ``owner`` everything is this one learner's, however it lies in folders.
    ``roster`` says who they are; who of it handed in nothing is a learner without files.
    ``tasks`` are the names that each exercise's stub defines: then a file is also known by what it defines.
    Nothing is raised for bad input: what cannot be read stands in the messages.
    """
    named = tuple((slug, tuple(names)) for slug, names in (tasks or {}).items())
    exercises, room = Exercises(tuple(slugs), named), Room(limits)
    with contextlib.closing(Shelf(limits)) as shelf:
        folders = _folders(paths, shelf)
        splits = _all_of(owner, folders, exercises, only) if owner else [_split(f, exercises, only) for f in folders]
        people = joined(found for one in splits for found in one.learners)
        said = join(people, roster) if roster else alone(people)
        came = (*said.learners, *said.others)
        ids = _ids(said)
        learners = [sort(one, id_, exercises, only, room) for (one, _), id_ in zip(came, ids, strict=False)]
    missing = [replace(one, id=id_) for one, id_ in zip(said.missing, ids[len(came) :], strict=True)]
    absent = tuple(one.id for one, was in zip(missing, said.missing, strict=True) if was.id in said.absent)
    messages = [*said.messages, *(message for one in splits for message in one.messages)]
    messages += [] if roster else _namesakes(learners)
    if not people:
        messages.append(_nothing(paths, exercises))
    return Intake(tuple(sorted([*learners, *missing], key=lambda one: one.id)), first_few(messages), absent)


def _ids(said: Joined) -> list[str]:
    """Of those who came, then of the missing. Who is in the roster has the first choice."""
    certain, others, missing = (
        [id_ for _, id_ in said.learners],
        [id_ for _, id_ in said.others],
        [x.id for x in said.missing],
    )
    ids = unique_ids([*certain, *missing, *others])
    first, last = len(certain), len(certain) + len(missing)
    return [*ids[:first], *ids[last:], *ids[first:last]]


def _folders(paths: Sequence[Path], shelf: Shelf) -> list[Folder]:
    """A tree for each folder or zip, and one for the single files that lie in one place."""
    trees: list[Folder] = []
    singles: dict[str, list[Entry]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        try:
            path.stat()
        except (OSError, ValueError) as error:
            problem = unreadable(str(path), error if isinstance(error, OSError) else OSError())
            trees.append(Folder(path.name, messages=(problem,)))
            continue
        if path.is_dir():
            trees.append(_disk_folder(path, shelf))
        elif path.suffix.lower() == ".zip":
            trees.append(path_archive(path, shelf, Counter(shelf.limits)))
        else:
            singles[_whose(path)].append(file_entry(path))
    return [*trees, *(Folder(name, tuple(entries)) for name, entries in singles.items())]


def _disk_folder(path: Path, shelf: Shelf) -> Folder:
    counter = Counter(shelf.limits)
    tree = walk(path, functools.partial(path_archive, shelf=shelf, counter=counter), counter)
    return replace(tree, name=path.resolve().name or YOU)


def _whose(path: Path) -> str:
    return YOU if path.parent == Path() else path.parent.resolve().name or YOU


def _split(folder: Folder, exercises: Exercises, only: str | None) -> Split:
    found = split(folder, exercises)
    known = any(handed.match for one in found.learners for handed in one.files)
    known = known or any(one.layout == by_owner_alone.__name__ for one in found.learners)  # by what their files define
    if only and not known:
        found = _all_for(only, folder) or found
    if not found.learners and folder.files:
        return Split((learner(folder.name, folder, exercises),))
    return found


def _all_for(only: str, folder: Folder) -> Split | None:
    """With one exercise wanted, ``kim.py`` and ``lee.py`` can only be for that; and so can a single ``mine.py``."""
    as_exercise = Folder(folder.name, folders=(replace(folder, name=only),))
    if found := by_exercise_then_file(as_exercise, Exercises((only,))):
        return replace(found, learners=tuple(replace(one, layout="by_owner_in_name") for one in found.learners))
    if files := _one_program(only, folder):
        return Split((Found(folder.name, files, folder.all_messages()),))
    return None


def _one_program(only: str, folder: Folder) -> tuple[Handed, ...]:
    """The single program in ``folder``, taken for the exercise ``only``; nothing where there are several or none."""
    if len(programs(folder)) != 1:
        return ()
    alone = replace(folder, files=programs(folder))
    return tuple(replace(one, match=Match((only,), Fit.FOLDER)) for one in learner("", alone, Exercises(())).files)


def _all_of(owner: str, folders: Sequence[Folder], exercises: Exercises, only: str | None) -> list[Split]:
    """Everything in all the folders as one learner's."""
    files: list[Handed] = []
    for folder in folders:
        own = learner(owner, folder, exercises).files
        known = any(handed.match for handed in own)
        files += (_one_program(only, folder) or own) if only and not known else own
    return [Split((Found(owner, tuple(files), tuple(m for folder in folders for m in folder.all_messages())),))]


def _namesakes(learners: Sequence[LearnerFiles]) -> list[Text]:
    ids: dict[str, list[str]] = defaultdict(list)
    for one in learners:
        ids[one.name].append(one.id)
    return [
        say("Several learners are called {name}. They are kept apart as {ids}.", name=name, ids=listed(same))
        for name, same in ids.items()
        if len(same) > 1
    ]


def _nothing(paths: Sequence[Path], exercises: Exercises) -> Text:
    return say(
        "No exercise file was found in {paths}. The files are called {names} (.py or .ipynb).",
        paths=listed([shown(str(path)) for path in paths]),
        names=listed(exercises.slugs, len(exercises.slugs)),
    )
