"""The course proves itself: stubs get nothing, solutions and right variants all, wrong ones fail what they name."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_every_variant_is_graded_as_it_promises():
    """One seed; ``make verify`` does the same on 20."""
    words = [sys.executable, "-m", "grader", "verify"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "; 0 not as promised" in done.stdout
