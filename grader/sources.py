"""A submission's bytes to the cells that run. Says what was odd; what Python refuses is left to Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.decoding import decode
from grader.errors import BadSubmission
from grader.magics import neutralise
from grader.matching import take_apart
from grader.notebooks import looks_like_notebook, read_notebook
from grader.shown import shown
from grader.text import Text, say

__all__ = ["Cells", "neutralise", "read_cells"]

MOST_CELLS = 1000
CELL_MARK = re.compile(r"^#[ \t]*(?:%%+(?=[ \t\[]|$)(?P<title>.*)|In ?\[[\d ]*\]:?[ \t]*$)", re.MULTILINE)
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
    is_notebook = take_apart(file).ending == ".ipynb"
    messages = list(decoded.messages)
    if not is_notebook and looks_like_notebook(decoded.text):
        is_notebook = True
        messages.append(say("{file} is a notebook. It was read as one; name it .ipynb.", file=shown(file)))
    if is_notebook:
        notebook = read_notebook(file, decoded.text)
        pieces = [(1, cell.source) for cell in notebook.cells]
        messages += notebook.messages
    else:
        pieces = split_script(decoded.text)
    if len(pieces) > MOST_CELLS:
        raise BadSubmission(_too_many(file, len(pieces)))
    code, found = neutralise(file, [_sendable(source) for _, source in pieces])
    return Cells(tuple(code), (*messages, *found), tuple(start for start, _ in pieces))


def split_script(text: str) -> list[tuple[int, str]]:
    """(first line, source) of each code cell of a script in percent format; a script without marks is one cell."""
    marks = list(CELL_MARK.finditer(text))
    pieces = [(1, text[: marks[0].start()] if marks else text)]
    if marks and not _holds_code(pieces[0][1]):
        pieces = []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        start = mark.end() + 1
        body = text[start:end]
        # Code that someone forgot to part from a text cell would run in Python, so it runs here.
        if TEXT_CELL.search(mark["title"] or "") is None or _holds_code(body):
            pieces.append((text.count("\n", 0, start) + 1, body.removesuffix("\n")))
    return pieces


def _holds_code(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))


def _sendable(source: str) -> str:
    """Without halves of surrogate pairs, which no message to the kernel can carry."""
    return source.encode("utf-8", errors="replace").decode("utf-8")


def _too_many(file: str, count: int) -> Text:
    return say(
        "{file} has {count} cells, at most {limit} are run. Put the answer into fewer cells.",
        file=shown(file),
        count=count,
        limit=MOST_CELLS,
    )

