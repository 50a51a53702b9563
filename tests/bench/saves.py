"""From save to verdict in ``grader watch``, in a real pseudo-terminal. ``python -m tests.bench.saves`` alone."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from grader.course import default_root, load_course

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
            sys.executable, words, cwd=scratch, env=env, encoding="utf-8", timeout=120, dimensions=(60, 120)
        )
        child.expect(VERDICT)
        for n in range(rounds):
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
    return taken


def main() -> None:
    """Measures and prints."""
    taken = save_to_verdict(10)
    sys.stdout.write(f"save to verdict, {WITHOUT_TRAINING}: median {statistics.median(taken):.3f} s of {len(taken)}\n")


if __name__ == "__main__":
    main()
