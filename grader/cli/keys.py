"""Single keys from a terminal, without Return. Where there is no terminal there are no keys."""

from __future__ import annotations

import contextlib
import os
import select
import sys
from collections.abc import Iterator

ESCAPE = b"\x1b"
REST_S = 0.05  # a terminal sends the rest of such a key at once

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
        """Waits for one; "" at the end of the input. An arrow or a function key is no letter, though it is sent as several."""
        stdin = sys.stdin.fileno()
        key = os.read(stdin, 1)
        if key == ESCAPE:
            while select.select([stdin], [], [], REST_S)[0] and (more := os.read(stdin, 1)):
                key += more
                if (more.isalpha() and more != b"O") or more == b"~":
                    break
        return key.decode(errors="replace")
