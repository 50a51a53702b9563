"""The pages are what they were: compared with files in ``tests/gold``, so that a change of looks is seen before it ships.

After a change on purpose: ``GRADETAPE_GOLD=write pytest tests/reports/test_gold.py``, then read the difference.
"""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path

import pytest

import reports
from tests.reports.sample_class import sample_class, timings

GOLD = Path(__file__).parents[1] / "gold"
FILES = ("index.html", "learners/seoyeon-lee.html", "learners/script-oneil.html", "grades.csv", "timings.json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two learners with three exercises each, in English."""
    whole = sample_class()
    keep = {"rank", "matmul", "activations"}
    few = [
        dataclasses.replace(learner, exercises=tuple(e for e in learner.exercises if e.slug in keep))
        for learner in whole.learners
        if learner.id in ("seoyeon-lee", "script-oneil")
    ]
    out = tmp_path_factory.mktemp("gold")
    klass = dataclasses.replace(whole, learners=tuple(few))
    reports.write(klass, out, lang="en", timings=timings(klass))
    return out


@pytest.mark.parametrize("name", FILES)
def test_a_page_is_what_it_was(name, folder):
    made = _without_style((folder / name).read_bytes().decode())
    gold = GOLD / name.replace("/", "-")
    if os.environ.get("GRADETAPE_GOLD") == "write":
        gold.write_bytes(made.encode())
    assert made == gold.read_bytes().decode(), f"{gold} differs; this file says how to take over a change"


def _without_style(source: str) -> str:
    """Style is looked at in a browser, not in text."""
    return re.sub(r"<style>.*?</style>", "<style></style>", source, flags=re.DOTALL)
