"""From save to verdict in ``grader watch``, in a real pseudo-terminal. ``python -m tests.bench.saves`` alone."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect

from grader.course import default_root, load_course
from tests.bench.measure import Row

GOAL_S = 0.5
WITHOUT_TRAINING = "matmul"
VERDICT = r"\d+ of \d+ points"


def save_to_verdict(rounds: int) -> list[float]:
    """Seconds from the moment a file is in place until its points stand on the screen, for each of ``rounds`` saves."""
    exercise = load_course(default_root()).exercise(WITHOUT_TRAINING)
    assert exercise.solution
    bodies = [exercise.solution.read_bytes(), exercise.stub().read_bytes()]
    taken = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path = folder / f"{exercise.slug}.py"
        path.write_bytes(bodies[1])
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TERM": "xterm"}
        words = ["-m", "grader", "watch", "--lang", "en"]
        child = pexpect.spawn(
            sys.executable, words, cwd=scratch, env=env, encoding="utf-8", timeout=60, dimensions=(60, 120)
        )
        child.expect("q quit")
        for n in range(1 + rounds):
            time.sleep(1)  # as a person does
            beside = folder / "draft"
            beside.write_bytes(bodies[n % 2])
            started = time.perf_counter()
            beside.replace(path)
            child.expect("checking")
            child.expect(VERDICT)
            taken.append(time.perf_counter() - started)
        child.send("q")
        child.expect(pexpect.EOF)
    return taken[1:]  # no kernel waited for the first


def rows(rounds: int) -> Iterator[Row]:
    """Two saves a round: a wrong file and a right one."""
    taken = save_to_verdict(2 * rounds)
    median = statistics.median(taken)
    how = f"from save to verdict in grader watch, {WITHOUT_TRAINING}, median of {len(taken)}"
    note = f"{min(taken):.3f} to {max(taken):.3f} s, the wait for the editor's last write included"
    yield Row("watch", how, f"{median:.3f} s", f"< {GOAL_S} s", median < GOAL_S, (note,))


def main() -> None:
    """Measures and prints."""
    for row in rows(5):
        row.show()


if __name__ == "__main__":
    main()
