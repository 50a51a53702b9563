"""Saved grades in other systems' formats, read back as those systems read them."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re

import junitparser
import pytest

from grader.grades import ClassGrade, LearnerGrade, Outcome
from reports.formats import FORMATS, CannotExport, Wishes
from reports.formats.markdown import MAX_BYTES
from tests.reports.sample_class import graded, large_class, learner
from tests.reports.sample_course import TOPICS
from tests.reports.sample_findings import HIDDEN_INPUT


def exported(name: str, klass: ClassGrade, **wishes):
    return FORMATS[name].export(klass, Wishes(**wishes))


def rows_of(text: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))


def alone(klass: ClassGrade, key: str) -> ClassGrade:
    return dataclasses.replace(klass, learners=tuple(x for x in klass.learners if x.id == key))


def one(key: str, name: str, wrong: bool = False) -> LearnerGrade:
    made = learner(key, name)
    topic = TOPICS[0]
    work = graded(topic, {topic.items[0].id: "none"}) if wrong else graded(topic)
    return dataclasses.replace(made, exercises=(work,))


def small(klass: ClassGrade, *learners: LearnerGrade) -> ClassGrade:
    return dataclasses.replace(klass, learners=learners, messages=())


MOST = sum(item.points for item in TOPICS[0].items)
LESS = MOST - TOPICS[0].items[0].points


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_no_format_shows_what_hidden_checks_are_made_of(name, lang, klass):
    meta = dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), "x")
    meta |= {"submission": "submit/1", "datetime": "2026-11-22T01:02:03Z", "assignment_type": "individual"}
    given = (
        "Identifier,Full name,Grade,Maximum Grade,Grade can be changed,When,Feedback comments\nParticipant 1,김민준,,10,Yes,-,\n"
        if name == "moodle-worksheet"
        else ""
    )
    for one_learner in klass.learners:
        made = exported(name, alone(klass, one_learner.id), lang=lang, meta=meta, given=given)
        for file in made.files:
            assert HIDDEN_INPUT not in file.text
            assert "secret_of_the_grader" not in file.text


def test_gradescope_shows_every_check_and_the_sum(klass):
    made = exported("gradescope", klass)
    assert {f.name for f in made.files} == {f"{x.id}/results.json" for x in klass.learners}
    for file, person in zip(made.files, klass.learners, strict=True):
        data = json.loads(file.text)
        assert data["score"] == person.score.points == sum(t["score"] for t in data["tests"])
        assert sum(t["max_score"] for t in data["tests"]) == person.score.max_points
        assert {t["visibility"] for t in data["tests"]} <= {"visible"}, "one hidden test hides the total"
        assert all(t["status"] in ("passed", "failed") for t in data["tests"])
        assert data["stdout_visibility"] == "hidden"
        allowed = {"number", "name", "score", "max_score", "status", "output", "visibility", "tags"}
        assert all(set(t) == allowed for t in data["tests"])


def test_gradescope_for_one_learner_is_results_json(klass):
    assert [f.name for f in exported("gradescope", alone(klass, "minjun-kim")).files] == ["results.json"]


def test_a_fault_of_ours_is_left_out_and_named(klass):
    for name in ("gradescope", "canvas", "nbgrader", "junit", "moodle-gradebook"):
        said = [m.en for m in exported(name, klass).messages]
        assert any("최유진" in m and "batchnorm" in m for m in said), name


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Deep learning 1 (4711),Other (12),Current Score (read only)\r\n"
    '"    Points Possible",,,,,{points},5,(read only)\r\n'
    '"Lovelace, Ada",101,s-1,ada,A,,3,\r\n'
    "Bob Byte,102,s-2,bob,A,,,\r\n"
    "김민준,103,s-3,mj,B,EX,,\r\n"
    "Test Student,999,,,A,,,\r\n"
)


def test_canvas_fills_one_column_and_leaves_the_rest(klass):
    people = small(klass, one("ada", "Ada Lovelace"), one("x-102-9", "somebody", wrong=True), one("kim", "김민준"))
    given = CANVAS.format(points=MOST)
    made = exported("canvas", people, given=given, column="Deep learning 1")
    before, after = rows_of(given), rows_of(made.files[0].text)
    assert [r["Deep learning 1 (4711)"] for r in after] == [str(MOST), str(MOST), str(LESS), "EX", ""]
    for old, new in zip(before, after, strict=True):
        assert {k: v for k, v in old.items() if "4711" not in k} == {k: v for k, v in new.items() if "4711" not in k}
    assert made.files[0].text.count("\r\n") == given.count("\r\n"), "line ends stay"
    assert [m.en for m in made.messages] == ["김민준 has EX in the gradebook, which was kept."]


def test_a_row_of_the_gradebook_for_whom_no_grade_is_here_is_named_and_a_column_read_only_refused(klass):
    people = small(klass, one("ada", "Ada Lovelace"), one("kim", "김민준"))
    given = CANVAS.format(points=MOST)
    said = [m.en for m in exported("canvas", people, given=given, column="Other").messages]
    assert said[1:] == ["No grade is here for these rows, which were left as they were: Bob Byte."]
    with pytest.raises(CannotExport, match="read only"):
        exported("canvas", people, given=given, column="Current Score (read only)")


def test_canvas_scales_to_the_columns_points_and_says_so(klass):
    people = small(klass, one("ada", "Ada Lovelace", wrong=True))
    made = exported("canvas", people, given=CANVAS.format(points=100), column="Deep learning 1 (4711)")
    assert float(rows_of(made.files[0].text)[1]["Deep learning 1 (4711)"]) == pytest.approx(
        100 * LESS / MOST, abs=0.005
    )
    assert any("scaled" in m.en for m in made.messages)


def test_canvas_names_whom_it_found_no_row_for(klass):
    made = exported("canvas", small(klass, one("zoe", "Zoe Zed")), given=CANVAS.format(points=1), column="Other")
    assert [("Zoe Zed" in m.en, "Zoe Zed" in m.ko) for m in made.messages] == [(True, True)]


def test_canvas_never_guesses_between_two_of_a_name(klass):
    people = small(klass, one("a", "Bob Byte"), one("b", "Bob Byte", wrong=True))
    made = exported("canvas", people, given=CANVAS.format(points=MOST), column="Other")
    assert [r["Other (12)"] for r in rows_of(made.files[0].text)] == ["5", "3", "", "", ""]
    assert [m.en[:8] for m in made.messages] == ["Bob Byte", "Bob Byte", "No grade"]


def test_canvas_reads_semicolons_and_split_names(klass):
    given = "LastName;FirstName;ID;SIS Login ID;Section;Lab (1)\n    Points Possible;;;;;" + f"{MOST}\nByte;Bob;7;;;\n"
    made = exported("canvas", small(klass, one("q", "Bob Byte")), given=given, column="Lab")
    assert rows_of(made.files[0].text, ";")[1]["Lab (1)"] == str(MOST)


@pytest.mark.parametrize("given", ["Name,ID,x\n1,2,3\n", "Student,ID,Section\n", '"broken', " "])
def test_canvas_refuses_what_it_cannot_fill(given, klass):
    with pytest.raises(CannotExport) as refused:
        exported("canvas", klass, given=given, column="Lab")
    assert refused.value.text.en
    assert refused.value.text.ko != refused.value.text.en


def test_canvas_without_a_file_makes_one_that_canvas_takes(klass):
    text = exported("canvas", klass).files[0].text
    header, points, *rows = csv.reader(io.StringIO(text))
    assert len(header) > 3
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert "Section" in header[4]
    assert points[0].strip() == "Points Possible"
    assert len(rows) == len(klass.learners)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


WORKSHEETS = {
    "en": "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments\n"
    'Participant 12345,Ada Lovelace,ada@example.org,Submitted,,{points},Yes,"Sunday, 1 March 2026, 9:00 AM",-,\n'
    "Participant 12346,Bob Byte,bob@example.org,No submission,4.00,{points},Yes,-,-,old words\n",
    "ko": "\ufeff식별자,성명,이메일,상태,성적,최고 성적,성적을 변경할 수 있음,최종 수정일 (제출),최종 수정일 (성적),피드백 코멘트\n"
    '참가자12345,Ada Lovelace,ada@example.org,제출됨,,"{points}",예,"2026년 3월 1일, 9:00 AM",-,\n'
    '참가자12346,Bob Byte,bob@example.org,제출하지 않음,4.00,"{points}",예,-,-,old words\n',
}


@pytest.mark.parametrize("site", sorted(WORKSHEETS))
def test_moodle_changes_grade_and_feedback_only(site, klass):
    given = WORKSHEETS[site].format(points="10,00" if site == "ko" else "10.00")
    people = small(klass, one("Ada_12345_assignsubmission_file", "someone", wrong=True))
    text = exported("moodle-worksheet", people, given=given, lang=site).files[0].text
    before = list(csv.reader(io.StringIO(given)))
    after = list(csv.reader(io.StringIO(text)))
    assert after[0] == before[0]
    assert after[2] == before[2], "who was not graded stays as he was"
    changed = [i for i, (a, b) in enumerate(zip(before[1], after[1], strict=True)) if a != b]
    assert changed == [4, 9]
    assert float(after[1][4]) == pytest.approx(10 * LESS / MOST, abs=0.005)
    assert TOPICS[0].title.in_language(site) in after[1][9]
    assert text.startswith("\ufeff") == given.startswith("\ufeff")


def test_moodle_feedback_is_harmless_html(klass):
    given = WORKSHEETS["en"].format(points=10).replace("Ada Lovelace", "x")
    nasty = next(x for x in klass.learners if x.id == "script-oneil")
    text = (
        exported("moodle-worksheet", small(klass, dataclasses.replace(nasty, id="p-12345")), given=given).files[0].text
    )
    assert set(re.findall(r"<[^>]*>", text)) <= {"<br>"}


def test_moodle_refuses_scales_and_no_worksheet(klass):
    for given in ("", "a,b\n1,2\n", WORKSHEETS["en"].format(points="Pass")):
        with pytest.raises(CannotExport):
            exported("moodle-worksheet", klass, given=given)


def test_moodles_columns_can_be_named(klass):
    given = WORKSHEETS["en"].format(points=10)
    with pytest.raises(CannotExport) as refused:
        exported("moodle-worksheet", klass, given=given, column="Nota")
    assert "Maximum Grade" in refused.value.text.en
    people = small(klass, one("a-12345", "A"))
    made = exported("moodle-worksheet", people, given=given, column="Grade", feedback_column="Feedback comments")
    assert rows_of(made.files[0].text)[0]["Grade"] == "10"


def test_moodles_gradebook_has_no_zero_for_a_fault_of_ours(klass):
    rows = rows_of(exported("moodle-gradebook", klass, slug="batchnorm", column="BN").files[0].text)
    by_id = {r["ID number"]: r for r in rows}
    assert by_id["yujin-choi"]["BN"] == "-"
    assert float(by_id["minjun-kim"]["BN"]) > 0
    assert all(r["BN feedback"] for r in rows)


def test_a_learner_whom_moodle_may_not_know_is_named_as_one_such_row_ends_its_import(klass):
    stranger, ada = one("kim", "김민준"), dataclasses.replace(one("ada", "Ada"), email="ada@x.edu")
    (said,) = exported("moodle-gradebook", small(klass, stranger, ada)).messages
    assert "known of: 김민준 (1 in all)" in said.en


META = {
    "classroom": "dl", "assignment": "hw1", "assignment_type": "individual", "owner": "ada",
    "submission": "submit/2026-11-22-abc", "commit": "https://e.org/c", "release": "https://e.org/r",
    "review": "https://e.org/v", "datetime": "2026-11-22T09:00:00Z",
}  # fmt: skip


def test_classroom50_has_whole_points_and_no_other_keys(klass):
    mine = alone(klass, "olivia-martin")
    data = json.loads(exported("classroom50", mine, meta=META | {"submitted_by": "ada"}).files[0].text)
    assert set(data) == {"schema", *META, "score", "max-score", "tests", "submitted_by"}
    assert data["schema"] == "classroom50/result/v1"
    assert data["score"] == mine.learners[0].score.points == sum(t["score"] for t in data["tests"])
    assert data["max-score"] == mine.learners[0].score.max_points
    assert all(isinstance(t[k], int) for t in data["tests"] for k in ("score", "max-score"))
    assert all(t["passed"] == (t["score"] == t["max-score"]) for t in data["tests"] if t["max-score"])


@pytest.mark.parametrize(
    "meta", [{}, META | {"datetime": "yesterday"}, META | {"submission": "main"}, META | {"assignment_type": "pair"}]
)
def test_classroom50_says_what_it_misses(meta, klass):
    with pytest.raises(CannotExport):
        exported("classroom50", alone(klass, "minjun-kim"), meta=meta)


@pytest.mark.parametrize("name", ["classroom50", "github-classroom"])
def test_classroom_formats_are_for_one_learner(name, klass):
    with pytest.raises(CannotExport, match="12"):
        exported(name, klass, meta=META)


def test_github_classroom_counts_what_the_reporter_counts(klass):
    for key in ("minjun-kim", "olivia-martin", "jiho-park"):
        mine = alone(klass, key)
        data = json.loads(exported("github-classroom", mine).files[0].text)
        assert data["version"] == 1
        assert data["status"] == ("pass" if key == "minjun-kim" else "fail")
        assert sum(t["score"] for t in data["tests"]) == mine.learners[0].score.points
        assert data["max_score"] == mine.learners[0].score.max_points
        assert all(t["status"] in ("pass", "fail", "error") for t in data["tests"])
        assert all(len(t["output"]) <= 500 for t in data["tests"])


def test_junit_is_read_by_a_parser_of_others(klass, tmp_path):
    path = tmp_path / "junit.xml"
    path.write_text(exported("junit", klass).files[0].text, encoding="utf-8")
    suites = list(junitparser.JUnitXml.fromfile(str(path)))
    outcomes = [c.outcome for x in klass.learners for e in x.exercises for c in e.checks]
    assert sum(s.tests for s in suites) == sum(len(list(s)) for s in suites) == len(outcomes)
    assert sum(s.failures for s in suites) == outcomes.count(Outcome.FAILED)
    assert sum(s.errors for s in suites) == outcomes.count(Outcome.ERRORED)
    assert sum(s.skipped for s in suites) == outcomes.count(Outcome.SKIPPED) + outcomes.count(Outcome.FAULTED)
    kinds = {type(r).__name__ for s in suites for case in s for r in case.result}
    assert kinds == {"Failure", "Error", "Skipped"}


def test_junit_holds_points_and_spells_what_xml_cannot_hold(klass):
    mine = alone(klass, "script-oneil")
    text = exported("junit", mine).files[0].text
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", text)
    cases = [c for s in junitparser.JUnitXml.fromstring(text.encode()) for c in s]
    scores = [int(p.get("value")) for c in cases for p in c._elem.iter("property") if p.get("name") == "score"]
    assert sum(scores) == mine.learners[0].score.points


def test_nbgrader_has_a_row_for_each_exercise_and_learner(klass):
    rows = rows_of(exported("nbgrader", klass).files[0].text)
    faulted = sum(e.status.value == "faulted" for x in klass.learners for e in x.exercises)
    assert len(rows) == sum(len(x.exercises) for x in klass.learners) - faulted
    for row in rows:
        assert float(row["score"]) == max(0.0, float(row["raw_score"]) - float(row["late_submission_penalty"]))
        assert float(row["score"]) <= float(row["max_score"])
    olivia = next(r for r in rows if r["student_id"] == "olivia-martin")
    assert (olivia["first_name"], olivia["last_name"]) == ("Olivia", "Martin")


def test_markdown_shows_learners_words_as_words(klass):
    text = exported("markdown", klass).files[0].text
    assert "<script" not in text.lower()
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"^::", text, re.MULTILINE), "no workflow command"
    assert "Olivia Martin" in text


def test_markdown_of_a_large_class_stays_within_a_step_summary(klass):
    text = exported("markdown", large_class(900)).files[0].text
    assert len(text.encode()) < 1 << 20
    assert MAX_BYTES < 1 << 20
    assert text.rstrip().endswith("more learners are in the report.")


def known(learner: LearnerGrade) -> LearnerGrade:
    """As a roster makes a learner known."""
    ids = {"canvas": "12345", "student": "20231111", "login": "ada", "moodle": "77"}
    return dataclasses.replace(learner, email="ada@example.edu", ids=ids)


def test_what_a_roster_told_stands_in_the_exports(klass):
    person = known(one("some-id", "Lovelace, Ada"))
    made = small(klass, person)
    (row,) = rows_of(exported("nbgrader", made).files[0].text)
    assert (row["student_id"], row["last_name"], row["email"]) == ("20231111", "Lovelace", "ada@example.edu")
    (row,) = rows_of(exported("moodle-gradebook", made).files[0].text)
    assert (row["ID number"], row["Email address"]) == ("20231111", "ada@example.edu")
    row = rows_of(exported("canvas", made).files[0].text)[1]
    assert (row["ID"], row["SIS User ID"], row["SIS Login ID"]) == ("12345", "20231111", "ada")


@pytest.mark.parametrize("cells", ["12345,,", ",20231111,", ",,ada"])
def test_the_gradebook_of_canvas_is_filled_by_any_id_of_the_roster(klass, cells):
    given = f"Student,ID,SIS User ID,SIS Login ID,Section,Rank (77)\nNobody knows,{cells},A,\n"
    made = exported("canvas", small(klass, known(one("some-id", "Ada"))), given=given, column="Rank")
    assert rows_of(made.files[0].text)[0]["Rank (77)"] == str(MOST)
    assert made.messages == ()


def test_the_worksheet_of_moodle_is_filled_by_mail_or_by_its_own_number(klass):
    head = "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,When,Feedback comments\n"
    for row in ("Participant 77,Hidden,,x,,10,Yes,-,\n", "Participant 5,Other,ADA@example.edu,x,,10,Yes,-,\n"):
        made = exported("moodle-worksheet", small(klass, known(one("some-id", "Ada"))), given=head + row)
        assert rows_of(made.files[0].text)[0]["Grade"] == "10"
