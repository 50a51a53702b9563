"""What a kernel said of a cell, as the record of a grade."""

from __future__ import annotations

from typing import Any

from grader.engine import verdicts
from grader.engine.conversation import Heard
from grader.engine.output import clean, shorten
from grader.grades import CellRecord

NOT_RUN = "not run"
PROCESS_ENDED = "the process ended"
_ERROR_CHARS = 500
_TRACEBACK_CHARS = 8_000
_MOST_LINES = 1_000_000
_FINE = ("0", "None", "")  # sys.exit() and quit() say that all is well


def of_cell(number: int, heard: Heard, limit: str) -> CellRecord:
    """The record of one cell; ``limit`` is the one that ended it, or ""."""
    error = heard.error or {}
    name, words = str(error.get("ename", "")), str(error.get("evalue", ""))
    if name == "SystemExit" and words in _FINE and not heard.end and not limit:
        return CellRecord(number)
    traceback = shorten(clean("\n".join(_lines(error))), _TRACEBACK_CHARS)
    said = clean(f"{name}: {words}" if words else name)[:_ERROR_CHARS]
    advice = (verdicts.input_advice(),) if name == "StdinNotImplementedError" else ()
    return CellRecord(
        number,
        error=PROCESS_ENDED if heard.end else said,
        traceback=traceback,
        line=_line(error),
        limit=limit,
        advice=advice,
    )


def _lines(error: dict[str, Any]) -> list[str]:
    lines = error.get("traceback")
    return [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []


def _line(error: dict[str, Any]) -> int | None:
    line = error.get("line")
    return line if isinstance(line, int) and 0 < line < _MOST_LINES else None
