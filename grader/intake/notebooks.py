"""The code cells of a notebook, read from its JSON. To grading, outputs, ids and other metadata do not matter.

Formats 1 to 4 are read (https://nbformat.readthedocs.io/en/latest/format_description.html). We do not validate:
what a learner's editor left out or wrote twice is no reason not to grade.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.errors import BadSubmission
from grader.intake.shown import shown
from grader.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NO_LINE_ENDS = 2  # the format that kept a list of lines without their ends
MOST_OPENINGS = 1_000_000  # lists and objects: 20 MB of "[]," would take half a gigabyte once read
MERGE_MARKS = ("<<<<<<<", "=======", ">>>>>>>")


@dataclass(frozen=True)
class CodeCell:
    """A code cell as it stands in the file."""

    source: str
    execution_count: int | None


@dataclass(frozen=True)
class Notebook:
    """Code cells from top to bottom."""

    cells: tuple[CodeCell, ...]
    messages: tuple[Text, ...] = ()


def looks_like_notebook(text: str) -> bool:
    """Whether a text is JSON with cells, whatever its file is called."""
    return text.lstrip().startswith("{") and ('"cells"' in text or '"worksheets"' in text)


def read_notebook(file: str, text: str) -> Notebook:
    """The notebook in ``text``. Raises BadSubmission where it is none."""
    notebook = _json(file, text)
    cells = _all_cells(file, notebook)
    between = "\n" if notebook.get("nbformat") == NO_LINE_ENDS else ""
    code = tuple(
        CodeCell(_source(cell, between), _count(cell))
        for cell in cells
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    )
    messages = [] if code else [_no_code(file)]
    return Notebook(code, (*messages, *_out_of_order(file, code)))


def raw_cells(file: str, text: str) -> tuple[dict[str, Any], ...]:
    """The code cells with their outputs, ids and metadata, as they stand in the file. Raises BadSubmission."""
    cells = _all_cells(file, _json(file, text))
    return tuple(c for c in cells if isinstance(c, dict) and c.get("cell_type") == "code")


def _json(file: str, text: str) -> Any:
    if text.count("[") + text.count("{") > MOST_OPENINGS:
        raise BadSubmission(
            say("{file} holds too much to be read. Clear all outputs, save it, and hand it in again.", file=shown(file))
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadSubmission(_not_json(file, text, error)) from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number of thousands of digits
        raise BadSubmission(_no_notebook(file)) from error


def _not_json(file: str, text: str, error: json.JSONDecodeError) -> Text:
    line = text.split("\n")[error.lineno - 1] if error.lineno <= text.count("\n") + 1 else ""
    if line.startswith(MERGE_MARKS):
        return say(
            "{file} holds marks of a git merge in line {line}. Choose one version, open it in Jupyter and save it.",
            file=shown(file),
            line=error.lineno,
        )
    if not text.lstrip().startswith("{"):
        return say(
            "{file} is not a notebook: line {line} is no JSON. If it is a Python program, name it .py; "
            "else open it in Jupyter, save it, and hand it in again.",
            file=shown(file),
            line=error.lineno,
        )
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        return say(
            "{file} is cut off in line {line}. Open it in Jupyter, save it, and hand it in again.",
            file=shown(file),
            line=error.lineno,
        )
    return say(
        "{file} is damaged: line {line}, column {column} is no JSON. Open it in Jupyter, save it, and hand it in again.",
        file=shown(file),
        line=error.lineno,
        column=error.colno,
    )


def _no_notebook(file: str) -> Text:
    return say(
        "{file} is JSON, but not a notebook. Open your notebook in Jupyter, save it, and hand it in again.",
        file=shown(file),
    )


def _no_code(file: str) -> Text:
    return say(
        "{file} holds no code cell. Only code cells run: change the type of your cells to Code.", file=shown(file)
    )


def _all_cells(file: str, notebook: Any) -> Iterator[Any]:
    if isinstance(notebook, dict):
        if isinstance(notebook.get("cells"), list):
            return iter(notebook["cells"])
        if isinstance(sheets := notebook.get("worksheets"), list):  # formats 2 and 3
            lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
            return itertools.chain.from_iterable(cells for cells in lists if isinstance(cells, list))
    raise BadSubmission(_no_notebook(file))


def _source(cell: dict[str, Any], between: str) -> str:
    source = cell.get("source", cell.get("input", cell.get("code", "")))
    if isinstance(source, list):
        source = between.join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _count(cell: dict[str, Any]) -> int | None:
    count = cell.get("execution_count", cell.get("prompt_number"))
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def _out_of_order(file: str, cells: Sequence[CodeCell]) -> tuple[Text, ...]:
    ran = [
        (number, cell.execution_count) for number, cell in enumerate(cells, 1) if cell.execution_count and cell.source
    ]
    for (earlier, count), (later, next_count) in itertools.pairwise(ran):
        if next_count < count:
            return (
                say(
                    "{file}: you ran code cell {later} before code cell {earlier}. Here they run from top to bottom. "
                    "Restart the kernel, run all cells, and save.",
                    file=shown(file),
                    later=later,
                    earlier=earlier,
                ),
            )
    return ()
