"""Policies and classes for tests."""

from __future__ import annotations

from grader.grades import Capsule, CheckResult, ClassGrade, ExerciseGrade, LearnerGrade, Outcome, Status
from grader.intake import Intake, LearnerFiles, Submission
from grader.policy.applying import apply
from grader.policy.reading import read_policy
from grader.text import Text

SLUGS = ("rank", "matmul", "reshape")
CAPSULE = Capsule("course", "ab", 1, "strict", {})


def policy(tmp_path, text):
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path, SLUGS)


def work(slug, passed, of=4, worth=1, **more):
    """Work that passed so many checks, named c0, c1, ..."""
    checks = tuple(
        CheckResult(f"c{n}", Text.same(f"Check {n}"), True, Outcome.PASSED if n < passed else Outcome.FAILED, worth)
        for n in range(of)
    )
    return ExerciseGrade(slug, Text.same(slug), Status.GRADED, f"{slug}.py", "", (), more.get("checks", checks))


def counted(tmp_path, text, exercises, at=None, late=None, learner=None):
    """One learner's class under the policy; ``at``: slug -> when it was handed in."""
    files = tuple(
        Submission("ada", "Ada Kim", e.slug, e.file, b"", submitted_at=(at or {}).get(e.slug, ""), late=late)
        for e in exercises
        if e.status is not Status.MISSING
    )
    who = learner or LearnerFiles("ada", "Ada Kim", files, (), "ada@uni.kr", (("canvas", "12345"),))
    klass = ClassGrade(Text.same("c"), CAPSULE, (LearnerGrade("ada", "Ada Kim", tuple(exercises)),))
    return apply(policy(tmp_path, text), klass, Intake((who,)))


def points(klass):
    """Slug -> what it counts for, as shown."""
    return {e.slug: str(e.score) for e in klass.learners[0].exercises}


def told(klass, lang="en"):
    """Every sentence."""
    return [a.text.in_language(lang) for e in klass.learners[0].exercises for a in e.counted.adjustments]
