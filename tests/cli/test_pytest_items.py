"""``pytest --submission``: a submission's checks as test items, for whoever lives in pytest."""

from __future__ import annotations

import os
import subprocess
import sys

import junitparser
import pytest

from tests.cli.conftest import RIGHT, SLUG, WRONG
from tests.plugin import PLUGIN

BROKEN = "print('::error::printed')\n\n\ndef double(x):\n    raise KeyError('::error::raised\\n::error::twice')\n"


def run(folder, *words):
    """Pytest in a process of its own, as installed; a checkout that was installed before the entry point came names it."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider", *map(str, words)],
        cwd=folder, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True, check=False,
        timeout=250,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def place(tmp_path, course):
    """A class, and a test of one's own beside it, in which a learner's file would be imported if anything did that."""
    for name, code in (("ada", RIGHT), ("bob", WRONG), ("cem", BROKEN)):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / f"{SLUG}.py").write_text(code)
    (tmp_path / "test_mine.py").write_text("def test_mine():\n    assert True\n")
    return tmp_path


def test_the_items_are_named_by_file_exercise_and_check(place):
    """Alone, and beside one's own tests where these are named."""
    words = [
        "--submission",
        "class/ada",
        "--submission",
        "class/bob/twice.py",
        "--submission-course",
        "course",
        "--co",
        "-q",
    ]
    code, said = run(place, *words)
    assert code == 0, said
    assert "4 tests collected" in said
    named = [line for line in said.splitlines() if "::" in line]
    assert named == [
        f"{name}/{SLUG}.py::{SLUG}::{check}"
        for name in ("ada", "bob")
        for check in ("doubles_one_vector", "doubles_any_vector")
    ]
    both = run(place, *words, "test_mine.py")[1]
    assert set(named) | {"test_mine.py::test_mine"} == {line for line in both.splitlines() if "::" in line}


def test_without_the_option_nothing_of_the_grader_is_loaded(place):
    (place / "test_mine.py").write_text(
        "import sys\n\n\ndef test_mine():\n    assert {'grader.cli', 'numpy', 'click'}.isdisjoint(sys.modules)\n"
    )
    code, said = run(place, "test_mine.py")
    assert code == 0, said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--submission", "nobody"], "there is no"),
        (["--submission", "test_mine.py"], "nothing to grade"),
        (["--submission", "class", "--submission-course", "class"], "is no course"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error(words, said, place):
    code, output = run(place, "--submission-course", "course", *words)
    assert code == 4
    assert said in output
    assert "Traceback" not in output


def test_a_course_file_that_is_broken_is_an_error_of_collecting(place, course):
    next(course.glob("exercises/*/checks.py")).write_text("1 / 0\n")
    code, said = run(place, "--submission", "class", "--submission-course", "course")
    assert code == 2
    assert "checks.py, line 1: ZeroDivisionError" in said
    assert "INTERNALERROR" not in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_checks_are_tests_for_junit_xdist_and_k(place, course):
    """One run of all: two processes, a class, what passes, fails, breaks, skips, cannot be read, and is our own fault."""
    broken = next(course.glob("exercises/*/checks.py"))
    broken.write_text(
        broken.read_text()
        + '\n\n@check(points=1)\ndef of_ours(student):\n    """Breaks"""\n    raise OSError("inside")\n'
    )
    with broken.with_name("exercise.toml").open("a") as toml:
        toml.write('\n[checks.of_ours]\ntitle_ko = "고장"\nhints = [{ en = "None.", ko = "없음" }]\n')
    (place / "class" / "dan").mkdir()
    (place / "class" / "dan" / f"{SLUG}.ipynb").write_text('{"cells": [')
    extra = ["-n", "2", "-rs", "--junitxml", "out.xml", "-k", "not cem or one_vector", "--submission-lang", "en"]
    code, said = run(place, "--submission", "class", "--submission-course", "course", *extra)
    assert code == 1, said
    assert "This is the square, not the double." in said
    assert "Expected: " in said
    assert "SKIPPED" in said
    for inside in ("grader/cli", "Traceback", "OSError", "inside", "pytest_items"):
        assert inside not in said
    assert not [line for line in said.splitlines() if line.startswith("::")]

    cases = {
        f"{c.classname}.{c.name}": c for suite in junitparser.JUnitXml.fromfile(str(place / "out.xml")) for c in suite
    }
    outcome = {
        name.replace(f".{SLUG}.{SLUG}.", ".").replace(f".{SLUG}.ipynb.{SLUG}.", "."): [
            type(r).__name__ for r in c.result
        ]
        for name, c in cases.items()
    }
    assert outcome == {
        "ada.doubles_one_vector": [],
        "ada.doubles_any_vector": [],
        "ada.of_ours": ["Error"],
        "bob.doubles_one_vector": ["Failure"],
        "bob.doubles_any_vector": ["Skipped"],
        "bob.of_ours": ["Error"],
        "cem.doubles_one_vector": ["Failure"],
        "dan.doubles_one_vector": ["Failure"],
        "dan.doubles_any_vector": ["Failure"],
        "dan.of_ours": ["Failure"],
    }
    points = {name: {p.get("name"): p.get("value") for p in c._elem.iter("property")} for name, c in cases.items()}
    right = points[f"ada.{SLUG}.{SLUG}.doubles_one_vector"]
    assert right["score"] == right["max_score"] != "0"
    assert right["check_id"] == "doubles_one_vector"
    assert points[f"bob.{SLUG}.{SLUG}.doubles_one_vector"]["score"] == "0"
