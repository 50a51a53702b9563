"""``grader grade --profile``: where the time of a real run went."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.reports.html_reader import read
from tests.reports.test_data_files import schema

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm")]
ROUNDED = 0.01  # seven figures to a millisecond each


@pytest.fixture
def profiled(grader, course, school, tmp_path):
    out = tmp_path / "profiled"
    return out, grader("grade", school, "--out", out, "--course", course, "--lang", "en", "--jobs", 2, "--profile")


def test_it_says_where_the_time_went_and_changes_no_grade(profiled, grader, course, school, tmp_path):
    out, result = profiled
    data = json.loads((out / "timings.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema("timings"))

    for timing in data["timings"]:  # a file that came, ran and was judged has something of every kind but pictures
        spent = timing["spent"]
        assert {kind for kind, seconds in spent.items() if seconds} >= set(spent) - {"pictures"}
        judged = sum(spent[kind] for kind in ("session", "cells", "calls", "judging", "pictures"))
        assert judged == pytest.approx(timing["wall_s"], abs=ROUNDED)
    profile = data["profile"]
    assert sum(profile["spent"].values()) == pytest.approx(profile["wall_s"], abs=ROUNDED)

    section = read((out / "index.html").read_text(encoding="utf-8")).by_id("spending").parent
    assert len(section.all("table")[1].one("tbody").all("tr")) == 2
    assert "Where the time went" not in (out / "learners" / "ada.html").read_text(encoding="utf-8")
    assert "2 at a time: waiting " in result.stdout

    plain = tmp_path / "plain"
    grader("grade", school, "--out", plain, "--course", course, "--lang", "en", "--jobs", 1)
    assert (plain / "grades.json").read_bytes() == (out / "grades.json").read_bytes()
    assert "profile" not in json.loads((plain / "timings.json").read_text(encoding="utf-8"))
