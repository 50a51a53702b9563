"""Finds the files that were graded in a folder, by their bytes, and which of their lines is which."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from grader.errors import BadSubmission
from grader.intake.decoding import decode
from grader.intake.folders import ignored
from grader.intake.matching import ENDINGS
from grader.intake.sources import read_cells
from grader.intake.submissions import MB, IntakeLimits
from reports.formats import Place

_DEFINED = re.compile(r"\s*(?:(?:async\s+)?def|class)\s+(\w+)|(\w+)\s*(?::[^=]+)?=(?!=)")
_ENDING = re.compile("|".join(map(re.escape, ENDINGS)), re.IGNORECASE)
_LIMITS = IntakeLimits()


def places_in(folder: Path, wanted: Collection[str]) -> dict[str, Place]:
    """SHA-256 -> where the file of these bytes lies below ``folder``; of several equal ones the first by name."""
    found: dict[str, Place] = {}
    for path in _programs(folder):
        data = path.read_bytes()
        key = hashlib.sha256(data).hexdigest()
        if key in wanted and key not in found:
            found[key] = _place(path.relative_to(folder).as_posix(), path.name, data)
    return found


def _programs(folder: Path) -> Iterator[Path]:
    """In order; links are not followed, and what intake does not look at is not looked at here."""
    seen = 0
    for parent, below, files in os.walk(folder):
        below[:] = sorted(name for name in below if not ignored(name))
        seen += len(files)
        if seen > _LIMITS.entries:
            return
        for name in sorted(files):
            path = Path(parent, name)
            if not ignored(name) and _ENDING.search(name) and _is_small_file(path):
                yield path


def _is_small_file(path: Path) -> bool:
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LIMITS.notebook_mb * MB


def _place(path: str, name: str, data: bytes) -> Place:
    try:
        cells, text = read_cells(name, data), decode(name, data).text
    except BadSubmission:
        return Place(path)
    if name.lower().endswith(".ipynb") or text.lstrip().startswith("{"):  # nobody sees the lines of a notebook's file
        return Place(path)
    lines = enumerate(text.split("\n"), 1)
    return Place(path, cells.starts, {m[1] or m[2]: n for n, line in lines if (m := _DEFINED.match(line))})
