"""A platform's download, just as it comes, lands with its learners: with what the platform tells of them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.intake.downloads import (
    CODE,
    GIT,
    LATER,
    canvas,
    cells_without_ids,
    gradescope,
    korean_windows,
    moodle,
    record,
)
from tests.intake.made import all_words, folder, notebook, table, take, words, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from grader.intake import Intake, LearnerFiles, Submission

ADA = ("Ada Lovelace", "20231111", "ada@example.edu")
BOB = ("Bob Kahn", "20232222", "bob@example.edu")


def who(intake: Intake, name: str) -> LearnerFiles:
    return next(one for one in intake.learners if one.name == name)


def only_one(intake: Intake, name: str) -> Submission:
    (submission,) = who(intake, name).submissions
    return submission


def test_canvas_tells_learner_number_and_who_was_late(tmp_path: Path) -> None:
    files = {
        canvas("Lovelace, Ada", 12345, 67890, "rank.ipynb"): notebook("x = 1"),
        canvas("Kahn, Bob", 12346, 67891, "hw1_rank_final.py", late=True): CODE,
        canvas("김영희", 12347, 67892, "rank (1).py"): CODE,
        canvas("O'Neil-Park, Jae", 12348, 67893, "01_rank.py"): CODE,
    }
    (tmp_path / "tf101-week_1_submissions.zip").write_bytes(zipped(files))
    intake = take(tmp_path / "tf101-week_1_submissions.zip")
    assert table(intake) == {
        "lovelaceada": {"rank": "rank.ipynb"},
        "kahnbob": {"rank": "hw1_rank_final.py"},
        "김영희": {"rank": "rank (1).py"},
        "oneilparkjae": {"rank": "01_rank.py"},
    }
    assert who(intake, "kahnbob").ids == (("canvas", "12346"),)
    assert {one.name: one.submissions[0].late for one in intake.learners} == {
        "lovelaceada": False,
        "kahnbob": True,
        "김영희": False,
        "oneilparkjae": False,
    }
    assert only_one(intake, "kahnbob").place.endswith("submissions.zip/kahnbob_LATE_12346_67891_hw1_rank_final.py")
    assert all_words(intake) == ""


def test_canvas_names_a_resubmission_with_a_number_and_the_newest_counts(tmp_path: Path) -> None:
    files = {
        canvas("Lovelace, Ada", 12345, 67890, "rank.py"): CODE,
        canvas("Lovelace, Ada", 12345, 67999, "rank-1.py"): LATER,
        canvas("Kahn, Bob", 12346, 67891, "rank-2.py"): CODE,
    }
    intake = take(folder(tmp_path / "d", files))
    assert only_one(intake, "lovelaceada").data == LATER
    text = "rank-1.py is the newest attempt at rank and counts. Earlier ones: rank.py."
    assert words(only_one(intake, "lovelaceada").messages) == text
    assert words(only_one(intake, "kahnbob").messages) == ""


def test_two_downloads_of_canvas_are_one_class_and_the_newer_attempt_counts(tmp_path: Path) -> None:
    one = {canvas("Lovelace, Ada", 12345, 700, "rank.py"): CODE, canvas("Kahn, Bob", 12346, 701, "rank.py"): CODE}
    two = {canvas("Lovelace, Ada", 12345, 900, "rank.py", late=True): LATER}
    (tmp_path / "monday.zip").write_bytes(zipped(one))
    (tmp_path / "friday.zip").write_bytes(zipped(two))
    for paths in ((tmp_path / "monday.zip", tmp_path / "friday.zip"), (tmp_path,)):
        intake = take(*paths)
        assert len(intake.learners) == 2
        assert (only_one(intake, "lovelaceada").data, only_one(intake, "lovelaceada").late) == (LATER, True)


def test_two_files_of_one_attempt_are_weighed_by_what_is_in_them(tmp_path: Path) -> None:
    stub = b"def f():\n    raise NotImplementedError('f')\n"
    files = {
        canvas("Lovelace, Ada", 12345, 700, "rank.py"): CODE,
        canvas("Lovelace, Ada", 12345, 701, "rank.ipynb"): notebook(stub.decode()),
    }
    assert only_one(take(folder(tmp_path / "d", files)), "lovelaceada").file == "rank.py"


def test_canvas_namesakes_are_two_learners_whatever_they_hand_in(tmp_path: Path) -> None:
    files = {canvas("김, 영희", 11, 700, "rank.py"): CODE, canvas("김, 영희", 22, 701, "matmul.py"): CODE}
    intake = take(folder(tmp_path / "d", files))
    assert [one.id for one in intake.learners] == ["김영희-11", "김영희-22"]
    assert "Several learners are called 김영희" in words(intake.messages)


def test_canvas_hands_over_zips_anonymous_learners_and_typed_texts(tmp_path: Path) -> None:
    files = {
        canvas("Lovelace, Ada", 12345, 700, "homework.zip"): zipped(
            {"hw/rank.py": CODE, "hw/matmul.ipynb": notebook("x")}
        ),
        "LATE_anon_aB3xZ_701_rank.py": CODE,
        "kahnbob_12346_text.html": b"<html>",
        "lee_12347_link.html": b"<html>",
    }
    intake = take(folder(tmp_path / "d", files))
    ada = {"rank": "homework/hw/rank.py", "matmul": "homework/hw/matmul.ipynb"}
    assert table(intake) == {"lovelaceada": ada, "anon aB3xZ": {"rank": "rank.py"}, "kahnbob": {}, "lee": {}}
    assert only_one(intake, "anon aB3xZ").late is True
    assert "kahnbob_12346_text.html was typed into the platform" in all_words(intake)
    assert "lee_12347_link.html is a link" in all_words(intake)


def test_a_download_named_after_an_exercise_says_what_nameless_files_are_for(tmp_path: Path) -> None:
    files = {
        canvas("Lovelace, Ada", 12345, 700, "homework.py"): CODE,
        canvas("Kahn, Bob", 12346, 701, "Untitled.py"): CODE,
    }
    (tmp_path / "tf101-rank_submissions.zip").write_bytes(zipped(files))
    intake = take(tmp_path / "tf101-rank_submissions.zip")
    assert table(intake) == {"lovelaceada": {"rank": "homework.py"}, "kahnbob": {"rank": "Untitled.py"}}


@pytest.mark.parametrize("since", ["4.1", "3.1", "2.3"])
def test_moodle_names_the_learner_in_the_folder_or_in_the_file(since: str, tmp_path: Path) -> None:
    files = {
        moodle("Ada Lovelace", 657737, "rank.ipynb", since=since): notebook("x = 1"),
        moodle("Bob Kahn", 657738, "rank.py", since=since): CODE,
        moodle("김영희", 657739, "rank_최종.py", since=since): CODE,
        moodle("Jae O'Neil-Park", 657740, "rank.zip", since=since): zipped({"main.py": CODE}),
    }
    (tmp_path / "TF101-과제 1-4711.zip").write_bytes(zipped(files))
    intake = take(tmp_path / "TF101-과제 1-4711.zip")
    assert {name: list(files) for name, files in table(intake).items()} == {
        "Ada Lovelace": ["rank"],
        "Bob Kahn": ["rank"],
        "김영희": ["rank"],
        "Jae O'Neil-Park": ["rank"],
    }
    assert [one.id for one in intake.learners] == ["Ada-Lovelace", "Bob-Kahn", "Jae-O-Neil-Park", "김영희"]
    assert all_words(intake) == ""


def test_moodle_gives_a_learner_another_number_for_each_assignment(tmp_path: Path) -> None:
    folder(tmp_path / "a", {moodle("Ada Lovelace", 1, "rank.py"): CODE, moodle("Bob Kahn", 2, "rank.py"): CODE})
    folder(tmp_path / "b", {moodle("Ada Lovelace", 88, "matmul.py"): CODE, moodle("Bob Kahn", 89, "matmul.py"): CODE})
    both = {"rank": "rank.py", "matmul": "matmul.py"}
    assert table(take(tmp_path / "a", tmp_path / "b")) == {"Ada Lovelace": both, "Bob Kahn": both}
    assert table(take(tmp_path)) == {"Ada Lovelace": both, "Bob Kahn": both}


def test_moodle_namesakes_in_one_download_stay_two(tmp_path: Path) -> None:
    files = {
        moodle("김영희", 11, "rank.py"): CODE,
        moodle("김영희", 12, "matmul.py"): CODE,
        moodle("박", 13, "rank.py"): CODE,
    }
    assert [one.id for one in take(folder(tmp_path / "d", files)).learners] == ["김영희-11", "김영희-12", "박"]


@pytest.mark.parametrize("word", ["Participant", "참가자", "Teilnehmer"])
def test_moodle_learners_without_names_are_told_apart_by_number_in_any_language(word: str, tmp_path: Path) -> None:
    files = {moodle(word, 501, "rank.py"): CODE, moodle(word, 502, "rank.py"): CODE}
    intake = take(folder(tmp_path / "d", files))
    assert [(one.name, one.id) for one in intake.learners] == [
        (f"{word} 501", f"{word}-501"),
        (f"{word} 502", f"{word}-502"),
    ]


def test_what_was_typed_into_moodle_is_named(tmp_path: Path) -> None:
    files = {
        "Ada Lovelace_11_assignsubmission_onlinetext/onlinetext.html": b"<p>def rank_of</p>",
        moodle("Bob Kahn", 12, "rank.py"): CODE,
    }
    intake = take(folder(tmp_path / "d", files))
    assert table(intake) == {"Ada Lovelace": {}, "Bob Kahn": {"rank": "rank.py"}}
    assert "was typed into the platform instead of handed in as a file" in all_words(intake)


def gradescope_export(**changes: bytes) -> dict[str, bytes]:
    metadata = gradescope(
        record(101, ADA, at="2023-09-21 14:22:32.365935000 -07:00", earlier=("2023-09-20 01:00:00.5 Z",)),
        record(102, BOB, ("Cho Min", "", "cho@example.edu"), at="2023-09-21 09:00:00 Z"),
    )
    return {
        "submission_metadata.yml": metadata,
        "submission_101/rank.ipynb": notebook("x = 1"),
        "submission_102/rank.py": CODE,
        **changes,
    }


def test_gradescope_tells_names_numbers_mail_and_times(tmp_path: Path) -> None:
    (tmp_path / "e.zip").write_bytes(zipped({f"assignment_9_export/{n}": d for n, d in gradescope_export().items()}))
    intake = take(tmp_path / "e.zip")
    assert table(intake) == {
        "Ada Lovelace": {"rank": "rank.ipynb"},
        "Bob Kahn": {"rank": "rank.py"},
        "Cho Min": {"rank": "rank.py"},
    }
    ada = who(intake, "Ada Lovelace")
    assert (ada.email, ada.ids) == ("ada@example.edu", (("student", "20231111"),))
    submission = only_one(intake, "Ada Lovelace")
    assert submission.submitted_at == "2023-09-21T14:22:32-07:00"
    assert submission.earlier == ("2023-09-20T01:00:00+00:00",)
    assert who(intake, "Cho Min").ids == ()
    assert all_words(intake) == ""


@pytest.mark.parametrize(
    "metadata", [b"", b"{", b"- 1\n- 2\n", b"submission_101: [\n", b"\xff\xfe\x00", b"&a [*a, *a]", b"a: &a\n  b: *c\n"]
)
def test_gradescope_metadata_that_is_damaged_costs_the_names_only(metadata: bytes, tmp_path: Path) -> None:
    files = gradescope_export(**{"submission_metadata.yml": metadata})
    intake = take(folder(tmp_path / "assignment_9_export", files))
    assert table(intake) == {"submission_101": {"rank": "rank.ipynb"}, "submission_102": {"rank": "rank.py"}}
    assert "submission_101" in all_words(intake)


def test_what_gradescope_names_without_files_and_files_without_names_are_listed(tmp_path: Path) -> None:
    metadata = gradescope(record(101, ADA, at="2023-09-21 14:22:32 Z"), record(103, BOB, at="2023-09-21 14:22:32 Z"))
    files = gradescope_export(**{"submission_metadata.yml": metadata})
    intake = take(folder(tmp_path / "assignment_9_export", files))
    assert table(intake) == {
        "Ada Lovelace": {"rank": "rank.ipynb"},
        "submission_102": {"rank": "rank.py"},
        "Bob Kahn": {},
    }
    assert "The metadata name no learner for submission_102." in all_words(intake)
    assert "submission_103 is in the metadata, but not in the download." in all_words(intake)


def test_metadata_that_a_learner_hands_in_give_nobody_elses_name(tmp_path: Path) -> None:
    fake = gradescope(record(7, ADA, at="2030-01-01 00:00:00 Z"))
    files = {
        "mallory/submission_metadata.yml": fake,
        "mallory/submission_7/rank.py": LATER,
        "Ada Lovelace/rank.py": CODE,
        "Bob Kahn/rank.py": CODE,
    }
    intake = take(folder(tmp_path / "class", files))
    assert set(table(intake)) == {"mallory", "Ada Lovelace", "Bob Kahn"}
    assert only_one(intake, "Ada Lovelace").data == CODE
    assert "mallory looks like the download of a class, but lies among the folders of learners" in words(
        intake.messages
    )


@pytest.mark.parametrize("root", ["submitted", "course/submitted"])
def test_nbgrader_tells_when_it_came(root: str, tmp_path: Path) -> None:
    files = {
        f"{root}/ada/ps1/timestamp.txt": b"2015-02-02 15:58:23.948203 America/Los_Angeles",
        f"{root}/ada/ps1/rank.ipynb": notebook("x = 1"),
        f"{root}/bob/ps1/timestamp.txt": b"2015-02-03 08:00:00 UTC\n",
        f"{root}/bob/ps1/rank.ipynb": notebook("x = 1"),
        f"{root}/bob/ps2/timestamp.txt": b"yesterday",
        f"{root}/bob/ps2/matmul.ipynb": notebook("x = 1"),
    }
    if root != "submitted":
        beside = ("source/ps1", "release/ps1", "autograded/ada/ps1", "feedback/ada/ps1")
        files |= {f"course/{place}/rank.ipynb": notebook("y") for place in beside}
        files |= {"course/gradebook.db": b"SQLite", "course/nbgrader_config.py": b"c = get_config()"}
    intake = take(folder(tmp_path, files) / root.split("/", maxsplit=1)[0])
    assert table(intake) == {
        "ada": {"rank": "ps1/rank.ipynb"},
        "bob": {"rank": "ps1/rank.ipynb", "matmul": "ps2/matmul.ipynb"},
    }
    assert [s.submitted_at for one in intake.learners for s in one.submissions] == [
        "2015-02-02T15:58:23-08:00",
        "2015-02-03T08:00:00+00:00",
        "",
    ]
    assert who(intake, "bob").ids == (("student", "bob"),)
    assert all_words(intake) == ""


def repositories(*names: str) -> dict[str, bytes]:
    return {
        f"{name}/{file}": data for name in names for file, data in {**GIT, "rank.py": CODE, "checks.py": LATER}.items()
    }


@pytest.mark.parametrize(
    ("home", "names", "logins"),
    [
        ("hw1-submissions", ("hw1-ada-l", "hw1-ada-m", "hw1-bob"), {"ada-l", "ada-m", "bob"}),
        ("hw1-submissions", ("hw1-ada-l",), {"ada-l"}),
        ("clones", ("rank-ada-l", "rank-bob"), {"ada-l", "bob"}),
        ("clones", ("tf101-week-ada", "tf101-week-bob"), {"ada", "bob"}),
        ("clones", ("ada-l", "bob"), {"ada-l", "bob"}),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_repositories_are_their_owners(
    home: str, names: tuple[str, ...], logins: set[str], packed: bool, tmp_path: Path
) -> None:
    files = repositories(*names)
    if packed:
        (tmp_path / f"{home}.zip").write_bytes(zipped(files))
    path = tmp_path / f"{home}.zip" if packed else folder(tmp_path / home, files)
    intake = take(path)
    assert {one.name for one in intake.learners} == logins
    assert {one.submissions[0].data for one in intake.learners} == {CODE}
    assert all_words(intake) == "", "README, CI and tests are left out quietly"


def test_repositories_that_were_downloaded_as_zips_are_their_owners(tmp_path: Path) -> None:
    names = ("hw1-ada-main", "hw1-bob-main")
    packed = {f"{name}.zip": zipped(repositories(name)) for name in names}
    intake = take(folder(tmp_path / "zips", packed))
    assert table(intake) == {"ada": {"rank": "rank.py"}, "bob": {"rank": "rank.py"}}
    assert all_words(intake) == ""


def test_a_repository_for_each_exercise_joins_its_owner(tmp_path: Path) -> None:
    names = ("rank-ada", "matmul-ada", "rank-bob", "matmul-bob")
    files = {f"{n}/{f}": d for n in names for f, d in {**GIT, "main.py": n.encode()}.items()}
    intake = take(folder(tmp_path / "clones", files))
    assert {one.name: [s.slug for s in one.submissions] for one in intake.learners} == {
        "ada": ["rank", "matmul"],
        "bob": ["rank", "matmul"],
    }
    assert who(intake, "ada").ids == (("github", "ada"),)


def test_a_repository_among_folders_of_learners_is_a_folder_like_any(tmp_path: Path) -> None:
    files = {**repositories("ada"), "bob/rank.py": CODE, "cho/hw/.git/HEAD": b"", "cho/hw/rank.py": CODE}
    assert set(table(take(folder(tmp_path / "class", files)))) == {"ada", "bob", "cho"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_korean_names_of_macos_and_of_windows_are_read(form: str, tmp_path: Path) -> None:
    files = {unicodedata.normalize(form, moodle("김영희", 1, "rank.py")): CODE, moodle("박지민", 2, "rank.py"): CODE}
    home = folder(tmp_path / "d", files)
    (tmp_path / "w.zip").write_bytes(korean_windows({"김영희/rank.py": CODE, "박지민/과제 rank.py": CODE}))
    assert set(table(take(home))) == {"김영희", "박지민"}
    assert set(table(take(tmp_path / "w.zip"))) == {"김영희", "박지민"}


@pytest.mark.parametrize(
    "name",
    [
        "rank (1).ipynb",
        "hw1_rank_final.ipynb",
        "Copy of rank.ipynb",
        "rank의 사본.ipynb",
        "rank.ipynb의 사본",
        "rank.ipynb의 사본.ipynb",
        "rank.ipynb (2)",
        "rank - 복사본 (3).ipynb",
        "Kopie von rank.ipynb",
        "과제1_rank_최종_진짜최종.ipynb",
        "RANK.IPYNB",
        "01-rank.ipynb.txt",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_renamed_file_is_for_its_exercise(form: str, name: str, tmp_path: Path) -> None:
    name = unicodedata.normalize(form, name)
    files = {f"kim/{name}": notebook("x = 1"), f"lee/{name}": notebook("x = 2")}
    intake = take(folder(tmp_path / "class", files))
    assert {one.name: [s.slug for s in one.submissions] for one in intake.learners} == {
        "kim": ["rank"],
        "lee": ["rank"],
    }


@pytest.mark.parametrize("same", [False, True])
def test_cells_that_lost_their_ids_or_share_one_are_cells(same: bool, tmp_path: Path) -> None:
    from grader.intake.sources import read_cells

    intake = take(folder(tmp_path / "kim", {"rank.ipynb": cells_without_ids("x = 1", "y = 2", same=same)}))
    submission = only_one(intake, "kim")
    assert read_cells(submission.file, submission.data or b"").code == ("x = 1", "y = 2")


def test_all_kinds_at_once_are_one_class(tmp_path: Path) -> None:
    files = {
        "canvas/gradebook/submissions.zip": zipped({canvas("Kim, A", 1, 700, "rank.py"): CODE}),
        "moodle.zip": zipped({moodle("이철수", 2, "rank.py"): CODE}),
        "gs.zip": zipped({f"assignment_9_export/{n}": d for n, d in gradescope_export().items()}),
        "nb/submitted/dora/ps1/timestamp.txt": b"2015-02-03 08:00:00 UTC",
        "nb/submitted/dora/ps1/rank.ipynb": notebook("x"),
        "plain/emil/rank.py": CODE,
        "plain/fay/rank.py": CODE,
        "late by mail/gus/rank.py": CODE,
        "stray_rank.py": CODE,
        **{f"hw-submissions/{n}": d for n, d in repositories("hw-hana", "hw-ian").items()},
    }
    intake = take(folder(tmp_path / "everything", files))
    assert set(table(intake)) == {
        "kima", "이철수", "Ada Lovelace", "Bob Kahn", "Cho Min", "dora", "emil", "fay", "late by mail", "hana", "ian",
    }  # fmt: skip
    assert {one.layout for one in intake.learners} >= {"canvas", "moodle", "gradescope", "nbgrader", "github"}
    assert "stray_rank.py" in words(intake.messages)
