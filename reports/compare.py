"""Expected and actual side by side: how they are laid out, and which words of them differ."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from reports.plain import clean, columns, cut

MAX_CHARS = 4_000
MAX_WORDS = 600  # more are not compared word by word: too slow, and nothing to look at
ALIKE = 0.5  # more of the words are the same; else most would be marked, which finds nothing
SIDE_BY_SIDE = 38  # columns that fit twice beside each other
FITS_A_PHONE = 30

# A number or a word, and else what stands between two of them: brackets and blanks follow from the numbers.
_PIECE = re.compile(r"(-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\w+)|([^\w-]+|-)")


@dataclass(frozen=True)
class Part:
    """A stretch of a value, and whether the other value has something else there."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Value:
    """One of the two, ready to be shown."""

    parts: tuple[Part, ...]
    scrolls: bool  # rows that must keep their columns, too wide for a phone


@dataclass(frozen=True)
class Comparison:
    """Both, either of which may be missing."""

    expected: Value | None
    actual: Value | None
    layout: str  # columns: beside each other; rows: one line below the other; stacked: one block below the other
    marked: bool


def compare(expected: str | None, actual: str | None) -> Comparison | None:
    """How to show the two; None where there is neither."""
    if expected is None and actual is None:
        return None
    left, right = _shown(expected), _shown(actual)
    parts = _differences(left, right) if left and right else None
    return Comparison(
        expected=_value(left, parts[0] if parts else None) if expected is not None else None,
        actual=_value(right, parts[1] if parts else None) if actual is not None else None,
        layout=_layout(left, right) if expected is not None and actual is not None else "stacked",
        marked=parts is not None,
    )


def _layout(left: str, right: str) -> str:
    if max(columns(left), columns(right)) <= SIDE_BY_SIDE:
        return "columns"
    return "stacked" if "\n" in left + right else "rows"


def _shown(text: str | None) -> str:
    return cut(clean(text or ""), MAX_CHARS)


def _value(text: str, parts: tuple[Part, ...] | None) -> Value:
    scrolls = "\n" in text and columns(text) > FITS_A_PHONE
    return Value(parts or (Part(text, differs=False),), scrolls)


def _differences(left: str, right: str) -> tuple[tuple[Part, ...], tuple[Part, ...]] | None:
    a, b = _PIECE.findall(left), _PIECE.findall(right)
    words_a, words_b = _words(a), _words(b)
    if left == right or not words_a or not words_b or max(len(words_a), len(words_b)) > MAX_WORDS:
        return None
    same = _same_place(words_a, words_b)
    if len(same) <= ALIKE * max(len(words_a), len(words_b)):
        return None
    return _parts(a, {i for i, _ in same}), _parts(b, {j for _, j in same})


def _words(pieces: list[tuple[str, str]]) -> list[str]:
    return [word for word, _ in pieces if word]


def _same_place(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Pairs of equal words: one by one where there are as many of them, as in two arrays of one shape."""
    if len(a) == len(b):
        return [(i, i) for i, (x, y) in enumerate(zip(a, b, strict=True)) if x == y]
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]


def _parts(pieces: list[tuple[str, str]], same: set[int]) -> tuple[Part, ...]:
    parts, number = [], 0
    for word, between in pieces:
        parts.append(Part(word or between, differs=bool(word) and number not in same))
        number += bool(word)
    return tuple(parts)
