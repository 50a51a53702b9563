"""What text does to a terminal, by an emulator, and to the service whose log it goes into."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import pyte

COLUMNS, LINES = 200, 600
HARMLESS = {"draw", "linefeed", "carriage_return", "tab", "select_graphic_rendition"}
# As the runners read a log: GitHub's at the beginning of a line, blanks before it left out; the others anywhere.
_COMMANDS = re.compile(
    r"^\s*::[\w-]+[^\n]*::|##\[|##vso\[|^\s*##teamcity\[|section_(?:start|end):\d", re.MULTILINE | re.IGNORECASE
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_STRING = re.compile(r"\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]")  # the emulator knows titles only, not links and clipboards


@dataclass
class Screen:
    """What stands on a terminal, and everything that happened to it besides letters, lines and colours."""

    text: str
    steered: list[str] = field(default_factory=list)

    @classmethod
    def showing(cls, written: str) -> Screen:
        """A terminal of 200 columns that ``written`` went to."""
        screen, steered = pyte.Screen(COLUMNS, LINES), []

        class Watched:
            def __getattr__(self, name: str):
                found = getattr(screen, name)
                if name not in pyte.Stream.events or name in HARMLESS:
                    return found
                return lambda *args, **kwargs: (steered.append(name), found(*args, **kwargs))

        pyte.Stream(Watched(), strict=False).feed(written.replace("\r\n", "\n").replace("\n", "\r\n"))
        return cls("\n".join(screen.display), steered + _unseen(written))


def commands(log: str) -> list[str]:
    """The lines that a CI service would carry out instead of showing them."""
    lines = _COLOUR.sub("", log).replace("\r", "\n")
    return [found[0] for found in _COMMANDS.finditer(lines)]


def _unseen(written: str) -> list[str]:
    """What an emulator lets pass: strings for the terminal's own machinery, 8-bit controls, turned lines, nothing."""
    strange = {c for c in written if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - set("\n\r\t\x1b")
    return [f"U+{ord(c):04X}" for c in sorted(strange)] + (["string"] if _STRING.search(written) else [])
