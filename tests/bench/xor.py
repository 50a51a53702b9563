"""(a) XOR, 100 epochs: a learner's script run by plain Python, against its grading with all checks."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.bench.measure import Row, in_turn, python, ratio, service

SLUG = "xor_mlp"
GOAL = 0.25
TRAINING = "\n\n# %%\nmodel = train(1)\nprint(model.predict(INPUTS, verbose=0))\n"  # as a learner ends the file


def rows(rounds: int) -> Iterator[Row]:
    """Grading trains the network seven times more, from other starts."""
    with service() as ready:
        path = ready.folder / f"{SLUG}.py"
        solution = ready.course.exercise(SLUG).solution
        assert solution is not None
        path.write_text(solution.read_text(encoding="utf-8") + TRAINING, encoding="utf-8")
        planned, spent = ready.planned(path), []

        def graded() -> None:
            (one,) = ready.run.grade(planned, None).values()
            assert one.grade.score.percent == 100
            spent.append(one.spent)

        theirs, ours = in_turn(rounds, lambda: python(str(path)), graded)
    row = ratio("(a)", "XOR, 100 epochs: graded / python", ours, theirs, GOAL)
    running = statistics.median(s.session + s.cells for s in spent)
    alone = f"without the checks: {running:.2f} s, {running / statistics.median(theirs):.3f} of python"
    yield Row(row.name, row.how, row.value, row.goal, row.reached, (*row.notes, alone))
