"""No learner of the sample class reads a hidden input, an expected value, a source, a solution, or where we graded."""

from __future__ import annotations

import dataclasses
import functools
import json
import operator
import sys
import tempfile
from pathlib import Path

import pytest

from grader import sample
from grader.course import default_root, load_course
from grader.grades import ClassGrade, Finding, Outcome
from grader.text import Text
from tests.hostile import leaks
from tests.hostile.leaks import Secrets
from tests.test_sample import graded_sample

COURSE = load_course(default_root())


@pytest.fixture(scope="module")
def secrets(klass) -> Secrets:
    return secrets_of(klass)


def secrets_of(klass: ClassGrade) -> Secrets:
    """Of this grading, of every exercise's confidential files, and of this machine."""
    sources = [leaks.of_sources(exercise) for exercise in COURSE.exercises]
    everything = [*sources, leaks.of_findings(klass), leaks.of_machine()]
    return functools.reduce(operator.or_, everything).without(public_files())


def public_files() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(COURSE.root.glob("exercises/*/*")) if p.is_file())


@pytest.fixture(scope="module")
def klass(tmp_path_factory) -> ClassGrade:
    out = graded_sample(tmp_path_factory)
    return ClassGrade.from_json(json.loads((out / "grades.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def own(klass) -> dict[str, str]:
    """Learner's id -> all that they handed in."""
    files = sample.sample_class(COURSE)
    texts = {
        name: "\n".join(d.decode(errors="replace").replace("\\n", "\n").replace('\\"', '"') for d in some.values())
        for name, some in files.items()
    }
    return {learner.id: texts[learner.name] for learner in klass.learners}


@pytest.mark.slow
def test_there_are_secrets_of_every_kind(secrets):
    assert min(len(secrets.places), len(secrets.lines), len(secrets.numbers), len(secrets.rows)) >= 5


@pytest.mark.slow
def test_no_learner_of_the_sample_class_reads_any_of_them(klass, secrets, own):
    assert len(klass.learners) >= 27
    assert leaks.audit(klass, secrets, own) == {}


@pytest.mark.slow
def test_the_instructor_does_read_hidden_inputs_so_they_were_there_to_leak(klass, secrets):
    found = {words.split(":")[0] for words in secrets.found_in(json.dumps(klass.to_json()))}
    assert {"numbers", "text"} <= found


def planted(klass: ClassGrade, words: str, where: str) -> ClassGrade:
    """The first learner's page with ``words`` in one place."""
    ada = klass.learners[0]
    work = ada.exercises[0]
    if where == "output":
        work = dataclasses.replace(work, run=dataclasses.replace(work.run, output=f"so {words}!"))
    elif where == "message":
        work = dataclasses.replace(work, messages=(Text.same(words),))
    else:
        finding = Finding(Text.same("No."), actual=Text.same(words))
        check = dataclasses.replace(work.checks[0], outcome=Outcome.FAILED, finding=finding)
        work = dataclasses.replace(work, checks=(check, *work.checks[1:]))
    return dataclasses.replace(klass, learners=(dataclasses.replace(ada, exercises=(work,)),))


@pytest.mark.slow
@pytest.mark.parametrize("where", ["output", "message", "finding"])
@pytest.mark.parametrize("kind", ["machine", "text", "number", "numbers"])
def test_one_that_is_planted_is_found(kind, where, klass, secrets, own):
    words = {
        "machine": sys.prefix + "/lib/x.py",
        "text": max(secrets.lines, key=len),
        "number": min(secrets.numbers),
        "numbers": ", ".join(min(secrets.rows)),
    }[kind]
    found = leaks.audit(planted(klass, words, where), secrets, own)
    assert kind in {leak.split(":")[0] for leaked in found.values() for leak in leaked}


@pytest.mark.parametrize(
    "words",
    ["/tmp/gradetape-scratch-4026531836-12-345-ab_c/x.keras", "/tmp/__autograph_generated_filek2xab_1c.py",
     "{{function_node __wrapped__MatMul}}"],
)  # fmt: skip
def test_a_name_that_was_made_for_one_grading_is_found(words):
    assert Secrets().found_in(f"so {words}!") != []


@pytest.mark.parametrize("path", sorted(COURSE.root.glob("exercises/*/*.ipynb")), ids=lambda p: p.name)
def test_a_released_notebook_holds_no_output_and_no_trace_of_where_it_was_made(path):
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert set(notebook["metadata"]) <= {"kernelspec", "language_info", "jupytext"}
    assert not [cell for cell in notebook["cells"] if cell.get("outputs") or cell.get("execution_count")]
    assert {key for cell in notebook["cells"] for key in cell["metadata"]} <= {"tags"}
    sources = leaks.of_sources(COURSE.exercise(path.name.split(".")[0]), but=path)
    places = [
        p for p in (sys.prefix, str(COURSE.root), str(Path("~").expanduser()), tempfile.gettempdir()) if len(p) > 5
    ]
    assert Secrets(frozenset(places), sources.lines).found_in(text.replace("\\n", "\n")) == []
