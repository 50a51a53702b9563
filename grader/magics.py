"""Notebook language in learners' code: what the kernel may run stays, shell commands become comments.

No defence (the sandbox is), but a kindness: a shell command or an unknown magic would end the cell it stands in.
Every line stays a line, so that line numbers are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.matching import take_apart
from grader.shown import LISTED, joined, shown
from grader.text import Text, say

LINE_MAGICS = frozenset("time timeit precision who whos who_ls pwd config xmode pprint".split())
CELL_MAGICS = frozenset("time timeit capture html javascript js latex markdown svg writefile".split())
INLINE = re.compile(r"%matplotlib\s+(inline|agg)\s*$")
# Where a piece of code may begin or end that is not code: strings, comments; and brackets, which join lines.
TOKEN = re.compile(
    r"(?P<long>'''|\"\"\")|(?P<short>['\"])|(?P<comment>\#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<join>\\\n)|(?P<line>\n)"
)
COMMAND = re.compile(r"(?P<indent>[ \t]*)(?P<target>[A-Za-z_][\w.,\[\] \t]*=[ \t]*)?(?P<mark>!!?|%)(?P<word>[^\s!=]\S*)")
ASKS_IPYTHON = re.compile(
    r"(?P<indent>[ \t]*)(?P<target>[A-Za-z_]\w*[ \t]*=[ \t]*)?get_ipython\(\)\.(?:system|getoutput|getoutput|"
    r"(?:run_line_magic|magic)\(\s*['\"]%?(?:pip|conda|cd|reset|tensorflow_version|load_ext|tensorboard)\b|"
    r"run_cell_magic\(\s*['\"](?:bash|sh|shell|script)\b)"
)


@dataclass(frozen=True)
class Removed:
    """A line that does not run."""

    cell: int
    line: int
    code: str


def neutralise(file: str, cells: Sequence[str]) -> tuple[list[str], tuple[Text, ...]]:
    """The cells without what only a shell or a notebook can run, and a message that names the lines."""
    removed: list[Removed] = []
    clean = [_clean(number, cell, removed) for number, cell in enumerate(cells, 1)]
    return clean, _message(file, removed)


def _message(file: str, removed: Sequence[Removed]) -> tuple[Text, ...]:
    if not removed:
        return ()
    places = [
        say("cell {cell}, line {line}: {code}", cell=one.cell, line=one.line, code=shown(one.code.strip()))
        for one in removed[:LISTED]
    ]
    if len(removed) > LISTED:
        places.append(say("and {count} more", count=len(removed) - LISTED))
    return (
        say(
            "{file}: shell and notebook commands are not run here ({places}). "
            "What the course needs is installed; take these lines out.",
            file=shown(file),
            places=joined(places, "; "),
        ),
    )


def _clean(number: int, cell: str, removed: list[Removed]) -> str:
    lines = cell.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%") and _word(lines[first][2:]) not in CELL_MAGICS:
        removed.append(Removed(number, first + 1, lines[first]))
        return "\n".join(f"# {line}" if line.strip() else line for line in lines)
    for start, end in _statements(cell):
        if start == first and lines[first].startswith("%%"):
            continue
        if (new := _without_command(lines[start])) is not None:
            removed.append(Removed(number, start + 1, lines[start]))
            lines[start] = new
            lines[start + 1 : end] = [f"# {line}" for line in lines[start + 1 : end]]
    return "\n".join(lines)


def _word(text: str) -> str:
    return re.match(r"\w*", text)[0]  # type: ignore[index]


def _without_command(line: str) -> str | None:
    """The line as a comment with something harmless before it, or None where it is no command."""
    if not (found := COMMAND.match(line) or ASKS_IPYTHON.match(line)):
        return None
    groups = found.groupdict()
    if groups.get("mark") == "%" and (_word(groups["word"]) in LINE_MAGICS or INLINE.match(line.strip())):
        return None
    if groups["target"]:
        return f"{groups['indent']}{groups['target']}[]  # {line.strip()}"
    return f"{groups['indent']}pass  # {line.strip()}"


def _statements(cell: str) -> Iterator[tuple[int, int]]:
    """(first line, line after the last) of each logical line, counted from 0."""
    start = line = depth = 0
    position = 0
    while found := TOKEN.search(cell, position):
        position = found.end()
        kind = found.lastgroup
        if kind in ("long", "short"):
            position, breaks = _string_end(cell, position, found[0])
            line += breaks
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind in ("join", "line"):
            line += 1
            if kind == "line" and not depth:
                yield start, line
                start = line
    yield start, line + 1


def _string_end(cell: str, position: int, quote: str) -> tuple[int, int]:
    """Where a string ends, and how many lines it goes over. A short string ends with its line at the latest."""
    stop = re.compile(rf"\\.|{quote}|\n" if len(quote) == 1 else rf"\\.|{quote}", re.DOTALL)
    begin = position
    while found := stop.search(cell, position):
        position = found.end()
        if found[0] == quote:
            break
        if found[0] == "\n":
            position -= 1
            break
    else:
        position = len(cell)
    return position, cell.count("\n", begin, position)
