"""``analysis.json``: named mistakes, equal wrong answers, costs, progress; described by a schema."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reports
from grader.attempts import Attempt as Seen
from grader.attempts import CheckMark, History
from grader.grades import ClassGrade, Finding, Mistake, Outcome, Record, Status, Timing
from grader.text import Text
from reports import analysis
from reports.analysis import Analysis, Attempt, analyse
from reports.analysis.answers import MAX_ANSWER, NOT_WRITTEN, clusters, named_mistakes, normal, unwritten
from reports.analysis.attempts import attempts_in, progress
from reports.analysis.costs import costs, quantiles
from tests.reports.sample_class import BY_SLUG, CAPSULE, absent, graded, large_class, learner
from tests.reports.sample_course import COURSE
from tests.reports.test_data_files import schema

RANK, MATMUL = BY_SLUG["rank"], BY_SLUG["matmul"]


def of(*learners) -> ClassGrade:
    return ClassGrade(COURSE, CAPSULE, learners)


def answering(key: str, answer: str, message: str = "The number differs.", outcome: Outcome = Outcome.FAILED):
    """A learner whose second answer to `rank` is wrong in that way."""
    work = graded(RANK, {"counts_axes": "none"})
    finding = Finding(Text.same(message), Text.same("2"), Text.same(answer) if answer else None)
    check = dataclasses.replace(work.checks[1], outcome=outcome, finding=finding)
    return learner(
        key, key.upper(), {"rank": dataclasses.replace(work, checks=(work.checks[0], check, *work.checks[2:]))}
    )


def test_what_is_written_fits_the_schema_and_is_read_back_as_it_was(english):
    data = json.loads(english.analysis_json.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema("analysis"))
    jsonschema.validate(data, schema("analysis"))
    assert Analysis.from_json(data).to_json() == data
    assert len(data["items"]) == sum(len(t.items) for t in BY_SLUG.values())


def test_of_a_large_class_with_attempts_every_part_fits_the_schema():
    klass = large_class(60)
    tried = [Attempt(p.id, "rank", n, n, 8) for p in klass.learners for n in (1, 2, 3)]
    spent = [Timing(p.id, "rank", 0.5, 0.25) for p in klass.learners]
    found = analyse(klass, spent, tried)
    jsonschema.validate(found.to_json(), schema("analysis"))
    assert found.costs[0].memory_mb is None
    assert found.progress[0].learners == 60
    assert {i.discrimination.why for i in found.items} >= {None}


def test_the_schema_has_the_fields_of_the_model():
    parts = {"item": "Item", "exercise": "ExerciseItem", "cost": "Cost", "cluster": "Cluster", "progress": "Progress"}
    for name, model in parts.items():
        record: type[Record] = getattr(analysis, model)
        assert set(schema("analysis")["$defs"][name]["properties"]) == {f.name for f in dataclasses.fields(record)}
    assert set(schema("analysis")["properties"]) == {f.name for f in dataclasses.fields(Analysis)}
    assert schema("analysis")["properties"]["format"]["const"] == analysis.FORMAT


def test_equal_wrong_answers_are_one_cluster_with_who_gave_them():
    made = clusters(of(answering("a", "6"), answering("b", "7"), answering("c", " 6\n"), answering("d", "8")))
    assert [(c.check, c.actual.en, c.expected.en, c.learners) for c in made] == [("counts_axes", "6", "2", ("a", "c"))]


def test_a_named_mistake_a_program_that_breaks_and_another_message_are_other_clusters():
    wrong = [
        answering("a", "6"),
        answering("b", "6"),
        answering("c", "6", "The dtype differs."),
        answering("d", "6", "The dtype differs."),
    ]
    broke = [answering(k, "", "The call raised KeyError: 1", Outcome.ERRORED) for k in "ef"]
    named = [learner(k, k, {"rank": graded(RANK, {"counts_axes": "size_for_rank"})}) for k in "ghi"]
    made = clusters(of(*wrong, *broke, *named))
    assert made[0].learners == ("g", "h", "i")
    assert {c.learners for c in made[1:]} == {("a", "b"), ("e", "f"), ("c", "d")}
    assert made[0].mistake.en == "That is the number of elements, not the rank."
    assert {c.outcome for c in made if c.learners == ("e", "f")} == {Outcome.ERRORED}


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("<function f at 0x7f3a2b10>", "<function f at 0x7f99>", True),
        ("NameError in cell 3, line 7", "NameError in cell 12, line 1", True),
        ("[0.412873, -1.20911]\nshape (2,)", "[0.412868,  -1.20914] shape (2,)", True),
        ("1e-05", "0.00001", True),
        ("0.4128", "0.4138", False),
        ("[1, 20000]", "[1, 20001]", False),
        ("shape (2, 3)", "shape (3, 2)", False),
        ("-1.5", "1.5", False),
        ("float32", "float64", False),
        ("v1.2.3", "v1.2.4", False),
        ("0.0", "-0.0", True),
    ],
)
def test_answers_are_equal_up_to_blanks_addresses_places_and_late_digits(one, other, equal):
    assert (normal(one) == normal(other)) is equal


@settings(max_examples=200, deadline=None)
@given(st.text("0123456789.eE-+x[], \nab", max_size=40))
def test_what_is_normal_stays_so(text):
    assert normal(normal(text)) == normal(text)


def test_what_was_left_as_given_is_counted_apart():
    stub = learner("a", "A", {"rank": graded(RANK, {"counts_axes": "not_written", "names_kinds": "not_written"})})
    klass = of(stub, dataclasses.replace(stub, id="b"))
    assert clusters(klass) == ()
    assert [(u.slug, u.learners) for u in unwritten(klass)] == [("rank", ("a", "b"))]


def test_the_sentence_of_a_stub_is_the_graders():
    source = (Path(__file__).parents[2] / "grader" / "student.py").read_text(encoding="utf-8")
    assert f'"{NOT_WRITTEN}"' in source


def test_a_mistake_made_in_several_checks_counts_each_learner_once():
    mistake = Mistake("m", Text.same("Mixed up"))
    twice = graded(RANK, {"counts_axes": "none", "names_kinds": "none"})
    named = tuple(
        dataclasses.replace(c, finding=dataclasses.replace(c.finding, mistake=mistake)) if c.finding else c
        for c in twice.checks
    )
    work = {"rank": dataclasses.replace(twice, checks=named)}
    other = learner("c", "C", {"matmul": graded(MATMUL, {"lecture_product": "elementwise"})})
    found = named_mistakes(of(learner("a", "A", work), learner("b", "B", work), other))
    assert [(m.slug, m.checks, m.learners) for m in found] == [
        ("rank", ("counts_axes", "names_kinds"), ("a", "b")),
        ("matmul", ("lecture_product",), ("c",)),
    ]


def test_work_that_did_not_come_gave_no_answer():
    away = absent(RANK)
    wrong = graded(RANK, {"counts_axes": "size_for_rank"}).checks
    klass = of(*(learner(k, k, {"rank": dataclasses.replace(away, checks=wrong)}) for k in "ab"))
    assert (named_mistakes(klass), clusters(klass), unwritten(klass)) == ((), (), ())


def test_a_long_answer_is_kept_in_part():
    long = "[" + ", ".join(map(str, range(2000))) + "]"
    (made,) = clusters(of(answering("a", long), answering("b", long)))
    assert len(made.actual.en) < MAX_ANSWER + 10


def test_no_order_of_learners_changes_who_made_a_mistake(klass):
    turned = list(klass.learners)
    random.Random(3).shuffle(turned)
    other = dataclasses.replace(klass, learners=tuple(turned))
    for find in (clusters, named_mistakes):
        one = {(c.slug, frozenset(c.learners)) for c in find(klass)}
        assert one == {(c.slug, frozenset(c.learners)) for c in find(other)}


def test_costs_are_those_of_work_that_ran():
    klass = of(learner("a", "A"), learner("b", "B"), learner("c", "C", {"rank": absent(RANK)}))
    spent = [Timing("a", "rank", 1.0, 0.5, 300), Timing("b", "rank", 3.0, 2.5, 400), Timing("c", "rank", 0.01, 0.0)]
    (cost,) = costs(klass, spent)
    assert (cost.gradings, cost.slowest) == (2, "b")
    assert (cost.wall_s.median, cost.wall_s.p90, cost.wall_s.largest) == (2.0, 2.8, 3.0)
    assert cost.memory_mb.median == 350


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=40))
def test_quantiles_are_in_order_and_those_of_numpy(values):
    q = quantiles(values)
    assert q.median <= q.p90 <= q.largest
    assert q.median == pytest.approx(float(np.median(values)), abs=1e-3)


def tries(who: str, *points: int) -> list[Attempt]:
    return [Attempt(who, "rank", n, p, 8) for n, p in enumerate(points, 1)]


def test_progress_is_from_each_ones_first_attempt_to_the_last():
    made = [*tries("a", 2, 4, 8), *tries("b", 4, 4), *tries("c", 8, 6), *tries("d", 8), *tries("e", 4, 2, 4, 3)]
    (found,) = progress(made, ["matmul", "rank"])
    assert (found.learners, found.better, found.same, found.worse) == (4, 1, 1, 2)
    assert (found.first, found.last) == (round(18 / 32, 4), round(21 / 32, 4))
    assert [(s.number, s.learners, s.share) for s in found.steps] == [
        (1, 4, 0.5625), (2, 4, 0.5), (3, 2, 0.75), (4, 1, 0.375)]  # fmt: skip
    assert found.stuck == ("e",)


def test_one_attempt_each_is_no_progress():
    assert progress([*tries("a", 2), *tries("b", 8)], ["rank"]) == ()


def test_attempts_are_read_from_beside_the_grades(klass, tmp_path):
    """Those of work that came and was graded; of a file that was graded anew, the newest grade."""
    learner = klass.learners[0].id
    marks = [CheckMark(str(n), Outcome.PASSED if n < 2 else Outcome.FAILED, 1) for n in range(8)]
    seen = [
        Seen(learner, "", "rank", Status.GRADED, sha256="a", checks=tuple(marks[1:]), runs=(1,)),
        Seen(learner, "", "rank", Status.GRADED, sha256="b", checks=tuple(marks[2:]), runs=(2,)),
        Seen(learner, "", "rank", Status.GRADED, sha256="b", checks=tuple(marks), runs=(3,)),
        Seen(learner, "", "rank", Status.MISSING, checks=tuple(marks), runs=(4,)),
    ]
    (tmp_path / "attempts.json").write_text(json.dumps(History((), tuple(seen)).to_json()), encoding="utf-8")
    written = reports.write(dataclasses.replace(klass, learners=klass.learners[:1]), tmp_path, lang="en")
    (found,) = json.loads(written.analysis_json.read_bytes())["progress"]
    assert (found["first"], found["last"], len(found["steps"])) == (0.1429, 0.25, 2)


@pytest.mark.parametrize("content", [None, "", "[]", '{"attempts": 3}', '{"attempts": [{"learner": "a"}]}', "\xff"])
def test_without_readable_attempts_a_report_does_without(content, tmp_path):
    path = tmp_path / "attempts.json"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
    assert attempts_in(path) == ()
