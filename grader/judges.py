"""Has one file graded by a judge; by another where that one died; by a fresh zygote's where the zygote died.

Nothing that is killed from outside costs a learner points: what was touched is graded again from the beginning.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.course import Exercise
from grader.engine.client import JudgeHandle, Zygote
from grader.engine.workplace import demand_room, no_room
from grader.errors import GraderFault
from grader.grades import ExerciseGrade, Status
from grader.judge import Job
from grader.preload import PRELOAD
from grader.store import Graded
from grader.text import Text, say
from grader.turns import Turns

JUDGE = "grader.judge:main"
TRIES = 3  # the last one while nothing else is graded, in case that was the trouble
MOST_DEATHS = 3  # of zygotes, without one grading finished in between


def fresh_zygote() -> Zygote:
    """One as judges need it."""
    return Zygote.start(preload=PRELOAD)


@dataclass
class Judges:
    """Asks judges, from several threads."""

    zygote: Zygote
    folder: Path  # for jobs and their results
    start: Callable[[], Zygote] = fresh_zygote
    faults: list[str] = field(default_factory=list)  # what went wrong on our side, for whoever mends it
    stopping: threading.Event = field(default_factory=threading.Event)
    handles: set[JudgeHandle] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    renewing: threading.Lock = field(default_factory=threading.Lock)
    started: list[Zygote] = field(default_factory=list)  # ours to close
    deaths: int = 0  # of zygotes since the last grading that was finished
    turns: Turns = field(default_factory=Turns)

    def grade(self, job: Job, exercise: Exercise) -> Graded:
        """The grade; a faulted one where every try failed. Raises GraderFault where no zygote lives, FolderFault."""
        touched = None
        for attempt in range(1, TRIES + 1):
            last = attempt == TRIES
            with self.turns.alone() if last else self.turns.together():
                answer = self._ask(dataclasses.replace(job, last_try=last), exercise)
            if answer is None:
                continue
            graded = Graded.from_json(answer)
            if not answer.get("shaken"):
                self.deaths = 0
                return graded
            touched = graded
        return touched or faulted(job, exercise, failed())

    def stop(self) -> None:
        """Ends every judge at work, and with it its kernels."""
        self.stopping.set()
        with self.lock:
            for handle in self.handles:
                handle.kill()

    def close(self) -> None:
        """Ends the zygotes that were started here."""
        for zygote in self.started:
            zygote.close()

    def _ask(self, job: Job, exercise: Exercise) -> dict[str, Any] | None:
        """What one judge answers; None where it failed."""
        try:
            demand_room(self.folder)
            with tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as scratch:
                asked, answered = Path(scratch, "job.json"), Path(scratch, "result.json")
                asked.write_text(json.dumps(job.to_json()), encoding="utf-8")
                said = self._talk(job, exercise, {"job": str(asked), "result": str(answered)})
                demand_room(self.folder)
                return self._heard(said, answered, job, exercise)
        except OSError as error:
            raise no_room(error) from error

    def _heard(
        self, said: dict[str, Any] | None, answered: Path, job: Job, exercise: Exercise
    ) -> dict[str, Any] | None:
        if said is None:
            return None
        if "author_error" in said:
            self._note(str(said["author_error"]))
            return faulted(job, exercise, _broken_course()).to_json()
        if "no_room" in said:
            raise OSError(errno.ENOSPC, str(said["no_room"]))
        answer: dict[str, Any] = json.loads(answered.read_text(encoding="utf-8"))
        if answer.get("shaken"):
            self._note(f"{job.file} ({job.slug}): {answer['shaken']}")
        return answer

    def _talk(self, job: Job, exercise: Exercise, places: dict[str, str]) -> dict[str, Any] | None:
        handle = self._fork(places)
        if handle is None:
            return None
        try:
            said = handle.recv(_patience_s(exercise))
            if not said and not self.stopping.is_set():
                why = handle.fault or f"the judge ended without a word; {self.zygote.log_tail()}"
                self._note(f"{job.file} ({job.slug}): {why}")
        except TimeoutError:
            self._note(f"{job.file} ({job.slug}): the judge did not answer in time")
            return None
        else:
            return said
        finally:
            with self.lock:
                self.handles.discard(handle)
            handle.kill()

    def _fork(self, places: dict[str, str]) -> JudgeHandle | None:
        """A judge at work, of this zygote or a fresh one; None where a living zygote could not fork."""
        while True:
            if self.stopping.is_set():
                raise GraderFault("stopped")
            zygote = self.zygote
            try:
                handle = zygote.fork_judge(JUDGE, places)
            except GraderFault as fault:
                if not zygote.died(wait_s=1):
                    self._note(str(fault))
                    return None
                self._renew(zygote, fault)
                continue
            with self.lock:
                self.handles.add(handle)
                if self.stopping.is_set():  # `stop` came while the judge was being forked
                    handle.kill()
            return handle

    def _renew(self, dead: Zygote, fault: GraderFault) -> None:
        """Starts a zygote in the place of ``dead``, once for all threads. Raises GraderFault where too many died."""
        with self.renewing:
            if self.zygote is not dead or self.stopping.is_set():
                return
            self.deaths += 1
            if self.deaths > MOST_DEATHS:
                raise GraderFault(f"{MOST_DEATHS + 1} zygotes died, one after another: {fault}")
            self._note(f"the zygote died, another one was started: {fault}")
            with contextlib.suppress(GraderFault):  # died while it started: the next to ask finds it dead
                self.zygote = self.start()
                self.started.append(self.zygote)

    def _note(self, fault: str) -> None:
        with self.lock:
            if fault not in self.faults:
                self.faults.append(fault)


def _patience_s(exercise: Exercise) -> float:
    """How long a judge may take before that is a fault of ours: far beyond every limit of the learner's program."""
    return 60 + 30 * exercise.limits.exercise_s


def faulted(job: Job, exercise: Exercise, why: Text) -> Graded:
    """A grade without one check, which counts for nothing."""
    grade = ExerciseGrade(job.slug, exercise.title, Status.FAULTED, job.file, job.sha256, (*job.messages, why))
    return Graded(grade, 0.0, 0.0, 0)


def failed() -> Text:
    """For the learner, where every try has failed."""
    return say(
        "The grader failed on this file again and again. This is the grader's fault, not yours; it costs no points. "
        "Please grade it again."
    )


def _broken_course() -> Text:
    return say(
        "The checks of this exercise are broken. This is the grader's fault, not yours; it costs no points. "
        "Please grade it again once they are mended."
    )
