"""``grader check`` and ``grader grade`` as steps of a CI job, on work that tries to command the service that runs it."""

from __future__ import annotations

import sys

import pytest

from grader.cli import cli, main
from tests.cli.conftest import SLUG
from tests.hostile.screen import Screen, commands

NASTY = "::error file=x::owned\\n  ::stop-commands::t\\n##[error]x ##vso[task.complete] section_start:1:x\\r\\x1b[0K\\x1b[2J\\u202e"
HOSTILE = f"""\
def double(x):
    print("{NASTY}")
    raise type("::error::in a name", (Exception,), {{}})("{NASTY}")

# %%
raise RuntimeError("{NASTY}")
"""
NAME = "::error::owned ##[error]x \x1b[2J\u202e"


@pytest.fixture
def run(monkeypatch, capfd):
    """The whole command, as the shell starts it -> all that it printed."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("CI", "true")

    def words(*given, code=None) -> str:
        monkeypatch.setattr(sys, "argv", ["grader", *map(str, given)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert code is None or ended.value.code == code
        out, err = capfd.readouterr()
        return f"{out}\n{err}"

    return words


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_check_in_a_ci_job_prints_no_command_and_steers_no_terminal(run, course, tmp_path):
    (tmp_path / f"{SLUG}.py").write_text(HOSTILE, encoding="utf-8")
    said = run("check", tmp_path / f"{SLUG}.py", "--course", course, "--lang", "en")
    assert "in a name" in said
    assert commands(said) == []
    assert Screen.showing(said).steered == []


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_grade_in_a_ci_job_prints_no_command_whatever_learners_and_files_are_called(run, course, tmp_path):
    home = tmp_path / "class" / NAME
    home.mkdir(parents=True)
    (home / f"{SLUG}.py").write_text(HOSTILE, encoding="utf-8")
    (home / f"{NAME}.py").write_text("1", encoding="utf-8")
    (tmp_path / "class" / f"{NAME}.txt").write_text("1", encoding="utf-8")
    said = run("grade", tmp_path / "class", "--out", tmp_path / "out", "--course", course, "--lang", "en")
    assert "1 learners graded" in said
    assert commands(said) == []
    assert Screen.showing(said).steered == []


def test_a_usage_error_that_names_a_file_is_no_command(run, tmp_path):
    said = run("grade", f"{tmp_path}/\n::error::x", "--out", tmp_path / "out")
    assert "there is no" in said
    assert commands(said) == []


def test_a_crash_of_ours_says_so_with_its_code_and_prints_no_command(run, monkeypatch):
    def crash(**_):
        raise LookupError("\n::error::x")

    monkeypatch.setattr(cli, "main", crash)
    said = run("list", code=3)
    assert "own fault" in said
    assert "LookupError" in said
    assert commands(said) == []
