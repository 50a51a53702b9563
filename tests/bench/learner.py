"""(c) The ten solutions of one learner, by the whole command, against the ten scripts one after another."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, in_turn, python, ratio, the_course

GOAL = 0.3


def rows(rounds: int) -> Iterator[Row]:
    """TensorFlow's start is in both: once in ours, in theirs in each script that uses it."""
    course = the_course()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch, "ada")
        home.mkdir()
        for exercise in course.exercises:
            assert exercise.solution is not None
            (home / f"{exercise.slug}.py").write_bytes(exercise.solution.read_bytes())
        numbers = itertools.count()

        def scripts() -> None:
            for slug in course.slugs:
                python(str(home / f"{slug}.py"))

        def command() -> None:
            python("-m", "grader", "grade", str(home), "--out", str(Path(scratch, f"out-{next(numbers)}")))

        theirs, ours = in_turn(rounds, scripts, command)
    yield ratio("(c)", "ten solutions: grader grade / ten times python", ours, theirs, GOAL)
