"""The file of a store in SQLite: whether it can be used, and how it is set aside where it cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from grader.store.tables import VERSION


def fits(path: Path) -> bool:
    """Whether the file is a sound one of this version, or there is none yet."""
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path)) as db:  # not read-only: a run that was killed left a journal to roll back
            version = db.execute("PRAGMA user_version").fetchone()[0]
            sound = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return sound and (version == VERSION or not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.DatabaseError:
        return False


def set_aside(path: Path) -> Path:
    """Moves a file, and the journal that belongs to it, out of the way; never onto another one."""
    number = 1
    while (aside := path.with_name(f"{path.name}.old-{number}")).exists():
        number += 1
    path.rename(aside)
    for end in ("-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    return aside
