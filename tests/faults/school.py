"""A class that is graded quickly, made of the course's own variants, and the command that grades it."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

from grader.course import default_root

EXERCISES = ("01_rank", "03_matmul")
LEARNERS = 10


def write(folder: Path) -> Path:
    """Ten learners who hand in two exercises each, right and wrong ones; one notebook is broken."""
    solutions = default_root() / "solutions"
    for exercise in EXERCISES:
        slug = exercise[3:]
        right, wrong = (sorted((solutions / exercise / kind).glob("*.py")) for kind in ("right", "wrong"))
        variants = itertools.islice(itertools.chain.from_iterable(zip(right, wrong, strict=False)), LEARNERS - 1)
        for number, variant in enumerate(variants):
            home = folder / f"learner{number}"
            home.mkdir(parents=True, exist_ok=True)
            (home / f"{slug}.py").write_bytes(variant.read_bytes())
    (folder / "last").mkdir()
    (folder / "last" / "rank.ipynb").write_text('{"cells": [', encoding="utf-8")
    return folder


def command(school: Path, out: Path, *more: str) -> list[str]:
    """As a person types it."""
    return [sys.executable, "-m", "grader", "grade", str(school), "--out", str(out), "--lang", "en", *more]


def environment(temporary: Path) -> dict[str, str]:
    """Ours, with temporary files in a folder of its own, so that what is left over is seen."""
    temporary.mkdir(exist_ok=True)
    return {**os.environ, "TMPDIR": str(temporary)}


def start(words: list[str], temporary: Path) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    return subprocess.Popen(
        words, env=environment(temporary), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
