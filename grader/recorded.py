"""What a finished run leaves in the store besides its grades: itself, and each learner's attempts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from grader.attempts import Attempt, GradingRun, attempts_of
from grader.grades import ClassGrade
from grader.intake import Intake, Submission

if TYPE_CHECKING:
    from grader.grading import Planned
    from grader.store.store import Store


def now() -> str:
    """As a run tells when it began."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def record(
    store: Store,
    klass: ClassGrade,
    intake: Intake,
    planned: Sequence[Planned],
    *,
    began: str,
    options: dict[str, Any],
    policy: str = "",
) -> None:
    """Writes it down, at once. Raises FolderFault."""
    run = GradingRun(klass.capsule, began, now(), options, policy)
    store.record(run, _attempts(klass, intake, planned))


def _attempts(klass: ClassGrade, intake: Intake, planned: Sequence[Planned]) -> tuple[Attempt, ...]:
    keys = {(p.learner, p.job.slug): p.key for p in planned}
    came = {(learner.id, s.slug): s for learner in intake.learners for s in learner.submissions}
    return tuple(_known(attempt, keys, came.get((attempt.learner, attempt.slug))) for attempt in attempts_of(klass))


def _known(attempt: Attempt, keys: dict[tuple[str, str], str], came: Submission | None) -> Attempt:
    key = "" if attempt.faulted else keys[attempt.learner, attempt.slug]
    if came is None:
        return dataclasses.replace(attempt, key=key)
    return dataclasses.replace(attempt, key=key, submitted_at=came.submitted_at, late=came.late)
