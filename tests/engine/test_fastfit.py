"""Faster training gives the same numbers, bit for bit, and stands aside where that was not proved."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from grader.engine import fastfit

ROOT = Path(__file__).parents[2]


def start(mode: str) -> subprocess.Popen[bytes]:
    fixed = {"PYTHONHASHSEED": "0", "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow", "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.engine.fastfit_cases",
        mode,
        os.environ.get("FASTFIT_SEEDS", "1"),
    ]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **fixed}, cwd=ROOT
    )


@pytest.mark.skipif(
    not keras.__version__.startswith(fastfit.PROVED), reason="it stands aside for this version of Keras"
)
def test_every_number_is_the_same_bit_for_bit() -> None:
    """More seeds: FASTFIT_SEEDS=20."""
    with start("stock") as stock, start("fast") as fast:
        one, other = json.loads(stock.communicate()[0]), json.loads(fast.communicate()[0])
    assert not one["applied"]
    assert other["applied"]
    assert one["digests"] == other["digests"]


def test_another_version_of_keras_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keras, "__version__", "3.16.0")
    assert not fastfit.apply()
