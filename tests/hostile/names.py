"""Learners and files with names that would do harm if they were shown as they are, taken in the way submissions are."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from grader.intake import take_in
from grader.intake.submissions import LearnerFiles

NASTY = (
    "<script>alert('CANARY')<script>",
    "<img src=x onerror=alert('CANARY')>",
    "\"><svg onload=alert('CANARY')>",
    "'-alert('CANARY')-'",
    "javascript:alert('CANARY')",
    "{{ 7*7 }}{% raw %}",
    '=HYPERLINK("http:canary.invalid","x")',
    "+1+cmd",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    "x;=1+1",
    "x,=1+1",
    "\t=1+1",
    "\r\n=1+1",
    "::error::owned",
    "##[error]owned ##vso[task.complete]",
    "\x1b]0;owned\x07\x1b[2J\x9b31m",
    "\u202egnp.exe\u2066\u200b",
    "one\u2028two\x85three\nfour",
    "Z" + "\u0351\u0300" * 60,
    "\ud800 half",
    "n" * 240,
    "#frag?query%2e%00&amp;",
    "[link](javascript:alert) *bold* `code` | cell",
)
WORK = b"def rank_of(value):\n    return 1\n"


def zipped(folder: Path, slugs: tuple[str, ...]) -> tuple[LearnerFiles, ...]:
    """A zip with a folder for each, and in each a file that belongs to no exercise."""
    path = folder / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in NASTY:
            inner = name.encode(errors="replace").decode()
            archive.writestr(zipfile.ZipInfo(f"{inner}/rank.py"), WORK)
            archive.writestr(zipfile.ZipInfo(f"{inner}/notes {inner[:40]}.py"), WORK)
    return take_in([path], slugs).learners


def on_disk(folder: Path, slugs: tuple[str, ...]) -> tuple[LearnerFiles, ...]:
    """The same as folders, and one whose name is no UTF-8."""
    top = folder / "class"
    for name in [os.fsencode(n.encode(errors="surrogateescape" if "\ud800" not in n else "replace")) for n in NASTY] + [
        b"\xff\xfe<b>\xc0\x80"
    ]:
        home = os.path.join(os.fsencode(top), name[:200])
        os.makedirs(home)
        with open(os.path.join(home, b"rank.py"), "wb") as file:
            file.write(WORK)
        with open(os.path.join(home, b"notes " + name[:80] + b".py"), "wb") as file:
            file.write(WORK)
    return take_in([top], slugs).learners
