"""What a program answered with is kept as digests: the same for the same numbers, and never for learners to read."""

from __future__ import annotations

import json
from importlib import resources

import jsonschema
import numpy as np

import reports
from grader.grades import ExerciseGrade, Status
from grader.grading import Planned, evidence
from grader.judge import Job
from grader.store import Graded
from grader.student import Student
from grader.text import Text
from grader.values import Handle, History, StudentModel
from grader.witness import MOST_TRACES, Trace, Witness


def network(*weights):
    return StudentModel(Handle(1, "Model", ""), "Model", weights=tuple(np.array(w, "float32") for w in weights))


def test_equal_weights_have_equal_digests_and_others_have_others():
    one, other = Witness(), Witness()
    for witness, bias in ((one, 0.5), (other, 0.5), (other, 0.25)):
        witness.model(network([[1, 2]], [bias]), "train(1)", None)
    (first,), (same, different) = one.traces(), other.traces()
    assert first == same
    assert first.name == "train"
    assert first.about == "1x2 1"
    assert different.digest != first.digest


def test_weights_that_no_seed_changes_are_counted_by_calls():
    witness = Witness()
    for seed in (1, 2, 2):
        witness.model(network([[1.0]]), f"train({seed})", None)
    assert [t.calls for t in witness.traces()] == [2]


def test_a_loss_curve_is_kept_by_its_digest_and_an_empty_one_is_not():
    witness = Witness()
    witness.history(History(2, {"loss": [0.5, 0.25]}), "model.__getattribute__('history')", 3)
    witness.history(History(0, {}), "fit()", 3)
    (trace,) = witness.traces()
    assert (trace.kind, trace.name, trace.about) == ("curves", "model", "2 epochs: loss")
    assert "0.25" not in json.dumps(trace.to_json())


def test_a_network_without_weights_or_with_too_many_leaves_no_trace(monkeypatch):
    witness = Witness()
    witness.model(network(), "build()", None)
    monkeypatch.setattr("grader.witness.MOST_BYTES", 3)
    witness.model(network([1.0]), "build()", None)
    assert witness.traces() == ()


def test_a_program_that_answers_something_else_each_time_fills_no_disk():
    witness = Witness()
    for number in range(MOST_TRACES + 5):
        witness.model(network([number]), "build()", None)
    assert len(witness.traces()) == MOST_TRACES


class Trained:
    """A session whose program answers with a loss curve."""

    def ask(self, request, buffers, *, limit_s=None):
        return {"ok": True, "value": {"k": "history", "epochs": 1, "v": [["loss", [0.125]]]}}, []


def test_a_student_tells_its_witness_what_crossed_the_wire():
    student = Student(Trained())
    student.seeded(4).train(1)
    assert [(t.kind, t.name) for t in student.witness.traces()] == [("curves", "train")]


def test_evidence_names_learners_and_digests_and_outlives_the_store():
    trace = Trace("weights", "train", "2x1", "0123456789abcdef", 1)
    grade = ExerciseGrade("gates", Text.same("Gates"), Status.GRADED)
    graded = Graded.from_json(json.loads(json.dumps(Graded(grade, 1, 1, 1, traces=(trace,)).to_json())))
    job = Job("", "gates", "gates.py", "", (), 1, "strict")
    planned = [Planned("ada", "Ada", job, "k1"), Planned("bob", "Bob", job, "k2")]
    found = evidence(planned, {"k1": graded, "k2": Graded(grade, 1, 1, 1)})
    assert found["evidence"] == [{"learner": "ada", "slug": "gates", "traces": [trace.to_json()]}]
    assert "traces" not in json.dumps(grade.to_json())
    schema = json.loads((resources.files(reports) / "schema" / "evidence-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)


def test_a_grade_of_an_earlier_version_has_no_traces():
    kept = Graded(ExerciseGrade("gates", Text.same("Gates"), Status.GRADED), 1, 1, 1).to_json()
    del kept["traces"]
    assert Graded.from_json(kept).traces == ()
