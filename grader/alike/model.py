"""What ``similarity.json`` holds: pairs of learners with the evidence of both sides. Plain data, nothing that judges.

`FORMAT` numbers the JSON; its schema is ``reports/schema/similarity-1.schema.json``.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from grader.grades import Record
from grader.text import Text

FORMAT = 1


class Kind(enum.StrEnum):
    """What two submissions have in common besides their code."""

    CLOCK = "clock"  # the very moments at which cells ran, kept by the editor
    TIMING = "timing"  # printed durations
    CELL_ID = "cell_id"  # random ids that an editor gave to cells
    FILE = "file"  # every byte
    ACCOUNT = "account"  # the account that ran the cells
    CURVE = "curve"  # printed losses, one after another
    IMAGE = "image"  # a saved picture
    NUMBER = "number"  # printed numbers of many digits
    COMMENT = "comment"  # comments of one's own
    FIXED = "fixed"  # weights that no seed changes
    TRAINED = "trained"  # weights or curves as they came when we graded
    ANSWER = "answer"  # wrong answers that no named mistake explains
    COUNTS = "counts"  # the order in which cells were run


class Worth(enum.StrEnum):
    """How rarely honest learners share it."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


@dataclass(frozen=True)
class Person(Record):
    """One side of a pair."""

    id: str
    name: str
    file: str


@dataclass(frozen=True)
class Passage(Record):
    """A shared stretch of code in one of the two files."""

    number: int  # the same on both sides
    cell: int  # from 0
    start: int  # characters in the cell
    end: int
    learners: int  # at most so many of the class have all of it


@dataclass(frozen=True)
class Code(Record):
    """How much rare code two submissions share, in tokens; 0..100 percent of the rare code of each."""

    tokens: int
    left_percent: int
    right_percent: int
    left_tokens: int  # of the whole program
    right_tokens: int
    left_rare: int  # of them rare
    right_rare: int
    left: tuple[Passage, ...] = ()
    right: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Item(Record):
    """One thing that both have, as it may be shown, and the code cells (from 1; 0: none) that it stands in."""

    shown: str
    left: int
    right: int
    learners: int  # so many of the class have it


@dataclass(frozen=True)
class Common(Record):
    """All that two submissions have in common of one kind; only the first few are named."""

    kind: Kind
    worth: Worth
    count: int
    items: tuple[Item, ...]
    seeded: bool = False  # a program that sets a seed prints the same numbers for everybody


@dataclass(frozen=True)
class Pair(Record):
    """Two submissions to one exercise that are worth a look."""

    slug: str
    left: Person
    right: Person
    code: Code | None  # None where the code is not alike
    common: tuple[Common, ...]
    group: int  # so many learners hang together by such pairs


@dataclass(frozen=True)
class Cell(Record):
    """Code as it was handed in."""

    line: int  # of the file where it begins; 1 in a notebook
    text: str


@dataclass(frozen=True)
class Work(Record):
    """The code of one side, kept for the pairs that are shown beside each other."""

    learner: str
    slug: str
    notebook: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group(Record):
    """Learners who share one thing that says little of any two of them."""

    slug: str
    kind: str  # same_code | trained | answer
    about: str
    people: tuple[Person, ...]
    learners: int  # how many they are; not all are named


@dataclass(frozen=True)
class Compared(Record):
    """How one exercise was compared."""

    slug: str
    title: Text
    submissions: int
    most: int  # what more learners than this share was left out
    short: int  # submissions with too little code of their own to say anything
    cut: int  # submissions of which only the beginning was compared


@dataclass(frozen=True)
class Similarity(Record):
    """The comparison of a whole class."""

    course_title: Text
    learners: int
    exercises: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    works: tuple[Work, ...]
    least_tokens: int = 0  # of rare code in both, for a pair to be listed for its code
    least_percent: int = 0  # of the rare code of one of the two
    left_out: int = 0  # pairs beyond what the file holds
    format: int = FORMAT
