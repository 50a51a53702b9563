"""A file as it was saved: what it says, and how to write it changed so that its encoding and line ends stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.decoding import MARKS, decode, unix_lines

_ENDS = re.compile(r"\r\n|\r|\n")
_CODECS = ("utf-8", "cp949", "utf-16-le", "utf-16-be", "euc_kr", "cp1252")


@dataclass(frozen=True)
class Saved:
    r"""Text with line ends as ``\n``, and what it was saved with."""

    text: str
    codec: str
    mark: bytes  # of UTF-8 or UTF-16, in front
    ends: tuple[str, ...]  # of the lines, in order

    def with_ends(self, text: str, lines: Sequence[int]) -> str:
        """``text`` with the line ends of the file; ``lines`` tells for each line which one it was."""
        *whole, last = text.split("\n")
        ends = [self.ends[min(line, len(self.ends)) - 1] for line in lines[: len(whole)]]
        return "".join(line + end for line, end in zip(whole, ends, strict=True)) + last

    def encoded(self, text: str) -> bytes:
        """As the file was saved."""
        return self.mark + text.encode(self.codec)


def read_saved(file: str, data: bytes) -> Saved:
    """What a learner's file says. Raises BadSubmission where it is no text, UnicodeError where it is damaged."""
    text = decode(file, data).text
    mark, codecs = next(((mark, (codec,)) for mark, codec, _ in MARKS if data.startswith(mark)), (b"", _CODECS))
    body = data[len(mark) :]
    for codec in codecs:
        try:
            raw = body.decode(codec)
        except UnicodeDecodeError:
            continue
        if unix_lines(raw) == text and raw.encode(codec) == body:
            return Saved(text, codec, mark, tuple(_ENDS.findall(raw)))
    raise UnicodeError(file)
