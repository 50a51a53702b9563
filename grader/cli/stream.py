"""Standard output and error as a terminal or a service's log may have them, whoever wrote the words."""

from __future__ import annotations

import codecs
import contextlib
import re
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from grader.harmless import harmless, no_command

# What the progress bar and the colours need; everything else that steers a terminal came from somewhere else.
_OURS = re.compile(r"(\x1b\[(?:[0-9;]*m|[0-9]*[ABCDGK]|\?25[lh])|\r\n?)")


class Guarded:
    """A stream that lets colours and the progress bar through, and no other command to a terminal or to a CI service."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes ``text`` made harmless; what the encoding lacks is spelt out."""
        parts = _OURS.split(text)  # ours stand at the odd places
        parts[::2] = [harmless(part) for part in parts[::2]]
        shown, encoding = no_command("".join(parts)), self._stream.encoding or "utf-8"
        self._stream.write(shown.encode(encoding, "backslashreplace").decode(encoding))
        return len(text)

    def clear(self) -> None:
        """Empties the terminal. A method, as no text that is written may do it."""
        self._stream.write("\x1b[2J\x1b[H")

    @property
    def encoding(self) -> str:
        """Never ASCII, for which click would make itself a stream past this one; `write` spells out what is lacking."""
        encoding = self._stream.encoding or "utf-8"
        return "utf-8" if codecs.lookup(encoding).name == "ascii" else encoding

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)  # ``buffer`` among them: a file that goes to a pipe goes as it is


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Both streams are guarded meanwhile."""
    with contextlib.redirect_stdout(Guarded(sys.stdout)), contextlib.redirect_stderr(Guarded(sys.stderr)):
        yield
