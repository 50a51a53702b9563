"""Zips are read as hostile: nothing lands outside, nothing explodes, and the rest is graded."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from grader.intake import Intake, IntakeLimits
from grader.intake.archives import Shelf, Source
from tests.intake.made import TINY, all_words, folder, table, take, words, zipped

if TYPE_CHECKING:
    from pathlib import Path

CODE = b"x = 1\n"
RIGHT = {"lee/rank.py": CODE, "park/rank.py": CODE}
BOTH = {"lee": {"rank": "rank.py"}, "park": {"rank": "rank.py"}}


def taken(tmp_path: Path, data: bytes, limits: IntakeLimits | None = None) -> Intake:
    """What comes in from a zip, having made sure that nothing was written anywhere."""
    box = tmp_path / "box"
    box.mkdir(exist_ok=True)
    (box / "class.zip").write_bytes(data)
    before = sorted(tmp_path.rglob("*"))
    intake = take(box / "class.zip", limits=limits)
    assert sorted(tmp_path.rglob("*")) == before
    return intake


def with_info(name: str, data: bytes, **fields: object) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for key, value in fields.items():
        setattr(info, key, value)
    return info


@pytest.mark.parametrize(
    "name",
    [
        "../rank.py",
        "kim/../../rank.py",
        "/etc/rank.py",
        "C:/rank.py",
        "C:\\rank.py",
        "..\\..\\rank.py",
        "\\\\host\\rank.py",
    ],
)
def test_a_name_that_points_outside_is_refused_and_named(name: str, tmp_path: Path) -> None:
    intake = taken(tmp_path, zipped({name: CODE, **RIGHT}))
    assert table(intake) == BOTH
    assert "points outside of its archive and was not read" in words(intake.messages)
    assert "rank.py" in words(intake.messages)


def test_a_thousand_bad_names_do_not_bury_the_report(tmp_path: Path) -> None:
    intake = taken(tmp_path, zipped({**{f"../{i}.py": CODE for i in range(1000)}, **RIGHT}))
    assert table(intake) == BOTH
    assert len(intake.messages) < 60


def test_backslashes_of_old_windows_programs_are_folders(tmp_path: Path) -> None:
    assert table(taken(tmp_path, zipped({name.replace("/", "\\"): data for name, data in RIGHT.items()}))) == BOTH


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO(zipped(RIGHT))
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo("kim/rank.py")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "../lee/rank.py")
    intake = taken(tmp_path, buffer.getvalue())
    assert table(intake) == {"kim": {"rank": "rank.py"}, **BOTH}
    assert intake.learners[0].submissions[0].data is None
    assert "kim/rank.py is a link to another file and was not read" in all_words(intake)


def test_of_two_entries_with_one_name_the_last_counts_and_it_is_said(tmp_path: Path) -> None:
    buffer = io.BytesIO(zipped({**RIGHT, "kim/rank.py": b"old"}))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("kim/rank.py", "new")
    intake = taken(tmp_path, buffer.getvalue())
    assert intake.learners[0].submissions[0].data == b"new"
    assert "kim/rank.py is in its archive twice; the last one was taken" in all_words(intake)


def million_entries() -> bytes:
    """A zip whose table of contents names a million empty files."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    count = 1_000_000
    table_ = entry * count
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(table_), 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(table_), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return table_ + end64 + locator + end


def test_a_million_entries_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    data = million_entries()
    started = time.process_time()
    intake = taken(tmp_path, data)
    assert time.process_time() - started < 2
    assert intake.learners == ()
    assert "class.zip holds more than 50,000 files. Hand in only the exercise files." in words(intake.messages)


def test_a_learners_zip_with_a_million_entries_does_not_disturb_the_class(tmp_path: Path) -> None:
    intake = taken(tmp_path, zipped({**RIGHT, "kim.zip": million_entries()}))
    assert table(intake) == {"kim": {}, **BOTH}
    assert "kim.zip holds more than 50,000 files" in words(intake.learners[0].messages)


def test_a_zip_on_disk_with_a_million_entries_does_not_disturb_the_class(tmp_path: Path) -> None:
    intake = take(folder(tmp_path / "class", {**RIGHT, "kim.zip": million_entries()}))
    assert table(intake) == {"kim": {}, **BOTH}


def test_a_bomb_is_refused_by_the_size_it_claims(tmp_path: Path) -> None:
    intake = taken(tmp_path, zipped({**RIGHT, "kim/rank.ipynb": bytes(30_000_000)}))
    assert intake.learners[0].submissions[0].data is None
    assert "rank.ipynb has 30 MB, and at most 20 MB are read" in all_words(intake)
    assert intake.learners[1].submissions[0].data == CODE


def test_a_bomb_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    data = zipped({"kim/rank.ipynb": bytes(3_000_000), **RIGHT})
    lie = data.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 100))
    assert lie != data
    intake = taken(tmp_path, lie)
    assert intake.learners[0].submissions[0].data is None
    assert "kim/rank.ipynb is damaged in its archive" in all_words(intake)
    assert intake.learners[1].submissions[0].data == CODE


def test_a_zip_of_bombs_in_zips_is_refused_one_by_one(tmp_path: Path) -> None:
    bomb = zipped({"rank.py": bytes(900_000)}, zipfile.ZIP_STORED)
    intake = taken(tmp_path, zipped({f"{name}.zip": bomb for name in "abcdef"} | RIGHT), TINY)
    assert {"lee", "park"} <= set(table(intake))
    assert "is larger than 3 MB" in all_words(intake)


def test_a_zip_in_a_zip_is_too_large(tmp_path: Path) -> None:
    inner = zipped({"data.bin": bytes(2_000_000)}, zipfile.ZIP_STORED)
    intake = taken(tmp_path, zipped({"kim.zip": inner, **RIGHT}), TINY)
    assert table(intake) == {"kim": {}, **BOTH}
    assert "kim.zip is larger than 1 MB. Hand in only the exercise files, without data." in all_words(intake)


def test_a_zip_on_disk_is_too_large(tmp_path: Path) -> None:
    intake = taken(tmp_path, zipped({"data.bin": bytes(5_000_000), **RIGHT}, zipfile.ZIP_STORED), TINY)
    assert "class.zip is larger than 4 MB" in words(intake.messages)


def test_a_learners_zip_of_zips_in_the_zip_of_a_class_is_read_and_a_deeper_one_refused(tmp_path: Path) -> None:
    rank = zipped({"rank.py": CODE, "deepest.zip": zipped({"gates.py": CODE})})
    intake = taken(tmp_path, zipped({"kim.zip": zipped({"hw1.zip": rank, "matmul.py": CODE}), **RIGHT}))
    assert table(intake) == {"kim": {"matmul": "matmul.py", "rank": "hw1/rank.py"}, **BOTH}
    assert "deepest.zip is a zip in 3 others and was not read" in all_words(intake)


def test_entries_of_all_inner_zips_are_counted_together(tmp_path: Path) -> None:
    many = zipped({f"{i}.txt": b"" for i in range(40)})
    limits = IntakeLimits(entries=50, total_entries=100)
    intake = taken(tmp_path, zipped({f"{i}.zip": many for i in range(5)}), limits)
    assert len(intake.learners) == 5
    assert "holds more than 50 files" in all_words(intake)


def test_a_locked_file_is_named_with_the_repair(tmp_path: Path) -> None:
    data = bytearray(zipped({"kim/rank.py": CODE, **RIGHT}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    intake = taken(tmp_path, bytes(data))
    assert "kim/rank.py is locked by a password. Pack it again without one." in all_words(intake)
    assert intake.learners[1].submissions[0].data == CODE


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_inflate_without_bound_are_refused(how: int, tmp_path: Path) -> None:
    intake = taken(tmp_path, zipped({"kim/rank.py": CODE}, how))
    assert "kim/rank.py is packed in an unusual way. Pack it again as an ordinary .zip." in all_words(intake)


def test_a_damaged_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"kim/rank.py": CODE * 50, **RIGHT}, zipfile.ZIP_STORED))
    data[data.index(b"x = 1")] ^= 0xFF
    intake = taken(tmp_path, bytes(data))
    assert "kim/rank.py is damaged in its archive. Pack it again and hand it in again." in all_words(intake)
    assert intake.learners[1].submissions[0].data == CODE


@pytest.mark.parametrize("data", [b"", b"PK", b"x" * 100, b"PK\x03\x04" + bytes(50), zipped(RIGHT)[:-40]])
def test_what_is_no_zip_is_said_so(data: bytes, tmp_path: Path) -> None:
    intake = taken(tmp_path, data)
    assert "class.zip is no zip archive, or is damaged. Pack the files again as .zip." in words(intake.messages)


@pytest.mark.parametrize(("start", "kind"), [(b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27", "7-Zip"), (b"EGGA", "EGG")])
def test_another_archive_called_zip_is_said_so(start: bytes, kind: str, tmp_path: Path) -> None:
    assert f"class.zip is a {kind} archive" in words(taken(tmp_path, start + bytes(100)).messages)


def test_an_empty_zip_holds_nothing(tmp_path: Path) -> None:
    assert "No exercise file was found" in words(taken(tmp_path, zipped({})).messages)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_korean_names_without_the_mark_are_read(encoding: str, tmp_path: Path) -> None:
    name = "김영희/rank.py".encode(encoding).decode("cp437")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("placeholder1/rank.py", CODE)
        archive.writestr("lee/rank.py", CODE)
    data = buffer.getvalue()
    raw = name.encode("cp437")
    padded = raw.replace(b"/rank.py", b"/" + b"x" * (20 - len(raw)) + b" rank.py"[-8:].strip())
    padded = raw[: -len(b"/rank.py")] + b"/" + b"_" * (20 - len(raw)) + b"rank.py"
    assert len(padded) == len(b"placeholder1/rank.py")
    intake = taken(tmp_path, data.replace(b"placeholder1/rank.py", padded))
    assert "김영희" in table(intake)


def test_a_name_of_nothing_is_nothing(tmp_path: Path) -> None:
    assert table(taken(tmp_path, zipped({"./": b"", **RIGHT}))) == BOTH


def test_names_with_the_utf8_mark_are_read(tmp_path: Path) -> None:
    assert set(table(taken(tmp_path, zipped({"김영희/rank.py": CODE, "이철수/rank.py": CODE})))) == {"김영희", "이철수"}


def test_a_file_and_a_folder_may_have_one_name(tmp_path: Path) -> None:
    intake = taken(tmp_path, zipped({"rank.py": CODE, "rank.py/": b"", "rank.py/matmul.py": CODE}))
    assert table(intake)["class"]["rank"] == "rank.py"


def test_what_was_handed_in_first_is_still_there_after_many_archives(tmp_path: Path) -> None:
    files = {f"learner{i}.zip": zipped({"rank.py": str(i).encode()}) for i in range(20)}
    intake = take(folder(tmp_path / "class", files))
    assert {one.name: one.submissions[0].data for one in intake.learners} == {
        f"learner{i}": str(i).encode() for i in range(20)
    }


def test_few_archives_are_open_at_once_and_none_at_the_end(tmp_path: Path) -> None:
    shelf = Shelf(IntakeLimits(), room=2)
    opened: list[io.BytesIO] = []

    def source(i: int) -> Source:
        def made() -> io.BytesIO:
            opened.append(io.BytesIO(zipped({"rank.py": CODE})))
            return opened[-1]

        return Source(f"{i}.zip", made)

    for i in range(5):
        shelf.archive(source(i))
    assert sum(not file.closed for file in opened) == 2
    shelf.close()
    assert all(file.closed for file in opened)
