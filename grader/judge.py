"""One grading: runs one file for one exercise in a session and judges it. Lives in a process forked for it.

The coordinator hands a `Job` over in a file and gets the grade back in one, because a message between them is short.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import functools
import hashlib
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import silent
from grader.advice import advise, at_limit
from grader.checking import Check, run_checks
from grader.course import Exercise, load_checks, load_exercise
from grader.engine.limits import Limits
from grader.engine.tiers import Tier
from grader.errors import AuthorError
from grader.grades import CheckResult, ExerciseGrade, Finding, Outcome, RunRecord, Status
from grader.legacy import Effect, read, sightings
from grader.neutral import neutral
from grader.stopwatch import Stopwatch, TimedSession
from grader.student import Student
from grader.text import Text, say
from grader.witness import Witness

if TYPE_CHECKING:
    import socket

    from grader.engine.client import ForkPort
    from grader.engine.session import KernelSession


MOST_ADVICE = 12  # for one cell
MOST_READ = 20_000  # expressions of a source: a rule may look at each of them for each other


@dataclass(frozen=True)
class Job:
    """What a judge is to grade. ``cells`` is None where there is no readable file: ``error`` then says why."""

    course: str
    slug: str
    file: str
    sha256: str
    cells: tuple[str, ...] | None
    seed: int
    tier: str
    messages: tuple[Text, ...] = ()
    error: Text | None = None
    hidden: bool = True  # whether hidden checks are asked too
    last_try: bool = True  # else a program that was killed from outside is run again
    files: tuple[tuple[str, bytes], ...] = ()  # put beside the program, by name

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            **{f.name: getattr(self, f.name) for f in dataclasses.fields(self)},
            "messages": [m.to_json() for m in self.messages],
            "error": self.error.to_json() if self.error else None,
            "files": [[name, base64.b64encode(data).decode()] for name, data in self.files],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Job:
        """The reverse of `to_json`."""
        made = dict(data)
        made["cells"] = None if data["cells"] is None else tuple(data["cells"])
        made["messages"] = tuple(Text.from_json(m) for m in data["messages"])
        made["error"] = Text.from_json(data["error"]) if data["error"] else None
        made["files"] = tuple((name, base64.b64decode(body)) for name, body in data["files"])
        return cls(**made)


def main(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    """Grades the job in the file ``job["job"]``, writes the grade to ``job["result"]`` and says so on ``channel``."""
    stopwatch = Stopwatch("judging")
    what = Job.from_json(json.loads(Path(job["job"]).read_text(encoding="utf-8")))
    try:
        answer = _answer(what, zygote, stopwatch)
    except AuthorError as wrong:
        said = {"author_error": str(wrong)}
    else:
        said = _written(Path(job["result"]), answer)
    channel.sendall(json.dumps(said).encode() + b"\n")


def _answer(job: Job, zygote: ForkPort, stopwatch: Stopwatch) -> dict[str, Any]:
    exercise = load_exercise(Path(job.course), job.slug)
    if not job.hidden:
        exercise = dataclasses.replace(exercise, solutions=None)
    answer = judge(job, exercise, zygote, stopwatch)
    answer["grade"] = neutral(answer["grade"], Path(job.course))
    spent = stopwatch.spent()
    return {**answer, "wall_s": spent.total, "spent": spent.to_json()}


def _written(path: Path, answer: dict[str, Any]) -> dict[str, str]:
    try:
        path.write_text(json.dumps(answer), encoding="utf-8")
    except OSError as error:
        return {"no_room": str(error)}
    return {"done": ""}


def judge(job: Job, exercise: Exercise, zygote: ForkPort, stopwatch: Stopwatch) -> dict[str, Any]:
    """The grade, the seconds that the learner's own program took, its peak memory in MB, and what shook the session."""
    if job.cells is None:
        grade = no_session(job, exercise, load_checks(exercise))
        return {"grade": grade.to_json(), "learner_s": 0.0, "peak_mb": 0, "shaken": ""}
    with stopwatch.doing("session"):
        session = _opened(job, exercise, zygote)
    stopwatch.move(session.usage.wall_s, "session", "cells")
    with contextlib.ExitStack() as open_sessions:
        open_sessions.enter_context(session)

        def opens(program: str | None) -> KernelSession:
            other = job if program is None else dataclasses.replace(job, cells=(program,), files=())
            return open_sessions.enter_context(_opened(other, exercise, zygote))

        witness = Witness()
        grade = _in_session(job, exercise, session, stopwatch, functools.cache(opens), witness)
    usage = session.usage
    return {
        "grade": grade.to_json(),
        "learner_s": usage.cpu_s,
        "peak_mb": usage.peak_mb,
        "shaken": session.shaken,
        "traces": [trace.to_json() for trace in witness.traces()],
    }


def _opened(job: Job, exercise: Exercise, zygote: ForkPort) -> KernelSession:
    from grader.engine.session import KernelSession  # noqa: PLC0415 - loads Jupyter, which a missing file needs not

    tier = Tier(job.tier)
    return KernelSession.open(
        job.cells or (),
        zygote=zygote,
        tier=tier,
        limits=exercise.limits,
        seed=kernel_seed(job),
        files=dict(job.files),
        may_kill_itself=job.last_try and tier is not Tier.STRICT,
        alone=job.last_try,
    )


def kernel_seed(job: Job) -> int:
    """The seed that a learner's program starts with; nobody gets back from it to the one that hidden inputs come from."""
    return int(hashlib.sha256(f"kernel/{job.seed}/{job.slug}".encode()).hexdigest()[:8], 16) % 2**31


def _in_session(
    job: Job,
    exercise: Exercise,
    session: KernelSession,
    stopwatch: Stopwatch,
    opens: Callable[[str | None], KernelSession],
    witness: Witness,
) -> ExerciseGrade:
    checks = load_checks(exercise)

    def elsewhere(program: str | None) -> TimedSession:
        return TimedSession(opens(program), stopwatch)

    student = Student(TimedSession(session, stopwatch), opens=elsewhere, witness=witness)
    results = run_checks(checks, student, exercise.texts, slug=exercise.slug, seed=job.seed, stopwatch=stopwatch)
    shown = list(itertools.islice(results, sum(c.public for c in checks)))
    run = session.run  # before any hidden check: what those calls print would give their inputs away
    return _grade(job, exercise, Status.GRADED, (*shown, *results), advised(run, job.cells or (), exercise.limits))


def advised(run: RunRecord, sources: Sequence[str], limits: Limits) -> RunRecord:
    """The record with what is to be said of each cell: by its exception, by old spellings and silent bugs in its source."""
    program = read(sources, most=MOST_READ)
    old_spellings, suspicions = sightings(program), silent.suspicions(program)
    cells = []
    for index, cell in enumerate(run.cells):
        old = [s for s in old_spellings if s.cell == index]
        explained = any(s.line == cell.line and s.effect is Effect.RAISES for s in old)
        by_error = () if explained else advise(cell.error)
        by_source = (*(s.text for s in old), *(s.text for s in suspicions if s.cell == index))[:MOST_ADVICE]
        advice = (*cell.advice, *by_error, *at_limit(cell.error, limits), *by_source)
        cells.append(dataclasses.replace(cell, advice=advice))
    return dataclasses.replace(run, cells=tuple(cells))


def no_session(job: Job, exercise: Exercise, checks: tuple[Check, ...]) -> ExerciseGrade:
    """The grade where no file came, or one that cannot be read: no check is asked, none earns a point."""
    status = Status.UNREADABLE if job.error else Status.MISSING
    reason = job.error or say("No file came for this exercise.")
    results = tuple(
        CheckResult(c.id, exercise.texts.title(c.id, c.title), c.public, Outcome.SKIPPED, c.points, Finding(reason))
        for c in checks
    )
    return _grade(job, exercise, status, results, RunRecord())


def _grade(
    job: Job, exercise: Exercise, status: Status, checks: tuple[CheckResult, ...], run: RunRecord
) -> ExerciseGrade:
    messages = (*job.messages, job.error) if job.error else job.messages
    return ExerciseGrade(exercise.slug, exercise.title, status, job.file, job.sha256, messages, checks, run)
