"""Counts over a class, as values that add; nothing is rounded before it is shown."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, Outcome, Status
from grader.text import Text

BINS = 10
FULL = 100  # percent; only where everything is right


@dataclass(frozen=True)
class Tally:
    """How often each outcome came; ``absent`` counts work that did not come or could not be read."""

    passed: int = 0
    failed: int = 0
    errored: int = 0
    skipped: int = 0
    faulted: int = 0
    absent: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self.counts, other.counts, strict=True)))

    @property
    def counts(self) -> tuple[int, int, int, int, int, int]:
        """In the order of the fields."""
        return self.passed, self.failed, self.errored, self.skipped, self.faulted, self.absent

    @property
    def judged(self) -> int:
        """Work that came and was judged: what a pass rate is a share of."""
        return self.passed + self.failed + self.errored + self.skipped

    @classmethod
    def of(cls, results: Iterable[CheckResult | None]) -> Tally:
        """Counted from results; None is absent."""
        seen = Counter("absent" if r is None else r.outcome.value for r in results)
        return cls(**seen)


@dataclass(frozen=True)
class CheckStatistics:
    """One check over the whole class."""

    first: CheckResult  # any learner's: title, points and kind are the same for all
    tally: Tally
    common: tuple[tuple[Text, int], ...]  # named mistakes and errors, commonest first


@dataclass(frozen=True)
class ExerciseStatistics:
    """One exercise over the whole class."""

    slug: str
    title: Text
    checks: tuple[CheckStatistics, ...]

    @property
    def tally(self) -> Tally:
        """Over its checks."""
        return sum((c.tally for c in self.checks), Tally())


def exercise_statistics(klass: ClassGrade) -> tuple[ExerciseStatistics, ...]:
    """Every exercise and check that some learner has, in the order of the course."""
    by_slug: dict[str, list[ExerciseGrade]] = {}
    for learner in klass.learners:
        for exercise in learner.exercises:
            by_slug.setdefault(exercise.slug, []).append(exercise)
    return tuple(ExerciseStatistics(slug, grades[0].title, _checks(grades)) for slug, grades in by_slug.items())


def came(exercise: ExerciseGrade) -> bool:
    """Whether there was work that could be judged."""
    return exercise.status is Status.GRADED


def _checks(grades: Sequence[ExerciseGrade]) -> tuple[CheckStatistics, ...]:
    by_id: dict[str, list[CheckResult]] = {}
    first: dict[str, CheckResult] = {}
    for grade in grades:
        for check in grade.checks:
            first.setdefault(check.id, check)
            if came(grade):
                by_id.setdefault(check.id, []).append(check)
    return tuple(_check(first[i], by_id.get(i, []), len(grades)) for i in first)


def _check(first: CheckResult, results: list[CheckResult], learners: int) -> CheckStatistics:
    absent: list[CheckResult | None] = [None] * (learners - len(results))
    return CheckStatistics(first, Tally.of([*results, *absent]), commonest(results))


def commonest(results: Iterable[CheckResult], most: int = 3) -> tuple[tuple[Text, int], ...]:
    """What went wrong how often: by the mistake's name, else by the message where several have the same."""
    wrong = [r for r in results if r.outcome in (Outcome.FAILED, Outcome.ERRORED) and r.finding]
    named = Counter(r.finding.mistake.text for r in wrong if r.finding and r.finding.mistake)
    said = Counter(r.finding.message for r in wrong if r.finding and not r.finding.mistake)
    repeated = Counter({text: n for text, n in said.items() if n > 1})
    return tuple((named + repeated).most_common(most))


@dataclass(frozen=True)
class Spread:
    """How the percentages of a class are spread."""

    mean: str
    median: str
    full: int
    bins: tuple[int, ...]  # 0..9, 10..19, ... 90..100


def spread(percents: Sequence[int]) -> Spread:
    """Of at least one learner."""
    bins = Counter(min(p // (FULL // BINS), BINS - 1) for p in percents)
    return Spread(
        mean=f"{statistics.fmean(percents):.0f}",
        median=f"{statistics.median(percents):.0f}",
        full=sum(p >= FULL for p in percents),  # extra credit may give more
        bins=tuple(bins[n] for n in range(BINS)),
    )
