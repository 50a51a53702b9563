"""A submission's bytes to the cells that run. Says what was odd; what Python refuses is left to Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.errors import BadSubmission
from grader.intake.decoding import decode, unix_lines
from grader.intake.magics import Piece, neutralise
from grader.intake.matching import take_apart
from grader.intake.notebooks import looks_like_notebook, read_notebook
from grader.intake.pylines import in_strings
from grader.intake.shown import shown
from grader.text import Text, say

__all__ = ["Cells", "neutralise", "read_cells"]

MOST_CELLS = 1000
# "# %%", as VS Code, Spyder and jupytext mark a cell, and "# In[3]:", as nbconvert does.
CELL_MARK = re.compile(r"#[ \t]*(?:%%+(?=[ \t\[]|$)(?P<title>.*)|In ?\[[\d ]*\]:?[ \t]*$)")
TEXT_CELL = re.compile(r"\[(markdown|md|raw)\]")


@dataclass(frozen=True)
class Cells:
    """Code cells from top to bottom, and what is to be said about the file."""

    code: tuple[str, ...]
    messages: tuple[Text, ...] = ()
    starts: tuple[int, ...] = ()  # the line of the file where each cell begins, from 1; always 1 in a notebook


def read_cells(file: str, data: bytes) -> Cells:
    """The cells of a ``.py`` (percent format, or one cell) or ``.ipynb`` file. Raises BadSubmission.

    A cell's lines stay where they were, so that line numbers are right.
    """
    decoded = decode(file, data)
    messages = list(decoded.messages)
    script = take_apart(file).ending != ".ipynb"
    if script and looks_like_notebook(decoded.text):
        script = False
        messages.append(say("{file} is a notebook. It was read as one; name it .ipynb.", file=shown(file)))
    if script:
        pieces = split_script(decoded.text)
    else:
        notebook = read_notebook(file, decoded.text)
        pieces = [Piece(_sendable(cell.source)) for cell in notebook.cells]
        messages += notebook.messages
    if len(pieces) > MOST_CELLS:
        raise BadSubmission(_too_many(file, len(pieces)))
    code, found = neutralise(file, pieces, script=script)
    return Cells(code, (*messages, *found), tuple(piece.start for piece in pieces))


def split_script(text: str) -> list[Piece]:
    """The code cells of a script in percent format; a script without marks is one cell."""
    lines = text.removesuffix("\n").split("\n")
    marks = [(i, mark) for i, line in enumerate(lines) if (mark := CELL_MARK.match(line))]
    quoted = in_strings(lines) if marks else set()
    marks = [(i, mark) for i, mark in marks if i not in quoted]
    if not marks:
        return [_piece(lines, 0, len(lines))]
    ends = [i for i, _ in marks[1:]] + [len(lines)]
    pieces = [_piece(lines, 0, marks[0][0])] if _holds_code(lines[: marks[0][0]]) else []
    for (i, mark), end in zip(marks, ends, strict=True):
        # Code that someone forgot to part from a text cell would run in Python, so it runs here.
        if not TEXT_CELL.search(mark["title"] or "") or _holds_code(lines[i + 1 : end]):
            pieces.append(_piece(lines, i + 1, end))
    return pieces


def _piece(lines: list[str], start: int, end: int) -> Piece:
    return Piece("\n".join(lines[start:end]), start + 1)


def _holds_code(lines: list[str]) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in lines)


def _sendable(source: str) -> str:
    """Without NUL and halves of surrogate pairs, which neither Python nor a message to the kernel can carry."""
    return unix_lines(source).replace("\0", "\ufffd").encode("utf-8", errors="replace").decode("utf-8")


def _too_many(file: str, count: int) -> Text:
    return say(
        "{file} has {count} cells, at most {limit} are run. Put your answers into fewer cells.",
        file=shown(file),
        count=count,
        limit=MOST_CELLS,
    )
