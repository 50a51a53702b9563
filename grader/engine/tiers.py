"""Which layers of isolation this machine gives: each is tried in a forked child, never judged by version numbers."""

from __future__ import annotations

import enum
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grader.engine import environment

OK = "ok"


class Tier(enum.StrEnum):
    """How well a learner's program is confined, best first."""

    STRICT = "strict"
    LANDLOCK = "landlock"
    PROCESS = "process"

    def reaches(self, other: Tier) -> bool:
        """Whether it confines at least as well as ``other``."""
        order = list(Tier)
        return order.index(self) <= order.index(other)


class Missing(Exception):
    """A layer cannot be had; the words say why."""


NEEDS: dict[Tier, tuple[str, ...]] = {
    Tier.STRICT: ("namespaces", "seccomp", "pidfd"),
    Tier.LANDLOCK: ("landlock", "seccomp", "pidfd"),
    Tier.PROCESS: (),
}


@dataclass(frozen=True)
class TierReport:
    """What was found; ``layers`` maps each layer to "ok" or the reason why it is missing."""

    best: Tier
    layers: dict[str, str]

    @property
    def given(self) -> tuple[Tier, ...]:
        """The tiers whose layers are all there, best first; the last one always is."""
        return tuple(tier for tier in Tier if all(self.layers.get(name) == OK for name in NEEDS[tier]))


def detect() -> TierReport:
    """Tries every layer. Costs a few milliseconds; to be called in a process with one thread that is small."""
    if environment.plain():
        return TierReport(Tier.PROCESS, environment.why_plain())
    from grader.engine import trials  # noqa: PLC0415 - it can be loaded on Linux only

    layers = attempt_all(trials.LAYERS)
    return TierReport(best(layers), layers)


def attempt_all(trials: Mapping[str, Callable[[], None]]) -> dict[str, str]:
    """Each trial in a child of its own -> "ok", or why it failed."""
    return {name: attempt(trial) for name, trial in trials.items()}


def best(layers: dict[str, str]) -> Tier:
    """The best tier whose layers are all there."""
    return TierReport(Tier.PROCESS, layers).given[0]


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
        words = str(error) if isinstance(error, Missing) else f"{type(error).__name__}: {error}"
    os.write(writing, words.encode())
    os._exit(0)
