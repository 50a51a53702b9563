"""A file is replaced as a whole, or not at all."""

from __future__ import annotations

import pytest

from grader.wholefile import put


def test_the_new_file_takes_the_place_of_the_old_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "grades.json"
    path.write_bytes(b"old")
    put(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_where_there_is_no_room_the_old_file_stays(tmp_path):
    path = tmp_path / "grades.json"
    path.write_bytes(b"old")

    (tmp_path / ".grades.json.new").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space"):
        put(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_said(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        put(tmp_path / "nowhere" / "grades.json", b"")
