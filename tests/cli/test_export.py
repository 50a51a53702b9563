"""``grader export`` as an instructor uses it: from the folder of reports to files for other systems."""

from __future__ import annotations

import csv
import json

import click
import pytest

import reports
from tests.reports.sample_class import sample_class


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    out = tmp_path_factory.mktemp("report")
    reports.write(sample_class(), out, lang="en")
    return out


def test_a_file_for_each_learner_goes_into_a_folder(grader, report, tmp_path):
    done = grader("export", "gradescope", "--from", report, "--out", tmp_path / "gs")
    assert done.exit_code == 0
    assert json.loads((tmp_path / "gs" / "minjun-kim" / "results.json").read_text())["tests"]
    assert "최유진" in done.stderr, "a fault of ours is named"


def test_one_learner_goes_to_standard_output(grader, report):
    done = grader("export", "gradescope", "--from", report / "grades.json", "--learner", "minjun-kim", "--lang", "ko")
    assert json.loads(done.stdout)["score"] > 0


def test_the_instructors_gradebook_is_filled_and_kept(grader, report, tmp_path):
    given = tmp_path / "mine.csv"
    given.write_text(
        "Student,ID,SIS Login ID,Section,HW (9)\n    Points Possible,,,,10\n김민준,1,,A,\n아무개,2,,A,\n", "utf-8"
    )
    kept = given.read_text("utf-8")
    out = tmp_path / "filled.csv"
    done = grader(
        "export", "canvas", "--from", report, "--into", given, "--column", "HW", "--only", "rank", "--out", out
    )
    rows = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert rows[2][4] == "10"
    assert rows[3][4] == ""
    assert given.read_text("utf-8") == kept
    assert "Olivia Martin" in done.stderr, "no row for her"


def test_a_gradebook_in_the_old_korean_encoding_is_read(grader, report, tmp_path):
    given = tmp_path / "mine.csv"
    given.write_bytes("Student,ID,Section,과제 (9)\n    Points Possible,,,10\n김민준,1,A,\n".encode("cp949"))
    done = grader("export", "canvas", "--from", report, "--into", given, "--column", "과제", "--learner", "minjun-kim")
    assert "김민준,1,A,10" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gradescope"], "name a folder with --out"),
        (["junit", "--learner", "nobody"], "no learner"),
        (["junit", "--only", "nothing"], "there are for"),
        (["junit", "--into", "HERE"], "fills no file"),
        (["canvas", "--into", "BINARY"], "no text"),
        (["classroom50", "--learner", "minjun-kim"], "Classroom 50 wants to know more"),
        (["classroom50", "--learner", "minjun-kim", "--meta", "owner"], "NAME=VALUE"),
        (["moodle-worksheet"], "--into"),
    ],
)
def test_what_cannot_be_done_is_said(words, said, grader, report, tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x81\x00\xff")
    places = {"HERE": report / "grades.json", "BINARY": tmp_path / "binary"}
    with pytest.raises(click.UsageError, match=said):
        grader("export", *(places.get(w, w) for w in words), "--from", report)


@pytest.mark.parametrize("body", [None, "[]", "{", '{"format": 99}'])
def test_a_folder_without_grades_is_named(body, grader, tmp_path):
    if body is not None:
        (tmp_path / "grades.json").write_text(body)
    with pytest.raises(click.UsageError, match=r"grades\.json"):
        grader("export", "junit", "--from", tmp_path)
