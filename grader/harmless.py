r"""Makes words that came from a learner fit to be shown anywhere: no terminal codes, nothing invisible, no commands.

Everything that shows words passes them through here: pages, tables and the terminal.
"""

from __future__ import annotations

import re
import unicodedata

LAST_BYTE, LAST_SHORT = 0xFF, 0xFFFF
MOST_MARKS = 4  # on one letter: Vietnamese needs two, Hebrew and Thai three
# Colours and cursor movements of a terminal, the titles, links and clipboards it can set, and its strings.
_TERMINAL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])"
)
# Control characters, ends of lines that are none in a file, marks that turn the direction of writing, blanks without
# width, letters that show nothing, tags, lone halves of surrogate pairs, non-characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
    # Joiners shape Persian and Indic words and join emoji; between other characters they only hide.
    "|(?<![\u0300-\u1fff\u2070-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0300-\u1fff\u2070-\U0010ffff])"
)
_PILE = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")
# What the runners of GitHub, Azure, GitLab and TeamCity take for a command: at the beginning of a line, or anywhere.
_AT_BEGINNING = re.compile(r"((?:^|[\r\n])(?:[^\S\r\n]|\x1b\[[0-9;]*m)*):(?=:)")
_ANYWHERE = re.compile(r"#(?=#(?:vso|teamcity)?\[)|(?<=section)_(?=(?:start|end):)", re.IGNORECASE)


def harmless(text: str) -> str:
    r"""``text`` with line ends as ``\n``, no terminal codes, and everything invisible spelt out as ``\x07``."""
    return _visible(_TERMINAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def on_one_line(text: str) -> str:
    """The same, with line ends as blanks: for a name."""
    return " ".join(harmless(text).split("\n"))


def no_command(text: str) -> str:
    """``text`` as a log may hold it: a blank breaks what the service that runs us would take for its own commands."""
    return _ANYWHERE.sub(lambda m: f"{m[0]} " if m[0] == "#" else " ", _AT_BEGINNING.sub(r"\1: ", text))


def escaped(json: str) -> str:
    r"""JSON text that means the same, with all that `harmless` would spell out as ``\u202e``, and no command in it."""
    json = _PILE.sub(lambda pile: pile[0] if _lower(pile) == pile[0] else _as_json(pile), json)
    return _ANYWHERE.sub(_as_json, _UNSEEN.sub(_as_json, json))


def _visible(text: str) -> str:
    return _PILE.sub(_lower, _UNSEEN.sub(_spelt, text))


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code <= LAST_BYTE else f"\\u{code:04x}" if code <= LAST_SHORT else f"\\U{code:08x}"


def _as_json(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def _lower(pile: re.Match[str]) -> str:
    """At most so many marks on one letter, and dots for the others: a tower of them hides the lines around it."""
    kept: list[str] = []
    height = 0
    for char in pile[0]:
        height = height + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if height <= MOST_MARKS:
            kept.append(char)
        elif height == MOST_MARKS + 1:
            kept.append("…")
    return "".join(kept)
