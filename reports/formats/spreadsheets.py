"""Reads and writes CSV that must come back as it was: same columns, same separator, same end of line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from grader.text import say
from reports.formats.base import CannotExport

_SEPARATORS = ",;\t"


@dataclass
class Sheet:
    """A table as it was read; ``rows`` are changed in place."""

    header: list[str]
    rows: list[list[str]]
    separator: str = ","
    line_end: str = "\n"
    mark: str = ""  # a byte order mark, where there was one

    def text(self) -> str:
        """The table as a file."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.separator, lineterminator=self.line_end)
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return self.mark + out.getvalue()

    def column(self, name: str) -> int | None:
        """Where a column stands; None where there is none."""
        return self.header.index(name) if name in self.header else None


def read(text: str) -> Sheet:
    """The table in ``text``. Raises CannotExport where there is none."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    first = body.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True) if row]
    except csv.Error as error:
        raise CannotExport(say("The file to fill in is no CSV: {why}. Export it again.", why=str(error))) from error
    if not rows:
        raise CannotExport(say("The file to fill in is empty. Export it again."))
    width = len(rows[0])
    padded = [row + [""] * (width - len(row)) for row in rows[1:]]
    return Sheet(rows[0], padded, separator, "\r\n" if "\r\n" in body else "\n", mark)
