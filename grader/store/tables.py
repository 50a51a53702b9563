"""The tables of a store, the same in every database."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

VERSION = 3  # of these tables. 1 had no checksums, 2 neither runs nor attempts
KEY, SUM, ID = 96, 64, 255  # characters

METADATA = MetaData()
GRADE = Table(  # a finished grade by what it depends on: what is here is not graded again
    "grade",
    METADATA,
    Column("key", String(KEY), primary_key=True),
    Column("slug", String(ID), nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(SUM), nullable=False),
)
RUN = Table(  # a run of the command that came to its end
    "run",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("body", Text, nullable=False),
    Column("sha256", String(SUM), nullable=False),
)
ATTEMPT = Table(  # what a learner handed in, as long as file and grade stay the same
    "attempt",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("learner", String(ID), nullable=False),
    Column("slug", String(ID), nullable=False),
    Column("grade_key", String(KEY), nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(SUM), nullable=False),
    Index("attempt_of", "learner", "slug"),
)
PART = Table(  # which attempts a run has seen
    "part",
    METADATA,
    Column("run", Integer, ForeignKey("run.number"), primary_key=True),
    Column("attempt", Integer, ForeignKey("attempt.id"), primary_key=True),
)
MARK = Table("gradetape", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))
