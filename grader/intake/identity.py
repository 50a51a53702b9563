"""Learner ids: unique in a class, safe as file names on every system."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ID_LENGTH = 60  # characters; in UTF-8 with ".html" still below the 255 bytes of a file name
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)  # no file names on Windows


def learner_id(name: str) -> str:
    """``name`` in NFC with letters and digits kept and everything else turned into ``-``; never empty."""
    letters = [c if c.isalnum() or c == "_" else "-" for c in unicodedata.normalize("NFC", name)]
    slim = re.sub("-+", "-", "".join(letters)).strip("-_")[:ID_LENGTH].rstrip("-_")
    if not slim:
        return "learner"
    return f"{slim}-learner" if RESERVED.fullmatch(slim) else slim


def unique_ids(names: Iterable[str]) -> list[str]:
    """An id for each name, in order; a second one of a name gets ``-2``. Upper and lower case are one."""
    taken: set[str] = set()
    ids = []
    for name in names:
        base = candidate = learner_id(name)
        number = 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{base}-{number}"
        taken.add(candidate.casefold())
        ids.append(candidate)
    return ids
