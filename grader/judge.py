"""One grading: runs one file for one exercise in a session and judges it. Lives in a process forked for it.

The coordinator hands a `Job` over in a file and gets the grade back in one, because a message between them is short.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.advice import advise
from grader.checking import Check, run_checks
from grader.course import Exercise, load_checks, load_exercise
from grader.engine.tiers import Tier
from grader.grades import CheckResult, ExerciseGrade, Finding, Outcome, RunRecord, Status
from grader.student import Student
from grader.text import Text, say

if TYPE_CHECKING:
    import socket

    from grader.engine.client import ForkPort
    from grader.engine.session import KernelSession


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
    started = time.monotonic()
    what = Job.from_json(json.loads(Path(job["job"]).read_text(encoding="utf-8")))
    exercise = load_exercise(Path(what.course), what.slug)
    if not what.hidden:
        exercise = dataclasses.replace(exercise, solutions=None)
    grade, learner_s, peak_mb = judge(what, exercise, zygote)
    answer = {
        "grade": grade.to_json(),
        "wall_s": time.monotonic() - started,
        "learner_s": learner_s,
        "peak_mb": peak_mb,
    }
    Path(job["result"]).write_text(json.dumps(answer), encoding="utf-8")
    channel.send(b'{"done": true}')


def judge(job: Job, exercise: Exercise, zygote: ForkPort) -> tuple[ExerciseGrade, float, int]:
    """The grade, the seconds that the learner's own program took, and its peak memory in MB."""
    if job.cells is None:
        return no_session(job, exercise, load_checks(exercise)), 0.0, 0
    from grader.engine.session import KernelSession  # noqa: PLC0415 - loads Jupyter, which a missing file needs not

    session = KernelSession.open(
        job.cells,
        zygote=zygote,
        tier=Tier(job.tier),
        limits=exercise.limits,
        seed=kernel_seed(job),
        files=dict(job.files),
    )
    with session:
        grade = _in_session(job, exercise, session)
    return grade, session.usage.cpu_s, session.usage.peak_mb


def kernel_seed(job: Job) -> int:
    """The seed that a learner's program starts with; nobody gets back from it to the one that hidden inputs come from."""
    return int(hashlib.sha256(f"kernel/{job.seed}/{job.slug}".encode()).hexdigest()[:8], 16) % 2**31


def _in_session(job: Job, exercise: Exercise, session: KernelSession) -> ExerciseGrade:
    checks = load_checks(exercise)
    results = run_checks(checks, Student(session), exercise.texts, slug=exercise.slug, seed=job.seed)
    shown = list(itertools.islice(results, sum(c.public for c in checks)))
    run = session.run  # before any hidden check: what those calls print would give their inputs away
    return _grade(job, exercise, Status.GRADED, (*shown, *results), _advised(run))


def _advised(run: RunRecord) -> RunRecord:
    cells = tuple(dataclasses.replace(cell, advice=(*cell.advice, *advise(cell.error))) for cell in run.cells)
    return dataclasses.replace(run, cells=cells)


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
