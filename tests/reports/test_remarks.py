"""Findings beside the lines of a learner's file, as GitHub and GitLab read them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re

import pytest

from grader.cli.places import places_in
from grader.grades import (
    CellRecord,
    CheckResult,
    ClassGrade,
    ExerciseGrade,
    Finding,
    LearnerGrade,
    Outcome,
    RunRecord,
    Status,
)
from grader.text import Text
from reports.formats import FORMATS, Wishes
from tests.reports.sample_class import CAPSULE

SAME = Text.same
SOURCE = (
    "# title\n\n# %%\nimport numpy as np\n\n# %%\ndef rank(x):\n    return np.rank(x)\n\nsize = 3\n\n# %%\nrank(1)\n"
)
NASTY = "50%\r\n::error file=x::owned\n::set-output name=a::b, c"


def check(name: str, outcome: Outcome, finding: Finding, *, public: bool = True, points: int = 1) -> CheckResult:
    return CheckResult(name, SAME(f"Title of {name}"), public, outcome, points, finding)


def klass_of(data: bytes, *checks: CheckResult, cells: tuple[CellRecord, ...] = (), file: str = "rank.py", **kw):
    sha = hashlib.sha256(data).hexdigest()
    kw = {"status": Status.GRADED} | kw
    work = ExerciseGrade("rank", SAME("Rank"), file=file, sha256=sha, checks=checks, run=RunRecord(cells), **kw)
    return ClassGrade(SAME("Course"), CAPSULE, (LearnerGrade("ada", "ada", (work,)),))


def commands(klass, folder=None, lang="en"):
    wishes = Wishes(lang, places=places_in(folder, wanted(klass)) if folder else {})
    return FORMATS["annotations"].export(klass, wishes).files[0].text.splitlines()


def quality(klass, folder):
    return json.loads(
        FORMATS["code-quality"].export(klass, Wishes(places=places_in(folder, wanted(klass)))).files[0].text
    )


def wanted(klass):
    return {e.sha256 for x in klass.learners for e in x.exercises}


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "week 1").mkdir()
    (tmp_path / "week 1" / "rank.py").write_text(SOURCE)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "rank.py").write_text(SOURCE)
    (tmp_path / "a_link.py").symlink_to(tmp_path / "week 1" / "rank.py")
    return tmp_path


def test_a_finding_stands_on_its_line_of_the_file(repository):
    klass = klass_of(
        SOURCE.encode(),
        check("called", Outcome.FAILED, Finding(SAME("wrong"), call="rank(tf.constant([1]))")),
        check("raised", Outcome.ERRORED, Finding(SAME("broke"), traceback="cell 3, line 1, in x\n    y\ncell 2, line 2, in rank\n    z")),
        check("read", Outcome.FAILED, Finding(SAME("wrong"), call="size")),
        check("hidden", Outcome.FAILED, Finding(SAME("wrong"), call="rank(7)"), public=False),
        cells=(CellRecord(1), CellRecord(2), CellRecord(3, error="ValueError: no", line=1)),
    )  # fmt: skip
    lines = commands(klass, repository)
    assert lines[0] == "::error file=week 1/rank.py,line=13,title=Rank::Cell 3 stopped: ValueError: no"
    assert [re.search(r"line=(\d+)", line)[1] for line in lines] == ["13", "7", "8", "10", "1"]
    assert all("rank(7)" not in line for line in lines)
    found = quality(klass, repository)
    assert [e["location"]["lines"]["begin"] for e in found] == [13, 7, 8, 10, 1]
    assert {e["location"]["path"] for e in found} == {"week 1/rank.py"}
    assert len({e["fingerprint"] for e in found}) == len(found)
    assert all(set(e) == {"description", "check_name", "fingerprint", "severity", "location"} for e in found)
    assert {e["severity"] for e in found} == {"major"}


def test_a_notebook_is_annotated_as_a_file(tmp_path):
    cell = {"cell_type": "code", "source": "def rank(x): 1/0", "metadata": {}, "outputs": [], "execution_count": None}
    data = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()
    (tmp_path / "rank.ipynb").write_bytes(data)
    failed = check("one", Outcome.FAILED, Finding(SAME("wrong"), call="rank(1)"))
    (line,) = commands(klass_of(data, failed, file="rank.ipynb"), tmp_path)
    assert line == "::error file=rank.ipynb,line=1,title=Rank%3A Title of one::wrong%0A>>> rank(1)"


def test_no_word_of_a_learner_is_a_command():
    failed = check("one", Outcome.FAILED, Finding(SAME("wrong"), actual=SAME(NASTY)))
    klass = klass_of(b"", dataclasses.replace(failed, title=SAME(NASTY)), cells=(CellRecord(1, error=NASTY),))
    lines = commands(klass)
    assert len(lines) == 2
    for line in lines:
        assert re.fullmatch(r"::error title=[^:,]*::.*", line)
        assert "50%25%0A::error file=x::owned%0A" in line
        assert "%0D" not in line


def test_without_the_sources_a_finding_still_shows():
    failed = check("one", Outcome.FAILED, Finding(SAME("wrong"), call="rank(1)"))
    assert commands(klass_of(b"x", failed)) == ["::error title=Rank%3A Title of one::wrong%0A>>> rank(1)"]


def test_github_gets_no_more_than_it_shows_the_weightiest_first(repository):
    many = [check(f"c{i}", Outcome.FAILED, Finding(SAME("wrong")), points=i) for i in range(1, 15)]
    lines = commands(klass_of(SOURCE.encode(), *many), repository)
    assert len(lines) == 11
    assert "Title of c14" in lines[0]
    assert lines[-1] == "::notice title=GradeTape::4 more findings are in the summary and in the report."


def test_our_own_fault_is_a_warning_and_tells_nothing_inside(repository):
    fault = check("one", Outcome.FAULTED, Finding(SAME("secret"), traceback="cell 2, line 1, in grader"))
    (line,) = commands(klass_of(SOURCE.encode(), fault), repository)
    assert line.startswith("::warning file=week 1/rank.py,line=1,")
    assert "secret" not in line
    (whole,) = commands(klass_of(SOURCE.encode(), status=Status.FAULTED, messages=(SAME("secret"),)), repository)
    assert whole.startswith("::warning ")
    assert "secret" not in whole


def test_an_unreadable_file_is_an_error_and_a_missing_one_nothing(repository):
    bad = klass_of(SOURCE.encode(), status=Status.UNREADABLE, messages=(SAME("no notebook"),))
    assert commands(bad, repository) == ["::error file=week 1/rank.py,line=1,title=Rank::no notebook"]
    assert commands(klass_of(b"", status=Status.MISSING, messages=(SAME("none"),))) == []


def test_an_old_spelling_is_a_warning_on_its_cell(repository):
    klass = klass_of(SOURCE.encode(), cells=(CellRecord(2, advice=(SAME("np.rank is gone"),)),))
    assert commands(klass, repository) == ["::warning file=week 1/rank.py,line=7,title=Rank::Cell 2. np.rank is gone"]
    assert quality(klass, repository)[0]["severity"] == "minor"


def test_a_file_that_cannot_be_read_any_more_has_no_lines(tmp_path):
    data = b"\x7fELF\x00\x01"
    (tmp_path / "rank.py").write_bytes(data)
    failed = check("one", Outcome.FAILED, Finding(SAME("wrong"), call="rank(1)"))
    assert "file=rank.py,line=1," in commands(klass_of(data, failed), tmp_path)[0]
