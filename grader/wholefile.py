"""Writes a file as a whole: whoever reads it meets the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
from pathlib import Path


def put(path: Path, data: bytes) -> None:
    """Replaces ``path`` in one step; it stays as it was where there is no room. Raises OSError."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
