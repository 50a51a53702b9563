"""Gathers this process's memory into huge pages, so that forking it, and the end of what was forked, cost half as much.

A fork copies one entry for each page, and 290 MB of Python and TensorFlow are 73,000 pages of 4 KB: 18 ms, and 20 ms at
the child's end. Gathered into pages of 2 MB where they lie close together: 9 and 9 (measured here; a session forks three
processes). What a child writes to is split and copied in pages of 4 KB as ever.
"""

from __future__ import annotations

import contextlib

from grader.engine import linux

_PAGE = 1 << 21
_COLLAPSE = 25  # MADV_COLLAPSE, Linux 6.1 and later; whatever the system's settings say of huge pages
_MADVISE = (28, 233)


def gather() -> int:
    """Does it where it can be had -> how many huge pages were made."""
    made = 0
    for start, end in writable():
        for page in range(-(-start // _PAGE) * _PAGE, end - _PAGE + 1, _PAGE):
            with contextlib.suppress(OSError):  # nothing of it is in use, no huge page is free, or an older Linux
                linux.syscall(linux.number_of(*_MADVISE), page, _PAGE, _COLLAPSE)
                made += 1
    return made


def writable() -> list[tuple[int, int]]:
    """Where the memory lies that belongs to no file."""
    found = []
    for line in _maps():
        span, rights, _, _, number, *name = line.split()
        if b"w" in rights and number == b"0" and name in ([], [b"[heap]"]):
            start, _, end = span.partition(b"-")
            found.append((int(start, 16), int(end, 16)))
    return found


def _maps() -> list[bytes]:
    with open("/proc/self/maps", "rb") as file:
        return file.read().splitlines()
