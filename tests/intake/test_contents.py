"""A whole homework in one notebook, and a file whose name says nothing, are known by what they define."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.intake import Intake, take_in
from grader.intake.contents import held_by
from tests.intake.made import SLUGS, all_words, folder, notebook, table

if TYPE_CHECKING:
    from pathlib import Path

TASKS = {
    "rank": ("rank_of", "make_scalar"),
    "xor_mlp": ("build_model", "train", "hidden_points"),
    "dropout": ("dropout", "build_model", "train", "gap"),
    "save_load": ("example", "load_network"),
}
RANK = "def rank_of(x):\n    return 0\n\ndef make_scalar():\n    return 1\n"
XOR = ("def build_model():\n    return 'xor'\n", "def train(seed):\n    pass\n", "def hidden_points(m):\n    pass\n")
DROPOUT = ("def dropout(x):\n    pass\n", "def build_model(rate):\n    return 'dropout'\n", "def train():\n    pass\n")
ALL = notebook("import keras", RANK, *XOR, "print('between')", *DROPOUT)


def take(*paths: Path, only: str | None = None) -> Intake:
    return take_in(paths, SLUGS, only=only, tasks=TASKS)


def test_all_exercises_in_one_notebook_are_all_graded(tmp_path: Path) -> None:
    files = {"kim/homework.ipynb": ALL, "lee/rank.py": RANK.encode(), "park/rank_dropout.ipynb": ALL}
    intake = take(folder(tmp_path / "class", files))
    everything = dict.fromkeys(("rank", "xor_mlp", "dropout"), "homework.ipynb")
    assert table(intake) == {
        "kim": everything,
        "lee": {"rank": "rank.py"},
        "park": dict.fromkeys(everything, "rank_dropout.ipynb"),
    }
    assert {one.rule for one in intake.learners[0].submissions} == {"content"}
    assert all_words(intake) == ""


def test_each_has_the_cells_down_to_its_own_last_task() -> None:
    held = {one.slug: one.cells for one in held_by("homework.ipynb", ALL, TASKS)}
    assert held == {"rank": 2, "xor_mlp": 5, "dropout": 9}, "build_model of xor_mlp is not the one of dropout"


def test_a_file_that_is_named_after_one_exercise_and_holds_others_counts_for_all(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"rank.ipynb": ALL}))
    assert table(intake)["kim"] == dict.fromkeys(("rank", "xor_mlp", "dropout"), "rank.ipynb")


def test_of_several_exercises_in_a_file_that_is_named_after_one_each_has_its_own_cells(tmp_path: Path) -> None:
    (kim,) = take(folder(tmp_path / "kim", {"xor_mlp.ipynb": ALL})).learners
    assert {one.slug: one.cells for one in kim.submissions} == {"rank": 2, "xor_mlp": 5, "dropout": 9}
    (kim,) = take(folder(tmp_path / "lee", {"homework.ipynb": ALL}), only="xor_mlp").learners
    assert [one.cells for one in kim.submissions] == [5], "build_model further down is another exercise's"


def test_a_file_of_no_name_is_known_by_what_it_defines(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"Untitled3.ipynb": notebook(RANK), "utils.py": b"def helper(): pass\n"}))
    (submission,) = intake.learners[0].submissions
    assert (submission.slug, submission.cells) == ("rank", None)
    assert "utils.py belongs to no exercise" in all_words(intake)


def test_a_file_with_the_exercises_name_goes_before_one_that_defines_the_same(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"rank.py": RANK.encode(), "notes.ipynb": notebook(RANK)}))
    assert table(intake) == {"kim": {"rank": "rank.py"}}
    assert "notes.ipynb belongs to no exercise" in all_words(intake)


def test_names_that_several_exercises_have_say_nothing_alone(tmp_path: Path) -> None:
    code = "def build_model():\n    pass\n\ndef train():\n    pass\n"
    assert table(take(folder(tmp_path / "kim", {"model.py": code.encode()}))) == {"kim": {}}


def test_notebooks_that_bear_only_their_owners_names_are_those_learners(tmp_path: Path) -> None:
    files = {"20231234 홍길동.ipynb": ALL, "20231235_Lee_hw1.ipynb": notebook(RANK), "Untitled.ipynb": ALL}
    intake = take(folder(tmp_path / "class", files))
    everything = dict.fromkeys(("rank", "xor_mlp", "dropout"), "20231234 홍길동.ipynb")
    assert table(intake) == {"20231234 홍길동": everything, "20231235 lee": {"rank": "20231235_Lee_hw1.ipynb"}}
    assert "no learner's name stands with it: Untitled.ipynb" in all_words(intake)
    assert table(take(tmp_path / "class", only="dropout")) == {
        "20231234 홍길동": {"dropout": "20231234 홍길동.ipynb"},
        "20231235 lee": {},
    }
    versions = {"HW1.ipynb": notebook(RANK), "HW1 final.ipynb": notebook(RANK, "x = 1")}
    assert list(table(take(folder(tmp_path / "kim", versions)))) == ["kim"], "words for versions are nobody's name"


def test_what_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    assert held_by("a.ipynb", b'{"cells": rank_of', TASKS) == ()
    files = {"homework.py": b"rank_of = 1\n" * 300_000, "other.ipynb": notebook(RANK)}
    assert table(take(folder(tmp_path / "kim", files))) == {"kim": {"rank": "other.ipynb"}}
