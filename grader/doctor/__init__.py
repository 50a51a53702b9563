"""Says which tier this machine gives and why, what is missing, and how to get it: `grader doctor`."""

from __future__ import annotations

from grader.course import Course
from grader.doctor.findings import Diagnosis, Item, Part, State
from grader.doctor.layers import DETAIL, layer_items, tier_item
from grader.doctor.machine import look
from grader.doctor.sessions import try_out
from grader.doctor.surroundings import look_around
from grader.engine import tiers
from grader.engine.client import Zygote
from grader.engine.tiers import Tier, TierReport
from grader.grading import PRELOAD

__all__ = ["DETAIL", "Diagnosis", "Item", "Part", "State", "examine"]


def examine(course: Course, *, demanded: Tier | None, jobs: int, quick: bool) -> Diagnosis:
    """Looks at everything; unless ``quick`` it starts an engine and runs a session in each tier that should work.

    Raises GraderFault where no engine starts.
    """
    machine, report = look(), tiers.detect()
    layers = layer_items(machine, report, _details(report), _landlock_version(report), demanded)
    sessions = [] if quick else _sessions(report)
    best = _believed(report, sessions)
    return Diagnosis(machine.words, best, (tier_item(best, demanded), *layers, *sessions, *look_around(course, jobs)))


def _details(report: TierReport) -> dict[str, str]:
    if "fork" in report.layers:
        return {}
    from grader.engine import trials  # noqa: PLC0415 - it can be loaded on Linux only

    return tiers.attempt_all(trials.DETAILS)


def _landlock_version(report: TierReport) -> int:
    if "fork" in report.layers:
        return 0
    from grader.engine import landlock  # noqa: PLC0415 - likewise

    try:
        return landlock.version()
    except OSError:
        return 0


def _sessions(report: TierReport) -> list[Item]:
    with Zygote.start(preload=PRELOAD) as zygote:
        return try_out(zygote, report.given)


def _believed(report: TierReport, sessions: list[Item]) -> Tier:
    """The best tier in which a session was confined as it should be; without sessions, what the layers promise."""
    failed = {item.id for item in sessions if item.state is not State.OK}
    return next((tier for tier in report.given if f"session.{tier.value}" not in failed), Tier.PROCESS)
