"""What a learner's program printed, bounded while it comes and cleaned when it is shown."""

from __future__ import annotations

import functools
import re
import sys
import sysconfig

SHOWN_CHARS = 20_000
_STOPPED_CHARS = 2_000
_CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SCRATCH = re.compile(r"(?<![\w/])/scratch/")
_MADE = re.compile(r"/gradetape-scratch-[\w-]+/")  # the scratch folder where it is an ordinary one, below another
_BEGINS = re.compile(r"(?<![\w/])/")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
_STOPPED_CLOCK = re.compile(r" 0s 0s/(?:step|epoch)(?: -)?")  # of Keras' progress bars, see `plant.stop_the_clock`
_TRACED = re.compile(
    r"(__(?:inference|forward|backward)_\w{1,200}?)_\d+\b"
)  # TensorFlow numbers the functions that it traces
_FRAME = re.compile(
    r'^  File "(?!cell \d)[^"\n]*", line \d+, in [^\n]*\n\n', re.MULTILINE
)  # as TensorFlow lists those around a node
_BACKSPACED = re.compile(r"[^\n\x08]\x08")


class Recorder:
    """Keeps the beginning and the end of a stream of text, and counts all of it."""

    def __init__(self, most_chars: int) -> None:
        self._half = max(most_chars // 2, 1)
        self._head = ""
        self._tail = ""
        self.bytes = 0
        self.muted = False
        self._mark = ("", "", 0)

    def add(self, text: str) -> int:
        """Takes up a piece -> its bytes."""
        size = len(text.encode("utf-8", "replace"))
        if not self.muted:
            self.bytes += size
            room = self._half - len(self._head)
            self._head += text[:room]
            self._tail = (self._tail + text[max(room, 0) :])[-self._half :]
        return size

    def mark(self) -> None:
        """Remembers this place for `rewind`."""
        self._mark = (self._head, self._tail, self.bytes)

    def rewind(self) -> None:
        """Cuts what came since the mark to its beginning: where a program was stopped is a matter of chance."""
        head, tail, count = self._mark
        since = self._head[len(head) :] if not tail else ""
        self._head, self._tail, self.bytes = head, tail, count
        self.add(since[:_STOPPED_CHARS])

    def text(self) -> str:
        """Clean, and short enough to be read."""
        dropped = self.bytes > len(self._head.encode("utf-8", "replace")) + len(self._tail.encode("utf-8", "replace"))
        joint = "\n\u2026\n" if dropped else ""
        return shorten(clean(self._head + joint + self._tail))


def clean(text: str) -> str:
    """Without colours, control characters, overwritten lines, and what is of this machine: folders and addresses."""
    text = _CSI.sub("", text).replace("\r\n", "\n")
    text = "\n".join(line.rstrip("\r").rpartition("\r")[2] if "\r" in line else line for line in text.split("\n"))
    for _ in range(3):  # a progress bar goes back a few times at most; each round removes one nesting
        text = _BACKSPACED.sub("", text)
    text = _FRAME.sub("", text)
    text = _TRACED.sub(r"\1", _STOPPED_CLOCK.sub("", _CONTROL.sub("", text)))
    return without_folders(_ADDRESS.sub("at 0x\u2026", text))


def without_folders(text: str) -> str:
    """Paths of the Python environment and the scratch folder, shortened to what is the same on every machine."""
    for folder in _folders():
        text = text.replace(folder, "")
    return _SCRATCH.sub("", text if "/gradetape-scratch-" not in text else _without_made(text))


def _without_made(text: str) -> str:
    """Word by word: a pattern for a path of any length would be tried at each of a million letters, to the last one."""
    words = re.split(r"(\s+)", text)
    for i, word in enumerate(words):
        ends = [found.end() for found in _MADE.finditer(word)]
        begin = _BEGINS.search(word, 0, ends[-1]) if ends else None
        if begin:
            words[i] = word[: begin.start()] + word[ends[-1] :]
    return "".join(words)


@functools.cache
def _folders() -> list[str]:
    named = [sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")]
    folders = {f"{folder}/" for folder in [*named, *sys.path, sys.prefix, sys.base_prefix] if len(folder) > 1}
    return sorted(folders, key=len, reverse=True)


def shorten(text: str, most_chars: int = SHOWN_CHARS) -> str:
    """Cut in the middle, with a mark that says how much is missing."""
    if len(text) <= most_chars:
        return text
    half = most_chars // 2
    return f"{text[:half]}\n\u2026 [{len(text) - 2 * half}] \u2026\n{text[-half:]}"
