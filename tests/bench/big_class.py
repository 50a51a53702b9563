"""A class of any size, made of the course's own stubs and variants, no two files of equal bytes.

Equal bytes are graded once; so each file begins with its learner's name in a comment. Half of the files are right, four
in ten are wrong, one in ten is the stub; every variant of the course comes equally often.
"""

from __future__ import annotations

from pathlib import Path

from grader.course import Course, Exercise
from grader.sample import variant

KINDS = ("right", "wrong", "right", "wrong", "stub", "right", "wrong", "right", "wrong", "right")


def write(folder: Path, course: Course, learners: int) -> int:
    """A folder for each learner -> the bytes of all files together."""
    size = 0
    for n in range(learners):
        home = folder / f"learner-{n:05}"
        home.mkdir(parents=True)
        for exercise in course.exercises:
            data = f"# {home.name}\n".encode() + _source(exercise, n)
            size += (home / f"{exercise.slug}.py").write_bytes(data)
    return size


def _source(exercise: Exercise, n: int) -> bytes:
    kind = KINDS[(n + exercise.number) % len(KINDS)]
    if kind == "stub":
        return exercise.stub().read_bytes()
    return variant(exercise, kind, n)
