"""Runs a command where one folder lies on a small disk of its own: a real one in memory, in a private mount space."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def _unshare() -> list[str]:
    return ["unshare", *([] if os.geteuid() == 0 else ["-Ur"]), "-m", "sh", "-c"]


@functools.cache
def possible() -> bool:
    """Whether this machine lets us mount."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*_unshare(), "mount -t tmpfs -o size=64k none /mnt"], capture_output=True, check=False)
    return tried.returncode == 0


needs_mount = pytest.mark.skipif(not possible(), reason="this machine does not let us mount a small disk")


def words(folder: Path, options: str, command: list[str], prepare: str = ":", after: str = ":") -> list[str]:
    """``command`` with a disk on ``folder``; what ends up there is copied to ``folder``.kept, ``after`` runs last."""
    folder.mkdir(parents=True, exist_ok=True)
    script = (
        f'mount -t tmpfs -o {options} none "{folder}" || exit 99; {prepare}; "$@"; code=$?; {after}; '
        f'cp -a "{folder}" "{folder}.kept"; exit $code'
    )
    return [*_unshare(), script, "sh", *command]


def run(words: list[str], **how: object) -> subprocess.CompletedProcess[str]:
    """With its output."""
    return subprocess.run(words, capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload]
