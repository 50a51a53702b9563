"""Grades a class: makes a job of each file, lets judges do them, and puts the grades together.

Runs in the coordinator, which imports no TensorFlow and never runs a learner's code.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from grader.course import Course, Exercise
from grader.engine.client import Zygote
from grader.engine.tiers import Tier
from grader.errors import BadSubmission
from grader.grades import BESIDE_FORMAT, FORMAT, Capsule, ClassGrade, ExerciseCapsule, LearnerGrade, Timing
from grader.intake import Intake
from grader.intake.sources import read_cells
from grader.intake.submissions import LearnerFiles, Submission
from grader.judge import Job
from grader.judges import Judges
from grader.preload import PRELOAD
from grader.store import Graded, key_of
from grader.text import Text, say
from grader.versions import versions

if TYPE_CHECKING:
    from grader.store.store import Store

__all__ = ["PRELOAD", "Options", "Planned", "Run", "Watch", "assemble", "evidence", "plan"]


class Watch(Protocol):
    """Whoever wants to see how a run goes on."""

    def planned(self, total: int) -> None:
        """So many gradings are to be done; called once."""

    def begun(self, job: Job, learner: str) -> None:
        """One has begun."""

    def ended(self, job: Job, learner: str, graded: Graded, again: bool) -> None:
        """One has ended; ``again`` where the grade was there from an earlier run."""


@dataclass(frozen=True)
class Options:
    """What a run depends on besides the files and the course."""

    seed: int | None  # None: each exercise has its own, which follows from its hidden checks
    tier: Tier
    jobs: int = 1
    hidden: bool = True

    def seed_for(self, slug: str, course: Course) -> int:
        """The seed that an exercise is graded with."""
        return course.seed_of(slug) if self.seed is None else self.seed


@dataclass(frozen=True)
class Planned:
    """One learner's work on one exercise, to be graded."""

    learner: str
    name: str
    job: Job
    key: str


def plan(intake: Intake, course: Course, options: Options, *, every: bool = False) -> tuple[Planned, ...]:
    """A job for each learner and each exercise that anybody handed in, in the order of class and course.

    ``every``: for each exercise of the course, handed in or not.
    """
    handed_in = {s.slug for learner in intake.learners for s in learner.submissions}
    wanted = [e for e in course.exercises if every or e.slug in handed_in]
    return tuple(_planned(learner, e, course, options) for learner in intake.learners for e in wanted)


def _planned(learner: LearnerFiles, exercise: Exercise, course: Course, options: Options) -> Planned:
    came = next((s for s in learner.submissions if s.slug == exercise.slug), None)
    job = _job(came, exercise, course, options)
    course_part = (course.fingerprints[exercise.slug], job.slug, job.seed, job.tier, job.hidden)
    key = key_of([FORMAT, versions(), *course_part, job.file, job.cells, job.messages, job.error, job.files])
    return Planned(learner.id, learner.name, job, key)


def _job(came: Submission | None, exercise: Exercise, course: Course, options: Options) -> Job:
    job = Job(
        course=str(course.root),
        slug=exercise.slug,
        file=came.file if came else "",
        sha256=hashlib.sha256(came.data).hexdigest() if came and came.data is not None else "",
        cells=None,
        seed=options.seed_for(exercise.slug, course),
        tier=options.tier.value,
        hidden=options.hidden,
    )
    if came is None:
        return job
    job = dataclasses.replace(job, messages=came.messages, error=came.error)
    if came.data is None or came.error is not None:
        return job
    try:
        cells = read_cells(came.file, came.data)
    except BadSubmission as bad:
        return dataclasses.replace(job, error=bad.text)
    return dataclasses.replace(
        job, cells=cells.code[: came.cells], messages=(*came.messages, *cells.messages, *_cut(came, len(cells.code)))
    )


def _cut(came: Submission, count: int) -> tuple[Text, ...]:
    """A word on the cells that are other exercises'."""
    if came.cells is None or came.cells >= count:
        return ()
    return (
        say(
            "{file} holds several exercises. Here cells 1 to {last} ran; the later ones belong to others.",
            file=came.file,
            last=came.cells,
        ),
    )


def kept(planned: Sequence[Planned], store: Store | None, watch: Watch | None) -> dict[str, Graded]:
    """What was graded in an earlier run, by key; ``watch`` hears of the plan and of these."""
    todo = {p.key: p for p in planned}
    found = {key: graded for key in todo if store and (graded := store.get(key))}
    if watch:
        watch.planned(len(todo))
        for key, graded in found.items():
            watch.ended(todo[key].job, todo[key].name, graded, True)
    return found


def keep(item: Planned, graded: Graded, done: dict[str, Graded], store: Store | None, watch: Watch | None) -> None:
    """Puts a finished grading away, and ``watch`` hears of it. Raises FolderFault."""
    done[item.key] = graded
    if store:
        store.put(item.key, graded)
    if watch:
        watch.ended(item.job, item.name, graded, False)


def heaviest_first(items: Sequence[Planned], course: Course) -> list[Planned]:
    """By what the exercise allows, so that no long one is left alone at the end; else in their order."""
    limits = {e.slug: e.limits for e in course.exercises}
    return sorted(items, key=lambda p: (-limits[p.job.slug].exercise_s, -limits[p.job.slug].call_s))


class Running(Protocol):
    """A run over a plan, wherever the gradings are done."""

    @property
    def faults(self) -> list[str]:
        """What went wrong on our side, for whoever mends it."""

    def grade(self, planned: Sequence[Planned], store: Store | None) -> dict[str, Graded]:
        """Finished grades by key. Equal keys are graded once."""


@dataclass
class Run:
    """One run over a plan. ``stop`` ends the judges at work; what was finished is kept."""

    zygote: Zygote
    course: Course
    options: Options
    folder: Path
    watch: Watch | None = None
    judges: Judges = field(init=False)

    def __post_init__(self) -> None:
        self.judges = Judges(self.zygote, self.folder)

    @property
    def faults(self) -> list[str]:
        """What went wrong on our side, for whoever mends it."""
        return self.judges.faults

    def grade(self, planned: Sequence[Planned], store: Store | None) -> dict[str, Graded]:
        """Finished grades by key. Equal keys are graded once. On an exception every judge is ended first."""
        todo = {p.key: p for p in planned}
        done = kept(planned, store, self.watch)
        with contextlib.closing(self.judges), ThreadPoolExecutor(self.options.jobs) as pool:
            left = [p for key, p in todo.items() if key not in done]
            futures = {pool.submit(self._one, p): p for p in heaviest_first(left, self.course)}
            try:
                self._collect(futures, done, store)
            except BaseException:
                self.stop()
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        return done

    def _collect(self, futures: dict[Future[Graded], Planned], done: dict[str, Graded], store: Store | None) -> None:
        waiting = set(futures)
        while waiting:
            ready, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in ready:
                keep(futures[future], future.result(), done, store, self.watch)

    def stop(self) -> None:
        """Ends every judge at work, and with it its kernels."""
        self.judges.stop()

    def _one(self, item: Planned) -> Graded:
        if self.watch:
            self.watch.begun(item.job, item.name)
        return self.judges.grade(item.job, self.course.exercise(item.job.slug))


def assemble(
    intake: Intake, course: Course, options: Options, planned: Iterable[Planned], done: dict[str, Graded]
) -> tuple[ClassGrade, tuple[Timing, ...]]:
    """The grades of the class in the order of intake and course, and what each cost."""
    by_learner: dict[str, list[Planned]] = {}
    for item in planned:
        by_learner.setdefault(item.learner, []).append(item)
    learners = tuple(
        LearnerGrade(
            learner.id,
            learner.name,
            tuple(done[p.key].grade for p in by_learner.get(learner.id, ())),
            learner.messages,
            learner.email,
            dict(learner.ids),
        )
        for learner in intake.learners
    )
    timings = tuple(
        Timing(p.learner, p.job.slug, round(g.wall_s, 3), round(g.learner_s, 3), g.peak_mb)
        for items in by_learner.values()
        for p in items
        for g in (done[p.key],)
    )
    return ClassGrade(course.title, _capsule(course, options), learners, intake.messages), timings


def _capsule(course: Course, options: Options) -> Capsule:
    exercises = tuple(
        ExerciseCapsule(slug, sha256, options.seed_for(slug, course)) for slug, sha256 in course.fingerprints.items()
    )
    return Capsule(course.title.en, course.sha256, options.seed, options.tier.value, versions(), exercises)


def evidence(planned: Iterable[Planned], done: dict[str, Graded]) -> dict[str, Any]:
    """What ``evidence.json`` holds: digests of what the programs answered with, for `grader similar` and nobody else."""
    rows = [
        {"learner": p.learner, "slug": p.job.slug, "traces": [t.to_json() for t in traces]}
        for p in planned
        if (traces := done[p.key].traces)
    ]
    return {"format": BESIDE_FORMAT, "evidence": rows}
