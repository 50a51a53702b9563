"""Of several files for one exercise one counts, and the message names both; other files get a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.intake.made import all_words, folder, notebook, table, take, words

if TYPE_CHECKING:
    from pathlib import Path

DONE = b"def f():\n    return 1\n"
STUB = b"def f():\n    raise NotImplementedError('f')\n"


@pytest.mark.parametrize(
    ("files", "taken", "reason"),
    [
        ({"rank.py": DONE, "hw1_rank_final.py": DONE + b"#"}, "rank.py", "its name is nearer"),
        ({"rank.py": DONE, "rank (1).py": DONE + b"#"}, "rank.py", "its name is nearer"),
        ({"rank.py": DONE, "rank.ipynb": notebook("x")}, "rank.ipynb", "a notebook goes before a program"),
        ({"rank.py": STUB, "rank (1).py": DONE}, "rank (1).py", "fewer tasks are left open"),
        ({"rank.ipynb": notebook(STUB.decode()), "rank.py": DONE}, "rank.py", "fewer tasks are left open"),
        ({"rank.py": DONE, "old/rank.py": DONE + b"#"}, "rank.py", "it lies in a higher folder"),
        ({"rank_b.py": DONE, "rank_a.py": DONE + b"#"}, "rank_a.py", "comes first in the alphabet"),
        ({"rank.py": b"#" * 3_000_000, "rank (1).py": DONE}, "rank (1).py", "the other cannot be read"),
    ],
)
def test_one_counts_and_both_are_named(files: dict[str, bytes], taken: str, reason: str, tmp_path: Path) -> None:
    box = folder(tmp_path / "kim" / "box", files)
    submission = take(box).learners[0].submissions[0]
    assert submission.file == taken
    text = words(submission.messages)
    assert reason in text
    assert all(name in text for name in files)
    assert "Hand in only the one that counts" in text


def test_the_same_file_twice_is_said_so(tmp_path: Path) -> None:
    submission = take(folder(tmp_path / "kim", {"rank.py": DONE, "rank (1).py": DONE})).learners[0].submissions[0]
    assert words(submission.messages) == "rank.py came more than once: rank (1).py. Hand in one."


def test_of_a_thousand_copies_a_few_are_opened(tmp_path: Path) -> None:
    files = {f"rank ({i}).py": DONE + str(i).encode() for i in range(1000)}
    submission = take(folder(tmp_path / "kim", files)).learners[0].submissions[0]
    assert submission.data is not None
    assert len(submission.messages) == 1
    assert "and 994 more. Hand in only the one that counts." in words(submission.messages)


def test_a_misspelt_name_is_asked_about(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"rank.py": DONE, "matmull.ipynb": notebook("x")}))
    assert table(intake) == {"kim": {"rank": "rank.py"}}
    assert "matmull.ipynb belongs to no exercise and was not read. Did you mean matmul.ipynb?" in all_words(intake)


def test_a_helper_file_is_named_with_the_repair(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"rank.py": DONE, "utils.py": DONE}))
    assert "utils.py belongs to no exercise and was not read. Put all that" in words(intake.learners[0].messages)


def test_an_ambiguous_name_is_named_with_the_exercises(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"rank_matmul.py": DONE, "gates.py": DONE}))
    assert table(intake) == {"kim": {"gates": "gates.py"}}
    assert "rank_matmul.py could be for several exercises (rank, matmul)" in words(intake.learners[0].messages)


def test_files_of_the_course_are_not_worth_a_word(tmp_path: Path) -> None:
    files = {
        "01_rank/rank.py": DONE,
        "01_rank/checks.py": DONE,
        "conftest.py": DONE,
        "data.csv": b"1",
        "notes.txt": b"1",
    }
    assert all_words(take(folder(tmp_path / "kim", files))) == ""


def test_many_unknown_files_are_summed_up(tmp_path: Path) -> None:
    files = {"rank.py": DONE, **{f"part{i:03}.py": DONE for i in range(500)}}
    learner = take(folder(tmp_path / "kim", files)).learners[0]
    assert len(learner.messages) == 6
    assert "and 490 more" in words(learner.messages)


@pytest.mark.parametrize("name", ["rank.docx", "01_rank.hwp", "Rank.txt", "rank (1).pdf", "rank"])
def test_a_document_in_place_of_a_program_is_named(name: str, tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {name: b"text", "matmul.py": DONE}))
    assert f"{name} is no Python file and was not read. Hand in rank.py or rank.ipynb." in all_words(intake)


@pytest.mark.parametrize("name", ["kim.rar", "kim.7z", "kim.egg", "kim.tar.gz"])
def test_an_archive_of_another_kind_keeps_its_learner_visible(name: str, tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "class", {name: b"Rar!", "lee/rank.py": DONE, "park/rank.py": DONE}))
    assert [one.id for one in intake.learners] == ["kim", "lee", "park"]
    assert f"{name} is a" in all_words(intake)
    assert "pack it again as .zip" in all_words(intake)


def test_what_came_instead_of_an_exercise_is_named_and_a_report_beside_one_is_kept_in_the_list(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "class", {"kim/answers.docx": b"PK", "lee/rank.py": DONE, "lee/report.pdf": b"%"}))
    kim, lee = intake.learners
    assert words(kim.messages).startswith("No exercise file came from kim, only answers.docx. ")
    assert (kim.beside, lee.beside, lee.messages) == (("answers.docx",), ("report.pdf",), ())


def test_an_archive_of_another_kind_alone(tmp_path: Path) -> None:
    (tmp_path / "kim.rar").write_bytes(b"Rar!")
    assert all_words(take(tmp_path / "kim.rar")) == (
        "kim.rar is a RAR archive and was not read. Unpack it and pack it again as .zip."
    )


def test_an_ending_too_many_is_read_and_named(tmp_path: Path) -> None:
    submission = take(folder(tmp_path / "kim", {"rank.py.txt": DONE})).learners[0].submissions[0]
    assert submission.data == DONE
    assert words(submission.messages) == "rank.py.txt has one ending too many. Call it rank.py."


def test_submissions_stand_in_the_order_of_the_course(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "kim", {"save_load.py": DONE, "rank.py": DONE, "gates.py": DONE}))
    assert [s.slug for s in intake.learners[0].submissions] == ["rank", "gates", "save_load"]


def test_a_name_made_to_deceive_is_shown_as_data(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "class", {"k\u202eim\x1b[31m/rank\n.py": DONE, "lee/rank.py": DONE}))
    learner = intake.learners[0]
    assert learner.name == "k\ufffdim\ufffd[31m"
    assert learner.submissions[0].file == "rank\ufffd.py"
    assert learner.id == "k-im-31m"


def test_the_stubs_beside_the_one_that_was_worked_on_cost_one_message(tmp_path: Path) -> None:
    stubs = {
        "rank.ipynb": notebook(STUB.decode()),
        "rank.ko.py": STUB + b"#",
        "rank.ko.ipynb": notebook(STUB.decode(), "#"),
    }
    submission = take(folder(tmp_path / "kim", {**stubs, "rank.py": DONE})).learners[0].submissions[0]
    assert words(submission.messages) == (
        "Several files came for rank. rank.py was taken because fewer tasks are left open in it; "
        "not taken: rank.ipynb, rank.ko.ipynb, rank.ko.py. Hand in only the one that counts."
    )
