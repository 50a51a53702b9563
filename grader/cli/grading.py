"""What ``grader grade`` and ``grader demo`` do: from submissions to reports, and an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import Console

import reports
from grader.cli.options import refuse_exposed
from grader.cli.progress import Bar
from grader.cli.terminal import say_line
from grader.course import Course
from grader.engine.workplace import workplace
from grader.errors import ClusterFault, FolderFault
from grader.grades import ClassGrade, Profile, Score, Timing, shown
from grader.grading import Options, Running, Watch, assemble, evidence, kept, plan
from grader.intake import Intake, Roster, take_in
from grader.intake.afterwards import absence
from grader.ledger import Ledger
from grader.policy.applying import apply
from grader.policy.model import Policy
from grader.recorded import now, record
from grader.store.store import Store


@dataclass(frozen=True)
class Keeping:
    """Where grades are kept, and which of them shall be made again."""

    url: str = ""  # of the store; "" for the file in the output folder
    regrade: bool = False
    regrade_only: tuple[str, ...] = ()  # slugs

    def again(self, slug: str) -> bool:
        """Whether the exercise is graded again though nothing has changed."""
        return self.regrade or slug in self.regrade_only

    @property
    def goes_on(self) -> str:
        """What the same command does after a run that was stopped."""
        if self.regrade or self.regrade_only:
            return "grades everything again from the beginning; without --regrade it goes on from there"
        return "goes on from there"

    def told(self, **options: Any) -> dict[str, Any]:
        """What a run's record says of its options; never where anything is."""
        again = {"regrade": self.regrade, "regrade_only": list(self.regrade_only)}
        return {name: value for name, value in {**options, **again}.items() if value}


class Place(Protocol):
    """Where gradings are done: on this machine, or on a cluster."""

    def run(self, course: Course, options: Options, folder: Path, watch: Watch) -> Running:
        """A run that is about to begin."""


def grade_paths(
    paths: Sequence[Path],
    out: Path,
    course: Course,
    options: Options,
    place: Place,
    *,
    only: str | None = None,
    owner: str = "",
    roster: Roster | None = None,
    lang: str = "en",
    fail_under: float | None = None,
    profile_since: float | None = None,
    keeping: Keeping = Keeping(),
    policy: Policy | None = None,
) -> int:
    """Grades and reports; the exit code. ``profile_since``: when the command began, where it shall say what took its time."""
    began = now()
    refuse_exposed(course, options.tier)
    console = Console(stderr=True)
    intake = take_in(paths, course.slugs, only=only, tasks=course.task_names, owner=owner, roster=roster)
    planned = plan(intake, course, options)
    for message in (*intake.messages, *absence(intake)):
        say_line(console, message, lang)
    if not planned:
        raise click.UsageError(f"nothing to grade: no file is named after an exercise ({', '.join(course.slugs)})")
    with _opened(out, keeping.url) as store:
        if store.set_aside:
            click.echo(
                f"the grades kept in {store.set_aside.parent} could not be read, or are of another version; "
                f"they lie in {store.set_aside.name} now",
                err=True,
            )
        store.grade_again(p.key for p in planned if keeping.again(p.job.slug))
        with Bar(console) as bar, workplace() as scratch:
            ledger = Ledger(options.jobs, bar, profile_since) if profile_since is not None else None
            try:
                if all(store.get(p.key) for p in planned):  # TensorFlow need not be waited for
                    run, done = None, kept(planned, store, ledger or bar)
                else:
                    run = place.run(course, options, scratch, ledger or bar)
                    done = run.grade(planned, store)
            except (KeyboardInterrupt, ClusterFault, FolderFault):
                console.print(f"stopped; what is graded is kept. The same command {keeping.goes_on}.")
                raise
        klass, timings = assemble(intake, course, options, planned, done)
        if policy:
            klass = _under(policy, klass, intake, console, lang)
        if ledger:
            ledger.graded(planned, timings)
        record(
            store,
            klass,
            intake,
            planned,
            began=began,
            options=keeping.told(only=only),
            policy=policy.text if policy else "",
        )
        _put(out / "attempts.json", store.history().within(klass).to_json())
        written = _written(klass, out, lang, timings, ledger)
        _put(out / "evidence.json", evidence(planned, done))
    for fault in run.faults if run else ():
        click.echo(fault if klass.faulted else f"overcome: {fault.strip().splitlines()[-1]}", err=True)
    _say_result(klass, written.index, bar.again)
    if ledger:
        _say_profile(ledger.account()[1])
    return _exit_code(klass, fail_under)


def _under(policy: Policy, klass: ClassGrade, intake: Intake, console: Console, lang: str) -> ClassGrade:
    """The class as the policy has it; what of the policy fits nobody is said."""
    counted = apply(policy, klass, intake)
    for message in counted.messages[len(klass.messages) :]:
        say_line(console, message, lang)
    return counted


def _opened(out: Path, url: str) -> Store:
    """What is kept in ``out`` or at ``url``; what cannot be used before anything is done is a usage error."""
    try:
        return Store(out, url)
    except FolderFault as fault:
        raise click.UsageError(str(fault)) from fault


def _written(
    klass: ClassGrade, out: Path, lang: str, timings: Sequence[Timing], ledger: Ledger | None
) -> reports.Written:
    try:
        return reports.write(klass, out, lang=lang, timings=timings, ledger=ledger)
    except OSError as error:
        raise FolderFault.of(out, error) from error


def _put(path: Path, found: dict[str, Any]) -> None:
    try:
        reports.put(path, reports.json_bytes(found))
    except OSError as error:
        raise FolderFault.of(path.parent, error) from error


def _say_result(klass: ClassGrade, index: Path, again: int) -> None:
    faults = [f"{learner.name}/{e.slug}" for learner in klass.learners for e in learner.exercises if e.faulted]
    score = total(klass)
    kept = f" ({again} of the gradings were there already)" if again else ""
    click.echo(
        f"{len(klass.learners)} learners graded, {shown(score.points)} of {shown(score.max_points)} points, {score.percent} %{kept}; "
        f"isolation: {klass.capsule.isolation}"
    )
    if faults:
        click.echo(
            f"GRADER'S OWN FAULT in {len(faults)}: {', '.join(faults[:10])}; no points were lost, grade them again",
            err=True,
        )
    click.echo(f"report: {index}")


def _say_profile(profile: Profile) -> None:
    seconds = ", ".join(f"{name} {spent:.1f}" for name, spent in profile.spent.to_json().items())
    click.echo(f"where {profile.wall_s:.1f} seconds went, {profile.jobs} at a time: {seconds}")


def total(klass: ClassGrade) -> Score:
    """The class taken together."""
    return sum((learner.score for learner in klass.learners), Score())


def _exit_code(klass: ClassGrade, fail_under: float | None) -> int:
    if klass.faulted:
        return 3
    score = total(klass)
    if fail_under is not None and score.points * 100 < fail_under * score.max_points:
        return 1
    return 0
