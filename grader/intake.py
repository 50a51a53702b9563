"""From the paths on the command line to learners and their files; nothing in them is run."""

from __future__ import annotations

import contextlib
import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.archives import Shelf, path_archive
from grader.errors import BadSubmission
from grader.folders import Counter, Entry, Folder, file_entry, unreadable, walk
from grader.identity import unique_ids
from grader.layouts import Found, Handed, Split, by_exercise_folder, learner, split
from grader.matching import Exercises, Fit, Match, take_apart
from grader.shown import listed, shown, size
from grader.submissions import MB, Intake, IntakeLimits, LearnerFiles, Submission
from grader.text import Text, say

__all__ = ["Intake", "IntakeLimits", "LearnerFiles", "Submission", "take_in"]

NOBODY = "you"  # a file in the folder one stands in
OPEN_TASK = re.compile(rb"raise NotImplementedError")  # what a stub holds where an answer belongs
# Files of a course that lie beside the learner's own; and what editors make. Not worth a word.
QUIET = re.compile(r"(?i)(checks|conftest|setup|__init__|test_.*|.*_test)\.py")
NAMED_SINGLY = 5  # unknown files of a learner that get a message each


def take_in(
    paths: Sequence[Path],
    slugs: Sequence[str],
    *,
    only: str | None = None,
    limits: IntakeLimits = IntakeLimits(),  # noqa: B008 frozen
) -> Intake:
    """The learners in ``paths`` (files, folders, zips) and their files for the exercises ``slugs``.

    ``only`` keeps one exercise. Nothing is raised for bad input: what cannot be read stands in the messages.
    """
    exercises = Exercises(tuple(slugs))
    shelf = Shelf(limits)
    with contextlib.closing(shelf):
        splits = [_split(folder, exercises, only) for folder in _folders(paths, shelf)]
        found = _people(found for one in splits for found in one.learners)
        desk = Desk(exercises, only, limits)
        ids = unique_ids(person.name for person in found)
        learners = [desk.sort(person, name_id) for person, name_id in zip(found, ids, strict=True)]
    messages = tuple(message for one in splits for message in one.messages)
    if not learners:
        messages += (_nothing(paths, exercises),)
    return Intake(tuple(sorted(learners, key=lambda one: one.id)), messages)


def _nothing(paths: Sequence[Path], exercises: Exercises) -> Text:
    return say(
        "No exercise file was found in {paths}. The files are to be called {names} (.py or .ipynb).",
        paths=listed([str(path) for path in paths]),
        names=listed(exercises.slugs),
    )


def _folders(paths: Sequence[Path], shelf: Shelf) -> list[Folder]:
    """A tree for each folder or zip, and one for the single files that lie in one place."""
    trees: list[Folder] = []
    singles: dict[str, list[Entry]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        counter = Counter(shelf.limits)
        if path.is_dir():
            archive = functools.partial(path_archive, shelf=shelf, counter=counter)
            trees.append(replace(walk(path, archive, counter), name=path.resolve().name or NOBODY))
        elif not path.exists():
            trees.append(Folder(path.name, messages=(unreadable(str(path), FileNotFoundError(2, "")),)))
        elif path.suffix.lower() == ".zip":
            trees.append(path_archive(path, shelf, counter))
        else:
            singles[_whose(path)].append(file_entry(path))
    return [*trees, *(Folder(name, tuple(entries)) for name, entries in singles.items())]


def _whose(path: Path) -> str:
    if path.parent == Path():
        return NOBODY
    return path.parent.resolve().name or NOBODY


def _split(folder: Folder, exercises: Exercises, only: str | None) -> Split:
    found = split(folder, exercises)
    if only and not any(handed.match for one in found.learners for handed in one.files):
        # With one exercise wanted, kim.py and lee.py can only be for that.
        as_exercise = Folder("", folders=(replace(folder, name=only),))
        found = by_exercise_folder(as_exercise, Exercises((only,))) or found
    if not found.learners and folder.files:
        return Split((learner(folder.name, folder, exercises),))
    return found


def _people(found: Iterable[Found]) -> list[Found]:
    """Learners of one name from two paths are one where their exercises differ, as in one download for each task."""
    people: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        name = unicodedata.normalize("NFC", one.name)
        same = people[name]
        if same and not any(_slugs(other) & _slugs(one) for other in same):
            same[-1] = Found(name, same[-1].files + one.files, same[-1].messages + one.messages)
        else:
            same.append(replace(one, name=name))
    return sorted((one for same in people.values() for one in same), key=lambda one: one.name)


def _slugs(found: Found) -> set[str]:
    return {slug for handed in found.files if handed.match for slug in handed.match.slugs}


@dataclass
class Desk:
    """Sorts one learner's files after another, and keeps count of what has been read."""

    exercises: Exercises
    only: str | None
    limits: IntakeLimits
    total: int = 0

    def sort(self, found: Found, learner_id: str) -> LearnerFiles:
        """One submission for each exercise that came, and a word on everything else."""
        name = shown(found.name)
        by_slug: dict[str, list[Handed]] = defaultdict(list)
        messages = list(found.messages)
        unknown: list[Handed] = []
        for handed in found.files:
            if not take_apart(handed.entry.name).ending or handed.match is None:
                unknown.append(handed)
            elif len(handed.match.slugs) > 1:
                messages.append(_ambiguous(handed))
            else:
                by_slug[handed.match.slugs[0]].append(handed)
        room = min(self.limits.learner_mb * MB, self.limits.total_mb * MB - self.total)
        submissions = []
        for slug in self.exercises.slugs:
            if by_slug[slug] and self.only in (None, slug):
                taken, extra = self._best(by_slug[slug], learner_id, name, slug, room)
                room -= len(taken.data or b"")
                submissions.append(taken)
                unknown.extend(extra)
        messages += self._about(unknown)
        if not submissions and not messages:
            messages.append(say("No exercise file came from {name}.", name=name))
        self.total += sum(len(one.data or b"") for one in submissions)
        return LearnerFiles(learner_id, name, tuple(submissions), tuple(messages))

    def _best(
        self, handed: Sequence[Handed], learner_id: str, name: str, slug: str, room: int
    ) -> tuple[Submission, list[Handed]]:
        """The file that counts for an exercise, and the files of its folder that are something else."""
        best_fit = min(_fit(one) for one in handed)
        rivals = [one for one in handed if best_fit is Fit.FOLDER or _fit(one) is not Fit.FOLDER]
        read = sorted((self._read(one, learner_id, name, slug, room) for one in rivals), key=lambda pair: pair[0])
        taken = read[0][1]
        for _, other in read[1:]:
            taken = replace(taken, messages=(*taken.messages, _two_files(taken, other)))
        return taken, [one for one in handed if one not in rivals]

    def _read(
        self, handed: Handed, learner_id: str, name: str, slug: str, room: int
    ) -> tuple[tuple[object, ...], Submission]:
        """A submission, with the key by which it is preferred to another of the same exercise."""
        parts = take_apart(handed.entry.name)
        base = Submission(learner_id, name, slug, shown(handed.shown_as), None)
        if parts.renamed:
            text = say("{file} has an ending too many. Call it {name}.", file=base.file, name=slug + parts.ending)
            base = replace(base, messages=(text,))
        try:
            base = replace(base, data=_bytes(handed.entry, parts.ending, self.limits, room))
        except BadSubmission as bad:
            base = replace(base, error=bad.text)
        except OSError as error:
            base = replace(base, error=unreadable(handed.shown_as, error))
        open_tasks = len(OPEN_TASK.findall(base.data or b""))
        order = (base.data is None, open_tasks, _fit(handed), parts.ending != ".ipynb", len(handed.folders), base.file)
        return order, base

    def _about(self, unknown: Sequence[Handed]) -> list[Text]:
        """A word on files that are no exercise's; on all of them together where they are many."""
        words = [handed for handed in unknown if not QUIET.fullmatch(handed.entry.name)]
        wanted = [handed for handed in words if take_apart(handed.entry.name).ending]
        texts = [self._unknown(handed) for handed in wanted[:NAMED_SINGLY]]
        if rest := [handed.shown_as for handed in wanted[NAMED_SINGLY:]]:
            texts.append(say("These files belong to no exercise either: {files}.", files=listed(rest)))
        for handed in words:
            if handed.match and handed not in wanted and handed.match.fit <= Fit.COPY:
                texts.append(
                    say(
                        "{file} is no Python file. Hand in {name}.py or {name}.ipynb.",
                        file=shown(handed.shown_as),
                        name=handed.match.slugs[0],
                    )
                )
        return texts

    def _unknown(self, handed: Handed) -> Text:
        guess = self.exercises.guess(take_apart(handed.entry.name).stem)
        if guess:
            return say(
                "{file} belongs to no exercise. Did you mean {name}? Then rename it.",
                file=shown(handed.shown_as),
                name=guess + take_apart(handed.entry.name).ending,
            )
        return say(
            "{file} belongs to no exercise and was not read. Put what an exercise needs into its own file.",
            file=shown(handed.shown_as),
        )


def _fit(handed: Handed) -> Fit:
    return handed.match.fit if isinstance(handed.match, Match) else Fit.FOLDER


def _bytes(entry: Entry, ending: str, limits: IntakeLimits, room: int) -> bytes:
    """The file's bytes; never more than the limit is read, whatever size it claims."""
    if entry.problem:
        raise BadSubmission(entry.problem)
    limit = (limits.notebook_mb if ending == ".ipynb" else limits.script_mb) * MB
    data = entry.read(limit + 1) if entry.size <= limit else b""
    if entry.size > limit or len(data) > limit:
        raise BadSubmission(_too_large(entry, ending, max(entry.size, len(data)), limit))
    if len(data) > room:
        raise BadSubmission(
            say("{file}: the files together are too large. Clear the outputs of the notebooks.", file=shown(entry.name))
        )
    return data


def _too_large(entry: Entry, ending: str, actual: int, limit: int) -> Text:
    if ending == ".ipynb":
        return say(
            "{file} has {size}, at most {limit} are read. Clear all outputs of the notebook, save it, hand it in again.",
            file=shown(entry.name),
            size=size(actual),
            limit=size(limit),
        )
    return say(
        "{file} has {size}, at most {limit} are read. Hand in the program without data in it.",
        file=shown(entry.name),
        size=size(actual),
        limit=size(limit),
    )


def _ambiguous(handed: Handed) -> Text:
    assert handed.match is not None  # noqa: S101 only asked for matched ones
    return say(
        "{file} could be for several exercises: {slugs}. Give it the name of one.",
        file=shown(handed.shown_as),
        slugs=listed(handed.match.slugs),
    )


def _two_files(taken: Submission, other: Submission) -> Text:
    if taken.data == other.data:
        return say(
            "{taken} and {other} are the same file twice. Hand in one.", taken=taken.file, other=other.file
        )
    return say(
        "Two files for {slug}: {taken} was taken, {other} was not. Hand in only the one that counts.",
        slug=taken.slug,
        taken=taken.file,
        other=other.file,
    )
