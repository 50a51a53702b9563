"""`reports.write`: which files there are, and that they are whole and always the same."""

from __future__ import annotations

import dataclasses
import json

import pytest

import reports
from grader.grades import ClassGrade, LearnerGrade
from tests.reports.sample_class import CAPSULE, sample_class, timings
from tests.reports.sample_course import COURSE


def test_every_file_is_where_the_result_says(written, klass):
    folder = written.index.parent
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    pages = {f"learners/{learner.id}.html" for learner in klass.learners}
    assert there == {"index.html", "grades.json", "grades.csv", "analysis.json", "timings.json"} | pages
    assert [p.stem for p in written.learners] == [learner.id for learner in klass.learners]


def test_the_same_grades_give_the_same_bytes(klass, english, tmp_path):
    again = reports.write(sample_class(), tmp_path, lang="en", timings=timings(klass))
    for old, new in zip(
        (english.index, english.grades_json, *english.learners),
        (again.index, again.grades_json, *again.learners),
        strict=True,
    ):
        assert old.read_bytes() == new.read_bytes()


@pytest.fixture(scope="module")
def pair(klass) -> ClassGrade:
    return dataclasses.replace(klass, learners=klass.learners[:2])


def test_a_second_run_replaces_the_first(pair, tmp_path):
    reports.write(pair, tmp_path, lang="en", timings=timings(pair))
    one = dataclasses.replace(pair, learners=pair.learners[:1])
    written = reports.write(one, tmp_path, lang="ko")
    assert 'lang="ko"' in written.index.read_text(encoding="utf-8")
    assert len(json.loads(written.grades_json.read_bytes())["learners"]) == 1


def test_without_timings_there_is_no_file_of_them_not_even_an_old_one(pair, tmp_path):
    reports.write(pair, tmp_path, lang="en", timings=timings(pair))
    assert reports.write(pair, tmp_path, lang="en").timings_json is None
    assert not (tmp_path / "timings.json").exists()


@pytest.mark.parametrize("name", ["", "..", "../up", "a/b", "a\\b", ".hidden", "a\0b", "c:d"])
def test_an_id_that_is_no_file_name_is_refused_before_anything_is_written(name, tmp_path):
    with pytest.raises(ValueError, match="file name"):
        reports.write(ClassGrade(COURSE, CAPSULE, (LearnerGrade(name, "x"),)), tmp_path / "out", lang="en")
    assert not (tmp_path / "out").exists()


def test_two_learners_of_one_id_are_refused(tmp_path):
    twins = (LearnerGrade("Kim", "Kim"), LearnerGrade("kim", "Kim"))  # one file where case makes no difference
    with pytest.raises(ValueError, match="same id"):
        reports.write(ClassGrade(COURSE, CAPSULE, twins), tmp_path, lang="en")


def test_a_class_without_learners_has_a_page_that_says_so(tmp_path):
    written = reports.write(ClassGrade(COURSE, CAPSULE, ()), tmp_path, lang="en")
    assert "No learners were graded." in written.index.read_text(encoding="utf-8")
    assert written.grades_csv.read_text(encoding="utf-8-sig").splitlines() == [
        "id,name,max,total,percent,faulted,isolation,earned,policy"
    ]


def test_a_learner_without_work_has_a_page(tmp_path):
    written = reports.write(ClassGrade(COURSE, CAPSULE, (LearnerGrade("a", "A"),)), tmp_path, lang="en")
    assert "There is nothing to grade yet." in written.learners[0].read_text(encoding="utf-8")


def test_korean_ids_are_file_names_and_links(tmp_path):
    written = reports.write(ClassGrade(COURSE, CAPSULE, (LearnerGrade("김민준-2", "김민준"),)), tmp_path, lang="ko")
    assert written.learners[0].name == "김민준-2.html"
    assert 'href="learners/%EA%B9%80' in written.index.read_text(encoding="utf-8")
