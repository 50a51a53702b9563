"""Python's logical lines, found without Python: a learner's code may be broken, or half notebook language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = re.compile(
    r"(?P<long>'''|\"\"\")"
    r"|(?P<short>(?P<mark>['\"])(?:\\.|(?!(?P=mark))[^\\])*(?:(?P=mark)|(?P<goes_on>\\$)|$))"
    r"|(?P<comment>\#.*)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<join>\\$)"
)
# From inside a string: where it ends. One of a single quote ends with its line, unless a backslash joins the next.
ENDS = {quote: re.compile(rf"(?s)(?:\\.|(?!{quote})[^\\])*{quote}") for quote in ("'''", '"""', "'", '"')}


@dataclass(frozen=True)
class State:
    """What a line begins in: brackets, a string, a line joined by a backslash."""

    depth: int = 0
    quote: str = ""
    joined: bool = False

    @property
    def begins_statement(self) -> bool:
        """Whether the next line is a logical line of its own."""
        return not (self.depth or self.quote or self.joined)


def after(line: str, state: State) -> State:
    """What the line after ``line`` begins in."""
    depth, quote, joined, position = state.depth, state.quote, False, 0
    while position < len(line):
        if quote:
            end = ENDS[quote].match(line, position)
            if end is None:
                return State(depth, quote if len(quote) > 1 or line.endswith("\\") else "")
            position, quote = end.end(), ""
            continue
        token = TOKEN.search(line, position)
        if token is None:
            break
        position = token.end()
        match token.lastgroup:
            case "long":
                quote = token[0]
            case "short" if token["goes_on"]:
                return State(depth, token["mark"])
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "join":
                joined = True
    return State(depth, quote, joined)


def statement_end(lines: Sequence[str], start: int) -> int:
    """The index behind the last line of the logical line that begins at ``start``."""
    state = State()
    for index in range(start, len(lines)):
        state = after(lines[index], state)
        if state.begins_statement:
            return index + 1
    return len(lines)


def joined_end(lines: Sequence[str], start: int) -> int:
    """The same for a shell command, in which only a backslash joins lines."""
    end = start + 1
    while end < len(lines) and lines[end - 1].endswith("\\"):
        end += 1
    return end


def in_strings(lines: Sequence[str]) -> set[int]:
    """The lines that begin inside a string; none where the last one never ends."""
    found: set[int] = set()
    quote = ""
    for index, line in enumerate(lines):
        if quote:
            found.add(index)
        quote = after(line, State(quote=quote)).quote
    return set() if quote else found
