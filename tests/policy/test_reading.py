"""A policy that is wrong is refused with the file, the entry and the repair: a slip must not change a grade in silence."""

from __future__ import annotations

import pytest

from grader.course import default_root, load_course
from grader.errors import AuthorError
from grader.policy.model import Policy
from grader.policy.reading import policy_of, read_policy
from tests.policy.made import SLUGS, policy

GOOD = '[[override]]\nlearner = "a"\nexercise = "rank"\npoints = 1\nreason = "r"\nauthor = "x"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("late = 3", r"late must be a table"),
        ("[late", r"not valid TOML"),
        ("[latte]\n", r"latte is unknown here; known are: timezone, late"),
        ("[late]\nper_day = 1", r"late\.per_day is unknown here; known are: due, grace_minutes, percent_per_day"),
        ("[late]\ndue = '2026-03-20'", r"late\.due must be a date such as .* without quotation marks"),
        ("[late]\ndue = 2026-03-20T10:00:00", r"late\.due needs a time zone"),
        ("[late]\ndue = 2026-03-20", r"late\.due needs a time zone"),
        ("[late]\ndue = 10:00:00", r"late\.due must be a date"),
        ("timezone = 'Asia/Soul'", r"timezone is “Asia/Soul”, which is no time zone; write it as Asia/Seoul"),
        ("timezone = '../../etc/passwd'", r"timezone .* no time zone"),
        ("timezone = 9", r"timezone is missing or no text"),
        ("[late]\npercent_per_day = -1", r"late\.percent_per_day must be a number from 0 to 100"),
        ("[late]\npercent_per_day = 101", r"from 0 to 100"),
        ("[late]\npercent_per_day = nan", r"from 0 to 100"),
        ("[late]\npercent_per_day = inf", r"from 0 to 100"),
        ("[late]\npercent_per_day = true", r"from 0 to 100"),
        ("[late]\npercent_per_day = '10'", r"from 0 to 100"),
        ("[late]\npercent_per_day = 1e-999999999", r"at most six decimals"),
        ("timezone = 'UTC'\n[late]\ndue = 9999-12-31", r"late\.due must be a year from 1990 to 2199"),
        ("[late]\ngrace_minutes = 1.5", r"late\.grace_minutes must be a whole number"),
        ("[late.exercises.rnk]\n", r"late\.exercises\.rnk is unknown here; known are: rank, matmul, reshape"),
        ("[late.exercises.rank]\ndu = 1", r"late\.exercises\.rank\.du is unknown"),
        ("[drop]\nlowest = 9", r"drop\.lowest must be a number from 0 to 3"),
        ("[extra_credit]\nexercises = 'rank'", r"extra_credit\.exercises must be a list of names of exercises"),
        ("[extra_credit]\nexercises = ['rnk']", r"names “rnk”, which the course does not have"),
        ("[extra_credit.checks]\nrnk = []", r"extra_credit\.checks\.rnk is unknown"),
        ("[extension]\nlearner = 'a'", r"extension must be written as \[\[extension\]\]"),
        ("[[extension]]\nlearner = 'a'", r"extension 1\.days or due must be there, and not both"),
        ("[[extension]]\nlearner = 'a'\ndays = 1\ndue = 2026-03-20T00:00:00Z", r"not both"),
        ("[[extension]]\ndays = 1", r"extension 1\.learner is missing"),
        ("[[extension]]\nlearner = 'a'\ndays = 1\nexercise = 'rnk'", r"exercise is “rnk”, .*; it has: rank, matmul"),
        (GOOD + GOOD.replace("points = 1", ""), r"override 2\.points is missing"),
        (GOOD.replace('reason = "r"', ""), r"override 1\.reason is missing"),
        (GOOD.replace('author = "x"', 'author = " "'), r"override 1\.author is missing"),
        (GOOD.replace("points = 1", "points = -1"), r"override 1\.points must be a number from 0"),
        (GOOD + "point = 3\n", r"override 1\.point is unknown"),
        ("x = " + "[" * 5000, r"not valid TOML"),
    ],
)
def test_a_policy_that_is_wrong_names_the_file_the_entry_and_the_repair(tmp_path, text, words):
    with pytest.raises(AuthorError, match=words) as caught:
        policy(tmp_path, text)
    assert str(tmp_path / "policy.toml") in str(caught.value)


def test_a_policy_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(AuthorError, match=r"policy\.toml cannot be read \(No such file"):
        read_policy(tmp_path / "policy.toml", SLUGS)
    (tmp_path / "policy.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(AuthorError, match=r"no text in UTF-8"):
        read_policy(tmp_path / "policy.toml", SLUGS)
    (tmp_path / "policy.toml").write_bytes(b"#" * 10_000_001)
    with pytest.raises(AuthorError, match=r"larger than"):
        read_policy(tmp_path / "policy.toml", SLUGS)


def test_an_empty_policy_changes_nothing(tmp_path):
    made = policy(tmp_path, "")
    assert (made.late.due, made.drop_lowest, made.overrides, made.extensions) == (None, 0, (), ())
    assert Policy().late_for("rank") == made.late


def test_a_file_of_windows_is_the_same_policy(tmp_path):
    made = policy(tmp_path, "[drop]\nlowest = 1\n")
    (tmp_path / "policy.toml").write_bytes(b"\xef\xbb\xbf[drop]\r\nlowest = 1\r\n")
    assert read_policy(tmp_path / "policy.toml", SLUGS) == made


def test_the_example_in_the_documents_is_a_policy_of_our_course(tmp_path):
    root = default_root()
    example = (root / "docs" / "policy.md").read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    made = policy_of(example, tmp_path / "policy.toml", load_course(root).slugs)
    assert made.late.percent_per_day == 10
    assert (len(made.extensions), len(made.overrides)) == (1, 1)
