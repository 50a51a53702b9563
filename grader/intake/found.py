"""What a layout finds: learners, their files, and what a platform tells of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.intake.folders import Entry, Folder
from grader.intake.matching import Exercises, Fit, Match, take_apart
from grader.intake.shown import listed
from grader.text import Text, say


@dataclass(frozen=True)
class Told:
    """What a platform tells of one file."""

    submitted_at: str = ""  # ISO 8601 with its offset
    late: bool | None = None
    attempt: int = 0  # grows with each attempt; 0 where nothing is known
    earlier: tuple[str, ...] = ()  # when earlier attempts were handed in, whose files did not come


UNTOLD = Told()


@dataclass(frozen=True)
class Handed:
    """A file as it was handed in: where it lay, and which exercise its name or folder means."""

    folders: tuple[str, ...]  # below the learner's own
    entry: Entry
    match: Match | None
    called: str = ""  # by the learner, where a platform put words before that
    told: Told = UNTOLD
    cells: int | None = None  # so many from the top are for the exercise; None where all are

    @property
    def name(self) -> str:
        """As the learner called it."""
        return self.called or self.entry.name

    @property
    def shown_as(self) -> str:
        """Path below the learner's folder."""
        return "/".join((*self.folders, self.name))


@dataclass(frozen=True)
class Found:
    """A learner and all files that came with the name."""

    name: str
    files: tuple[Handed, ...] = ()
    messages: tuple[Text, ...] = ()
    email: str = ""
    ids: tuple[tuple[str, str], ...] = ()  # (system, id): two of one system are two learners
    number: str = ""  # what tells namesakes of one download apart, and is another in the next
    layout: str = ""  # which one found it


@dataclass(frozen=True)
class Split:
    """The learners of a folder, and what in it belongs to nobody."""

    learners: tuple[Found, ...]
    messages: tuple[Text, ...] = ()


def files_below(
    folder: Folder, exercises: Exercises, above: tuple[str, ...] = (), told: Told = UNTOLD
) -> Iterator[Handed]:
    """All files in ``folder``, which lies in the folders ``above``."""
    for entry in folder.files:
        yield Handed(above, entry, match_of(entry.name, above, exercises), told=told)
    for below in folder.folders:
        yield from files_below(below, exercises, (*above, below.name), told)


def learner(name: str, folder: Folder, exercises: Exercises) -> Found:
    """Everything in ``folder`` is this learner's."""
    return Found(name, tuple(files_below(folder, exercises)), folder.all_messages())


def match_of(name: str, above: Sequence[str], exercises: Exercises) -> Match | None:
    """The exercise that a file's name means, else the innermost of its folders."""
    if match := exercises.match(take_apart(name).stem):
        return match
    slug = next((slug for folder in reversed(above) if (slug := exercises.slug(folder))), "")
    return Match((slug,), Fit.FOLDER) if slug else None


def programs(folder: Folder) -> tuple[Entry, ...]:
    """The files in ``folder`` itself that end like a program or a notebook."""
    return tuple(entry for entry in folder.files if take_apart(entry.name).ending)


def holds_programs(folder: Folder) -> bool:
    """Whether there is one in it, however deep."""
    return bool(programs(folder)) or any(holds_programs(below) for below in folder.folders)


def each(owned: dict[str, list[Handed]]) -> tuple[Found, ...]:
    """A learner for each name."""
    return tuple(Found(name, tuple(files)) for name, files in sorted(owned.items()))


def joined_by_key(found: Iterable[tuple[object, Found]]) -> tuple[Found, ...]:
    """Those with one key as one learner, in the order in which they came."""
    groups: dict[object, list[Found]] = defaultdict(list)
    for key, one in found:
        groups[key].append(one)
    return tuple(merged(group) for group in groups.values())


def merged(same: Sequence[Found]) -> Found:
    """One learner who was found several times. What the first one says of the person goes before."""
    first = same[0]
    ids = {system: id_ for one in reversed(same) for system, id_ in one.ids}
    return Found(
        first.name,
        tuple(handed for one in same for handed in one.files),
        tuple(dict.fromkeys(text for one in same for text in one.messages)),
        next((one.email for one in same if one.email), ""),
        tuple(sorted(ids.items())),
        first.number,
        first.layout,
    )


def nobodys(names: Sequence[str]) -> tuple[Text, ...]:
    """A word on programs beside which no learner's name stands."""
    if not names:
        return ()
    return (
        say(
            "Not read, because no learner's name stands with it: {files}. Move it into the folder of its learner.",
            files=listed(names),
        ),
    )
