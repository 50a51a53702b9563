"""Expected and actual side by side: how they are laid out, and which words of them differ."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from reports.plain import clean, columns, cut

MAX_CHARS = 4_000
MAX_WORDS = 600  # more are not compared word by word: too slow, and nothing to look at
ALIKE = 0.35  # below, almost every word would be marked
SIDE_BY_SIDE = 38  # columns that fit twice beside each other
FITS_A_PHONE = 30

_WORD = re.compile(r"-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\w+|\s+|.", re.DOTALL)


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
    columns: bool  # beside each other; else one below the other
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
        columns=max(columns(left), columns(right)) <= SIDE_BY_SIDE and expected is not None and actual is not None,
        marked=parts is not None,
    )


def _shown(text: str | None) -> str:
    return cut(clean(text or ""), MAX_CHARS)


def _value(text: str, parts: tuple[Part, ...] | None) -> Value:
    scrolls = "\n" in text and FITS_A_PHONE < columns(text)
    return Value(parts or (Part(text, differs=False),), scrolls)


def _differences(left: str, right: str) -> tuple[tuple[Part, ...], tuple[Part, ...]] | None:
    a, b = _WORD.findall(left), _WORD.findall(right)
    if left == right or max(len(a), len(b)) > MAX_WORDS:
        return None
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    blocks = matcher.get_opcodes()
    return (
        tuple(_part(a[i:j], tag) for tag, i, j, _, _ in blocks if i < j),
        tuple(_part(b[i:j], tag) for tag, _, _, i, j in blocks if i < j),
    )


def _part(words: list[str], tag: str) -> Part:
    text = "".join(words)
    return Part(text, differs=tag != "equal" and bool(text.strip()))
