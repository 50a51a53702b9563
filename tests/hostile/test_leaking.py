"""No attack reads a hidden input, an expected value, a source, a solution, or where it was graded on its own page."""

from __future__ import annotations

import functools
import operator
import time

import pytest

from grader.course import Course, default_root, load_course
from grader.grades import ClassGrade, ExerciseGrade, LearnerGrade
from tests.hostile import leaks
from tests.hostile.attack import called, every
from tests.hostile.conftest import Batches
from tests.hostile.leaks import Secrets
from tests.hostile.world import _course
from tests.reports.sample_class import CAPSULE

ATTACKED = {attack.exercise for attack in every()}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """As the attacks were graded by: with short limits, and so with a seed of its own."""
    return load_course(_course(tmp_path_factory.mktemp("world") / "course"))


@pytest.fixture(scope="module")
def secrets(course) -> Secrets:
    found = [
        leaks.of_exercise(e, course.seed_of(e.slug)) if e.slug in ATTACKED else leaks.of_sources(e)
        for e in course.exercises
    ]
    public = "\n".join(p.read_text(encoding="utf-8") for p in default_root().glob("exercises/*/*") if p.is_file())
    return functools.reduce(operator.or_, [*found, leaks.of_machine()]).without(public)


def test_the_audit_s_patience_ends_also_where_a_finalizer_swallows_its_end():
    class Slow:
        def __del__(self):
            time.sleep(0.2)

    def forever():
        Slow()
        while True:
            time.sleep(0.01)

    with leaks._at_most(0.05), pytest.raises(leaks._Enough):
        forever()


def as_class(batches: Batches) -> ClassGrade:
    """Every attack that its tier stops, once for each different grade: most tiers say the same of most attacks."""
    different: dict[str, LearnerGrade] = {}
    for batch in batches.values():
        for name, came in batch.came.items():
            if not called(name).expected(batch.tier).broke:
                id_ = f"{name.replace('/', '-')}.{len(different)}"
                grade = ExerciseGrade.from_json(came.grade)
                different.setdefault(str(grade), LearnerGrade(id_, name, (grade,)))
    return ClassGrade(load_course(default_root()).title, CAPSULE, tuple(different.values()))


def test_no_attack_reads_on_its_page_what_it_must_not(batches: Batches, secrets: Secrets):
    klass = as_class(batches)
    own = {learner.id: called(learner.name).source for learner in klass.learners}
    assert leaks.audit(klass, secrets, own) == {}


def test_hidden_inputs_were_carried_everywhere_but_to_a_page(batches: Batches):
    """The attacks put them into all that they say while they know them; the instructor's copy holds some of it."""
    klass = as_class(batches)
    carriers = tuple(x for x in klass.learners if "/carries_" in x.name)
    assert any("CARRIED" in str(x) for x in carriers)
    for who, where, text in leaks.seen_by_learners(ClassGrade(klass.course_title, CAPSULE, carriers)):
        assert "CARRIED" not in text, (who, where)
