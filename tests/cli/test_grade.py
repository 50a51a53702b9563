"""``grader grade``: from submissions to reports, with real kernels."""

from __future__ import annotations

import csv
import json

import click
import pytest

from tests.cli.conftest import RIGHT, SLUG

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm")]


def grades(out):
    return json.loads((out / "grades.json").read_text(encoding="utf-8"))


def outcomes(out):
    return {
        learner["name"]: {e["slug"]: [c["outcome"] for c in e["checks"]] for e in learner["exercises"]}
        for learner in grades(out)["learners"]
    }


def test_a_class_is_graded_and_reported(grader, course, school, tmp_path):
    out = tmp_path / "report"
    result = grader("grade", school, "--out", out, "--course", course, "--jobs", 2)
    assert result.exit_code == 0
    assert "2 learners graded, 10 of 20 points, 50 %" in result.stdout
    assert str(out / "index.html") in result.stdout
    assert outcomes(out) == {"ada": {SLUG: ["passed", "passed"]}, "bob": {SLUG: ["failed", "skipped"]}}
    page = (out / "learners" / "bob.html").read_text(encoding="utf-8")
    assert "This is the square, not the double." in page
    with (out / "grades.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["percent"] for row in rows] == ["100", "0"]


def test_the_report_speaks_korean_when_asked(grader, course, school, tmp_path):
    out = tmp_path / "report"
    grader("grade", school, "--out", out, "--course", course, "--lang", "ko")
    assert "두 배가 아니라 제곱입니다." in (out / "learners" / "bob.html").read_text(encoding="utf-8")


def test_grading_again_changes_nothing_and_needs_no_tensorflow(grader, course, school, tmp_path, monkeypatch):
    out = tmp_path / "report"
    grader("grade", school, "--out", out, "--course", course)
    first = (out / "grades.json").read_bytes()
    monkeypatch.setattr("grader.cli.early.Zygote.start", lambda **_: pytest.fail("a zygote was started"))
    result = grader("grade", school, "--out", out, "--course", course)
    assert "(2 of the gradings were there already)" in result.stdout
    assert (out / "grades.json").read_bytes() == first


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_bytes_give_the_same_grades_in_any_order(grader, course, school, tmp_path, jobs):
    out, again = tmp_path / "one", tmp_path / "two"
    grader("grade", school, "--out", out, "--course", course, "--jobs", 1)
    grader("grade", school / "bob", school / "ada", "--out", again, "--course", course, "--jobs", jobs)
    first, second = grades(out), grades(again)
    assert sorted(first["learners"], key=str) == sorted(second["learners"], key=str)
    assert first["capsule"] == second["capsule"]


def test_another_seed_is_another_run_with_the_same_verdict(grader, course, school, tmp_path):
    out = tmp_path / "report"
    grader("grade", school, "--out", out, "--course", course, "--seed", 1)
    result = grader("grade", school, "--out", out, "--course", course, "--seed", 2)
    assert "already" not in result.stdout
    assert grades(out)["capsule"]["seed"] == 2


@pytest.mark.parametrize(("percent", "code"), [(50, 0), (51, 1), (100, 1), (0, 0)])
def test_fail_under_makes_a_poor_class_exit_with_1(grader, course, school, tmp_path, percent, code):
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course, "--fail-under", percent)
    assert result.exit_code == code


def test_a_fault_of_the_course_costs_no_points_and_exits_with_3(grader, course, school, tmp_path):
    checks = course / "exercises" / f"01_{SLUG}" / "checks.py"
    checks.write_text(
        checks.read_text(encoding="utf-8").replace("2 * x, mistakes", "2 * y, mistakes"), encoding="utf-8"
    )
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert result.exit_code == 3
    assert "GRADER'S OWN FAULT" in result.stderr
    assert grades(tmp_path / "r")["learners"][0]["exercises"][0]["checks"][0]["outcome"] == "faulted"


def test_one_endless_loop_costs_that_cell_and_nothing_else(grader, course, school, tmp_path):
    toml = course / "exercises" / f"01_{SLUG}" / "exercise.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("call_s = 5", "call_s = 5\ncell_s = 1"), encoding="utf-8")
    (school / "ada" / f"{SLUG}.py").write_text(
        f"{RIGHT}\n# %%\nwhile True:\n    pass\n\n# %%\nprint('after')\n", encoding="utf-8"
    )
    grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert outcomes(tmp_path / "r")["ada"] == {SLUG: ["passed", "passed"]}
    run = grades(tmp_path / "r")["learners"][0]["exercises"][0]["run"]
    assert run["output"] == "after\n"
    assert run["cells"][1]["limit"] == "cpu"


def test_what_a_hidden_check_makes_the_program_print_is_not_kept(grader, course, school, tmp_path):
    code = "def double(x):\n    print('seen', len(x), list(x))\n    return x + x\n"
    (school / "ada" / f"{SLUG}.py").write_text(code, encoding="utf-8")
    grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert outcomes(tmp_path / "r")["ada"] == {SLUG: ["passed", "passed"]}
    output = grades(tmp_path / "r")["learners"][0]["exercises"][0]["run"]["output"]
    assert output.count("seen") == 1
    assert "seen 2 [" in output


def test_what_cannot_be_read_gets_a_message_and_the_rest_is_graded(grader, course, school, tmp_path):
    (school / "carl").mkdir()
    (school / "carl" / f"{SLUG}.ipynb").write_text("{", encoding="utf-8")
    (school / "dora").mkdir()
    (school / "dora" / "notes.txt").write_text("hello", encoding="utf-8")
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert result.exit_code == 0
    by_name = {learner["name"]: learner for learner in grades(tmp_path / "r")["learners"]}
    assert by_name["carl"]["exercises"][0]["status"] == "unreadable"
    assert f"{SLUG}.ipynb" in by_name["carl"]["exercises"][0]["messages"][0]["en"]
    assert by_name["dora"]["exercises"][0]["status"] == "missing"
    assert by_name["ada"]["exercises"][0]["status"] == "graded"


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere", "--out", "r"],
        ["--out", "r"],
        [".", "--out", "r", "--only", "nothing"],
        [".", "--out", "r", "--course", "."],
    ],
    ids=["no path", "no paths", "no exercise", "no course"],
)
def test_a_command_that_makes_no_sense_is_a_usage_error(grader, words, tmp_path, monkeypatch):
    from grader.errors import AuthorError

    monkeypatch.chdir(tmp_path)
    with pytest.raises((click.UsageError, AuthorError)):
        grader("grade", *words)


def test_a_course_that_submissions_could_read_is_refused(grader, course, school, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.cli.options.exposed", lambda path: path == course / "solutions")
    with pytest.raises(click.UsageError, match="move the course elsewhere"):
        grader("grade", school, "--out", tmp_path / "r", "--course", course)


def test_an_empty_folder_says_what_a_file_should_be_called(grader, course, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(click.UsageError, match=SLUG):
        grader("grade", tmp_path / "empty", "--out", tmp_path / "r", "--course", course)


def test_a_judge_that_dies_is_asked_again_and_then_faulted(grader, course, school, tmp_path):
    checks = course / "exercises" / f"01_{SLUG}" / "checks.py"
    checks.write_text("import os\n\nos._exit(1)\n", encoding="utf-8")
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert result.exit_code == 3
    exercise = grades(tmp_path / "r")["learners"][0]["exercises"][0]
    assert exercise["status"] == "faulted"
    assert "grader's fault" in exercise["messages"][-1]["en"]


def test_what_homework_usually_imports_is_there(grader, course, school, tmp_path):
    imports = "import pandas as pd\nfrom sklearn.tree import DecisionTreeClassifier\nimport matplotlib.pyplot as plt\nplt.plot([1]); plt.show()\n"
    (school / "ada" / f"{SLUG}.py").write_text(imports + RIGHT, encoding="utf-8")
    grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert outcomes(tmp_path / "r")["ada"] == {SLUG: ["passed", "passed"]}
    assert [c["error"] for c in grades(tmp_path / "r")["learners"][0]["exercises"][0]["run"]["cells"]] == [""]


def test_each_cell_draws_on_a_figure_of_its_own(grader, course, school, tmp_path):
    cells = [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "plt.plot([3])\nprint(len(plt.gca().lines), 'line')",
        RIGHT,
    ]
    (school / "ada" / f"{SLUG}.py").write_text("\n\n# %%\n".join(cells), encoding="utf-8")
    grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert grades(tmp_path / "r")["learners"][0]["exercises"][0]["run"]["output"] == "1 line\n"
