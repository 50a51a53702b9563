"""Pairs of programs that share rare code: copydetect finds what is shared, the class says what is rare.

Fingerprints of the stub, the reference solution and the right variants do not count, nor do those that many of the
class have: beginners' exercises are short, and right answers are alike.
"""

from __future__ import annotations

import io
import itertools
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from copydetect import CodeFingerprint, compare_files
from copydetect.utils import get_token_coverage

from grader.alike.model import Code, Passage
from grader.alike.tokens import Tokens

# Measured on the course's right variants and on copies of them: tests/alike/measure.py, docs/similarity.md.
TOGETHER = 10  # tokens that must be shared in a row
LEAST_TOKENS = 40  # of shared rare code; less is chance
LEAST_SHARE = 0.5  # of the rare code of one of the two
MOST_SHARE, MOST_LEAST = 0.05, 5  # what more of the class have in common is common
MOST_CANDIDATES = 20_000  # pairs of one exercise that are compared in full
MOST_FINGERPRINTS = 100  # kept at a time; making one anew takes a millisecond

Hashes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """A pair by the places of its two in the class."""

    left: int
    right: int
    code: Code


@dataclass
class Compared:
    """The programs of one exercise, and what of them counts."""

    programs: Sequence[Tokens]
    known: Hashes
    most: int = field(init=False)
    counts: dict[int, int] = field(init=False)  # of each fingerprint that counts: how many have it
    owners: dict[int, list[int]] = field(init=False)
    prints: OrderedDict[int, Any] = field(init=False, default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self.most = most_of(len(self.programs))
        owners: dict[int, list[int]] = {}
        for number, program in enumerate(self.programs):
            for value in np.setdiff1d(hashes(program.text), self.known).tolist():
                owners.setdefault(value, []).append(number)
        self.owners = {h: who for h, who in owners.items() if len(who) <= self.most}
        self.counts = {h: len(who) for h, who in self.owners.items()}

    def print_of(self, number: int) -> Any:
        """The fingerprint of one program: copydetect's, of what is rare."""
        if number not in self.prints:
            self.prints[number] = only(fingerprint(self.programs[number].text), self.counts)
            if len(self.prints) > MOST_FINGERPRINTS:
                self.prints.popitem(last=False)
        self.prints.move_to_end(number)
        return self.prints[number]

    def pairs(self) -> Iterator[Found]:
        """Those that share enough."""
        for left, right in self._candidates():
            if found := self._compared(left, right):
                yield Found(left, right, found)

    def short(self) -> int:
        """How many have too little rare code to say anything."""
        rare = Counter(number for who in self.owners.values() for number in who)
        return sum(rare[n] + TOGETHER <= LEAST_TOKENS for n in range(len(self.programs)))

    def same(self) -> list[list[int]]:
        """Groups of more than ``most`` whose whole programs are the same but for names, comments and layout."""
        by_text: dict[str, list[int]] = {}
        for number, program in enumerate(self.programs):
            by_text.setdefault(program.text, []).append(number)
        groups = (who for who in by_text.values() if len(who) > self.most)
        return [who for who in groups if self._own(who[0]) >= LEAST_TOKENS]

    def with_own_code(self) -> list[int]:
        """Those that hold more than what the course knows."""
        return [n for n in range(len(self.programs)) if self._own(n) >= LEAST_TOKENS]

    def _own(self, number: int) -> int:
        text = self.programs[number].text
        return len(np.setdiff1d(hashes(text), self.known)) + TOGETHER - 1 if text else 0

    def _candidates(self) -> list[tuple[int, int]]:
        shared: Counter[tuple[int, int]] = Counter()
        for who in self.owners.values():
            shared.update(itertools.combinations(who, 2))
        enough = [(pair, n) for pair, n in shared.most_common(MOST_CANDIDATES) if n > 1]
        return sorted(pair for pair, n in enough if n * TOGETHER >= LEAST_TOKENS)

    def _compared(self, left: int, right: int) -> Code | None:
        a, b = self.print_of(left), self.print_of(right)
        tokens, shares, slices = compare_files(a, b)
        if tokens < LEAST_TOKENS or max(shares) < LEAST_SHARE:
            return None
        firsts, seconds = (_rows(s) for s in slices)
        both = a.hashes & b.hashes
        left_numbers, right_numbers = _numbered(_by_place(a, both), _by_place(b, both), firsts, seconds)
        left_percent, right_percent = (min(100, round(100 * float(share))) for share in shares)
        return Code(
            int(tokens),
            left_percent,
            right_percent,
            len(self.programs[left].text),
            len(self.programs[right].text),
            int(a.token_coverage),
            int(b.token_coverage),
            self._passages(left, firsts, left_numbers, _by_place(a, both)),
            self._passages(right, seconds, right_numbers, _by_place(b, both)),
        )

    def _passages(
        self, number: int, rows: Sequence[tuple[int, int]], numbers: Sequence[int], prints: dict[int, int]
    ) -> tuple[Passage, ...]:
        made: list[Passage] = []
        for (start, end), label in zip(rows, numbers, strict=True):
            fewest = min((self.counts[prints[i]] for i in range(start, end) if i in prints), default=2)
            made += _placed(self.programs[number], start, end, label, fewest)
        return tuple(made)


def most_of(learners: int) -> int:
    """What more learners than this have is common in a class of so many."""
    return max(MOST_LEAST, int(MOST_SHARE * learners))


def fingerprint(text: str) -> Any:
    """copydetect's, of every run of tokens: exercises are too short to sample (``win_size`` 1)."""
    return CodeFingerprint("program", TOGETHER, 1, filter=False, fp=io.StringIO(text))


def hashes(text: str) -> Hashes:
    """The fingerprints of a text, each once, sorted."""
    if len(text) < TOGETHER:
        return np.array([], dtype=np.int64)
    return np.fromiter(sorted(map(int, fingerprint(text).hashes)), dtype=np.int64)


def known_of(texts: Iterable[str]) -> Hashes:
    """All that was given to everybody, or that the course knows as right."""
    return np.unique(np.concatenate([np.array([], dtype=np.int64), *map(hashes, texts)]))


def only(made: Any, wanted: dict[int, int]) -> Any:
    """The fingerprint without all that does not count, as copydetect does with boilerplate."""
    made.hash_idx = {int(h): at for h, at in made.hash_idx.items() if int(h) in wanted}
    made.hashes = set(made.hash_idx)
    made.token_coverage = get_token_coverage(made.hash_idx, made.k, len(made.filtered_code))
    return made


def _rows(slices: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Slices as pairs; those that touch are one."""
    rows: list[tuple[int, int]] = []
    for start, end in zip(*slices.tolist(), strict=True):
        if rows and start <= rows[-1][1]:
            rows[-1] = rows[-1][0], int(end)
        else:
            rows.append((int(start), int(end)))
    return rows


def _by_place(made: Any, wanted: set[int]) -> dict[int, int]:
    """The fingerprint that begins at each place."""
    return {int(at): h for h, places in made.hash_idx.items() if h in wanted for at in places}


def _numbered(
    a: dict[int, int], b: dict[int, int], firsts: Sequence[tuple[int, int]], seconds: Sequence[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """A number for each passage of both sides: the same for those that share most."""
    where: dict[int, set[int]] = {}
    for row, (start, end) in enumerate(firsts):
        for at in range(start, end):
            if at in a:
                where.setdefault(a[at], set()).add(row)
    shared: Counter[tuple[int, int]] = Counter()
    for row, (start, end) in enumerate(seconds):
        shared.update((left, row) for at in range(start, end) if at in b for left in where.get(b[at], ()))
    best: dict[int, int] = {}
    back: dict[int, int] = {}
    for (left, right), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        best.setdefault(right, left)
        back.setdefault(left, right)
    lefts = [left if left in best.values() else best[back[left]] for left in range(len(firsts))]
    names = {left: number for number, left in enumerate(dict.fromkeys(lefts), 1)}
    return [names[left] for left in lefts], [names[best[right]] for right in range(len(seconds))]


def _placed(program: Tokens, start: int, end: int, number: int, learners: int) -> Iterator[Passage]:
    """Tokens to characters; a passage that goes over the end of a cell is one for each."""
    for cell, run in itertools.groupby(program.places[start:end], key=lambda place: place.cell):
        places = list(run)
        yield Passage(number, cell, places[0].start, places[-1].end, learners)
