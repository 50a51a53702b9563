"""Finished grades, so that a run that was stopped goes on, and unchanged bytes are not graded again; and what came of each run.

A grade is kept under a key of everything it depended on, and written before the next is begun. A run is recorded when every
grade of it is there, whole or not at all. A file of SQLite that is damaged, or of another version, is set aside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from grader.attempts import Attempt, GradingRun, History
from grader.errors import FolderFault
from grader.store import rows
from grader.store.file import fits, set_aside
from grader.store.graded import Graded
from grader.store.lock import FolderLock, Lock, ServerLock
from grader.store.place import at_url, in_folder
from grader.store.schema import prepare


class Store:
    """The grades of one output folder, or of the database at ``url``, which nobody else may grade into meanwhile.

    Use it from one thread; close it, or use it as a context manager. ``set_aside`` is where a file that could not be
    read was moved; None where there was none. Raises FolderFault, and StoreFault where the trouble lies in a database.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self._place = at_url(url) if url else in_folder(folder)
        self._again: set[str] = set()
        self.set_aside: Path | None = None
        with ExitStack() as held:
            self._folder = FolderLock(folder)
            self._lock: Lock = self._folder
            held.callback(self._folder.close)
            with self._said():
                self._open(folder, held)
            self._held = held.pop_all()

    def _open(self, folder: Path, held: ExitStack) -> None:
        file = self._place.file
        if file is not None and file.parent.resolve() != folder.resolve():
            self._folder = self._lock = FolderLock(file.parent, f".{file.stem}.lock")
            held.callback(self._lock.close)
        if file is not None and not fits(file):
            self.set_aside = set_aside(file)
        self._engine = self._place.engine()
        held.callback(self._engine.dispose)
        if file is None:
            self._lock = ServerLock(self._place, self._engine)
            held.callback(self._lock.close)
        prepare(self._engine, self._place)

    def get(self, key: str) -> Graded | None:
        """The grade under ``key``; None where there is none, one that no longer reads, or one that shall be graded again."""
        if key in self._again:
            return None
        with self._said(), self._engine.connect() as db:
            body = rows.body(db, key)
        if body is None:
            return None
        try:
            return Graded.from_json(json.loads(body))
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def put(self, key: str, graded: Graded) -> None:
        """Keeps a grade; one that our own fault touched is not kept, so that the next run grades it again.

        Another one that was there stays, under another key, with the attempts that it belongs to.
        Raises FolderFault where the folder is full or gone; what was kept before is still there.
        """
        if graded.grade.faulted:
            return
        with self._writing() as db:
            rows.keep(db, key, graded.grade.slug, json.dumps(graded.to_json()))
        self._again.discard(key)

    def grade_again(self, keys: Iterable[str]) -> None:
        """What is kept under ``keys`` counts for nothing until it is put there anew."""
        self._again.update(keys)

    def record(self, run: GradingRun, attempts: Iterable[Attempt]) -> int:
        """Records a run that has come to its end, whole or not at all; its number."""
        with self._writing() as db:
            return rows.record(db, run, attempts)

    def history(self) -> History:
        """All runs and attempts."""
        with self._said(), self._engine.connect() as db:
            return rows.history(db)

    def close(self) -> None:
        """Lets go of it."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction, begun only while nobody else may write."""
        with self._said():
            self._lock.demand()
            with self._engine.begin() as db:
                yield db

    @contextmanager
    def _said(self) -> Iterator[None]:
        """What goes wrong in the database, in words that name the repair. Raises FolderFault."""
        try:
            yield
        except (OSError, SQLAlchemyError) as error:
            if self._place.file is None:
                raise self._place.fault(error) from error
            words = getattr(error, "orig", None) or error
            raise self._folder.fault(
                f"{self._place} cannot be used ({words}): move it away, and everything is graded again"
            ) from error


def history(where: Path | str) -> History:
    """What the store in an output folder (or the file of SQLite, or at the URL) knows; also while a grader writes there.

    Raises FileNotFoundError where there is no store, and FolderFault where it cannot be read.
    """
    if isinstance(where, Path):
        place = in_folder(where.parent if where.is_file() else where)
        place = at_url(f"sqlite:///{where}") if where.is_file() else place
    else:
        place = at_url(where)
    file = place.file
    if file is not None and not file.is_file():
        raise FileNotFoundError(file)
    engine = place.engine()
    try:
        with engine.connect() as db:
            return rows.history(db)
    except SQLAlchemyError as error:
        raise place.fault(error) from error
    finally:
        with suppress(SQLAlchemyError):
            engine.dispose()


__all__ = ["FolderFault", "Store", "history"]
