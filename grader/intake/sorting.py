"""One learner's files to at most one submission for each exercise, and a word on everything else."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.errors import BadSubmission
from grader.intake.attempts import ages
from grader.intake.contents import by_content, cells_for
from grader.intake.matching import Exercises, Fit, archive_kind, take_apart
from grader.intake.reading import Room, read
from grader.intake.shown import first_few, listed, shown
from grader.intake.submissions import LearnerFiles, Submission
from grader.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.intake.found import Found, Handed

OPEN_TASK = re.compile(rb"raise NotImplementedError")  # what a stub holds where an answer belongs
# Files of a course that lie beside the learner's own. Not worth a word.
QUIET = re.compile(r"(?i)(checks|conftest|setup|__init__|test_.*|.*_test)\.py")
NAMED_SINGLY = 5  # unknown files of a learner that get a message each
MOST_RIVALS = 8  # files for one exercise that are opened to see which one counts


def sort(found: Found, learner_id: str, exercises: Exercises, only: str | None, room: Room) -> LearnerFiles:
    """``found`` in the order of the course; ``only`` keeps one exercise."""
    name = shown(found.name)
    room.next_learner()
    by_slug, others = _by_slug(found)
    missing = [slug for slug in exercises.slugs if slug not in by_slug and only in (None, slug)]
    held = by_content(found, others, missing, exercises, room.limits)
    by_slug |= held
    others = [one for one in others if not any(one.entry is used.entry for files in held.values() for used in files)]
    submissions = [
        _submission(Submission(learner_id, name, slug, "", None), by_slug[slug], room, exercises)
        for slug in exercises.slugs
        if slug in by_slug and only in (None, slug)
    ]
    about = _about_others(others, exercises)
    beside = [one.shown_as for one in others if _is_beside(one)]
    messages = [*found.messages, *about]
    if not by_slug and not found.messages and not any(one.match or archive_kind(one.name) for one in others if about):
        messages.append(_nothing_for(name, beside, exercises))
    return LearnerFiles(
        learner_id,
        name,
        tuple(submissions),
        first_few(messages),
        shown(found.email),
        found.ids,
        found.layout,
        tuple(map(shown, beside)),
    )


def _nothing_for(name: str, beside: Sequence[str], exercises: Exercises) -> Text:
    names = listed(exercises.slugs, len(exercises.slugs))
    if not beside:
        return say(
            "No exercise file came from {name}. The files are called {names} (.py or .ipynb).", name=name, names=names
        )
    return say(
        "No exercise file came from {name}, only {others}. The files are called {names} (.py or .ipynb).",
        name=name,
        others=listed(beside),
        names=names,
    )


def _by_slug(found: Found) -> tuple[dict[str, list[Handed]], list[Handed]]:
    """The files of each exercise, and those of none."""
    by_slug: dict[str, list[Handed]] = defaultdict(list)
    others = []
    for handed in found.files:
        if handed.match and handed.match.slug and take_apart(handed.name).ending:
            by_slug[handed.match.slug].append(handed)
        else:
            others.append(handed)
    for slug, came in by_slug.items():
        files = [one for one in came if not QUIET.fullmatch(one.name)] or came
        by_slug[slug] = files
        # Where one file has the exercise's name, others that only lie in its folder are something else.
        if any(_fit(one) is not Fit.FOLDER for one in files):
            others += [one for one in files if _fit(one) is Fit.FOLDER]
            by_slug[slug] = [one for one in files if _fit(one) is not Fit.FOLDER]
    return dict(by_slug), others


def _fit(handed: Handed) -> Fit:
    return handed.match.fit if handed.match else Fit.FOLDER


@dataclass(frozen=True, order=True)
class Rank:
    """What decides between two files for one exercise, in this order. No clock: a copy has the time of its copying."""

    unreadable: bool
    older: int  # how many attempts at the same are newer
    open_tasks: int
    fit: Fit
    script: bool
    depth: int
    file: str

    def reason(self, other: Rank) -> Text:
        """Why this one goes before ``other``."""
        reasons = {
            "unreadable": say("the other cannot be read"),
            "older": say("it is the newer attempt"),
            "open_tasks": say("fewer tasks are left open in it"),
            "fit": say("its name is nearer to the exercise's name"),
            "script": say("a notebook goes before a program"),
            "depth": say("it lies in a higher folder"),
        }
        first = next((name for name in reasons if getattr(self, name) != getattr(other, name)), "")
        return reasons.get(first, say("its name comes first in the alphabet"))


def _submission(blank: Submission, files: Sequence[Handed], room: Room, exercises: Exercises) -> Submission:
    """The file that counts, with a message about each other one."""
    older = ages(files)
    likely = sorted(files, key=lambda one: _rank(one, None, older[one]))
    opened = [(_read(blank, one, room), one) for one in likely[:MOST_RIVALS]]
    ranked = sorted(
        ((_rank(one, submission.data, older[one]), submission) for submission, one in opened), key=lambda pair: pair[0]
    )
    (rank, taken), *rivals = ranked
    called = _told_apart([submission for _, submission in ranked])
    twins = [called[other] for _, other in rivals if taken.data is not None and other.data == taken.data]
    others = [(lower, called[other]) for lower, other in rivals if called[other] not in twins]
    others += [(_rank(one, b"", older[one]), shown(one.shown_as)) for one in likely[MOST_RIVALS:]]
    known = all(one.told.submitted_at for one in files) or any(
        one.told.attempt for submission, one in opened if submission is taken
    )
    earlier = [file for lower, file in others if known and lower.older > rank.older]
    rest = [(lower, file) for lower, file in others if file not in earlier]
    name = called[taken]
    messages = [
        *_same(name, twins),
        *_not_the_newest(name, taken.slug, earlier),
        *_not_taken(name, taken.slug, rank, rest),
    ]
    cells = taken.cells
    if cells is None and taken.data is not None:
        cells = cells_for(taken.slug, taken.file, taken.data, dict(exercises.tasks))
    return _kept(replace(taken, cells=cells, messages=(*taken.messages, *messages)), room)


def _told_apart(files: Sequence[Submission]) -> dict[Submission, str]:
    """What each is called in a message: where two from several downloads have one name, by as much of the place as differs."""
    if len({one.file for one in files}) == len(files):
        return {one: one.file for one in files}
    parts = [one.place.split("/") for one in files]
    same = next((i for i, level in enumerate(zip(*parts, strict=False)) if len(set(level)) > 1), 0)
    return {one: "/".join(place[same:]) for one, place in zip(files, parts, strict=True)}


def _same(taken: str, twins: Sequence[str]) -> list[Text]:
    if not twins:
        return []
    return [say("{taken} came more than once: {others}. Hand in one.", taken=taken, others=listed(twins))]


def _not_the_newest(taken: str, slug: str, earlier: Sequence[str]) -> list[Text]:
    if not earlier:
        return []
    return [
        say(
            "{taken} is the newest attempt at {slug} and counts. Earlier ones: {others}.",
            taken=taken,
            slug=slug,
            others=listed(earlier),
        )
    ]


def _not_taken(taken: str, slug: str, rank: Rank, others: Sequence[tuple[Rank, str]]) -> list[Text]:
    if not others:
        return []
    return [
        say(
            "Several files came for {slug}. {taken} was taken because {reason}; not taken: {others}. "
            "Hand in only the one that counts.",
            slug=slug,
            taken=taken,
            reason=rank.reason(others[0][0]),
            others=listed([file for _, file in others]),
        )
    ]


def _kept(taken: Submission, room: Room) -> Submission:
    try:
        room.take(taken.file, len(taken.data or b""))
    except BadSubmission as bad:
        return replace(taken, data=None, error=bad.text)
    return taken


def _read(blank: Submission, handed: Handed, room: Room) -> Submission:
    parts = take_apart(handed.name)
    told = handed.told
    one = replace(
        blank,
        file=shown(handed.shown_as),
        submitted_at=told.submitted_at,
        late=told.late,
        earlier=told.earlier,
        place=shown(handed.entry.place),
        rule=_fit(handed).name.lower(),
        cells=handed.cells,
    )
    if parts.renamed:
        text = say("{file} has one ending too many. Call it {name}.", file=one.file, name=one.slug + parts.ending)
        one = replace(one, messages=(text,))
    try:
        return replace(one, data=read(handed.entry, room.limits))
    except BadSubmission as bad:
        return replace(one, error=bad.text)


def _rank(handed: Handed, data: bytes | None, older: int) -> Rank:
    parts = take_apart(handed.name)
    return Rank(
        unreadable=data is None,
        older=older,
        open_tasks=len(OPEN_TASK.findall(data or b"")),
        fit=_fit(handed),
        script=parts.ending == ".py",
        depth=len(handed.folders),
        file=shown(handed.shown_as),
    )


def _about_others(others: Sequence[Handed], exercises: Exercises) -> list[Text]:
    """A word on files that are no exercise's; on all of them together where they are many."""
    programs = [one for one in others if take_apart(one.name).ending and not QUIET.fullmatch(one.name)]
    texts = [_about_program(one, exercises) for one in programs[:NAMED_SINGLY]]
    if rest := [one.shown_as for one in programs[NAMED_SINGLY:]]:
        texts.append(say("These files belong to no exercise either: {files}.", files=listed(rest)))
    return texts + [text for one in others if one not in programs and (text := _about_document(one))]


def _about_program(handed: Handed, exercises: Exercises) -> Text:
    file, parts = shown(handed.shown_as), take_apart(handed.name)
    if handed.match and not handed.match.slug:
        return say(
            "{file} could be for several exercises ({slugs}) and was not read. Name it after one.",
            file=file,
            slugs=listed(handed.match.slugs),
        )
    if guess := exercises.guess(parts.stem):
        return say(
            "{file} belongs to no exercise and was not read. Did you mean {name}? Then rename it.",
            file=file,
            name=guess + parts.ending,
        )
    return say(
        "{file} belongs to no exercise and was not read. Put all that an exercise needs into its own file.", file=file
    )


def _is_beside(handed: Handed) -> bool:
    """Whether it is neither a program nor worth a word, such as a report or data."""
    program = take_apart(handed.name).ending and not QUIET.fullmatch(handed.name)
    return not program and _about_document(handed) is None


def _about_document(handed: Handed) -> Text | None:
    """A word on what is no program, where its name says that it was meant for an exercise."""
    file = shown(handed.shown_as)
    if archive := archive_kind(handed.name):
        return say(
            "{file} is a {kind} archive and was not read. Unpack it and pack it again as .zip.", file=file, kind=archive
        )
    if handed.match and handed.match.slug and handed.match.fit <= Fit.COPY:
        return say(
            "{file} is no Python file and was not read. Hand in {name}.py or {name}.ipynb.",
            file=file,
            name=handed.match.slug,
        )
    return None
