"""What a learner's program may use, and what it used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one session. Seconds are charged computing time, never the clock on the wall."""

    cell_s: float = 20
    call_s: float = 10
    exercise_s: float = 120  # all cells and calls together
    memory_mb: int = 2048
    output_kb: int = 1024  # text kept in the judge; what a program prints beyond is counted and dropped
    scratch_mb: int = 256
    processes: int = 64


@dataclass(frozen=True)
class Usage:
    """What a session has used so far."""

    cpu_s: float = 0
    idle_s: float = 0  # neither computing nor waiting for a processor
    wall_s: float = 0  # inside the learner's program, by the clock on the wall
    peak_mb: int = 0


FLOOD_MB = 64  # printing this much in one cell or call is a flood: it is stopped, though it would be dropped anyway
# files that a program may have open at once; each socket among them may hold 200 KB, which the supervisor charges
FILES = 256
THREADS_OF_OURS = 32  # the kernel's own and TensorFlow's; the system counts threads and processes as one
GRACE_S = 1.0  # charged seconds between the interrupt and the kill
# users that no distribution hands out; where we are root, each kernel is one of these
KERNEL_UIDS = range(60578, 61178)
JUDGE_MB = 1024  # what an answer may cost the judge; whoever sends more than that means harm
SCARCE = 0.5  # of the memory allowed: whoever has more when the machine has none left is the one who took it
LAST_RESORT = 20  # times a limit on the wall before we call it our own fault
