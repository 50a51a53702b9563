"""What the adviser says of old code is what the installed TensorFlow and Keras do with it, and the patch runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.legacy import modernize, scan
from tests.legacy.examples import HEAD, MEASURED, TODAY

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
IDS = [f"{rule}-{n}" for n, (rule, *_) in enumerate(MEASURED)]


@pytest.fixture(scope="module")
def ran():
    done = subprocess.run(
        [sys.executable, "-m", "tests.legacy.examples"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.mark.parametrize("n", range(len(MEASURED)), ids=IDS)
def test_an_old_spelling_is_seen_and_does_what_is_said(n, ran):
    rule, effect, code, _ = MEASURED[n]
    seen = [s for s in scan([HEAD + code]) if s.rule == rule]
    assert seen, "not seen"
    assert {s.effect.value for s in seen} == {effect}
    old, _ = ran["measured"][n]
    assert bool(old) == (effect == "raises"), old


@pytest.mark.parametrize("n", range(len(MEASURED)), ids=IDS)
def test_the_patch_runs_and_leaves_nothing_old(n, ran):
    rule, _, code, sure = MEASURED[n]
    made = modernize([HEAD + code])
    assert any(s.rule == rule for s in (made.changed if sure else made.left))
    if sure:
        assert made.left == ()
        notices = rule in ("seed", "input_shape")  # the example itself asserts what was wrong with it
        assert ran["measured"][n][1] == ("AssertionError: " if notices else ""), made.cells[0].removeprefix(HEAD)


@pytest.mark.parametrize("n", range(len(TODAY)))
def test_code_of_today_is_left_alone(n, ran):
    assert ran["today"][n] == ""
    assert scan([HEAD + TODAY[n]]) == ()
