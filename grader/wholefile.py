"""Writes a file as a whole: whoever reads it meets the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path


def put(path: Path, data: bytes) -> None:
    """Replaces ``path`` in one step; it stays as it was where there is no room. Raises OSError."""
    put_pieces(path, (data,))


def put_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for what is made piece by piece and need not fit into memory."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
