"""A file's name says which exercise it is for."""

from __future__ import annotations

import unicodedata

import pytest

from grader.intake.matching import Exercises, Fit, take_apart
from tests.intake.made import SLUGS

EXERCISES = Exercises(SLUGS)


@pytest.mark.parametrize(
    ("stem", "slug", "fit"),
    [
        ("rank", "rank", Fit.EXACT),
        ("01_rank", "rank", Fit.EXACT),
        ("07-lr_sweep", "lr_sweep", Fit.EXACT),
        ("01rank", "rank", Fit.EXACT),
        ("Rank", "rank", Fit.SPELLING),
        ("RANK", "rank", Fit.SPELLING),
        ("xor-mlp", "xor_mlp", Fit.SPELLING),
        ("xorMLP", "xor_mlp", Fit.SPELLING),
        ("xor mlp", "xor_mlp", Fit.SPELLING),
        ("XORMLP", "xor_mlp", Fit.SPELLING),
        ("batch_norm", "batchnorm", Fit.SPELLING),
        ("BatchNorm", "batchnorm", Fit.SPELLING),
        ("mat_mul", "matmul", Fit.SPELLING),
        ("saveLoad", "save_load", Fit.SPELLING),
        ("rank (1)", "rank", Fit.COPY),
        ("rank - Copy", "rank", Fit.COPY),
        ("Copy of rank", "rank", Fit.COPY),
        ("rank.ko", "rank", Fit.COPY),
        ("rank의 사본", "rank", Fit.COPY),
        ("rank 복사본", "rank", Fit.COPY),
        ("rank2", "rank", Fit.COPY),
        ("hw1_rank_final", "rank", Fit.WORDS),
        ("20231234_김영희_rank", "rank", Fit.WORDS),
        ("my dropout FINAL final v2", "dropout", Fit.WORDS),
    ],
)
def test_a_name_that_learners_give_is_understood(stem: str, slug: str, fit: Fit) -> None:
    match = EXERCISES.match(stem)
    assert match is not None
    assert (match.slugs, match.fit) == ((slug,), fit)


@pytest.mark.parametrize(
    "stem", ["", "utils", "ranking", "frank", "prank", "drop", "xor", "load", "___", "한글", "main"]
)
def test_a_name_that_only_resembles_one_is_not_taken(stem: str) -> None:
    assert EXERCISES.match(stem) is None


def test_a_name_with_two_exercises_is_ambiguous() -> None:
    match = EXERCISES.match("rank_and_matmul")
    assert match is not None
    assert (set(match.slugs), match.slug) == ({"rank", "matmul"}, "")


def test_the_longer_of_two_slugs_wins() -> None:
    assert Exercises(("xor", "xor_mlp")).slug("hw_xor_mlp") == "xor_mlp"
    assert Exercises(("xor", "xor_mlp")).slug("hw_xor") == "xor"


@pytest.mark.parametrize(
    ("stem", "owner"),
    [
        ("kim_rank", "kim"),
        ("rank_김영희", "김영희"),
        ("hw1_rank_final", ""),
        ("20231234_rank", "20231234"),
        ("rank (3)", ""),
    ],
)
def test_the_owner_is_what_is_neither_exercise_nor_noise(stem: str, owner: str) -> None:
    match = EXERCISES.match(stem)
    assert match is not None
    assert match.owner == owner


@pytest.mark.parametrize(
    ("stem", "slug"),
    [
        ("matmull", "matmul"),
        ("gate", "gates"),
        ("acitvations", "activations"),
        ("hw2_reshpae", "reshape"),
        ("dropuot", "dropout"),
    ],
)
def test_a_misspelt_name_is_guessed(stem: str, slug: str) -> None:
    assert EXERCISES.match(stem) is None
    assert EXERCISES.guess(stem) == slug


@pytest.mark.parametrize("stem", ["utils", "helper", "data", "", "x" * 10_000, "1234", "my_functions"])
def test_nothing_is_guessed_for_a_name_unlike_any(stem: str) -> None:
    assert EXERCISES.guess(stem) is None


@pytest.mark.parametrize(
    ("name", "stem", "ending", "renamed"),
    [
        ("rank.py", "rank", ".py", False),
        ("rank.PY", "rank", ".py", False),
        ("Rank.IPYNB", "Rank", ".ipynb", False),
        ("rank.py.txt", "rank", ".py", True),
        ("rank.ipynb.json", "rank", ".ipynb", True),
        ("rank.docx", "rank", "", False),
        ("rank", "rank", "", False),
        (".py", "", ".py", False),
    ],
)
def test_stem_and_ending(name: str, stem: str, ending: str, *, renamed: bool) -> None:
    parts = take_apart(name)
    assert (parts.stem, parts.ending, parts.renamed) == (stem, ending, renamed)


def test_a_name_in_the_letters_of_macos_is_the_same_name() -> None:
    assert take_apart(unicodedata.normalize("NFD", "김_rank.py")).stem == "김_rank"
