"""Bounds words that came from a learner, and measures them."""

from __future__ import annotations

import unicodedata

from grader.harmless import harmless as clean

__all__ = ["clean", "columns", "cut", "head_and_tail"]


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
