"""One notebook without training, graded in a warm grader, against ``jupyter execute`` of the same file."""

from __future__ import annotations

from collections.abc import Iterator

import jupytext
import nbformat

from tests.bench.measure import Row, in_turn, python, ratio, service

SLUG = "matmul"
GOAL = 0.1


def rows(rounds: int) -> Iterator[Row]:
    """The reference solution as a notebook."""
    with service() as ready:
        path = ready.folder / f"{SLUG}.ipynb"
        nbformat.write(jupytext.read(ready.course.exercise(SLUG).solution), path)
        planned = ready.planned(path)
        theirs, ours = in_turn(
            rounds,
            lambda: python("-m", "jupyter", "execute", "--allow-errors", str(path)),
            lambda: ready.run.grade(planned, None),
        )
    yield ratio("notebook", "graded / jupyter execute", ours, theirs, GOAL)
