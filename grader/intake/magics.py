"""Notebook language in learners' code: what the kernel may run stays, shell commands become comments.

No defence (the sandbox is one), but a kindness: a magic that the kernel does not know would end the cell it stands in.
Every line stays a line, so that line numbers are right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.intake.pylines import joined_end, statement_end
from grader.intake.shown import LISTED, joined, shown
from grader.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What the kernel runs without harm. Anything else would need a shell, the network, or a plug-in that is not there.
LINE_MAGIC = re.compile(
    r"%(?:(?:time|timeit|precision|who|whos|who_ls|pwd)\b.*|(?:matplotlib|pylab)[ \t]+(?:inline|agg)[ \t]*|"
    r"config[ \t]+InlineBackend\b.*)"
)
CODE_MAGICS = frozenset({"time", "timeit", "capture"})  # the rest of the cell is Python
TEXT_MAGICS = frozenset({"html", "javascript", "js", "latex", "markdown", "svg", "writefile"})  # it is not
MAYBE = re.compile(r"[!%]|get_ipython")
COMMAND = re.compile(r"(?P<indent>[ \t]*)(?P<target>[A-Za-z_][\w.,\[\] \t]*=[ \t]*)?(?P<magic>[!%].*)")
# What nbconvert makes of the same commands when it writes a .py file.
CONVERTED = re.compile(
    r"(?P<indent>[ \t]*)(?P<target>[A-Za-z_]\w*[ \t]*=[ \t]*)?get_ipython\(\)\s*\.\s*(?:"
    r"(?:system|getoutput|run_cell_magic)\s*\(|"
    r"(?:run_line_magic|magic)\s*\(\s*['\"]%?(?!(?:time|timeit|matplotlib|pylab|config|precision|pwd)\b))"
)


@dataclass(frozen=True)
class Piece:
    """A cell, and the line of the file where it begins (from 1)."""

    source: str
    start: int = 1


@dataclass(frozen=True)
class Command:
    """A line of notebook language."""

    cell: int
    line: int
    code: str
    runs: bool


def neutralise(file: str, pieces: Sequence[Piece], *, script: bool = False) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """The cells without what only a shell or another notebook could run, and messages that name the lines.

    ``script``: the pieces are of a ``.py`` file. Then lines are counted in the file, and notebook language that does
    run here is named too, because Python itself stops at it.
    """
    commands: list[Command] = []
    cells = tuple(_clean(number, piece, commands) for number, piece in enumerate(pieces, 1))
    messages = []
    if gone := [one for one in commands if not one.runs]:
        messages.append(
            say(
                "{file}: shell and notebook commands do not run here ({places}). What the course needs is installed; "
                "take them out.",
                file=shown(file),
                places=_places(gone, pieces, script=script),
            )
        )
    if script and (kept := [one for one in commands if one.runs]):
        messages.append(
            say(
                "{file}: these commands are for notebooks only, and Python itself stops at them ({places}). Take them out.",
                file=shown(file),
                places=_places(kept, pieces, script=script),
            )
        )
    return cells, tuple(messages)


def _places(commands: Sequence[Command], pieces: Sequence[Piece], *, script: bool) -> Text:
    places = []
    for one in commands[:LISTED]:
        code = shown(one.code.strip())
        if script:
            places.append(say("line {line}: {code}", line=pieces[one.cell - 1].start + one.line - 1, code=code))
        else:
            places.append(say("code cell {cell}, line {line}: {code}", cell=one.cell, line=one.line, code=code))
    if len(commands) > LISTED:
        places.append(say("and {count} more", count=len(commands) - LISTED))
    return joined(places, "; ")


def _clean(number: int, piece: Piece, commands: list[Command]) -> str:
    """The cell as it runs; adds what it finds to ``commands``."""
    lines = piece.source.split("\n")
    if not MAYBE.search(piece.source):
        return piece.source
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    magic = re.match(r"%%\s*(\w*)", lines[first])
    known = magic is not None and magic[1] in CODE_MAGICS | TEXT_MAGICS
    if magic:
        commands.append(Command(number, first + 1, lines[first], known))
    if magic and not known:
        return "\n".join(_comment(line) for line in lines)
    if magic and magic[1] in TEXT_MAGICS:
        return piece.source
    for start, end, runs in list(_commands(lines, first + 1 if magic else 0)):
        commands.append(Command(number, start + 1, lines[start], runs))
        if not runs:
            lines[start:end] = [_harmless(lines[start]), *(_comment(line) for line in lines[start + 1 : end])]
    return "\n".join(lines)


def _commands(lines: Sequence[str], start: int) -> Iterator[tuple[int, int, bool]]:
    """(first line, line behind the last, whether the kernel may run it) of each statement in notebook language."""
    while start < len(lines):
        if command := COMMAND.fullmatch(lines[start]):
            end = joined_end(lines, start)
            yield start, end, LINE_MAGIC.fullmatch(command["magic"]) is not None
        else:
            end = statement_end(lines, start)
            if CONVERTED.match(lines[start]):
                yield start, end, False
        start = end


def _harmless(line: str) -> str:
    found = COMMAND.match(line) or CONVERTED.match(line)
    indent, target = (found["indent"], found["target"]) if found else ("", None)
    return f"{indent}{target or ''}{'[]' if target else 'pass'}  # {line.strip()}"


def _comment(line: str) -> str:
    return f"# {line}" if line.strip() else line
