"""A changed file of a course makes just those exercises graded again whose grades it may change."""

from __future__ import annotations

import pytest

from grader import skeleton
from grader.course import load_course
from grader.engine.tiers import Tier
from grader.grading import Options, plan
from grader.intake import Intake, LearnerFiles, Submission
from tests.cli.conftest import RIGHT, SLUG, course, made_course

__all__ = ["course", "made_course"]
OTHER = "thrice"


@pytest.fixture
def two(course):
    skeleton.write(load_course(course), OTHER)
    return course


def changed(root, files):
    """The slugs whose fingerprint changes when the files get another line."""
    before = load_course(root).fingerprints
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "\n# more\n", encoding="utf-8")
    after = load_course(root).fingerprints
    return {slug for slug, sha256 in after.items() if before[slug] != sha256}


@pytest.mark.parametrize(
    ("file", "slugs"),
    [
        (f"exercises/01_{SLUG}/checks.py", {SLUG}),
        (f"solutions/01_{SLUG}/checks.py", {SLUG}),
        (f"exercises/01_{SLUG}/exercise.toml", {SLUG}),
        (f"exercises/01_{SLUG}/data/inputs.csv", {SLUG}),
        ("exercises/helpers.py", {SLUG, OTHER}),
        ("solutions/shared/data.csv", {SLUG, OTHER}),
        ("exercises/course.toml", set()),
        (f"exercises/01_{SLUG}/{SLUG}.py", set()),
        (f"exercises/01_{SLUG}/{SLUG}.ko.ipynb", set()),
        (f"solutions/01_{SLUG}/{SLUG}.py", set()),
        (f"solutions/01_{SLUG}/wrong/square.py", set()),
        (f"exercises/01_{SLUG}/.checks.py.swp", set()),
        (f"exercises/01_{SLUG}/checks.py~", set()),
        ("exercises/README.md", set()),
        ("policy.toml", set()),
    ],
)
def test_a_file_counts_for_the_exercises_that_it_may_change(two, file, slugs):
    assert changed(two, [file]) == slugs


def keys(root, seed=None):
    loaded = load_course(root)
    files = tuple(Submission("ada", "Ada", slug, f"{slug}.py", RIGHT.encode()) for slug in loaded.slugs)
    options = Options(seed, Tier.PROCESS)
    return {p.job.slug: p.key for p in plan(Intake((LearnerFiles("ada", "Ada", files),)), loaded, options)}


@pytest.mark.parametrize("seed", [None, 7])
def test_a_changed_check_makes_its_own_exercise_graded_again_and_no_other(two, seed):
    before = keys(two, seed)
    assert changed(two, [f"solutions/01_{SLUG}/checks.py"]) == {SLUG}
    after = keys(two, seed)
    assert after[OTHER] == before[OTHER]
    assert after[SLUG] != before[SLUG]


def test_when_the_work_was_handed_in_is_no_reason_to_grade_it_again(course):
    loaded = load_course(course)
    times = {
        plan(
            Intake(
                (LearnerFiles("a", "A", (Submission("a", "A", SLUG, "x.py", b"x = 1", submitted_at=at, late=late),)),)
            ),
            loaded,
            Options(1, Tier.PROCESS),
        )[0].key
        for at, late in (("", None), ("2026-03-20T10:00:00+09:00", False), ("2026-03-21T10:00:00+09:00", True))
    }
    assert len(times) == 1


def seeds(root):
    loaded = load_course(root)
    return {slug: loaded.seed_of(slug) for slug in loaded.slugs}


def test_the_seed_of_an_exercise_follows_from_its_own_hidden_checks(two):
    before = seeds(two)
    changed(two, [f"solutions/01_{SLUG}/checks.py"])
    after = seeds(two)
    assert after[SLUG] != before[SLUG]
    assert after[OTHER] == before[OTHER]


def test_an_exercise_without_hidden_checks_has_a_seed_that_no_learner_knows_either(two):
    (hidden,) = (two / "solutions").glob(f"*_{OTHER}/checks.py")
    hidden.unlink()
    before = seeds(two)
    changed(two, [f"solutions/01_{SLUG}/checks.py"])
    assert seeds(two)[OTHER] != before[OTHER]
