"""Which exercise a file is for, by its name."""

from __future__ import annotations

import difflib
import enum
import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDINGS = (".py", ".ipynb")
AFTERTHOUGHTS = (".txt", ".json")  # what browsers and editors put behind the right ending
OTHER_ARCHIVES = (".rar", ".7z", ".egg", ".alz", ".tar", ".gz", ".tgz", ".bz2", ".xz")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+|\d+")  # xorMLP2 is xor, MLP, 2
# Words in a file name that say nothing about who wrote it or what it is for.
NOISE = re.compile(
    r"hw|homework|ex|exercises?|task|assignment|week|lab|practice|my|final|last|latest|real|new|old|copy|of|v|ver|version|"
    r"draft|fixed|fix|edited|submission|submit|submitted|solution|answers?|done|test|attempt|untitled|main|notebook|"
    r"script|en|ko|py|ipynb|과제|숙제|실습|연습|제출|최종|진짜|사본|복사본|수정|수정본|완성|정답|풀이|주차"
)
NUMBER = re.compile(r"^\d{1,3}[ ._-]?")  # 01_rank
STUDENT_NUMBER = 5  # digits; fewer are a number of the exercise or of a copy
COPY = re.compile(r"copy|of|en|ko|py|ipynb|사본|복사본")
# What Drive and Windows call a copy in other languages; several of the words could be names.
COPY_OF = re.compile(
    r"(?i)^(kopie von|copie de|copia de)[ _]+|[의の][ _]?(사본|コピー)|[ _]-[ _](kopie|copie|copia|コピー|副本)"
)
# "rank.ipynb의 사본", "rank.py (1)": what was put behind the ending when a file was copied.
COPIED = re.compile(
    r"(?i)(?P<name>.+)(?P<ending>\.(py|ipynb))(의[ _]?사본|[ _]?\(\d+\)|[ _]-[ _](copy|복사본|사본)([ _]?\(\d+\))?)"
)
CLOSE = 0.72  # how alike a misspelt name must be before we ask "did you mean"


class Fit(enum.IntEnum):
    """How well a file's name fits an exercise; the smaller the better."""

    EXACT = 0  # rank.py, 01_rank.py
    SPELLING = 1  # Rank.py, xor-mlp.py
    COPY = 2  # rank (1).py
    WORDS = 3  # hw1_rank_final.py
    FOLDER = 4  # 01_rank/main.py
    CONTENT = 5  # homework.ipynb, which defines what the exercise asks for


@dataclass(frozen=True)
class Match:
    """What a name says: the exercises it fits, how well, and whose name it holds."""

    slugs: tuple[str, ...]
    fit: Fit
    owner: str = ""  # the words that are neither the exercise nor noise, e.g. "kim" in kim_rank.py

    @property
    def slug(self) -> str:
        """The exercise, or "" where the name is ambiguous."""
        return self.slugs[0] if len(self.slugs) == 1 else ""


@dataclass(frozen=True)
class FileName:
    """A file's name taken apart: ``rank.py.txt`` is stem ``rank``, ending ``.py``, renamed."""

    stem: str
    ending: str  # one of `ENDINGS`, or ""
    renamed: bool = False


def take_apart(name: str) -> FileName:
    """Stem and ending of a file name, in NFC."""
    name = unicodedata.normalize("NFC", name)
    lower = name.lower()
    for ending in ENDINGS:
        if lower.endswith(ending):
            return FileName(name[: -len(ending)], ending)
        for extra in AFTERTHOUGHTS:
            if lower.endswith(ending + extra):
                return FileName(name[: -len(ending + extra)], ending, renamed=True)
    if copied := COPIED.fullmatch(name):
        return FileName(copied["name"], copied["ending"].lower(), renamed=True)
    return FileName(name.rpartition(".")[0] or name, "")


def archive_kind(name: str) -> str:
    """``RAR`` for ``x.rar``: an archive of a kind that is not read; else ""."""
    ending = next((ending for ending in OTHER_ARCHIVES if name.lower().endswith(ending)), "")
    return ending[1:].upper()


def words_of(stem: str) -> list[str]:
    """Words and numbers of a name, in small letters: ``hw1_Rank (2)`` is hw, 1, rank, 2."""
    return [word.casefold() for word in WORD.findall(unicodedata.normalize("NFC", stem))]


def squashed(name: str) -> str:
    """A name's words without what stands between them."""
    return "".join(words_of(name))


@dataclass(frozen=True)
class Exercises:
    """The slugs of a course, and the questions that names are asked about them."""

    slugs: tuple[str, ...]
    tasks: tuple[tuple[str, tuple[str, ...]], ...] = ()  # slug, and the names that its stub defines

    @functools.cached_property
    def _by_letters(self) -> dict[str, str]:
        return {squashed(slug): slug for slug in self.slugs}

    @functools.cached_property
    def _longest(self) -> int:
        return max((len(words_of(slug)) for slug in self.slugs), default=0) + 2  # words; batch norm is two

    def match(self, stem: str) -> Match | None:
        """The exercises that ``stem`` names, or None. More than one: the name is ambiguous."""
        plain = NUMBER.sub("", stem)
        for name in (stem, plain):
            if name in self.slugs:
                return Match((name,), Fit.EXACT)
        words = words_of(COPY_OF.sub(" copy ", unicodedata.normalize("NFC", stem)))
        found = self._runs(words)
        if not found:
            return None
        inside = {i for start, end, _ in found for i in range(start, end)}
        rest = [word for i, word in enumerate(words) if i not in inside]
        return Match(tuple(dict.fromkeys(slug for _, _, slug in found)), _fit(rest), _owner(rest))

    def slug(self, name: str) -> str:
        """The exercise that a folder's name means, or ""."""
        match = self.match(name)
        return match.slug if match else ""

    def _runs(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Runs of words that spell a slug, (start, end, slug), the longest ones where they overlap."""
        by_letters, longest = self._by_letters, self._longest
        runs = [
            (start, end, by_letters["".join(words[start:end])])
            for start in range(len(words))
            for end in range(start + 1, min(start + longest, len(words)) + 1)
            if "".join(words[start:end]) in by_letters
        ]
        return [r for r in runs if not any(_covers(other, r) for other in runs)]

    def guess(self, stem: str) -> str | None:
        """The slug that a misspelt ``stem`` probably means, or None."""
        by_letters = self._by_letters
        words = [w for w in words_of(stem) if not w.isdigit() and not NOISE.fullmatch(w)]
        for candidate in ("".join(words), *words):
            if close := difflib.get_close_matches(candidate[:40], by_letters, n=1, cutoff=CLOSE):
                return by_letters[close[0]]
        return None


def owner_of(stem: str) -> str:
    """Whose a file is that is named after no exercise: ``20231234 kim`` of ``20231234_Kim_hw1``; "" where nothing is said."""
    return _owner(words_of(stem))


def _covers(long: tuple[int, int, str], short: tuple[int, int, str]) -> bool:
    return long != short and long[0] <= short[0] and short[1] <= long[1]


def _fit(rest: Sequence[str]) -> Fit:
    if all(_is_number(word) or COPY.fullmatch(word) for word in rest):
        return Fit.COPY if rest else Fit.SPELLING
    return Fit.WORDS


def _owner(rest: Sequence[str]) -> str:
    return " ".join(w for w in rest if not (_is_number(w) or NOISE.fullmatch(w) or (len(w) == 1 and w.isascii())))


def _is_number(word: str) -> bool:
    return word.isdigit() and len(word) < STUDENT_NUMBER
