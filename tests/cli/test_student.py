"""``grader list``, ``grader init`` and ``grader check``, as a student types them."""

from __future__ import annotations

import io
import re

import click
import nbformat
import pytest
from rich.console import Console

from grader.cli import cli, main
from grader.cli.spoken import LEARNERS
from grader.cli.student import _own_files
from grader.cli.terminal import print_grade
from grader.course import load_course
from grader.grades import CellRecord, ExerciseGrade, RunRecord, Status
from grader.text import Text
from tests.cli.conftest import RIGHT, SLUG, WRONG
from tests.intake.made import notebook


def test_list_names_every_exercise(grader, course):
    assert SLUG in grader("list", "--course", course).stdout
    assert "강의" in grader("list", "--course", course, "--lang", "ko").stdout


def test_init_puts_the_stubs_there_and_leaves_work_alone(grader, course, tmp_path):
    home = tmp_path / "home"
    grader("init", home, "--course", course)
    (home / f"{SLUG}.py").write_text("mine", encoding="utf-8")
    result = grader("init", home, "--course", course)
    assert "is there already" in result.stdout
    assert (home / f"{SLUG}.py").read_text(encoding="utf-8") == "mine"


def test_init_gives_notebooks_in_korean(grader, course, tmp_path):
    grader("init", tmp_path / "home", "--course", course, "--notebook", "--lang", "ko", "--only", SLUG)
    notebook = nbformat.read(tmp_path / "home" / f"{SLUG}.ipynb", as_version=4)
    assert "두 배" in notebook.cells[-2].source


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("what", [None, SLUG, f"{SLUG}.py"])
def test_check_runs_the_public_checks_on_my_files(grader, course, tmp_path, monkeypatch, what):
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{SLUG}.py").write_text(RIGHT, encoding="utf-8")
    result = grader("check", *([what] if what else []), "--course", course)
    assert result.exit_code == 0
    assert "4 of 4 points" in result.stdout
    assert "Doubles vectors of any length" not in result.stdout


@pytest.mark.parametrize("what", [None, SLUG, "Untitled.ipynb"])
def test_check_knows_a_file_by_what_it_defines(course, tmp_path, monkeypatch, what):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Untitled.ipynb").write_bytes(notebook(RIGHT))
    (tmp_path / "notes.py").write_text("x = 1\n", encoding="utf-8")
    (learner,) = _own_files(what, load_course(course), "en").learners
    assert [(s.slug, s.file) for s in learner.submissions] == [(SLUG, "Untitled.ipynb")]


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_check_says_what_was_expected_what_came_and_a_hint(grader, course, tmp_path):
    (tmp_path / f"{SLUG}.py").write_text(WRONG, encoding="utf-8")
    result = grader("check", tmp_path / f"{SLUG}.py", "--course", course, "--lang", "en")
    assert result.exit_code == 1
    for words in (
        "2 of 2 values differ",
        "This is the square",
        "expected",
        "got",
        "double(np.array([1.0, 3.0]))",
        "hint",
    ):
        assert words in result.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_check_speaks_korean(grader, course, tmp_path):
    (tmp_path / f"{SLUG}.py").write_text(WRONG, encoding="utf-8")
    assert (
        "두 배가 아니라 제곱입니다."
        in grader("check", tmp_path / f"{SLUG}.py", "--course", course, "--lang", "ko").stdout
    )


def test_check_of_nothing_says_what_to_do(grader, course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(click.UsageError, match="grader init"):
        grader("check", "--course", course)
    with pytest.raises(click.UsageError, match="There is no file"):
        grader("check", "nothing", "--course", course)


def test_what_a_student_mistypes_is_explained_in_korean(grader, course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in (
        ["check", "rnak"],
        ["check"],
        ["watch"],
        ["hint", "rnak"],
        ["reset", "rnak"],
        ["init", "x", "--only", "rnak"],
    ):
        with pytest.raises(click.UsageError, match=r"과제|폴더"):
            grader(*command, "--course", course, "--lang", "ko")


def test_a_cell_that_stopped_names_the_line_and_shows_it():
    cell = CellRecord(2, "SyntaxError: invalid syntax", "cell 2, line 3\n    def f(:", 3)
    grade = ExerciseGrade(SLUG, Text.same("Twice"), Status.GRADED, run=RunRecord((cell,)))
    console = Console(file=io.StringIO(), width=100)
    print_grade(console, grade, "en")
    assert "Cell 2 stopped at line 3: SyntaxError" in console.file.getvalue()
    assert "def f(:" in console.file.getvalue()


@pytest.mark.parametrize("name", LEARNERS)
def test_help_of_a_students_command_is_korean_throughout(name, capsys):
    cli.main([name, "--lang", "ko", "--help"], prog_name="grader", standalone_mode=False)
    shown = capsys.readouterr().out
    assert "사용법: " in shown
    assert [line for line in shown.splitlines() if re.search(r"[a-z]+ [a-z]+ [a-z]+", line)] == []


@pytest.mark.parametrize("typed", [["--help"], []])
def test_the_list_of_commands_tells_students_in_korean_what_theirs_do(typed, monkeypatch, capsys):
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    monkeypatch.setattr("sys.argv", ["grader", *typed])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr()
    shown = said.out + said.err
    assert "오류" not in shown
    mine, others = shown.split("기타 명령")
    assert all(re.search(rf"^  {name} +[^a-z]*[가-힣]", mine, re.MULTILINE) for name in LEARNERS)
    assert "grade " in others
    assert [line for line in mine.splitlines() if re.search(r"[a-z]+ [a-z]+ [a-z]+", line)] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["check", "--nope"], "--nope 옵션은 없습니다"),
        (["hint"], "SLUG"),
        (["chek"], "chek 명령은 없습니다"),
        (["check", "--isolation", "none"], "process"),
        (["modernize", "nowhere.py"], "그런 파일이나 폴더가 없습니다"),
        (["init", "x", "--only", "rnak"], "“rnak” 과제가 없습니다"),
    ],
)
def test_what_click_refuses_is_explained_in_korean(typed, said, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["grader", *typed, "--lang=ko"])
    with pytest.raises(SystemExit, match="2"):
        main()
    shown = capsys.readouterr().err
    assert "사용법: " in shown
    assert "오류: " in shown
    assert said in shown
