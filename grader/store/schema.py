"""Makes the tables of a store where there are none yet, and refuses a database that holds others."""

from __future__ import annotations

from sqlalchemy import Engine, insert, inspect, select, text

from grader.errors import StoreFault
from grader.store.place import Place
from grader.store.tables import MARK, METADATA, VERSION


def prepare(engine: Engine, place: Place) -> None:
    """All tables, made at once or not at all. Raises StoreFault, and what SQLAlchemy raises."""
    if place.file is not None:
        _file(engine)
        return
    with engine.begin() as db:
        there = set(inspect(db).get_table_names()) & {table.name for table in METADATA.sorted_tables}
        if not there:
            METADATA.create_all(db)
            db.execute(insert(MARK).values(version=VERSION))
        elif MARK.name not in there or db.scalar(select(MARK.c.version)) != VERSION:
            raise StoreFault(
                f"{place} holds tables of something else, or of another version ({', '.join(sorted(there))}): "
                "name a database or a schema of its own with --store"
            )


def _file(engine: Engine) -> None:
    """In SQLite the file itself says its version."""
    with engine.begin() as db:
        if db.scalar(text("SELECT count(*) FROM sqlite_master")):
            return
        db.execute(text("BEGIN"))  # Python's driver begins a transaction for rows only, not for tables
        METADATA.create_all(db, tables=[table for table in METADATA.sorted_tables if table is not MARK])
        db.execute(text(f"PRAGMA user_version = {VERSION}"))
