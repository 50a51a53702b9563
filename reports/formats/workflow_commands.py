"""Annotations of GitHub Actions: workflow commands that put a finding on its line, and nothing that a learner wrote into a command.

Escapes as in actions/toolkit, packages/core/src/command.ts. A step shows ten errors and ten warnings, and drops the others.
"""

from __future__ import annotations

from grader.grades import ClassGrade
from grader.text import say
from reports.formats.base import Exported, File, Wishes, unfinished
from reports.formats.remarks import ERROR, WARNING, Remark, remarks_on

MOST = 10  # of each level, in one step


def export(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``annotations.txt``, to be written to a step's standard output."""
    found = remarks_on(klass, wishes)
    shown = [r for level in (ERROR, WARNING) for r in [x for x in found if x.level == level][:MOST]]
    lines = [_command(remark) for remark in shown]
    if len(shown) < len(found):
        more = say("{n} more findings are in the summary and in the report.", n=len(found) - len(shown))
        lines.append(f"::notice title=GradeTape::{_data(more.in_language(wishes.lang))}")
    return Exported((File("annotations.txt", "".join(f"{line}\n" for line in lines)),), unfinished(klass))


def _command(remark: Remark) -> str:
    where = [("file", remark.path), ("line", str(remark.line or 1))] if remark.path else []
    properties = ",".join(f"{name}={_property(value)}" for name, value in [*where, ("title", remark.title)])
    return f"::{remark.level} {properties}::{_data(remark.text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
