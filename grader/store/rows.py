"""What is read from the tables of a store and written to them, inside a transaction of the caller's."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from grader.attempts import Attempt, GradingRun, History, with_runs
from grader.store.tables import ATTEMPT, GRADE, PART, RUN

_NOT_IN_BODY = ("key", "runs", "number")  # have columns of their own


def checksum(*parts: str) -> str:
    """Of what a row says, so that one that was changed is not believed."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def body(db: Connection, key: str) -> str | None:
    """What is kept under ``key``; None where there is nothing, or something that was changed."""
    row = db.execute(select(GRADE.c.body, GRADE.c.sha256).where(GRADE.c.key == key)).one_or_none()
    return row.body if row is not None and row.sha256 == checksum(key, row.body) else None


def keep(db: Connection, key: str, slug: str, new: str) -> None:
    """Keeps ``new`` under ``key``; another grade that was there moves to another key, with its attempts."""
    old = body(db, key)
    if old is not None and json.loads(old)["grade"] != json.loads(new)["grade"]:
        _move(db, key, old)
    db.execute(delete(GRADE).where(GRADE.c.key == key))
    db.execute(insert(GRADE).values(key=key, slug=slug, body=new, sha256=checksum(key, new)))


def _move(db: Connection, key: str, old: str) -> None:
    past = func.count()
    number = db.scalar(select(past).select_from(GRADE).where(GRADE.c.key.startswith(f"{key}~"))) or 0
    moved = f"{key}~{number + 1}"
    db.execute(update(GRADE).where(GRADE.c.key == key).values(key=moved, sha256=checksum(moved, old)))
    db.execute(update(ATTEMPT).where(ATTEMPT.c.grade_key == key).values(grade_key=moved))


def record(db: Connection, run: GradingRun, attempts: Iterable[Attempt]) -> int:
    """The run and all that it has seen. An attempt that is as it was in the run before is not written again."""
    text = _text(run.to_json())
    number = _inserted(db, RUN, body=text, sha256=checksum(text))
    known = _latest(db)
    parts = []
    for attempt in attempts:
        text = _text(attempt.to_json())
        before = known.get((attempt.learner, attempt.slug))
        if before is not None and before[1:] == (attempt.key, text):
            parts.append(before[0])
            continue
        row = {"learner": attempt.learner, "slug": attempt.slug, "grade_key": attempt.key}
        parts.append(_inserted(db, ATTEMPT, **row, body=text, sha256=checksum(text)))
    if parts:
        db.execute(insert(PART), [{"run": number, "attempt": part} for part in parts])
    return number


def _inserted(db: Connection, table: Table, **row: str) -> int:
    """The number of the row that was made."""
    made = db.execute(insert(table).values(**row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def _latest(db: Connection) -> dict[tuple[str, str], tuple[int, str, str]]:
    """(learner, slug) -> number, key and text of the last attempt."""
    last = select(func.max(ATTEMPT.c.id)).group_by(ATTEMPT.c.learner, ATTEMPT.c.slug)
    rows = db.execute(select(ATTEMPT).where(ATTEMPT.c.id.in_(last)))
    return {(row.learner, row.slug): (row.id, row.grade_key, row.body) for row in rows}


def history(db: Connection) -> History:
    """All runs and attempts; rows that were changed are left out."""
    runs = tuple(
        GradingRun.from_json({**json.loads(row.body), "number": row.number})
        for row in db.execute(select(RUN).order_by(RUN.c.number))
        if row.sha256 == checksum(row.body)
    )
    seen: dict[int, list[int]] = defaultdict(list)
    for row in db.execute(select(PART)):
        seen[row.attempt].append(row.run)
    attempts = tuple(
        with_runs(Attempt.from_json({**json.loads(row.body), "key": row.grade_key}), seen[row.id])
        for row in db.execute(select(ATTEMPT).order_by(ATTEMPT.c.id))
        if row.sha256 == checksum(row.body)
    )
    return History(runs, attempts)


def _text(data: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in data.items() if name not in _NOT_IN_BODY}, sort_keys=True)
