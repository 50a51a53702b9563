"""Finished grades on disk, so that a run that was stopped goes on, and unchanged bytes are not graded again.

A grade is kept under a key of everything it depended on. SQLite writes each one before the next is begun.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.grades import ExerciseGrade

FILE = "grades.sqlite"
TABLE = "CREATE TABLE IF NOT EXISTS grade (key TEXT PRIMARY KEY, slug TEXT NOT NULL, body TEXT NOT NULL)"


@dataclass(frozen=True)
class Graded:
    """A finished grade and what it cost, in seconds and megabytes."""

    grade: ExerciseGrade
    wall_s: float
    learner_s: float
    peak_mb: int

    def to_json(self) -> dict[str, Any]:
        """As a judge writes it and the store keeps it."""
        return {
            "grade": self.grade.to_json(),
            "wall_s": self.wall_s,
            "learner_s": self.learner_s,
            "peak_mb": self.peak_mb,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Graded:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError where ``data`` does not fit."""
        return cls(ExerciseGrade.from_json(data["grade"]), data["wall_s"], data["learner_s"], data["peak_mb"])


def key_of(parts: Iterable[object]) -> str:
    """The key of a grade that depends on ``parts``."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


class Store:
    """The grades of one output folder. Use it from one thread; close it, or use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / FILE)
        self._db.execute(TABLE)

    def get(self, key: str) -> Graded | None:
        """The grade under ``key``; None where there is none, or one of another version that no longer reads."""
        with closing(self._db.execute("SELECT body FROM grade WHERE key = ?", (key,))) as rows:
            row = rows.fetchone()
        if row is None:
            return None
        try:
            return Graded.from_json(json.loads(row[0]))
        except (KeyError, TypeError, ValueError):
            return None

    def put(self, key: str, graded: Graded) -> None:
        """Keeps a grade; one that our own fault touched is not kept, so that the next run grades it again."""
        if graded.grade.faulted:
            return
        with self._db:
            row = (key, graded.grade.slug, json.dumps(graded.to_json()))
            self._db.execute("INSERT OR REPLACE INTO grade VALUES (?, ?, ?)", row)

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
