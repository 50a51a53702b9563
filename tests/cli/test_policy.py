"""What an instructor does over a term: a policy, a new submission, a changed check, everything anew; each run told apart."""

from __future__ import annotations

import csv
import json

import jsonschema
import pytest

from grader.attempts import History
from grader.errors import AuthorError
from tests.cli.conftest import RIGHT, SLUG
from tests.reports.html_reader import read
from tests.reports.test_data_files import schema

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm")]
POLICY = f"""
[extra_credit]
exercises = ["{SLUG}"]
[[override]]
learner = "bob"
exercise = "{SLUG}"
points = 2.5
reason = "<b>seen</b> by hand"
author = "Prof. Lee"
[[extension]]
learner = "eve"
days = 1
"""


def saved(out, name):
    return json.loads((out / f"{name}.json").read_text(encoding="utf-8"))


def test_each_run_is_told_apart_and_only_what_changed_is_graded_again(grader, course, school, tmp_path, monkeypatch):
    out, words = tmp_path / "r", ("--course", course, "--lang", "en", "--out", tmp_path / "r")
    grader("grade", school, *words)
    first = (out / "grades.json").read_bytes()

    again = grader("grade", school, *words, "--regrade", "--store", f"sqlite:///{out / 'grades.sqlite'}")
    assert "already" not in again.stdout
    assert (out / "grades.json").read_bytes() == first
    assert grader("diff", out).exit_code == 0

    (course / "policy.toml").write_text(POLICY, encoding="utf-8")
    with monkeypatch.context() as quick:
        quick.setattr("grader.cli.early.EarlyZygote.zygote", lambda _: pytest.fail("waited for the zygote"))
        under = grader("grade", school, *words)
    assert "(2 of the gradings were there already)" in under.stdout
    assert "no learner here is called eve" in under.stderr
    assert "12.5 of 0 points" in under.stdout
    jsonschema.validate(saved(out, "grades"), schema("grades"))
    page = read((out / "learners" / "bob.html").read_text(encoding="utf-8")).text
    assert "Points set to 2.5 by Prof. Lee: <b>seen</b> by hand (+2.5)" in page
    assert "The checks alone gave 0 of 10 points" in page
    assert "What the policy changed" in (out / "index.html").read_text(encoding="utf-8")
    with (out / "grades.csv").open(encoding="utf-8-sig") as file:
        (ada, bob) = csv.DictReader(file)
    assert (ada["total"], ada["earned"], bob["total"], bob["earned"]) == ("10", "10", "2.5", "0")
    assert "Prof. Lee" in bob["policy"]
    told = grader("diff", out)
    assert told.exit_code == 1
    assert "Points set to 2.5 by Prof. Lee" in told.stdout

    (school / "bob" / f"{SLUG}.py").write_text(RIGHT, encoding="utf-8")
    assert "(1 of the gradings were there already)" in grader("grade", school, *words).stdout
    changes = json.loads(grader("diff", out, "--json").stdout)["changes"]
    assert [(c["learner"], c["reasons"][0]["kind"]) for c in changes] == [("bob", "submission")]

    known = History.from_json(saved(out, "attempts"))
    jsonschema.validate(saved(out, "attempts"), schema("attempts"))
    assert [r.number for r in known.runs] == [1, 2, 3, 4]
    assert known.runs[1].options == {"regrade": True}
    assert known.runs[2].policy == POLICY
    assert [(a.earned.points, a.score.points, a.runs) for a in known.of("bob", SLUG)] == [
        (0, 0, (1, 2)),
        (0, 2.5, (3,)),
        (10, 2.5, (4,)),
    ]


def test_a_policy_that_is_wrong_stops_before_anything_is_graded(grader, course, school, tmp_path):
    (course / "policy.toml").write_text("[latte]\n", encoding="utf-8")
    with pytest.raises(AuthorError, match=r"policy\.toml: latte is unknown"):
        grader("grade", school, "--course", course, "--out", tmp_path / "r")
    with pytest.raises(AuthorError, match=r"gone\.toml cannot be read"):
        grader("grade", school, "--course", course, "--out", tmp_path / "r", "--policy", tmp_path / "gone.toml")
