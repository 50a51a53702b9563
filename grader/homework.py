"""A student's folder: which exercises lie in it, what is done, which hints were asked for. One small JSON file keeps it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.course import Course, Exercise
from grader.grades import ExerciseGrade, Outcome, Status
from grader.wholefile import put

FILE = ".gradetape.json"
FORMAT = 1
PROGRAMS = (".py", ".ipynb")
MOST_COPIES = 1000


@dataclass(frozen=True)
class Standing:
    """How one exercise stood when it was last checked. ``open``: the check to work on, "" where all passed."""

    points: int = 0
    max_points: int = 0
    open: str = ""
    hints: int = 0  # shown for that check

    @property
    def done(self) -> bool:
        """Whether every public check passed."""
        return bool(self.max_points) and self.points == self.max_points


@dataclass
class Homework:
    """The exercises of a course in one folder. `save` after a change."""

    folder: Path
    course: Course
    standings: dict[str, Standing] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, course: Course) -> Homework:
        """As it was left; a file that cannot be read is put aside, and nothing else is lost but what was noted in it."""
        path = folder / FILE
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            standings = {slug: Standing(**entry) for slug, entry in kept["exercises"].items()}
        except FileNotFoundError:
            standings = {}
        except (ValueError, TypeError, KeyError, AttributeError):
            path.replace(free_name(path, "broken"))
            standings = {}
        return cls(folder, course, standings)

    def save(self) -> None:
        """Replaces the file as a whole."""
        body: dict[str, Any] = {"format": FORMAT, "exercises": {s: vars(x) for s, x in sorted(self.standings.items())}}
        put(self.folder / FILE, (json.dumps(body, indent=1) + "\n").encode())

    def standing(self, slug: str) -> Standing:
        """How an exercise stands; one that was never checked has no points."""
        return self.standings.get(slug, Standing())

    def note(self, grade: ExerciseGrade) -> None:
        """Takes over what a check of the exercise has shown; our own fault changes nothing."""
        if grade.faulted or grade.status is not Status.GRADED:
            return
        public = [c for c in grade.checks if c.public]
        left = next((c.id for c in public if c.outcome is not Outcome.PASSED), "")
        before = self.standing(grade.slug)
        hints = before.hints if left == before.open else 0
        self.standings[grade.slug] = Standing(
            sum(c.points for c in public), sum(c.max_points for c in public), left, hints
        )

    def hinted(self, slug: str, check: str, count: int) -> None:
        """Notes that so many hints of a check were shown."""
        before = self.standing(slug)
        self.standings[slug] = Standing(before.points, before.max_points, check, count)

    def file_of(self, exercise: Exercise) -> Path | None:
        """The student's file: of a script and a notebook the one that was saved last."""
        there = [p for suffix in PROGRAMS if (p := self.folder / f"{exercise.slug}{suffix}").is_file()]
        return max(there, key=lambda p: p.stat().st_mtime_ns, default=None)

    def next(self, after: str = "") -> Exercise | None:
        """The first exercise that is not done, looked for from the one behind ``after`` on and round."""
        exercises = list(self.course.exercises)
        slugs = [e.slug for e in exercises]
        start = slugs.index(after) + 1 if after in slugs else 0
        turn = exercises[start:] + exercises[:start]
        return next((e for e in turn if not self.standing(e.slug).done and e.slug != after), None)

    def reset(self, exercise: Exercise, suffix: str, lang: str) -> Path | None:
        """Puts the untouched exercise in the place of the student's file -> where the old work is kept, if there was any."""
        path = self.folder / f"{exercise.slug}{suffix}"
        untouched = exercise.stub(suffix, lang).read_bytes()  # before anything is moved: it may not be there
        kept = None
        if path.exists():
            kept = free_name(path, "old")
            path.replace(kept)
        path.write_bytes(untouched)
        self.standings.pop(exercise.slug, None)
        return kept


def free_name(path: Path, ending: str) -> Path:
    """``rank.py.old``, or with a number where that is there. Raises FileExistsError after a thousand."""
    for number in range(MOST_COPIES):
        name = path.with_name(f"{path.name}.{ending}{number or ''}")
        if not os.path.lexists(name):
            return name
    raise FileExistsError(f"{path.name}.{ending} and a thousand more are there already; delete some")
