"""Finished grades on disk, so that a run that was stopped goes on, and unchanged bytes are not graded again.

A grade is kept under a key of everything it depended on. SQLite writes each one before the next is begun. The file is
no treasure: one that is damaged, or of another version, is set aside and everything is graded again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.errors import FolderFault
from grader.grades import ExerciseGrade, Spent
from grader.witness import Trace

FILE, LOCK = "grades.sqlite", ".grades.lock"
VERSION = 2  # of the table: 1 had no checksum
BEGINNING = f"""
BEGIN;
CREATE TABLE grade (key TEXT PRIMARY KEY, slug TEXT NOT NULL, body TEXT NOT NULL, sha256 TEXT NOT NULL);
PRAGMA user_version = {VERSION};
COMMIT;
"""
_PROBE = 1 << 16  # bytes; a disk may have room for fewer, and no grade would fit


@dataclass(frozen=True)
class Graded:
    """A finished grade and what it cost, in seconds and megabytes."""

    grade: ExerciseGrade
    wall_s: float
    learner_s: float
    peak_mb: int
    spent: Spent | None = None  # where its time went; None where nobody took it
    traces: tuple[Trace, ...] = ()  # of what its program answered with, to be compared between learners

    def to_json(self) -> dict[str, Any]:
        """As a judge writes it and the store keeps it."""
        return {
            "grade": self.grade.to_json(),
            "wall_s": self.wall_s,
            "learner_s": self.learner_s,
            "peak_mb": self.peak_mb,
            "spent": self.spent.to_json() if self.spent else None,
            "traces": [trace.to_json() for trace in self.traces],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Graded:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError where ``data`` does not fit."""
        spent = Spent.from_json(data["spent"]) if data.get("spent") else None
        grade, traces = ExerciseGrade.from_json(data["grade"]), tuple(map(Trace.from_json, data.get("traces", ())))
        return cls(grade, data["wall_s"], data["learner_s"], data["peak_mb"], spent, traces)


def key_of(parts: Iterable[object]) -> str:
    """The key of a grade that depends on ``parts``."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


class Store:
    """The grades of one output folder, which nobody else may grade into meanwhile.

    Use it from one thread; close it, or use it as a context manager. ``set_aside`` is where a file that could not be
    read was moved; None where there was none. Raises FolderFault.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderFault.of(folder, error) from error
        self._lock = self._locked()
        try:
            self.set_aside = None if _fits(folder / FILE) else _set_aside(folder / FILE)
            self._db = _opened(folder / FILE)
        except (OSError, sqlite3.Error) as error:
            self._lock.close()
            raise self._fault(error) from error

    def get(self, key: str) -> Graded | None:
        """The grade under ``key``; None where there is none, or one that no longer reads."""
        try:
            with closing(self._db.execute("SELECT body, sha256 FROM grade WHERE key = ?", (key,))) as rows:
                row = rows.fetchone()
        except sqlite3.Error as error:
            raise self._fault(error) from error
        if row is None or row[1] != _sum(key, row[0]):
            return None
        try:
            return Graded.from_json(json.loads(row[0]))
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def put(self, key: str, graded: Graded) -> None:
        """Keeps a grade; one that our own fault touched is not kept, so that the next run grades it again.

        Raises FolderFault where the folder is full or gone; what was kept before is still there.
        """
        if graded.grade.faulted:
            return
        body = json.dumps(graded.to_json())
        try:
            with self._db:
                row = (key, graded.grade.slug, body, _sum(key, body))
                self._db.execute("INSERT OR REPLACE INTO grade VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _locked(self) -> sqlite3.Connection:
        """A lock that every system knows and that ends with its process, however that ends."""
        try:
            lock = sqlite3.connect(self._folder / LOCK, timeout=0, isolation_level=None)
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if "locked" not in str(error):
                raise self._fault(error) from error
            raise FolderFault(
                f"{self._folder} is in use: another grader is writing there. Wait for it, or name another --out"
            ) from error
        return lock

    def _fault(self, error: Exception) -> FolderFault:
        """In the system's words where it says any: SQLite's own say little."""
        probe = self._folder / f"{LOCK}.probe"
        try:
            probe.write_bytes(bytes(_PROBE))
            probe.unlink()
        except OSError as reason:
            with suppress(OSError):
                probe.unlink(missing_ok=True)
            return FolderFault.of(self._folder, reason)
        return FolderFault(
            f"{self._folder / FILE} cannot be used ({error}): move it away, and everything is graded again"
        )


def _sum(key: str, body: str) -> str:
    return hashlib.sha256(f"{key}\0{body}".encode()).hexdigest()


def _fits(path: Path) -> bool:
    """Whether the file is a sound one of this version, or there is none yet."""
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path)) as db:  # not read-only: a run that was killed left a journal to roll back
            version = db.execute("PRAGMA user_version").fetchone()[0]
            sound = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return sound and (version == VERSION or not _tables(db))
    except sqlite3.DatabaseError:
        return False


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    if not _tables(db):
        db.executescript(BEGINNING)
    return db


def _tables(db: sqlite3.Connection) -> int:
    count: int = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return count


def _set_aside(path: Path) -> Path:
    """Moves a file, and the journal that belongs to it, out of the way; never onto another one."""
    number = 1
    while (aside := path.with_name(f"{path.name}.old-{number}")).exists():
        number += 1
    path.rename(aside)
    for end in ("-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    return aside
