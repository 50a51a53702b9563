"""One writer at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from grader.errors import FolderFault, StoreFault
from grader.store.place import Place
from grader.store.tables import MARK

NAME = "gradetape"
_PROBE = 1 << 16  # bytes; a disk may have room for fewer, and no grade would fit


class Lock(Protocol):
    """What keeps others away."""

    def demand(self) -> None:
        """Raises StoreFault where it is ours no longer."""

    def close(self) -> None:
        """Lets others in."""


class FolderLock:
    """On a folder: a file of SQLite that is held open, as every system knows how to lock these. Raises FolderFault."""

    def __init__(self, folder: Path, name: str = ".grades.lock") -> None:
        self._folder, self._name = folder, name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderFault.of(folder, error) from error
        try:
            self._held = sqlite3.connect(folder / name, timeout=0, isolation_level=None)
            self._held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if "locked" not in str(error):
                raise self.fault(f"{folder} cannot be used ({error})") from error
            raise FolderFault(
                f"{folder} is in use: another grader is writing there. Wait for it, or name another --out"
            ) from error

    def demand(self) -> None:
        """It is held as long as we live."""

    def close(self) -> None:
        """Lets others in."""
        self._held.close()

    def fault(self, otherwise: str) -> FolderFault:
        """What to raise where SQLite fails: in the system's words where it says any, as SQLite's own say little."""
        probe = self._folder / f"{self._name}.probe"
        try:
            probe.write_bytes(bytes(_PROBE))
            probe.unlink()
        except OSError as reason:
            with suppress(OSError):
                probe.unlink(missing_ok=True)
            return FolderFault.of(self._folder, reason)
        return FolderFault(otherwise)


class ServerLock:
    """On a database: held by a connection of its own, so that the server lets go of it when we die."""

    def __init__(self, place: Place, engine: Engine) -> None:
        self._place = place
        try:
            self._held = engine.connect()
            got = _advisory(self._held) if engine.dialect.name == "postgresql" else _row(self._held)
        except SQLAlchemyError as error:
            raise place.fault(error) from error
        if not got:
            self._held.close()
            raise StoreFault(
                f"{place} is in use: another grader is writing there. Wait for it, or name another --store"
            )

    def demand(self) -> None:
        """Raises StoreFault where the connection broke: another grader may be writing by now."""
        try:
            self._held.scalar(select(1))
        except SQLAlchemyError as error:
            raise self._place.fault(error) from error

    def close(self) -> None:
        """Lets others in."""
        with suppress(SQLAlchemyError):  # the server is gone, and the lock with it
            self._held.detach()
        with suppress(SQLAlchemyError):
            self._held.close()


def _advisory(held: Connection) -> bool:
    """PostgreSQL's own kind, one for each schema, which keeps no transaction open."""
    held.execution_options(isolation_level="AUTOCOMMIT")
    schema = func.hashtext(func.current_schema())
    return bool(held.scalar(select(func.pg_try_advisory_lock(func.hashtext(NAME), schema))))


def _row(held: Connection) -> bool:
    """A locked row, in a transaction that stays open."""
    try:
        held.execute(select(MARK.c.version).with_for_update(nowait=True))
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return False
    return True
