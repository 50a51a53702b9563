"""Files that are too large, not files, or not allowed: refused with the reason, the rest goes on."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import BadSubmission
from grader.intake import IntakeLimits
from grader.intake.archives import Shelf, path_archive
from grader.intake.folders import Counter, Folder, file_entry, walk
from grader.intake.reading import read
from tests.intake.made import TINY, all_words, folder, notebook, table, take, words, zipped

CODE = b"x = 1\n"


def test_a_notebook_of_300_mb_is_refused_unread(tmp_path: Path) -> None:
    home = folder(tmp_path / "kim", {"matmul.py": CODE})
    with (home / "rank.ipynb").open("wb") as file:
        file.truncate(300_000_000)
    started = time.process_time()
    learner = take(home).learners[0]
    assert time.process_time() - started < 1
    refused, fine = learner.submissions
    assert refused.data is None
    assert refused.error is not None
    assert refused.error.en == (
        "rank.ipynb has 300 MB, and at most 20 MB are read. Clear all outputs, save it, and hand it in again."
    )
    assert fine.data == CODE


def test_a_notebook_with_5_mb_of_outputs_is_welcome(tmp_path: Path) -> None:
    data = notebook("x = 1", padding="x" * 5_000_000)
    assert take(folder(tmp_path / "kim", {"rank.ipynb": data})).learners[0].submissions[0].data == data


def test_a_program_of_5_mb_is_refused(tmp_path: Path) -> None:
    submission = take(folder(tmp_path / "kim", {"rank.py": b"#" * 5_000_000})).learners[0].submissions[0]
    assert submission.error is not None
    assert "rank.py has 5 MB, and at most 2 MB are read" in submission.error.en


def test_a_file_that_grew_meanwhile_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "rank.py"
    path.write_bytes(CODE)
    entry = file_entry(path)
    path.write_bytes(b"#" * 5_000_000)
    with pytest.raises(BadSubmission, match="at most"):
        read(entry, IntakeLimits())


def test_all_files_of_one_learner_have_a_limit_and_others_do_not_suffer(tmp_path: Path) -> None:
    big = b"#" * 900_000
    files = {f"kim/{slug}.py": big for slug in ("rank", "matmul", "gates")} | {"lee/rank.py": CODE}
    kim, lee = take(folder(tmp_path / "class", files), limits=TINY).learners
    assert [s.data is None for s in kim.submissions] == [False, False, True]
    assert kim.submissions[2].error is not None
    assert "the files of one learner may have 2 MB together" in kim.submissions[2].error.en
    assert lee.submissions[0].data == CODE


def test_a_class_has_a_limit(tmp_path: Path) -> None:
    files = {f"{name}/rank.py": b"#" * 900_000 for name in ("a", "b", "c", "d")}
    intake = take(folder(tmp_path / "class", files), limits=TINY)
    assert [one.submissions[0].data is None for one in intake.learners] == [False, False, False, True]
    assert "Grade the class in parts" in all_words(intake)


def test_a_link_is_refused_so_that_nobody_hands_in_anothers_work(tmp_path: Path) -> None:
    class_ = folder(tmp_path / "class", {"lee/rank.py": CODE, "kim/matmul.py": CODE})
    (class_ / "kim" / "rank.py").symlink_to(class_ / "lee" / "rank.py")
    (class_ / "kim" / "gates").symlink_to(class_ / "lee")
    intake = take(class_)
    assert table(intake) == {"kim": {"matmul": "matmul.py"}, "lee": {"rank": "rank.py"}}
    assert "rank.py is a link to another file and was not read. Hand in the file itself." in all_words(intake)


def test_a_link_to_itself_is_no_crash(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "loop cannot be read" in all_words(take(loop))


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    home = folder(tmp_path / "kim", {"matmul.py": CODE})
    os.mkfifo(home / "rank.py")
    intake = take(home)
    assert table(intake) == {"kim": {"matmul": "matmul.py"}}
    assert "rank.py is no ordinary file" in all_words(intake)
    assert "is no ordinary file" in all_words(take(home / "rank.py"))


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """As an ordinary user, since root may read everything."""
    was = os.geteuid()
    os.seteuid(was or 65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_file_one_may_not_read_is_named() -> None:
    with tempfile.TemporaryDirectory() as name:
        home = folder(Path(name, "kim"), {"rank.py": CODE, "matmul.py": CODE})
        Path(name).chmod(0o755)
        (home / "rank.py").chmod(0)
        with unprivileged():
            words = all_words(take(home))
    assert "rank.py cannot be read (Permission denied)" in words


def test_a_file_that_vanished_meanwhile_is_named(tmp_path: Path) -> None:
    (tmp_path / "rank.py").write_bytes(CODE)
    entry = file_entry(tmp_path / "rank.py")
    (tmp_path / "rank.py").unlink()
    with pytest.raises(BadSubmission, match=r"rank\.py cannot be read \(No such file"):
        read(entry, IntakeLimits())
    assert file_entry(tmp_path / "rank.py").problem is not None


def test_a_folder_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    assert table(take(folder(tmp_path / "kim", {"rank.py/x.txt": CODE, "matmul.py": CODE}))) == {
        "kim": {"matmul": "matmul.py"}
    }


def test_a_folder_with_too_many_files_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    files = {f"kim/{i}.txt": b"" for i in range(60)} | {"lee/rank.py": CODE, "park/rank.py": CODE}
    intake = take(folder(tmp_path / "class", files), limits=TINY)
    assert table(intake) == {"kim": {}, "lee": {"rank": "rank.py"}, "park": {"rank": "rank.py"}}
    assert "kim holds more than 50 files. Hand in only the exercise files." in all_words(intake)


def test_folders_in_folders_end_somewhere(tmp_path: Path) -> None:
    deep = "/".join("d" * 40)
    intake = take(folder(tmp_path / "kim", {"rank.py": CODE, f"{deep}/matmul.py": CODE}))
    assert table(intake) == {"kim": {"rank": "rank.py"}}
    assert "folders deep and was not read" in all_words(intake)


def test_an_empty_file_is_taken_in_and_refused_when_its_cells_are_read(tmp_path: Path) -> None:
    assert take(folder(tmp_path / "kim", {"rank.py": b""})).learners[0].submissions[0].data == b""


def test_a_zip_under_a_programs_name_in_a_zip_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "kim.zip").write_bytes(zipped({"rank.py": zipped({"x": b"y"})}))
    assert take(tmp_path / "kim.zip").learners[0].submissions[0].data is not None
    assert words(take(tmp_path / "kim.zip").messages) == ""


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone").write_bytes(CODE)
    limits = IntakeLimits()
    tree = walk(tmp_path / "gone", lambda path: Folder(path.name), Counter(limits))
    assert "gone cannot be read (Not a directory)" in words(tree.messages)


def test_a_zip_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    limits = IntakeLimits()
    tree = path_archive(tmp_path / "gone.zip", Shelf(limits), Counter(limits))
    assert "gone.zip cannot be read (No such file" in words(tree.messages)


def test_a_path_that_no_system_has_is_named() -> None:
    assert "cannot be read" in all_words(take(Path("a\0b")))
