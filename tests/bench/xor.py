"""(a) XOR, 100 epochs: a learner's script by plain Python, against the same in the grader."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.measure import Row, in_turn, python, ratio, service

SLUG = "xor_mlp"
GOAL = 0.25
TRAINING = "\n\n# %%\nmodel = train(1)\nprint(model.predict(INPUTS, verbose=0))\n"  # as a learner ends the file


def rows(rounds: int) -> Iterator[Row]:
    """The learner's program alone, as it runs in a session; and with all checks, which train it six times more."""
    with service() as ready:
        path = ready.folder / f"{SLUG}.py"
        solution = ready.course.exercise(SLUG).solution
        assert solution is not None
        path.write_text(solution.read_text(encoding="utf-8") + TRAINING, encoding="utf-8")
        planned, program = ready.planned(path), []

        def graded() -> None:
            (one,) = ready.run.grade(planned, None).values()
            assert one.grade.score.percent == 100
            program.append(one.spent.session + one.spent.cells)

        theirs, ours = in_turn(rounds, lambda: python(str(path)), graded)
    yield ratio("(a)", "XOR, 100 epochs: the program in a session / python", program, theirs, GOAL)
    yield ratio("(a)", "... graded with all checks, which train it 6 times more / python", ours, theirs, GOAL)
