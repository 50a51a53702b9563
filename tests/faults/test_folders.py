"""Full, read-only, removed, in use, damaged: the message names the folder and the repair, and the next run finishes."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import sys
from pathlib import Path

import click
import pytest

from grader.cli.progress import Bar
from grader.errors import FolderFault
from grader.store.place import FILE
from grader.store.store import Store
from tests.cli.conftest import RIGHT, SLUG
from tests.faults import small_disk

KEEPS_MANY = """
import sys
from pathlib import Path
from grader.errors import FolderFault
from grader.grades import ExerciseGrade, RunRecord, Status
from grader.store import Graded
from grader.store.store import Store
from grader.text import Text

out = Path(sys.argv[1])
graded = Graded(ExerciseGrade("rank", Text.same(""), Status.GRADED, run=RunRecord(output="x" * 3000)), 0, 0, 0)
kept = 0
with Store(out) as store:
    try:
        while kept < 1000:
            store.put(f"key {kept}", graded)
            kept += 1
    except FolderFault as fault:
        print(fault)
with Store(out) as store:
    print("kept", kept, "read", sum(store.get(f"key {n}") == graded for n in range(1000)), store.set_aside)
    (out / "filler").unlink()
    store.put("one more", graded)
    print("more", store.get("one more") == graded)
"""


@small_disk.needs_mount
def test_on_a_full_disk_what_was_kept_is_kept(tmp_path):
    disk = tmp_path / "disk"
    fill = f'head -c 60000 /dev/zero > "{disk}/filler"'
    done = small_disk.run(small_disk.words(disk, "size=200k", [sys.executable, "-c", KEEPS_MANY, str(disk)], fill))
    assert f"{disk} cannot be written (No space left on device): make room on its disk" in done.stdout, done
    count = done.stdout.split("kept ")[1].split()[0]
    assert int(count) > 3
    assert f"kept {count} read {count} None" in done.stdout
    assert "more True" in done.stdout
    with contextlib.closing(sqlite3.connect(tmp_path / "disk.kept" / FILE)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def grade(school, out, course):
    return [
        sys.executable,
        "-m",
        "grader",
        "grade",
        *map(str, (school, "--out", out, "--course", course)),
        "--lang",
        "en",
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
@small_disk.needs_mount
def test_a_disk_that_runs_full_meanwhile_stops_the_run_and_the_next_one_goes_on(grader, course, school, tmp_path):
    for number in range(6):
        home = school / f"more{number}"
        home.mkdir()
        (home / f"{SLUG}.py").write_text(f"number = {number}\nprint('x' * 6000)\n{RIGHT}", encoding="utf-8")
    disk = tmp_path / "disk"
    done = small_disk.run(small_disk.words(disk, "size=76k", grade(school, disk, course)))
    assert done.returncode == 3, done
    assert f"{disk} cannot be written (No space left on device): make room on its disk" in done.stderr
    assert "The same command goes on from there" in done.stderr
    assert "Traceback" not in done.stderr
    left = tmp_path / "disk.kept"
    assert not (left / "index.html").exists()
    with Store(left) as store:
        assert store.set_aside is None
    again = grader("grade", school, "--out", left, "--course", course)
    assert again.exit_code == 0
    assert "of the gradings were there already" in again.stdout
    assert len(json.loads((left / "grades.json").read_text(encoding="utf-8"))["learners"]) == 8


@small_disk.needs_mount
@pytest.mark.parametrize(
    ("options", "after", "words"),
    [
        ("ro", "", "Read-only file system): its disk is read-only; name a folder on another one"),
        ("size=16k", "head -c 100000 /dev/zero > DISK/filler", "No space left on device): make room on its disk"),
    ],
    ids=["read-only", "full"],
)
def test_an_output_folder_that_cannot_be_used_is_a_usage_error_before_anything_starts(
    course, school, tmp_path, options, after, words
):
    disk = tmp_path / "disk"
    prepare = after.replace("DISK", str(disk)) + " 2>/dev/null" if after else ":"
    done = small_disk.run(small_disk.words(disk, options, grade(school, disk, course), prepare))
    assert done.returncode == 2, done
    assert f"{disk} cannot be written ({words}" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@small_disk.needs_mount
def test_no_room_for_temporary_files_is_said_before_anything_starts(course, school, tmp_path):
    disk = tmp_path / "disk"
    words = ["env", f"TMPDIR={disk}", *grade(school, tmp_path / "r", course)]
    done = small_disk.run(small_disk.words(disk, "size=4m", words))
    assert done.returncode == 3, done
    assert f"temporary files cannot be written in {disk} (No space left on device)" in done.stderr
    assert "set TMPDIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_in_use_by_another_grader_is_a_usage_error(grader, course, school, tmp_path):
    with Store(tmp_path / "r"), pytest.raises(click.UsageError, match="another grader is writing there"):
        grader("grade", school, "--out", tmp_path / "r", "--course", course)


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_a_folder_that_is_removed_meanwhile_is_said_and_the_next_run_finishes(
    grader, course, school, tmp_path, monkeypatch
):
    out = tmp_path / "r"
    with monkeypatch.context() as once:
        once.setattr(Bar, "ended", lambda *_: shutil.rmtree(out))
        with pytest.raises(FolderFault, match="removed while it was in use"):
            grader("grade", school, "--out", out, "--course", course, "--jobs", 1)
    assert grader("grade", school, "--out", out, "--course", course).exit_code == 0


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_reports_that_cannot_be_written_leave_the_old_ones_whole(grader, course, school, tmp_path):
    out = tmp_path / "r"
    grader("grade", school, "--out", out, "--course", course)
    before = (out / "grades.json").read_bytes()
    (out / "index.html").unlink()
    (out / "index.html").mkdir()  # as good as a page that belongs to somebody else
    with pytest.raises(FolderFault, match="cannot be written"):
        grader("grade", school, "--out", out, "--course", course)
    assert (out / "grades.json").read_bytes() == before
    assert [p.name for p in out.rglob("*.new")] == []
    (out / "index.html").rmdir()
    assert grader("grade", school, "--out", out, "--course", course).exit_code == 0


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_a_damaged_store_is_set_aside_and_said_and_everything_is_graded_again(grader, course, school, tmp_path):
    out = tmp_path / "r"
    grader("grade", school, "--out", out, "--course", course)
    before = (out / "grades.json").read_bytes()
    (out / FILE).write_bytes((out / FILE).read_bytes()[:5000])
    result = grader("grade", school, "--out", out, "--course", course)
    assert result.exit_code == 0
    assert f"they lie in {FILE}.old-1 now" in result.stderr
    assert "already" not in result.stdout
    assert (out / "grades.json").read_bytes() == before


def test_the_reason_is_said_in_the_system_s_words():
    assert str(FolderFault.of(Path("out"), OSError("odd"))).startswith("out cannot be written (odd): make it a folder")
