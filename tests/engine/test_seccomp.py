"""Each system call on the list is refused by the filter itself, whatever the kernel would have said; the filter stays.

What it allows, and what it decides by arguments, is in `test_filter`.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import platform
import signal
import socket
import struct
from collections.abc import Callable
from typing import Any

import pytest

from grader.engine import linux, seccomp
from grader.engine.tiers import attempt
from tests.engine.alone import Ended, alone, become_nobody, errno_of

MARK = 4000  # an error number that no kernel gives: what bears it, our filter refused
ALLOW, REFUSE = 0x7FFF0000, 0x50000
COLUMN = {"x86_64": 0, "aarch64": 1}[platform.machine()]
NOWHERE = ctypes.c_void_p(-1)  # no argument is good: what the filter let through would change nothing
TABLES = {"program": seccomp._DENIED, "of_owners": seccomp._OF_OWNERS}
NUMBERS = {name: pair[COLUMN] for table in TABLES.values() for name, pair in table.items() if pair[COLUMN] is not None}
PROGRAMS = {"program": seccomp.program, "of_owners": seccomp.of_owners}


def marked(code: bytes) -> bytes:
    """The same filter, but each refusal bears our mark in place of its error number."""
    steps = list(struct.iter_unpack("HBBI", code))
    return b"".join(
        struct.pack("HBBI", kind, yes, no, REFUSE | MARK if kind == 0x06 and value & ~0xFFFF == REFUSE else value)
        for kind, yes, no, value in steps
    )


def under(code: bytes, action: Callable[[], Any]) -> Any:
    """What ``action`` gives in a child that the filter confines, and that owns nothing."""

    def confined() -> Any:
        become_nobody()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        seccomp.apply(code)
        return action()

    return alone(confined)


def call(number: int, *arguments: object) -> int:
    """The error number of a system call; 0 where it was not refused."""
    return errno_of(lambda: linux.syscall(number, *(arguments or [NOWHERE] * 6)))


@pytest.fixture(scope="module")
def refused() -> dict[str, dict[str, int]]:
    """Filter -> call -> the error number under it."""
    return {
        which: under(
            marked(PROGRAMS[which]()), lambda table=table: {n: call(NUMBERS[n]) for n in table if n in NUMBERS}
        )
        for which, table in TABLES.items()
    }


@pytest.mark.parametrize("name", [n for n in seccomp._DENIED if n in NUMBERS])
def test_a_denied_call_is_refused_by_the_filter(refused: dict[str, dict[str, int]], name: str) -> None:
    assert refused["program"][name] == MARK


@pytest.mark.parametrize("name", [n for n in seccomp._OF_OWNERS if n in NUMBERS])
def test_what_owners_may_do_is_held_back_by_the_filter(refused: dict[str, dict[str, int]], name: str) -> None:
    assert refused["of_owners"][name] == MARK


def test_denied_calls_say_that_they_are_not_permitted() -> None:
    numbers = {n: NUMBERS[n] for n in seccomp._DENIED if n in NUMBERS}
    found = under(seccomp.program(), lambda: {n: call(number) for n, number in numbers.items()})
    assert {n for n, error in found.items() if error != errno.EPERM} == set()


def namespaces() -> list[str]:
    return [kind.name for kind in linux.Clone if kind is not linux.Clone.NEWTIME]  # that one needs unshare or clone3


@pytest.mark.parametrize("kind", namespaces())
def test_no_process_begins_in_a_new_namespace(kind: str) -> None:
    clone = seccomp._CLONE[COLUMN]
    flags = int(linux.Clone[kind]) | int(signal.SIGCHLD)

    def begin() -> int:
        pid = linux.syscall(clone, flags, 0, 0, 0, 0)
        if pid == 0:
            os._exit(0)
        return pid

    assert under(marked(seccomp.program()), lambda: errno_of(begin)) == MARK


def test_clone3_is_not_there_so_that_the_c_library_takes_clone() -> None:
    assert under(seccomp.program(), lambda: call(seccomp._CLONE3[COLUMN])) == errno.ENOSYS
    assert under(marked(seccomp.program()), lambda: call(seccomp._CLONE3[COLUMN])) == MARK


FAMILIES = {"unix": 1, "inet": 2, "inet6": 10, "netlink": 16, "packet": 17, "bluetooth": 31, "alg": 38, "vsock": 40}


@pytest.mark.parametrize("family", FAMILIES)
def test_there_is_no_new_socket(family: str) -> None:
    number = FAMILIES[family]
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        made = under(seccomp.program(), lambda kind=kind: errno_of(lambda: socket.socket(number, kind).close()))
        assert made == errno.EAFNOSUPPORT


def test_a_pretended_call_says_that_all_is_well() -> None:
    """ZeroMQ aborts where it may not set its threads' schedule."""
    assert under(seccomp.program(), lambda: call(seccomp._SETSCHEDULER[COLUMN], 0, 1, NOWHERE)) == 0


def test_no_process_leaves_the_group_in_which_all_are_killed_at_once() -> None:
    def stays(leave: Callable[[], None]) -> bool:
        before = os.getpgrp(), os.getsid(0)
        leave()
        return (os.getpgrp(), os.getsid(0)) == before

    for leave in (os.setsid, os.setpgrp, lambda: os.setpgid(0, 0)):
        assert under(seccomp.program(), lambda leave=leave: int(stays(leave))) == 1


needs_x86_64 = pytest.mark.skipif(platform.machine() != "x86_64", reason="x86_64 alone has other ways into its kernel")


@needs_x86_64
@pytest.mark.parametrize("number", [39, 59, 101])
def test_the_x32_way_in_is_closed(number: int) -> None:
    assert under(marked(seccomp.program()), lambda: call(0x40000000 | number)) == MARK
    assert under(seccomp.program(), lambda: call(0x40000000 | number)) == errno.ENOSYS


@needs_x86_64
def test_the_32_bit_way_in_kills() -> None:
    """Int 0x80 has numbers of its own: 26 is ptrace there. The filter ends whoever takes it, before it is looked at."""
    if attempt(getpid_by_int_80) == "died of SIGSEGV":
        pytest.skip("this kernel has no such way in")
    with pytest.raises(Ended, match="SIGSYS"):
        under(seccomp.program(), getpid_by_int_80)
    with pytest.raises(Ended, match="SIGSYS"):
        under(seccomp.of_owners(), getpid_by_int_80)


def getpid_by_int_80() -> int:
    mov_eax_20_int_80_ret = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(mov_eax_20_int_80_ret)
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def test_the_filter_cannot_be_taken_off_or_replaced() -> None:
    """Another filter may be added; the first one's refusals stay."""
    allow_all = struct.pack("HBBI", 0x06, 0, 0, ALLOW)

    def action() -> list[int]:
        seccomp.apply(allow_all)
        return [call(NUMBERS["ptrace"]), call(NUMBERS["unshare"])]

    assert under(marked(seccomp.program()), action) == [MARK, MARK]


def test_every_thread_and_every_program_it_starts_is_confined() -> None:
    import threading

    def action() -> list[str]:
        found: list[str] = []
        go = threading.Event()
        late = threading.Thread(target=lambda: (go.wait(), found.append(str(call(NUMBERS["ptrace"])))))
        late.start()
        seccomp.apply(marked(seccomp.program()))
        go.set()
        late.join()
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.dup2(writing, 1)
            os.execv("/bin/sh", ["sh", "-c", "grep Seccomp: /proc/self/status"])
        os.close(writing)
        return [*found, os.read(reading, 100).decode().split()[1]]

    def confined() -> list[str]:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        return action()

    assert alone(confined) == [str(MARK), "2"]


def test_without_no_new_privs_no_ordinary_user_gets_a_filter() -> None:
    def action() -> int:
        become_nobody()
        return errno_of(lambda: seccomp.apply(seccomp.program()))

    assert alone(action) == errno.EACCES


def test_a_broken_filter_is_refused() -> None:
    def action() -> int:
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        return errno_of(lambda: seccomp.apply(struct.pack("HBBI", 0xFFFF, 0, 0, 0)))

    assert alone(action) == errno.EINVAL


def test_another_machine_has_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    for make in PROGRAMS.values():
        with pytest.raises(OSError, match="no table of system calls for riscv64"):
            make()
    with pytest.raises(OSError, match="riscv64"):
        linux.number_of(1, 2)


def test_the_filter_for_the_other_machine_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot run here; that it names its own architecture and numbers can be read."""
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    steps = list(struct.iter_unpack("HBBI", seccomp.program()))
    assert steps[1] == (0x15, 1, 0, 0xC00000B7)
    compared = {value for kind, _, _, value in steps if kind == 0x15}
    assert {pair[1] for pair in seccomp._DENIED.values() if pair[1] is not None} <= compared
    assert 0x40000000 not in {value for kind, _, _, value in steps if kind == 0x35}
