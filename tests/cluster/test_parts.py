"""What goes to a worker, what a worker must have, and how a scheduler is reached."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from grader.cluster import parcel
from grader.cluster.access import Access
from grader.cluster.terms import Terms, look, ours
from grader.course import default_root, load_course
from grader.engine.tiers import Tier
from grader.errors import AuthorError, ClusterFault
from grader.versions import versions
from tests.cluster.dask import LAYERS

SAME = Terms(versions(), ours().source, LAYERS)


def test_a_course_travels_as_the_same_bytes_each_time_and_grades_the_same_there(tmp_path):
    course = load_course(default_root())
    packed = parcel.pack(course)
    assert parcel.pack(load_course(default_root())) == packed
    arrived = load_course(parcel.unpack(packed, tmp_path))
    assert arrived.sha256 == course.sha256
    assert arrived.slugs == course.slugs


def test_solutions_variants_and_stubs_stay_at_home(tmp_path):
    root = parcel.unpack(parcel.pack(load_course(default_root())), tmp_path)
    assert {p.name for p in root.rglob("*") if p.is_file()} == {"course.toml", "exercise.toml", "checks.py"}


def test_what_lies_beside_the_checks_goes_with_them(tmp_path):
    shutil.copytree(default_root() / "exercises" / "01_rank", tmp_path / "exercises" / "01_rank")
    shutil.copy(default_root() / "exercises" / "course.toml", tmp_path / "exercises")
    beside = tmp_path / "exercises" / "01_rank" / "data"
    beside.mkdir()
    (beside / "points.csv").write_text("1,2\n", encoding="utf-8")
    root = parcel.unpack(parcel.pack(load_course(tmp_path)), tmp_path / "there")
    assert (root / "exercises" / "01_rank" / "data" / "points.csv").read_text() == "1,2\n"


def test_a_course_that_did_not_arrive_whole_is_none(tmp_path):
    packed = parcel.pack(load_course(default_root()))
    with pytest.raises(ValueError, match="did not arrive"):
        parcel.unpack(replace(packed, data=packed.data[:-1]), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_course_that_cannot_be_packed_names_the_file(tmp_path, monkeypatch):
    course = load_course(default_root())
    monkeypatch.setattr(parcel, "MOST_MB", 0)
    with pytest.raises(AuthorError, match="more than 0 MB"):
        parcel.pack(course)
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    with pytest.raises(AuthorError, match=r"course\.toml cannot be read"):
        parcel.pack(course)


@pytest.mark.parametrize("name", sorted(versions()))
def test_any_other_version_is_refused_by_its_name(name):
    other = replace(SAME, versions={**SAME.versions, name: "0.0.1"})
    assert SAME.refusal(other, Tier.STRICT) == f"{name} 0.0.1 there, {versions()[name]} here"
    assert SAME.refusal(SAME, Tier.STRICT) == ""


def test_the_same_version_of_other_files_is_refused():
    assert "own files differ" in SAME.refusal(replace(SAME, source="0" * 64), Tier.STRICT)


def test_a_machine_says_what_it_has_by_a_process_of_its_own(monkeypatch):
    there = look()
    assert (there.versions, there.source) == (ours().versions, ours().source)
    assert there.layers
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(ClusterFault, match="cannot tell what it has"):
        look()


@pytest.mark.parametrize(
    ("address", "encrypted", "here"),
    [
        ("tcp://127.0.0.1:8786", False, True),
        ("localhost:8786", False, True),
        ("tcp://[::1]:8786", False, True),
        ("tls://grader.example.org:8786", True, False),
        ("10.0.0.7:8786", False, False),
    ],
)
def test_an_address_tells_whether_others_can_listen(address, encrypted, here):
    access = Access(address)
    assert (access.encrypted, access.on_this_machine) == (encrypted, here)


def test_tls_wants_its_files_and_files_want_tls(tmp_path):
    ca, cert, key = (tmp_path / name for name in ("ca.pem", "cert.pem", "key.pem"))
    with pytest.raises(ClusterFault, match="--tls-ca"):
        Access("tls://host:8786").security()
    with pytest.raises(ClusterFault, match="begins with tls://"):
        Access("tcp://host:8786", ca).security()
    security = Access("host:8786", ca, cert, key).security()
    assert security.require_encryption
    assert (security.tls_ca_file, security.tls_client_cert, security.tls_client_key) == (str(ca), str(cert), str(key))
    assert not Access("host:8786").security().require_encryption
