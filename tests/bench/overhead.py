"""What the grader adds to a learner's own computing, over the ten solutions."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from grader.store import Graded
from tests.bench.measure import Row, service

GOAL_S = 0.3


def rows(rounds: int) -> Iterator[Row]:
    """All of a grading but the CPU seconds of the learner's process."""
    by_slug: dict[str, list[Graded]] = {}
    with service() as ready:
        for _ in range(rounds):
            for exercise in ready.course.exercises:
                assert exercise.solution is not None
                path = ready.folder / f"{exercise.slug}.py"
                path.write_bytes(exercise.solution.read_bytes())
                by_slug.setdefault(exercise.slug, []).extend(ready.run.grade(ready.planned(path), None).values())
                path.unlink()
    over = [g.wall_s - g.learner_s for graded in by_slug.values() for g in graded]
    median = statistics.median(over)
    notes = tuple(_note(slug, graded) for slug, graded in by_slug.items())
    yield Row(
        "overhead", f"of a grading, median of {len(over)}", f"{median:.3f} s", f"<= {GOAL_S} s", median <= GOAL_S, notes
    )


def _note(slug: str, graded: list[Graded]) -> str:
    wall, own = (statistics.median(getattr(g, name) for g in graded) for name in ("wall_s", "learner_s"))
    return f"{slug:<14} {wall:6.2f} s, of which the learner's own {own:6.2f} s"
