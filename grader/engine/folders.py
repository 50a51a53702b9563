"""The folder that a learner's program may write to, where it is an ordinary one: measured, and taken away again.

Programs nest folders as deep as they like, close them, give them names that are no text, and keep deleted files open.
Nothing here follows a link, recurses, crosses into another mount, or relies on a path below the folder.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator

_MOST_ENTRIES = 50_000  # as many as the strict tier's file system takes
_MOST_DEPTH = 100
_ENTRY_BYTES = 4096  # what a name costs, however short its file


def too_full(folder: str, pids: Iterable[int], most_mb: int) -> bool:
    """Whether it holds more, together with files that the processes have deleted and still hold open.

    Also where it has more entries, or is deeper, than anyone can look through.
    """
    size, device = 0, os.stat(folder).st_dev
    for entries, (depth, status) in enumerate(_walk(folder)):
        size += max(status.st_blocks * 512, _ENTRY_BYTES)
        if entries > _MOST_ENTRIES or depth > _MOST_DEPTH:
            return True
    deleted = {
        s.st_ino: s.st_blocks * 512 for pid in pids for s in _open_files(pid) if not s.st_nlink and s.st_dev == device
    }
    return size + sum(deleted.values()) > most_mb << 20


def _walk(folder: str) -> Iterator[tuple[int, os.stat_result]]:
    todo = [(1, folder)]
    while todo:
        depth, path = todo.pop()
        with contextlib.suppress(OSError), os.scandir(path) as found:
            for entry in found:
                with contextlib.suppress(OSError):  # gone in the meantime
                    status = entry.stat(follow_symlinks=False)
                    yield depth, status
                    if stat.S_ISDIR(status.st_mode):
                        todo.append((depth + 1, entry.path))


def _open_files(pid: int) -> Iterator[os.stat_result]:
    with contextlib.suppress(OSError):
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                status = os.stat(f"/proc/{pid}/fd/{name}")
                if stat.S_ISREG(status.st_mode):
                    yield status


def remove(folder: str) -> None:
    """Takes it away with all that is in it, as far as this user may. Its programs have ended."""
    with contextlib.suppress(OSError):
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            _empty(top)
        finally:
            os.close(top)
        os.rmdir(folder)


def _empty(top: int) -> None:
    """What lies in a folder moves up to the top before the folder goes, so that no depth is too great."""
    while _round(top):  # one that gets nothing done: this user may do no more
        pass


def _round(top: int) -> int:
    """Every name at the top once -> how many files and folders went, or moved up."""
    done = 0
    for name in os.listdir(top):
        with contextlib.suppress(OSError):
            if _is_folder(name, top):
                done += _lift(top, _moved(name, top, top))
            else:
                os.unlink(name, dir_fd=top)
                done += 1
    return done


def _lift(top: int, name: str) -> int:
    """Moves what is in the folder ``name`` to the top and removes it -> how much of that could be done."""
    done = 0
    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
    try:
        for entry in os.listdir(inner):
            with contextlib.suppress(OSError):
                if _is_folder(entry, inner):
                    _moved(entry, inner, top)
                else:
                    os.unlink(entry, dir_fd=inner)
                done += 1
    finally:
        os.close(inner)
    with contextlib.suppress(OSError):
        os.rmdir(name, dir_fd=top)
        done += 1
    return done


def _moved(name: str, within: int, top: int) -> str:
    """The folder's new name at the top. Raises OSError for a mount point: no system moves one, and we never enter one."""
    new = f"moved-{secrets.token_hex(8)}"
    try:
        os.rename(name, new, src_dir_fd=within, dst_dir_fd=top)
    except PermissionError:  # whoever moves a folder writes to it, as its ".." changes
        _open_up(name, within)
        os.rename(name, new, src_dir_fd=within, dst_dir_fd=top)
    _open_up(new, top)
    return new


def _open_up(name: str, within: int) -> None:
    """Makes the folder ours to go through. chmod follows links, and whoever is still alive in there could put one."""
    fd = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=within)
    try:
        os.chmod(f"/proc/self/fd/{fd}", 0o700)
    finally:
        os.close(fd)


def _is_folder(name: str, within: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=within, follow_symlinks=False).st_mode)
