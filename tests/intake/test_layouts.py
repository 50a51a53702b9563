"""Whatever way work is handed in, it lands with its learner."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from grader.intake import take_in
from tests.intake.made import SLUGS, all_words, folder, notebook, table, take, words, zipped

CODE = b"x = 1\n"
OTHER = b"y = 2\n"

LAYOUTS = {
    "a folder of one learner": (
        {"rank.py": CODE, "matmul.ipynb": notebook("x")},
        {"box": {"rank": "rank.py", "matmul": "matmul.ipynb"}},
    ),
    "folders named after exercises": (
        {"01_rank/rank.py": CODE, "03_matmul/main.py": CODE},
        {"box": {"rank": "01_rank/rank.py", "matmul": "03_matmul/main.py"}},
    ),
    "folders named after weeks": (
        {"week 1/rank.py": CODE, "week 2/matmul.py": CODE},
        {"box": {"rank": "week 1/rank.py", "matmul": "week 2/matmul.py"}},
    ),
    "a folder of learners": (
        {"kim/rank.py": CODE, "lee/01_rank.py": CODE, "박지민/matmul.py": CODE},
        {"kim": {"rank": "rank.py"}, "lee": {"rank": "01_rank.py"}, "박지민": {"matmul": "matmul.py"}},
    ),
    "learners with folders of their own": (
        {"kim/01_rank/rank.py": CODE, "lee/hw/rank.py": CODE},
        {"kim": {"rank": "01_rank/rank.py"}, "lee": {"rank": "hw/rank.py"}},
    ),
    "learners in sections": (
        {"a/kim/rank.py": CODE, "a/lee/rank.py": CODE, "b/park/rank.py": CODE, "b/choi/rank.py": CODE},
        {name: {"rank": "rank.py"} for name in ("kim", "lee", "park", "choi")},
    ),
    "a learner who handed in nothing": ({"kim/rank.py": CODE, "lee/": b""}, {"kim": {"rank": "rank.py"}, "lee": {}}),
    "a learner who handed in a document": (
        {"kim/rank.py": CODE, "lee/rank.docx": b"PK"},
        {"kim": {"rank": "rank.py"}, "lee": {}},
    ),
    "one learner in a class folder": ({"kim/rank.py": CODE}, {"kim": {"rank": "rank.py"}}),
    "a wrapper around a class": (
        {"class/kim/rank.py": CODE, "class/lee/rank.py": CODE},
        {"kim": {"rank": "rank.py"}, "lee": {"rank": "rank.py"}},
    ),
    "files that name their owner": (
        {"kim_rank.py": CODE, "lee_rank.py": CODE, "kim_matmul.ipynb": notebook("x")},
        {"kim": {"rank": "kim_rank.py", "matmul": "kim_matmul.ipynb"}, "lee": {"rank": "lee_rank.py"}},
    ),
    "files that end with their owner": (
        {"hw1_rank_20231111.py": CODE, "hw1_rank_20232222.py": CODE},
        {"20231111": {"rank": "hw1_rank_20231111.py"}, "20232222": {"rank": "hw1_rank_20232222.py"}},
    ),
    "folders of exercises with files of learners": (
        {"01_rank/kim.py": CODE, "01_rank/lee.py": CODE, "03_matmul/kim.ipynb": notebook("x")},
        {"kim": {"rank": "01_rank/kim.py", "matmul": "03_matmul/kim.ipynb"}, "lee": {"rank": "01_rank/lee.py"}},
    ),
    "folders of exercises with folders of learners": (
        {"01_rank/kim/rank.py": CODE, "01_rank/lee/main.py": CODE, "03_matmul/kim/matmul.py": CODE},
        {
            "kim": {"rank": "01_rank/rank.py", "matmul": "03_matmul/matmul.py"},
            "lee": {"rank": "01_rank/main.py"},
        },
    ),
    "zips of learners": (
        {"kim.zip": zipped({"rank.py": CODE}), "lee.zip": zipped({"hw/rank.py": CODE}), "park/rank.py": CODE},
        {"kim": {"rank": "rank.py"}, "lee": {"rank": "hw/rank.py"}, "park": {"rank": "rank.py"}},
    ),
    "what systems leave behind": (
        {
            "kim/rank.py": CODE,
            "kim/.ipynb_checkpoints/rank-checkpoint.py": OTHER,
            "kim/rank-checkpoint.ipynb": OTHER,
            "kim/__pycache__/rank.py": OTHER,
            "kim/venv/lib/rank.py": OTHER,
            "kim/.git/rank.py": OTHER,
            "__MACOSX/kim/._rank.py": OTHER,
            ".DS_Store": OTHER,
            "lee/rank.py": CODE,
            "lee/._rank.py": OTHER,
        },
        {"kim": {"rank": "rank.py"}, "lee": {"rank": "rank.py"}},
    ),
    "one learner with drafts": (
        {"draft/rank.py": CODE, "final/rank.py": OTHER},
        {"box": {"rank": "draft/rank.py"}},
    ),
    "a class for each homework": (
        {f"hw{i}/{who}/{what}.py": CODE for i, what in enumerate(("rank", "gates")) for who in ("kim", "lee")},
        {"kim": {"rank": "rank.py", "gates": "gates.py"}, "lee": {"rank": "rank.py", "gates": "gates.py"}},
    ),
    "a wrapper whose name says nothing": ({"submission/rank.py": CODE}, {"box": {"rank": "submission/rank.py"}}),
    "wrappers whose names say nothing": ({"hw 1/src/rank.py": CODE}, {"box": {"rank": "hw 1/src/rank.py"}}),
    "a course folder with its checks": (
        {
            "01_rank/rank.py": CODE,
            "01_rank/checks.py": OTHER,
            "01_rank/exercise.toml": OTHER,
            "03_matmul/matmul.py": CODE,
        },
        {"box": {"rank": "01_rank/rank.py", "matmul": "03_matmul/matmul.py"}},
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_folder_is_understood(name: str, tmp_path: Path) -> None:
    files, expected = LAYOUTS[name]
    assert table(take(folder(tmp_path / "box", files))) == expected


@pytest.mark.parametrize("name", [name for name in LAYOUTS if "zip" not in name])
def test_a_zip_of_it_is_understood_alike(name: str, tmp_path: Path) -> None:
    files, expected = LAYOUTS[name]
    (tmp_path / "box.zip").write_bytes(zipped(files))
    assert table(take(tmp_path / "box.zip")) == expected


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_zip_of_a_folder_of_it_is_understood_alike(name: str, tmp_path: Path) -> None:
    files, expected = LAYOUTS[name]
    (tmp_path / "outer.zip").write_bytes(zipped({f"box/{file}": data for file, data in files.items()}))
    assert table(take(tmp_path / "outer.zip")) == expected


def test_a_file_is_of_the_learner_whose_folder_it_lies_in(tmp_path: Path) -> None:
    home = folder(tmp_path / "kim", {"rank.py": CODE})
    intake = take(home / "rank.py")
    assert table(intake) == {"kim": {"rank": "rank.py"}}
    assert intake.learners[0].submissions[0].data == CODE


def test_a_file_where_one_stands_is_yours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder(tmp_path / "kim", {"rank.py": CODE}))
    assert table(take(Path("rank.py"))) == {"you": {"rank": "rank.py"}}
    assert table(take(Path())) == {"kim": {"rank": "rank.py"}}
    assert table(take(Path("../kim/rank.py"))) == {"kim": {"rank": "rank.py"}}


def test_several_files_of_one_folder_are_one_learners(tmp_path: Path) -> None:
    home = folder(tmp_path / "kim", {"rank.py": CODE, "matmul.py": CODE, "utils.py": CODE})
    assert table(take(home / "rank.py", home / "matmul.py")) == {"kim": {"rank": "rank.py", "matmul": "matmul.py"}}


def test_several_files_of_several_owners(tmp_path: Path) -> None:
    home = folder(tmp_path / "class", {"kim_rank.py": CODE, "lee_rank.py": CODE})
    assert set(table(take(*sorted(home.iterdir())))) == {"kim", "lee"}


def test_several_folders_are_several_learners(tmp_path: Path) -> None:
    folder(tmp_path, {"kim/rank.py": CODE, "lee/rank.py": CODE})
    assert set(table(take(tmp_path / "kim", tmp_path / "lee"))) == {"kim", "lee"}


def test_the_same_path_twice_is_one(tmp_path: Path) -> None:
    home = folder(tmp_path / "kim", {"rank.py": CODE})
    assert len(take(home, home).learners) == 1


def test_one_download_for_each_exercise_joins_its_learners(tmp_path: Path) -> None:
    folder(
        tmp_path,
        {"hw1/kim/rank.py": CODE, "hw1/lee/rank.py": CODE, "hw2/kim/matmul.py": CODE, "hw2/lee/matmul.py": CODE},
    )
    expected = {name: {"rank": "rank.py", "matmul": "matmul.py"} for name in ("kim", "lee")}
    assert table(take(tmp_path / "hw1", tmp_path / "hw2")) == expected


def test_namesakes_with_the_same_exercise_are_kept_apart_and_named(tmp_path: Path) -> None:
    folder(tmp_path, {"a/kim/rank.py": CODE, "a/lee/rank.py": CODE, "b/kim/rank.py": OTHER, "b/lee/matmul.py": OTHER})
    intake = take(tmp_path / "a", tmp_path / "b")
    assert [one.id for one in intake.learners] == ["kim", "kim-2", "lee"]
    assert "Several learners are called kim. They are kept apart as kim, kim-2." in words(intake.messages)


def test_a_name_in_the_letters_of_macos_is_one_learner(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "김영희")
    folder(tmp_path, {f"a/{decomposed}/rank.py": CODE, "b/김영희/matmul.py": CODE})
    assert table(take(tmp_path / "a", tmp_path / "b")) == {"김영희": {"rank": "rank.py", "matmul": "matmul.py"}}


def test_a_stray_file_beside_the_learners_is_named(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "c", {"kim/rank.py": CODE, "lee/rank.py": CODE, "rank.py": CODE}))
    assert set(table(intake)) == {"kim", "lee"}
    assert "rank.py" in words(intake.messages)


def test_only_keeps_one_exercise_and_is_silent_on_the_others(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"rank.py": CODE, "matmul.py": CODE}), only="rank")
    assert table(intake) == {"kim": {"rank": "rank.py"}}
    assert all_words(intake) == ""


def test_only_keeps_a_learner_without_that_exercise(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "c", {"kim/rank.py": CODE, "lee/matmul.py": CODE}), only="rank")
    assert table(intake) == {"kim": {"rank": "rank.py"}, "lee": {}}


def test_with_only_files_may_be_called_after_their_learners(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "c", {"kim.py": CODE, "lee.ipynb": notebook("x")}), only="rank")
    assert table(intake) == {"kim": {"rank": "rank/kim.py"}, "lee": {"rank": "rank/lee.ipynb"}}


def test_with_only_a_single_file_may_have_any_name(tmp_path: Path) -> None:
    home = folder(tmp_path / "kim", {"whatever.py": CODE})
    assert table(take(home / "whatever.py", only="rank")) == {"kim": {"rank": "whatever.py"}}


@pytest.mark.parametrize("files", [{}, {"readme.txt": CODE}, {"data/": b""}])
def test_where_nothing_came_it_says_so_and_names_the_files_that_should(files: dict[str, bytes], tmp_path: Path) -> None:
    assert "rank, matmul, reshape" in all_words(take(folder(tmp_path / "kim", files)))


def test_no_paths_at_all_is_no_crash() -> None:
    assert take().learners == ()


def test_a_path_that_is_not_there_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    intake = take(tmp_path / "nowhere", folder(tmp_path / "kim", {"rank.py": CODE}))
    assert set(table(intake)) == {"kim"}
    assert "nowhere cannot be read" in words(intake.messages)


def test_the_same_files_in_another_order_of_making_give_the_same_intake(tmp_path: Path) -> None:
    files = {
        "kim/rank.py": CODE,
        "kim/rank (1).py": OTHER,
        "lee/x.py": CODE,
        "Ünal/rank.py": CODE,
        "kim/utils.py": CODE,
    }
    one = take(folder(tmp_path / "1" / "c", files))
    other = take(folder(tmp_path / "2" / "c", dict(reversed(files.items()))))
    assert one == other


def test_a_class_of_300_is_taken_in_within_seconds(tmp_path: Path) -> None:
    files = {f"learner{i}/{slug}.py": CODE for i in range(300) for slug in ("rank", "matmul", "gates")}
    (tmp_path / "class.zip").write_bytes(zipped(files))
    intake = take(tmp_path / "class.zip")
    assert len(intake.learners) == 300
    assert all(len(one.submissions) == 3 for one in intake.learners)


@pytest.mark.parametrize("files", [{"readme.txt": CODE}, {"main.py": CODE, "solution.py": CODE}])
def test_with_only_and_no_telling_names_it_says_what_is_missing(files: dict[str, bytes], tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", files), only="rank")
    assert table(intake) == {"kim": {}}
    assert "No exercise file came from kim" in all_words(intake)


def test_folders_that_name_exercise_and_learner_are_learners(tmp_path: Path) -> None:
    root = folder(
        tmp_path / "class",
        {"rank_kim/rank.py": CODE, "rank_lee/rank.py": CODE, "rank_park/rank.ipynb": notebook("x = 1")},
    )
    assert len(table(take(root))) == 3


def test_folders_that_name_exercise_and_one_learner_are_that_learners(tmp_path: Path) -> None:
    root = folder(tmp_path / "kim", {"rank_kim/rank.py": CODE, "matmul_kim/matmul.py": CODE})
    assert list(table(take(root)).values()) == [{"rank": "rank_kim/rank.py", "matmul": "matmul_kim/matmul.py"}]


def test_everything_is_one_learners_where_the_owner_is_named(tmp_path: Path) -> None:
    """A repository whose folders look like a class, with copies of one exercise."""
    there = folder(
        tmp_path / "repo", {"draft/rank.py": b"raise NotImplementedError\n", "done/rank.py": CODE, "README.md": b"x"}
    )
    (one,) = take_in([there], SLUGS, owner="Ada").learners
    assert (one.name, [s.slug for s in one.submissions], one.submissions[0].data) == ("Ada", ["rank"], CODE)


def test_the_only_program_of_a_named_owner_is_for_the_exercise_that_is_wanted(tmp_path: Path) -> None:
    there = folder(tmp_path / "repo", {"my homework.py": CODE})
    (one,) = take_in([there], SLUGS, owner="Ada", only="rank").learners
    assert [(s.slug, s.data) for s in one.submissions] == [("rank", CODE)]
    assert take_in([there], SLUGS, owner="Ada").learners[0].submissions == ()
