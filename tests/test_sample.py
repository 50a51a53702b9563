"""The sample class of ``grader demo``: every learner gets a sensible grade and message, and none disturbs another."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader import sample
from grader.course import default_root, load_course
from tests.once import once

COURSE = load_course(default_root())
FIRST, SECOND, LAST = COURSE.exercises[0].slug, COURSE.exercises[1].slug, COURSE.exercises[-1].slug


def run(*words):
    done = subprocess.run(
        [sys.executable, "-m", "grader", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def graded_sample(factory: pytest.TempPathFactory) -> Path:
    """The report of the whole sample class, made once for all tests that look at it."""

    def make(out: Path) -> None:
        assert str(out / "index.html") in run("demo", "--out", out, "--lang", "en")

    return once(factory, "demo", make)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Learner -> exercise -> grade, of one whole run."""
    out = graded_sample(tmp_path_factory)
    learners = json.loads((out / "grades.json").read_text(encoding="utf-8"))["learners"]
    return {learner["name"]: {e["slug"]: e for e in learner["exercises"]} for learner in learners}


def points(exercise):
    passed = [c["max_points"] for c in exercise["checks"] if c["outcome"] == "passed"]
    return sum(passed), sum(c["max_points"] for c in exercise["checks"])


def words(exercise):
    """All that a learner reads about the file and its run."""
    return json.dumps([exercise["messages"], exercise["run"]], ensure_ascii=False)


def full(exercise):
    return points(exercise)[0] == points(exercise)[1] > 0


@pytest.mark.slow
class TestDemo:
    def test_at_least_24_learners_are_graded_and_no_fault_is_ours(self, demo):
        assert len(demo) >= 24
        outcomes = {c["outcome"] for learner in demo.values() for e in learner.values() for c in e["checks"]}
        assert "faulted" not in outcomes
        assert {e["status"] for learner in demo.values() for e in learner.values()} <= {
            "graded",
            "missing",
            "unreadable",
        }

    def test_all_right_is_all_points(self, demo):
        assert all(full(e) for e in demo["Ada"].values())

    def test_all_wrong_is_no_exercise_in_full(self, demo):
        assert not any(full(e) for e in demo["Bora"].values())

    @pytest.mark.parametrize("name", ["Chul-soo", "Park Ji-hoon"])
    def test_an_empty_stub_is_no_point(self, demo, name):
        assert {points(e)[0] for e in demo[name].values()} == {0}

    def test_a_syntax_error_costs_its_own_cell(self, demo):
        assert full(demo["Dilnoza"][FIRST])
        assert "SyntaxError" in words(demo["Dilnoza"][FIRST])

    def test_an_exception_at_import_is_named(self, demo):
        assert points(demo["Emil"][SECOND])[0] == 0
        assert "No module named 'tensorflow_extras'" in words(demo["Emil"][SECOND])

    def test_an_endless_loop_is_stopped_and_the_rest_graded(self, demo):
        assert full(demo["Fatou"][SECOND])
        assert demo["Fatou"][SECOND]["run"]["cells"][-1]["limit"] == "cpu"

    def test_a_missing_file_is_said(self, demo):
        assert demo["Goran"][LAST]["status"] == "missing"
        assert "No file came" in demo["Goran"][LAST]["checks"][0]["finding"]["message"]["en"]

    def test_cells_out_of_order_are_noticed(self, demo):
        assert re.search("order|before", words(demo["Hana"][FIRST]))

    def test_five_megabytes_of_printing_do_no_harm(self, demo):
        run_of = demo["Iris"][SECOND]["run"]
        assert full(demo["Iris"][SECOND])
        assert run_of["output_bytes"] > 5_000_000
        assert len(run_of["output"]) < 100_000

    def test_keras_2_code_is_explained(self, demo):
        assert "learning_rate=" in words(demo["Jae-won"][FIRST])

    def test_a_file_in_euc_kr_is_read_all_the_same(self, demo):
        assert full(demo["김영희"][FIRST])
        assert "EUC-KR" in words(demo["김영희"][FIRST]) or "CP949" in words(demo["김영희"][FIRST])

    def test_what_is_not_json_is_unreadable_and_says_so(self, demo):
        assert demo["Karim"][FIRST]["status"] == "unreadable"
        assert f"{FIRST}.ipynb" in words(demo["Karim"][FIRST])
        assert full(demo["Karim"][SECOND])

    def test_of_two_files_one_is_taken_and_both_are_named(self, demo):
        assert full(demo["Lea"][FIRST])
        assert f"{FIRST} (1).py" in words(demo["Lea"][FIRST])

    def test_right_answers_in_other_ways_are_all_points(self, demo):
        assert all(full(e) for e in demo["Min-ji"].values())

    def test_an_exit_costs_its_own_cell(self, demo):
        assert full(demo["Noor"][FIRST])

    def test_what_is_printed_is_kept_as_text(self, demo):
        assert "<script>" in demo["Olu"][FIRST]["run"]["output"]
        assert "\x1b" not in demo["Olu"][FIRST]["run"]["output"]


@pytest.mark.slow
def test_the_same_class_gets_the_same_bytes_with_one_job_and_two_in_any_order(tmp_path):
    sample.write_class(tmp_path / "class", COURSE)
    paths = sorted((tmp_path / "class").iterdir())
    run("grade", *paths, "--only", SECOND, "--jobs", 1, "--out", tmp_path / "one")
    run("grade", *reversed(paths), "--only", SECOND, "--jobs", 2, "--out", tmp_path / "two")
    for name in ("grades.json", "grades.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_sample_class_is_the_same_every_time():
    assert sample.sample_class(COURSE) == sample.sample_class(COURSE)


def test_the_default_course_is_the_repositorys():
    assert default_root() == Path(__file__).resolve().parents[1]
