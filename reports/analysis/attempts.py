"""How learners get on from one attempt to the next."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.attempts import Attempt as Seen
from grader.attempts import History
from grader.grades import Record, Status

STUCK = 3  # attempts without a point more
DIGITS = 4


@dataclass(frozen=True)
class Attempt(Record):
    """One attempt of one learner at one exercise: points before any policy."""

    learner: str
    slug: str
    number: int  # counted from 1, in the order in which they came
    points: int
    max_points: int

    @property
    def share(self) -> float:
        """Of the points, 0..1."""
        return self.points / self.max_points if self.max_points else 0.0


@dataclass(frozen=True)
class Step(Record):
    """The learners who came at least so often, and the mean share of the points that they had then."""

    number: int
    learners: int
    share: float


@dataclass(frozen=True)
class Progress(Record):
    """One exercise, over those who tried it more than once: from each one's first attempt to the last."""

    slug: str
    learners: int
    first: float  # mean share of the points
    last: float
    better: int
    same: int
    worse: int
    steps: tuple[Step, ...]
    stuck: tuple[str, ...]  # ids: STUCK attempts or more, none better than the first, and not everything right


def attempts_in(path: Path) -> tuple[Attempt, ...]:
    """What ``attempts.json`` tells of work that came and was graded; of one file that was graded anew, the newest grade.

    () where there is no such file, or one of another shape: a report does without.
    """
    try:
        known = History.from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    tried: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for attempt in known.attempts:
        own = tried[attempt.learner, attempt.slug]
        if attempt.status is not Status.GRADED or attempt.faulted:
            continue
        if own and own[-1].sha256 == attempt.sha256:
            own.pop()
        own.append(attempt)
    return tuple(_attempt(seen, number) for own in tried.values() for number, seen in enumerate(own, 1))


def _attempt(seen: Seen, number: int) -> Attempt:
    earned = seen.earned
    return Attempt(seen.learner, seen.slug, number, int(earned.points), int(earned.max_points))


def progress(attempts: Sequence[Attempt], slugs: Sequence[str]) -> tuple[Progress, ...]:
    """In the order of ``slugs``; exercises that nobody tried twice are left out."""
    by_slug: dict[str, dict[str, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    for attempt in sorted(attempts, key=lambda a: a.number):
        by_slug[attempt.slug][attempt.learner].append(attempt)
    several = {slug: [own for own in by_slug[slug].values() if len(own) > 1] for slug in slugs if slug in by_slug}
    return tuple(_progress(slug, tried) for slug, tried in several.items() if tried)


def _progress(slug: str, tried: list[list[Attempt]]) -> Progress:
    gains = [own[-1].share - own[0].share for own in tried]
    return Progress(
        slug=slug,
        learners=len(tried),
        first=_mean([own[0].share for own in tried]),
        last=_mean([own[-1].share for own in tried]),
        better=sum(g > 0 for g in gains),
        same=sum(g == 0 for g in gains),
        worse=sum(g < 0 for g in gains),
        steps=_steps(tried),
        stuck=tuple(sorted(own[0].learner for own in tried if _stuck(own))),
    )


def _steps(tried: list[list[Attempt]]) -> tuple[Step, ...]:
    most = max(map(len, tried))
    reached = [[own[n].share for own in tried if len(own) > n] for n in range(most)]
    return tuple(Step(n, len(shares), _mean(shares)) for n, shares in enumerate(reached, 1))


def _stuck(own: list[Attempt]) -> bool:
    return len(own) >= STUCK and own[-1].share < 1 and all(a.share <= own[0].share for a in own)


def _mean(shares: list[float]) -> float:
    return round(statistics.fmean(shares), DIGITS)
