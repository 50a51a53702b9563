"""Runs a function in a forked child, so that what confines it confines nothing else; and takes layers away for real."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from grader.engine import linux, seccomp
from grader.engine.linux import Clone

NOBODY = 65534
REFUSE = 0x50000


class Ended(Exception):
    """The child did not come back; ``args[0]`` is the signal that ended it."""


def alone(action: Callable[[], Any]) -> Any:
    """What ``action`` returns (as JSON) in a child. Raises Ended, or AssertionError with the child's traceback."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            said = {"value": action()}
        except BaseException:
            said = {"raised": traceback.format_exc()}
        with contextlib.suppress(BaseException):
            os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        data = file.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        raise Ended(signal.Signals(os.WTERMSIG(status)).name)
    said = json.loads(data)
    assert "raised" not in said, said["raised"]
    return said["value"]


def errno_of(action: Callable[[], Any]) -> int:
    """The error number with which ``action`` is refused; 0 where it is not."""
    try:
        action()
    except OSError as error:
        return error.errno or -1
    return 0


def become_nobody() -> None:
    """An ordinary user who owns nothing here."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def forbid(calls: dict[int, int]) -> None:
    """As a container's seccomp filter does: each of these system calls fails with its error number."""
    load_number, equal, give = 0x20, 0x15, 0x06
    steps = [(load_number, 0, 0, 0)]
    for number, error in calls.items():
        steps += [(equal, 0, 1, number), (give, 0, 0, REFUSE | error)]
    steps.append((give, 0, 0, 0x7FFF0000))
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.apply(b"".join(struct.pack("HBBI", *step) for step in steps))


def new_user_namespace(maps: Sequence[str]) -> None:
    """One whose users are mapped by ``maps`` (lines "inside outside count"), as root of the machine may make it."""
    ready, go = os.pipe(), os.pipe()
    child = os.getpid()
    helper = os.fork()
    if helper == 0:  # outside of the new namespace, with the rights to write any map
        os.close(ready[1])
        os.read(ready[0], 1)
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{child}/{name}").write_text("\n".join(maps) + "\n", encoding="utf-8")
        os.write(go[1], b"x")
        os._exit(0)
    linux.unshare(Clone.NEWUSER)
    os.write(ready[1], b"x")
    os.close(go[1])
    assert os.read(go[0], 1) == b"x", "the maps could not be written"
    os.waitpid(helper, 0)
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)


def makes_worlds() -> bool:
    """Whether we may make namespaces and mounts for a test: as root of a machine, not of a container."""

    def tries() -> None:
        linux.unshare(Clone.NEWNS)
        linux.mount(None, "/", None, linux.Mount.REC | linux.Mount.PRIVATE)
        linux.unshare(Clone.NEWUSER)

    return os.geteuid() == 0 and alone(lambda: errno_of(tries)) == 0
