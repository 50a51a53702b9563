"""Single keys from a terminal, without Return. Where there is no terminal there are no keys."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

if sys.platform == "win32":  # pragma: no cover - written, never run
    import msvcrt

    @contextlib.contextmanager
    def single_keys() -> Iterator[None]:
        """Windows gives single keys as it is."""
        yield

    def read_key() -> str:
        """Waits for one."""
        return msvcrt.getwch()

else:
    import termios
    import tty

    @contextlib.contextmanager
    def single_keys() -> Iterator[None]:
        """Keys come at once and are not shown, until the end of the block; lines are printed as ever."""
        if not sys.stdin.isatty():
            yield
            return
        before = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def read_key() -> str:
        """Waits for one; "" at the end of the input."""
        return os.read(sys.stdin.fileno(), 1).decode(errors="replace")
