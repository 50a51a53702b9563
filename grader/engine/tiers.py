"""Which layers of isolation this machine gives: each is tried in a forked child, never judged by version numbers."""

from __future__ import annotations

import enum
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass

from grader.engine import environment

OK = "ok"


class Tier(enum.StrEnum):
    """How well a learner's program is confined, best first."""

    STRICT = "strict"
    LANDLOCK = "landlock"
    PROCESS = "process"


@dataclass(frozen=True)
class TierReport:
    """What was found; ``layers`` maps each layer to "ok" or the reason why it is missing."""

    best: Tier
    layers: dict[str, str]


def detect() -> TierReport:
    """Tries every layer. Costs a few milliseconds; to be called in a process with one thread that is small."""
    if environment.plain():
        return TierReport(Tier.PROCESS, {"fork": "judges and kernels are plain processes here"})
    from grader.engine import trials  # noqa: PLC0415 - it can be loaded on Linux only

    layers = {name: attempt(trial) for name, trial in trials.LAYERS.items()}
    return TierReport(best(layers), layers)


def best(layers: dict[str, str]) -> Tier:
    """The best tier whose layers are all there."""

    def have(*names: str) -> bool:
        return all(layers.get(name) == OK for name in names)

    if have("namespaces", "seccomp", "pidfd"):
        return Tier.STRICT
    return Tier.LANDLOCK if have("landlock", "seccomp", "pidfd") else Tier.PROCESS


def attempt(trial: Callable[[], None]) -> str:
    """`OK`, or why ``trial`` failed in a child of this process."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _report(trial, writing)
    os.close(writing)
    with open(reading, "rb") as file:
        words = file.read(1000).decode(errors="replace")
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return f"died of {signal.Signals(os.WTERMSIG(status)).name}"
    return words or "no answer"


def _report(trial: Callable[[], None], writing: int) -> None:
    try:
        trial()
        words = OK
    except BaseException as error:
        words = f"{type(error).__name__}: {error}"
    os.write(writing, words.encode())
    os._exit(0)
