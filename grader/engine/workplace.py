"""Temporary folders whose names say whose they are, so that what a killed process left is found and removed.

A name holds the process that made it, when that began, and in which name space of processes; where the system does
not tell (outside of Linux), nothing is ever swept.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.engine import folders
from grader.engine.limits import KERNEL_UIDS
from grader.errors import FolderFault

ROOM_MB = 16
_NAME = re.compile(r"gradetape-(?:run|scratch|cache)-(?P<space>\d+)-(?P<pid>\d+)-(?P<began>\d+)-\w+")


def make(kind: str) -> str:
    """A new folder of this process; ``kind`` is run, scratch or cache."""
    space, pid = _space(), os.getpid()
    owner = f"{space}-{pid}-{_began(pid)}-" if space else ""
    return tempfile.mkdtemp(prefix=f"gradetape-{kind}-{owner}")


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """A folder for one run, once what killed runs have left is gone. Raises FolderFault."""
    try:
        sweep()
        demand_room(tempfile.gettempdir())
        folder = make("run")
    except OSError as error:
        raise no_room(error) from error
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def demand_room(folder: str | Path) -> None:
    """Raises OSError where so little is free that a learner's program may fail for want of it."""
    if shutil.disk_usage(folder).free < ROOM_MB << 20:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_room(error: OSError) -> FolderFault:
    """Temporary files cannot be written."""
    place = tempfile.tempdir or os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - for whoever reads it
    return FolderFault(
        f"temporary files cannot be written in {place} ({error.strerror or error}): "
        "make room there, or set TMPDIR to a folder elsewhere"
    )


def sweep() -> None:
    """Removes the folders of processes that are no more."""
    space = _space()
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for entry in found:
            owner = _NAME.fullmatch(entry.name)
            if owner and owner["space"] == space and _began(int(owner["pid"])) != owner["began"]:
                with contextlib.suppress(OSError):  # somebody else sweeps, too
                    if _ours(entry):
                        folders.remove(entry.path)


def _ours(entry: os.DirEntry[str]) -> bool:
    """Whether we made it, or as root gave it to a kernel's user; a link never, and nothing that another user has laid out."""
    status, us = entry.stat(follow_symlinks=False), os.geteuid()
    return stat.S_ISDIR(status.st_mode) and (status.st_uid == us or (us == 0 and status.st_uid in KERNEL_UIDS))


def _space() -> str:
    """The number of our name space of processes; "" where there is none."""
    try:
        return re.sub(r"\D", "", os.readlink("/proc/self/ns/pid"))
    except OSError:
        return ""


def _began(pid: int) -> str:
    """When a process began, in the system's ticks; "" where there is none of that number, or only its corpse."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == b"Z" else fields[19].decode()
