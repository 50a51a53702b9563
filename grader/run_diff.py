"""What differs between two gradings of a class: whose grades, by how much, and why, as far as what was recorded tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.attempts import Attempt, CheckMark
from grader.grades import Capsule, Record, Score, Status, shown

FORMAT = 1
_DIGITS = 8  # of a SHA-256, for people


@dataclass(frozen=True)
class Side:
    """One of the two gradings."""

    name: str
    capsule: Capsule
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class Reason(Record):
    """Something that differs between the two and may be why."""

    kind: str  # submission | course | code | versions | seed | isolation | policy | time | fault | unknown
    text: str


@dataclass(frozen=True)
class CheckChange(Record):
    """A check that ended otherwise; "" where there was none."""

    id: str
    before: str
    after: str
    points: Fraction  # how many more than before


@dataclass(frozen=True)
class Change(Record):
    """One learner's exercise that came out otherwise, or counts for something else."""

    learner: str
    name: str
    slug: str
    before: str  # "3 / 4"; "" where it was not there
    after: str
    points: Fraction  # how many more than before
    checks: tuple[CheckChange, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Total(Record):
    """A learner's whole grade, where it is another one."""

    learner: str
    name: str
    before: str
    after: str
    points: Fraction


@dataclass(frozen=True)
class Difference(Record):
    """All that differs."""

    before: str
    after: str
    changes: tuple[Change, ...]
    totals: tuple[Total, ...]
    circumstances: tuple[Reason, ...]  # what the runs as wholes differ in, also where it changed no grade
    format: int = FORMAT


def difference(before: Side, after: Side) -> Difference:
    """In the order of the second one, then what only the first one has."""
    old, new = _by_key(before), _by_key(after)
    keys = [*new, *(key for key in old if key not in new)]
    changes = tuple(c for key in keys if (c := _change(old.get(key), new.get(key), before.capsule, after.capsule)))
    learners = dict.fromkeys(learner for learner, _ in keys)
    totals = tuple(t for learner in learners if (t := _total(learner, before, after)))
    return Difference(before.name, after.name, changes, totals, tuple(_circumstances(before.capsule, after.capsule)))


def _by_key(side: Side) -> dict[tuple[str, str], Attempt]:
    return {(a.learner, a.slug): a for a in side.attempts}


def _change(old: Attempt | None, new: Attempt | None, before: Capsule, after: Capsule) -> Change | None:
    one = new or old
    if one is None or (old and new and _outcome(old) == _outcome(new) and old.counted == new.counted):
        return None
    points = (new.score.points if new else 0) - (old.score.points if old else 0)
    return Change(
        learner=one.learner,
        name=one.name,
        slug=one.slug,
        before=_counts(old),
        after=_counts(new),
        points=Fraction(points),
        checks=tuple(_checks(old.checks if old else (), new.checks if new else ())),
        reasons=tuple(_reasons(old, new, before, after)),
    )


def _outcome(attempt: Attempt) -> tuple[Status, tuple[CheckMark, ...]]:
    return attempt.status, attempt.checks


def _counts(attempt: Attempt | None) -> str:
    if attempt is None:
        return ""
    dropped = attempt.counted is not None and attempt.counted.dropped
    what = "" if attempt.status is Status.GRADED else f" ({attempt.status.value})"
    return f"{attempt.score}{what}{' (dropped)' if dropped else ''}"


def _checks(old: Iterable[CheckMark], new: Iterable[CheckMark]) -> Iterator[CheckChange]:
    was, now = {c.id: c for c in old}, {c.id: c for c in new}
    for name in [*now, *(n for n in was if n not in now)]:
        a, b = was.get(name), now.get(name)
        if a == b:
            continue
        points = (b.score.points if b else 0) - (a.score.points if a else 0)
        yield CheckChange(name, a.outcome.value if a else "", b.outcome.value if b else "", Fraction(points))


def _reasons(old: Attempt | None, new: Attempt | None, before: Capsule, after: Capsule) -> Iterator[Reason]:
    if old is None or new is None:
        yield Reason("submission", "only in the second grading" if old is None else "only in the first grading")
        return
    if _outcome(old) != _outcome(new):
        found = list(_of_grade(old, new, before, after))
        yield from found or [
            Reason("unknown", "nothing that was recorded differs: a check that does not always agree?")
        ]
    if old.counted != new.counted:
        yield from _of_policy(old, new, before, after)


def _of_grade(old: Attempt, new: Attempt, before: Capsule, after: Capsule) -> Iterator[Reason]:
    if old.sha256 != new.sha256:
        yield Reason("submission", f"another file: {old.sha256[:_DIGITS] or 'none'} → {new.sha256[:_DIGITS] or 'none'}")
    elif old.file != new.file:
        yield Reason("submission", f"the same bytes as another file: {old.file} → {new.file}")
    was, now = ({e.slug: e for e in c.exercises}.get(new.slug) for c in (before, after))
    if was and now:
        if was.sha256 != now.sha256:
            yield Reason("course", f"its checks, words or limits: {was.sha256[:_DIGITS]} → {now.sha256[:_DIGITS]}")
        if was.seed != now.seed and (was.sha256 == now.sha256 or before.seed != after.seed):
            yield Reason("seed", f"seed {was.seed} → {now.seed}")
    elif before.course_sha256 != after.course_sha256:
        yield Reason("course", "the course's files")
    yield from _of_machine(before, after)
    if old.faulted or new.faulted:
        yield Reason("fault", "the grader's own fault " + ("the second time" if new.faulted else "the first time"))


def _of_machine(before: Capsule, after: Capsule) -> Iterator[Reason]:
    for name in sorted({*before.versions, *after.versions}):
        was, now = before.versions.get(name, ""), after.versions.get(name, "")
        if was != now:
            kind = "code" if name == "gradetape" else "versions"
            yield Reason(kind, f"{name} {was or 'none'} → {now or 'none'}")
    if before.isolation != after.isolation:
        yield Reason("isolation", f"isolation {before.isolation} → {after.isolation}")


def _of_policy(old: Attempt, new: Attempt, before: Capsule, after: Capsule) -> Iterator[Reason]:
    was = [a.text.en for a in old.counted.adjustments] if old.counted else []
    now = [a.text.en for a in new.counted.adjustments] if new.counted else []
    kind = "policy" if before.policy_sha256 != after.policy_sha256 else "time"
    if kind == "time" and old.submitted_at == new.submitted_at:
        kind = "policy"  # the same one, on other points
    for text in [t for t in now if t not in was]:
        yield Reason(kind, text)
    for text in [t for t in was if t not in now]:
        yield Reason(kind, f"no longer: {text}")
    if was == now and before.policy_sha256 != after.policy_sha256:
        yield Reason("policy", "another policy")


def _total(learner: str, before: Side, after: Side) -> Total | None:
    sums, name = [], ""
    for side in (before, after):
        own = [a for a in side.attempts if a.learner == learner]
        name = own[0].name if own else name
        sums.append(sum((a.score for a in own if not (a.counted and a.counted.dropped)), Score()))
    if sums[0] == sums[1]:
        return None
    return Total(learner, name, str(sums[0]), str(sums[1]), Fraction(sums[1].points - sums[0].points))


def _circumstances(before: Capsule, after: Capsule) -> Iterator[Reason]:
    was = {e.slug: e.sha256 for e in before.exercises}
    changed = [e.slug for e in after.exercises if was.get(e.slug) != e.sha256]
    if changed or before.course_sha256 != after.course_sha256:
        yield Reason("course", f"the course: {', '.join(changed) or 'its files'}")
    if before.seed != after.seed:
        yield Reason("seed", f"seed {_seed(before)} → {_seed(after)}")
    yield from _of_machine(before, after)
    if before.policy_sha256 != after.policy_sha256:
        old, new = (c.policy_sha256[:_DIGITS] or "none" for c in (before, after))
        yield Reason("policy", f"policy {old} → {new}")


def _seed(capsule: Capsule) -> str:
    return "of each exercise" if capsule.seed is None else str(capsule.seed)


def signed(points: Fraction) -> str:
    """With its sign, as a change: "+2", "−1.6"; "" for none."""
    return "" if not points else f"{'+' if points > 0 else '−'}{shown(abs(points))}"
