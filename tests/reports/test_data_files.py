"""``grades.json``, ``timings.json`` and ``grades.csv``: complete, described by a schema, safe to open."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from importlib import resources

import jsonschema
import pytest

import reports
from grader import grades
from grader.grades import ClassGrade, LearnerGrade, Picture, Record
from reports.tables import csv_text
from reports.writing import json_bytes
from tests.reports.sample_class import CAPSULE
from tests.reports.sample_course import COURSE
from tests.reports.sample_findings import HIDDEN_EXPECTED


def schema(name: str) -> dict:
    version = {"grades": grades.FORMAT}.get(name, 1)
    return json.loads(
        (resources.files(reports) / "schema" / f"{name}-{version}.schema.json").read_text(encoding="utf-8")
    )


def test_grades_fit_the_schema_and_are_read_back_as_they_were(english, klass):
    data = json.loads(english.grades_json.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema("grades"))
    jsonschema.validate(data, schema("grades"))
    assert ClassGrade.from_json(data).to_json() == klass.to_json()


def test_timings_fit_their_schema(english):
    jsonschema.validate(json.loads(english.timings_json.read_bytes()), schema("timings"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.update(format=1),
        lambda d: d.update(more=1),
        lambda d: d["learners"][0].pop("name"),
        lambda d: d["learners"][0]["exercises"][0].update(status="lost"),
        lambda d: d["learners"][0]["exercises"][0]["checks"][0].update(outcome="maybe"),
        lambda d: d["learners"][0]["exercises"][5]["checks"][0]["pictures"][0]["data"].pop("series"),
    ],
)
def test_the_schema_refuses_what_does_not_fit(klass, spoil):
    data = json.loads(json_bytes(dataclasses.replace(klass, learners=klass.learners[:1]).to_json()))
    jsonschema.validate(data, schema("grades"))
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema("grades"))


def test_the_schema_has_the_fields_of_the_model():
    """A field that is added to a grade has to be added to the schema, and the format numbered anew."""
    names = {
        "check": "CheckResult",
        "cell": "CellRecord",
        "run": "RunRecord",
        "exercise": "ExerciseGrade",
        "learner": "LearnerGrade",
        "step_row": "StepRow",
        "exercise_capsule": "ExerciseCapsule",
    }
    written = schema("grades")
    for name in (
        "check",
        "cell",
        "run",
        "exercise",
        "learner",
        "mistake",
        "finding",
        "parting",
        "step_row",
        "picture",
        "capsule",
        "exercise_capsule",
        "counted",
        "adjustment",
    ):
        record: type[Record] = getattr(grades, names.get(name, name.title()))
        assert set(written["$defs"][name]["properties"]) == {f.name for f in dataclasses.fields(record)}, name
    assert set(written["properties"]) == {f.name for f in dataclasses.fields(ClassGrade)}
    assert written["properties"]["format"]["const"] == grades.FORMAT
    assert set(schema("timings")["properties"]["timings"]["items"]["properties"]) == {
        f.name for f in dataclasses.fields(grades.Timing)
    }


def test_a_line_of_the_json_is_one_learner(english, klass):
    lines = english.grades_json.read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith('{"email"') for line in lines) == len(klass.learners)


def test_numbers_that_json_does_not_have_become_null(klass):
    check = klass.learners[0].exercises[5].checks[0]
    data = {
        **check.pictures[0].data,
        "series": [{"name": "x", "x": [1.0, float("nan")], "y": [float("inf"), 2.0], "role": "actual", "marks": False}],
    }
    made = json.loads(json_bytes({"p": dataclasses.replace(check.pictures[0], data=data).to_json()}))
    assert made["p"]["data"]["series"][0]["y"] == [None, 2.0]
    assert Picture.from_json(made["p"]).data["series"][0]["x"] == [1.0, None]


def test_half_a_surrogate_pair_does_not_break_the_json():
    assert json.loads(json_bytes({"a": "x\ud83dy"})) == {"a": "x\ud83dy"}


def test_the_instructors_json_keeps_hidden_findings(english):
    assert HIDDEN_EXPECTED in english.grades_json.read_text(encoding="utf-8")


def rows(klass: ClassGrade) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(klass), newline="")))


def test_csv_has_a_row_for_each_learner_and_a_column_for_each_exercise(klass):
    table = rows(klass)
    assert [r["id"] for r in table] == [learner.id for learner in klass.learners]
    assert list(table[0])[:4] == ["id", "name", "rank", "matmul"]
    seoyeon = table[1]
    score = klass.learners[1].score
    assert (seoyeon["matmul"], seoyeon["total"], seoyeon["max"], seoyeon["percent"]) == (
        "1",
        str(score.points),
        str(score.max_points),
        str(score.percent),
    )


def test_csv_leaves_empty_and_names_what_the_grader_failed_on(klass):
    yujin = next(r for r in rows(klass) if r["id"] == "yujin-choi")
    assert yujin["batchnorm"] == ""
    assert yujin["faulted"] == "batchnorm"


def test_csv_begins_with_the_mark_that_spreadsheets_want(english):
    assert english.grades_csv.read_bytes().startswith(b"\xef\xbb\xbfid,name")
    assert b"\r\n" in english.grades_csv.read_bytes()


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n@x", "＝1", "－1"])
def test_a_name_that_a_spreadsheet_would_compute_is_made_text(name):
    made = rows(ClassGrade(COURSE, CAPSULE, (LearnerGrade("a", name),)))[0]["name"]
    assert made.startswith("'")


def test_names_with_commas_quotes_and_lines_stay_in_their_cell():
    table = rows(ClassGrade(COURSE, CAPSULE, (LearnerGrade("a", 'Kim, "Min"\nJun\x1b[31m'), LearnerGrade("b", "B"))))
    assert [r["name"] for r in table] == ['Kim, "Min" Jun', "B"]
