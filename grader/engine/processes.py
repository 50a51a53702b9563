"""What a tree of processes uses, read from /proc. Reading never asks the processes themselves."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_CPU_FIELDS = slice(11, 15)  # user, system, and both of children that were waited for
_MB = 1 << 20
_MOST_GENERATIONS = 10_000
_LEAST_NICE = 19
_SOCKET_KB, _USUAL_FILES = 208, 64  # the buffer of a socket, as Linux has it by default; what a kernel of ours has open


@dataclass(frozen=True)
class Activity:
    """A reading: CPU seconds so far, seconds in which threads ran or wanted to, and whether one runs, wants to, or waits for a disk now."""

    cpu_s: float
    active_s: float
    at_work: bool


def read(path: str) -> bytes:
    """A file of /proc; empty where the process has gone."""
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(fd, 1 << 16)
    except OSError:
        return b""
    finally:
        os.close(fd)


def threads(pid: int) -> list[str]:
    """The thread ids of a process."""
    try:
        return os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []


def tree(pid: int) -> list[int]:
    """``pid`` and all below it."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for thread in threads(one):
            todo += [int(p) for p in read(f"/proc/{one}/task/{thread}/children").split()]
    return found


def kill_below(above: int, pid: int) -> None:
    """Ends ``pid`` where it is below ``above``. Its number may be another's by now: it is held before it is looked at."""
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        return
    try:
        if _is_below(above, pid):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
    except OSError:
        pass  # it has ended by itself
    finally:
        os.close(handle)


def keep_from_forking(above: int, pid: int) -> None:
    """A fork bomb is faster than whoever kills one process after another. The system heeds it for all users but root.

    It also goes last from now on: hundreds of processes that spin would else leave us no time to end them.
    """
    import resource  # noqa: PLC0415 - Windows has none, and loads this file

    with contextlib.suppress(OSError):  # it has ended by itself
        if _is_below(above, pid):
            resource.prlimit(pid, resource.RLIMIT_NPROC, (0, 0))
            os.setpriority(os.PRIO_PROCESS, pid, _LEAST_NICE)


def _is_below(above: int, pid: int) -> bool:
    for _ in range(_MOST_GENERATIONS):
        if pid in (0, above):
            return pid == above
        fields = _stat(f"/proc/{pid}/stat")
        pid = int(fields[1]) if len(fields) > 1 else 0
    return False


def activity(pids: Iterable[int]) -> Activity:
    """What the processes have done since they began."""
    cpu_s, active_ns, at_work = 0.0, 0, False
    for pid in pids:
        stat = _stat(f"/proc/{pid}/stat")
        cpu_s += sum(int(n) for n in stat[_CPU_FIELDS]) / _TICKS
        for thread in threads(pid):
            ran_and_waited = read(f"/proc/{pid}/task/{thread}/schedstat").split()[:2]
            active_ns += sum(int(n) for n in ran_and_waited)
            at_work = at_work or _at_work(f"/proc/{pid}/task/{thread}")
    return Activity(cpu_s, active_ns / 1e9, at_work)


def _at_work(thread: str) -> bool:
    """Whether it runs, wants to, or waits for a disk: whoever waits so and has a child waits for that child, by vfork."""
    state = _stat(f"{thread}/stat")[:1]
    return state == [b"R"] or (state == [b"D"] and not read(f"{thread}/children"))


def _stat(path: str) -> list[bytes]:
    """The fields after the name, which may hold anything."""
    return read(path).rpartition(b")")[2].split()


def resident_mb(pids: Iterable[int]) -> int:
    """Memory of the processes, what they share with others included: an upper bound that costs little."""
    return sum(_resident_pages(pid) for pid in pids) * _PAGE // _MB


def _resident_pages(pid: int) -> int:
    fields = read(f"/proc/{pid}/statm").split()
    return int(fields[1]) if len(fields) > 1 else 0


def kernel_mb(pids: Iterable[int]) -> int:
    """Memory that the system spends on the processes and counts as nobody's: tables of pages, what sockets may hold."""
    return sum(_tables_kb(pid) + _SOCKET_KB * max(_open_files(pid) - _USUAL_FILES, 0) for pid in pids) // 1024


def _tables_kb(pid: int) -> int:
    found = next((line for line in read(f"/proc/{pid}/status").splitlines() if line.startswith(b"VmPTE")), b"")
    return int(found.split()[1]) if found else 0


def _open_files(pid: int) -> int:
    """Linux 6.2 and later tell the number as the folder's size."""
    try:
        return os.stat(f"/proc/{pid}/fd").st_size or len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:  # it has ended
        return 0


def tasks_of(uid: int) -> int:
    """How many threads a user has on this machine, as far as we can see."""
    count = 0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and (status := read(f"{entry.path}/status")):
            fields = dict(line.split(b":", 1) for line in status.splitlines() if b":" in line)
            if int(fields[b"Uid"].split()[0]) == uid:
                count += int(fields.get(b"Threads", b"0"))
    return count


def own_mb(pids: Iterable[int]) -> int:
    """Memory that the processes do not share with the zygote: anonymous and shared memory, by its share. Costs more.

    A process that forbids to be looked into is charged for all that it has.
    """
    kilobytes = 0
    for pid in pids:
        shares = [
            int(line.split()[1])
            for line in read(f"/proc/{pid}/smaps_rollup").splitlines()
            if line.startswith((b"Pss_Anon:", b"Pss_Shmem:"))
        ]
        kilobytes += sum(shares) if shares else _resident_pages(pid) * _PAGE // 1024
    return kilobytes // 1024
