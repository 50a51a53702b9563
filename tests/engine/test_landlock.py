"""Every right that Landlock takes away is really gone; without it each of these actions succeeds."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.engine import landlock, linux, sandbox
from grader.engine.tiers import Tier
from tests.engine.alone import alone, become_nobody, errno_of, forbid

VERSION = 0
with contextlib.suppress(OSError):
    VERSION = landlock.version()

pytestmark = pytest.mark.skipif(VERSION < 6, reason=f"this kernel has version {VERSION} of Landlock")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user may not do it anyway")
LOADER = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")  # without it no program runs at all
RNDGETENTCNT = 0x80045200


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Three folders with the same in each: one may be read, one written, and one neither."""
    for name in ("readable", "writable", "outside"):
        folder = tmp_path / name
        (folder / "empty").mkdir(parents=True)
        (folder / "file").write_text("text", encoding="utf-8")
        shutil.copy("/bin/true", folder / "program")
    return tmp_path


def confined(place: Path, action: Callable[[], Any]) -> int:
    """The error number of ``action`` behind Landlock."""

    def behind() -> int:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        landlock.apply([str(place / "readable"), "/dev/urandom", *LOADER], [str(place / "writable")])
        return errno_of(action)

    return alone(behind)


def runs(path: Path) -> None:
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(OSError):
            os.execv(path, ["program"])
        os._exit(1)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        raise PermissionError(errno.EACCES, "not run")


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def open_and(path: Path, flags: int) -> None:
    os.close(os.open(path, flags, 0o600))


ACTIONS: dict[str, Callable[[Path], Any]] = {
    "execute": lambda f: runs(f / "program"),
    "read_file": lambda f: (f / "file").read_text(encoding="utf-8"),
    "read_dir": lambda f: list(f.iterdir()),
    "write_file": lambda f: open_and(f / "file", os.O_WRONLY),
    "truncate": lambda f: os.truncate(f / "file", 0),
    "remove_file": lambda f: (f / "file").unlink(),
    "remove_dir": lambda f: (f / "empty").rmdir(),
    "make_reg": lambda f: open_and(f / "new", os.O_CREAT | os.O_WRONLY),
    "make_dir": lambda f: (f / "new").mkdir(),
    "make_sym": lambda f: (f / "new").symlink_to("file"),
    "make_fifo": lambda f: os.mkfifo(f / "new"),
    "make_sock": lambda f: make_socket(f / "new"),
    "make_link": lambda f: (f / "new").hardlink_to(f / "file"),
    "rename": lambda f: (f / "file").rename(f / "new"),
}
READS = {"execute", "read_file", "read_dir"}
DEVICES = {
    "make_char": lambda f: os.mknod(f / "new", stat.S_IFCHR | 0o600, os.makedev(1, 3)),
    "make_block": lambda f: os.mknod(f / "new", stat.S_IFBLK | 0o600, os.makedev(7, 0)),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_outside_nothing_goes(place: Path, name: str) -> None:
    action = ACTIONS[name]
    assert confined(place, lambda: action(place / "outside")) == errno.EACCES
    assert errno_of(lambda: action(place / "outside")) == 0, "it goes without Landlock"


@pytest.mark.parametrize("name", ACTIONS)
def test_what_is_readable_can_be_read_and_no_more(place: Path, name: str) -> None:
    expected = 0 if name in READS else errno.EACCES
    assert confined(place, lambda: ACTIONS[name](place / "readable")) == expected


@pytest.mark.parametrize("name", ACTIONS)
def test_in_the_writable_folder_all_goes(place: Path, name: str) -> None:
    assert confined(place, lambda: ACTIONS[name](place / "writable")) == 0


@root_only
@pytest.mark.parametrize("name", DEVICES)
@pytest.mark.parametrize("folder", ["writable", "outside"])
def test_no_device_is_made_anywhere(place: Path, name: str, folder: str) -> None:
    assert confined(place, lambda: DEVICES[name](place / folder)) == errno.EACCES
    assert errno_of(lambda: DEVICES[name](place / folder)) == 0


@pytest.mark.parametrize(
    ("source", "target"), [("outside", "writable"), ("writable", "outside"), ("readable", "writable")]
)
@pytest.mark.parametrize("how", ["rename", "link"])
def test_nothing_moves_in_or_out(place: Path, source: str, target: str, how: str) -> None:
    """The right to refer: else a file could be linked to where more may be done to it."""

    def move() -> None:
        if how == "rename":
            (place / source / "file").rename(place / target / "moved")
        else:
            (place / target / "moved").hardlink_to(place / source / "file")

    assert confined(place, move) in (errno.EACCES, errno.EXDEV)
    assert errno_of(move) == 0


def test_a_link_leads_nowhere_new(place: Path) -> None:
    def follow() -> str:
        (place / "writable" / "link").symlink_to(place / "outside" / "file")
        return (place / "writable" / "link").read_text(encoding="utf-8")

    assert confined(place, follow) == errno.EACCES


def test_devices_that_may_be_read_take_no_orders(place: Path) -> None:
    def order() -> None:
        fd = os.open("/dev/urandom", os.O_RDONLY)
        fcntl.ioctl(fd, RNDGETENTCNT, bytes(4))

    assert confined(place, order) == errno.EACCES
    assert errno_of(order) == 0


def test_tcp_is_closed_in_both_directions(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()

        def connect() -> None:
            socket.create_connection(address, 5).close()

        def listen() -> None:
            with socket.socket() as mine:
                mine.bind(("127.0.0.1", 0))

        for action in (connect, listen):
            assert confined(place, action) == errno.EACCES
            assert errno_of(action) == 0


def test_signals_stay_inside(place: Path) -> None:
    me = os.getpid()
    assert confined(place, lambda: os.kill(me, 0)) == errno.EPERM
    assert alone(lambda: errno_of(lambda: os.kill(me, 0))) == 0
    handle = os.pidfd_open(me)
    assert confined(place, lambda: signal.pidfd_send_signal(handle, 0)) == errno.EPERM
    os.close(handle)


def test_its_own_children_can_be_signalled(place: Path) -> None:
    def end_a_child() -> None:
        pid = os.fork()
        if pid == 0:
            time.sleep(60)
            os._exit(0)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

    assert confined(place, end_a_child) == 0


def test_abstract_sockets_of_others_cannot_be_reached(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0gradetape-test-{os.getpid()}")
        server.listen()
        name = server.getsockname()

        def connect() -> None:
            with socket.socket(socket.AF_UNIX) as mine:
                mine.connect(name)

        assert confined(place, connect) == errno.EPERM
        assert errno_of(connect) == 0


def test_children_and_programs_are_confined_as_well(place: Path) -> None:
    reading = f"cat {place / 'outside' / 'file'}"
    code = alone(lambda: _status_behind(place, reading))
    assert code != 0
    assert os.waitstatus_to_exitcode(os.system(reading + " >/dev/null")) == 0


def _status_behind(place: Path, command: str) -> int:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    landlock.apply(
        ["/bin", "/usr", "/lib", "/lib64", "/etc", str(place / "readable")], [str(place / "writable"), "/dev/null"]
    )
    return os.system(command + " >/dev/null 2>/dev/null")


def test_no_other_process_can_be_read_in_proc(place: Path) -> None:
    def behind() -> list[int]:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        parent = os.getppid()
        landlock.apply(landlock.own_proc(), [])
        return [
            errno_of(lambda: Path(f"/proc/{parent}/cmdline").read_bytes()),
            errno_of(lambda: list(Path("/proc").iterdir())),
            errno_of(lambda: Path("/proc/self/status").read_bytes()),
            errno_of(lambda: Path("/proc/meminfo").read_bytes()),
        ]

    assert alone(behind) == [errno.EACCES, errno.EACCES, 0, 0]


def test_a_path_that_is_not_there_is_passed_over(place: Path) -> None:
    def behind() -> int:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        landlock.apply(["/no/such/path", str(place / "readable")], [])
        return errno_of(lambda: list((place / "readable").iterdir()))

    assert alone(behind) == 0


def test_without_no_new_privs_an_ordinary_user_is_refused() -> None:
    def behind() -> int:
        become_nobody()
        return errno_of(lambda: landlock.apply([], []))

    assert alone(behind) == errno.EPERM


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6])
def test_older_versions_are_asked_for_what_they_know(
    monkeypatch: pytest.MonkeyPatch, place: Path, version: int
) -> None:
    """A ruleset of an older interface is one that this kernel takes, too: what was known then is refused."""
    monkeypatch.setattr(landlock, "version", lambda: version)
    assert landlock.scopes() == (version >= 6)
    assert confined(place, lambda: (place / "outside" / "file").read_text(encoding="utf-8")) == errno.EACCES
    assert confined(place, lambda: os.truncate(place / "outside" / "file", 0)) == (errno.EACCES if version >= 3 else 0)
    me = os.getpid()
    assert confined(place, lambda: os.kill(me, 0)) == (errno.EPERM if version >= 6 else 0)


@pytest.mark.parametrize("call", [landlock._CREATE_RULESET, landlock._ADD_RULE, landlock._RESTRICT_SELF])
def test_landlock_that_is_missing_is_told_by_the_call(place: Path, call: int) -> None:
    def behind() -> str:
        forbid({call: errno.ENOSYS})
        try:
            landlock.apply([str(place)], [])
        except OSError as error:
            return str(error)
        return ""

    assert alone(behind) == f"[Errno 38] syscall {call}: Function not implemented"


def test_the_landlock_tier_does_not_begin_without_it_and_the_strict_one_does(place: Path) -> None:
    """In the strict tier it is a second wall."""
    scratch = str(place / "writable")

    def behind(tier: Tier) -> int:
        how = sandbox.Confinement(tier, (), (), scratch, None, 0, b"")
        forbid({landlock._CREATE_RULESET: errno.ENOSYS})
        return errno_of(lambda: sandbox.landlocked(how))

    assert alone(lambda: behind(Tier.LANDLOCK)) == errno.ENOSYS
    assert alone(lambda: behind(Tier.STRICT)) == 0
