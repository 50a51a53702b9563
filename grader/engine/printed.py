"""What a learner's program prints, on its way from the kernel to the judge: one stream, in the order of writing."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Callable

_CHUNK_CHARS = 1 << 16
_AT_LEAST_EVERY_S = 0.2
_AT_ONCE = 64  # first pieces of a cell, which nothing shall lose, not even a crash


class Printed(io.TextIOBase):
    """Stands in for both sys.stdout and sys.stderr, so that their order cannot depend on who flushes first.

    ``send`` takes one piece of at most 65,536 characters.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, send: Callable[[str], None]) -> None:
        super().__init__()
        self._send = send
        self._parts: list[str] = []
        self._length = 0
        self._sent_at = time.monotonic()
        self._at_once = _AT_ONCE
        self._lock = threading.RLock()
        self._pid = os.getpid()

    def writable(self) -> bool:
        """Yes."""
        return True

    def isatty(self) -> bool:
        """No."""
        return False

    def fileno(self) -> int:
        """The process's own standard output, which leads nowhere: for faulthandler and subprocess."""
        return 1

    def write(self, text: str, /) -> int:
        """Keeps ``text`` until there is enough of it. A forked child's words are dropped: it has no way to send them."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() != self._pid:
            return len(text)
        with self._lock:
            self._parts.append(text)
            self._length += len(text)
            self._at_once -= 1
            if (
                self._at_once >= 0
                or self._length >= _CHUNK_CHARS
                or time.monotonic() - self._sent_at > _AT_LEAST_EVERY_S
            ):
                self._send_all()
        return len(text)

    def flush(self) -> None:
        """Sends what was kept. Called after each cell and call, too."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            self._send_all()
            self._at_once = _AT_ONCE

    def _send_all(self) -> None:
        """In pieces."""
        if self._parts:
            text, self._parts, self._length = "".join(self._parts), [], 0
            self._sent_at = time.monotonic()
            for start in range(0, len(text), _CHUNK_CHARS):
                self._send(text[start : start + _CHUNK_CHARS])
