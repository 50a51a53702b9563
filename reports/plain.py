"""Makes words that came from a learner fit to be shown: no terminal codes, nothing invisible, bounded."""

from __future__ import annotations

import re
import unicodedata

LAST_BYTE = 0xFF
# Colours and cursor movements of a terminal, and the titles it can set.
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
# Control characters, marks that turn the direction of writing, lone halves of surrogate pairs, non-characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    r"""``text`` with line ends as ``\n``, no terminal codes, and everything invisible spelt out as ``\x07``."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub(_spelt, _TERMINAL.sub("", joined))


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code <= LAST_BYTE else f"\\u{code:04x}"


def head_and_tail(text: str, limit: int) -> tuple[str, str]:
    """``text`` and "" where it has at most ``limit`` characters, else its first and last parts, at line ends if near."""
    if len(text) <= limit:
        return text, ""
    head, tail = text[: limit * 2 // 3], text[-(limit // 3) :]
    return head.rpartition("\n")[0] or head, tail.partition("\n")[2] or tail


def cut(text: str, limit: int) -> str:
    """``text``, with dots in its middle where it has more than ``limit`` characters."""
    head, tail = head_and_tail(text, limit)
    return f"{head}\n …\n{tail}" if tail else head


def columns(text: str) -> int:
    """How many columns its widest line takes in a monospaced font; a Korean syllable takes two."""
    return max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) for line in text.split("\n"))
