"""What grading needs besides isolation is looked at, and what is short is said with what to do."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from grader.course import default_root, load_course
from grader.doctor import surroundings as doctor
from grader.doctor.findings import Item, State
from grader.text import Text

COURSE = load_course(default_root())


def words(item: Item) -> tuple[State, str, str]:
    return item.state, item.said.en, item.repair.en if item.repair else ""


def test_all_is_well_here() -> None:
    items = {item.id: item for item in doctor.look_around(COURSE, jobs=1)}
    assert {"python", "keras", "tensorflow", "numpy", "memory", "temporary", "course"} <= set(items)
    assert {i for i, item in items.items() if item.state is State.ATTENTION} == set()
    assert str(COURSE.root) in items["course"].said.en


def test_the_tested_versions_are_those_of_our_own_metadata() -> None:
    ranges = doctor.tested_ranges()
    assert "3.15.1" in ranges["keras"]
    assert "2.21.0" in ranges["tensorflow"]
    assert "3.10" not in ranges["python"]


def test_without_metadata_no_version_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: str) -> None:
        raise doctor.importlib.metadata.PackageNotFoundError

    monkeypatch.setattr(doctor.importlib.metadata, "metadata", gone)
    assert doctor.tested_ranges() == {}


@pytest.mark.parametrize(
    ("version", "state", "said"),
    [
        ("3.15.1", State.OK, "3.15.1"),
        ("3.16.0", State.NOTE, "3.16.0; tested is <3.16,>=3.15"),
        ("", State.ATTENTION, "not installed"),
    ],
)
def test_a_version(version: str, state: State, said: str) -> None:
    item = doctor._version("keras", version, SpecifierSet(">=3.15,<3.16"))
    assert words(item)[:2] == (state, said)
    assert bool(item.repair) == (state is not State.OK)


@pytest.mark.parametrize(
    ("free_mb", "state", "repair"),
    [
        (10_000, State.OK, ""),
        (4_000, State.NOTE, "--jobs 1"),
        (2_000, State.NOTE, "memory_mb"),
        (0, State.OK, ""),
    ],
)
def test_memory_against_what_all_programs_may_use(free_mb: int, state: State, repair: str) -> None:
    item = doctor.memory_item(2048, 2, free_mb)
    assert item.state is state
    assert repair in words(item)[2]


@pytest.mark.parametrize(
    ("files", "mb"),
    [
        ({"proc/meminfo": "MemTotal: 9 kB\nMemAvailable:    4096000 kB\n"}, 4000),
        (
            {
                "proc/meminfo": "MemAvailable: 4096000 kB\n",
                "sys/fs/cgroup/memory.max": str(1000 << 20),
                "sys/fs/cgroup/memory.current": str(400 << 20),
            },
            600,
        ),
        (
            {
                "proc/meminfo": "MemAvailable: 4096000 kB\n",
                "sys/fs/cgroup/memory.max": "max",
                "sys/fs/cgroup/memory.current": "5",
            },
            4000,
        ),
        (
            {
                "proc/meminfo": "MemAvailable: 4096000 kB\n",
                "sys/fs/cgroup/memory/memory.limit_in_bytes": str(100 << 20),
                "sys/fs/cgroup/memory/memory.usage_in_bytes": str(200 << 20),
            },
            0,
        ),
        ({}, 0),
    ],
)
def test_a_containers_limit_counts(tmp_path: Path, files: dict[str, str], mb: int) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    assert doctor.available_mb(tmp_path) == mb


def test_a_temporary_folder_without_space_or_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert doctor._temporary(tmp_path).state is State.OK
    tmp_path.chmod(0o777)
    assert words(doctor._temporary(tmp_path))[::2] == (
        State.ATTENTION,
        f"Let only owners remove what lies there: chmod +t {tmp_path}",
    )
    tmp_path.chmod(0o1777)
    assert doctor._temporary(tmp_path).state is State.OK
    monkeypatch.setattr(doctor.os, "access", lambda *_: False)
    assert words(doctor._temporary(tmp_path))[:2] == (State.ATTENTION, f"{tmp_path} cannot be written")
    monkeypatch.undo()
    monkeypatch.setattr(doctor, "_TEMPORARY_MB", 1 << 40)
    assert words(doctor._temporary(tmp_path))[::2] == (
        State.ATTENTION,
        "Free some space there, or name another folder: TMPDIR=FOLDER grader …",
    )


def test_an_interpreter_in_a_closed_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as made:  # itself closed to others
        folder = Path(made).resolve()
        (folder / "bin").mkdir()
        (folder / "bin" / "python").touch()
        assert doctor.closed_folder(str(folder / "bin" / "python")) == folder
        folder.chmod(0o755)
        assert doctor.closed_folder(str(folder / "bin" / "python")) is None
        folder.chmod(0o700)
        monkeypatch.setattr(doctor.sys, "executable", str(folder / "bin" / "python"))
        monkeypatch.setattr(doctor.os, "geteuid", lambda: 0)
        state, said, repair = words(doctor._interpreter())
        assert (state, str(folder) in said, "landlock" in repair) == (State.NOTE, True, True)
        monkeypatch.setattr(doctor.os, "geteuid", lambda: 1000)
        assert doctor._interpreter().state is State.OK, "its own user can read it"
        folder.chmod(0o755)


def test_solutions_that_every_submission_could_read_want_attention(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.environment, "exposed", lambda _: True)
    state, said, repair = words(doctor._course(COURSE))
    assert state is State.ATTENTION
    assert "inside the Python environment" in said
    assert "Move the course" in repair


@pytest.mark.parametrize(("on", "state"), [(True, State.OK), (False, State.NOTE)])
def test_fast_trainings_are_on_or_it_says_why_not(monkeypatch: pytest.MonkeyPatch, on: bool, state: State) -> None:
    monkeypatch.setattr(doctor.fastfit, "status", lambda: (on, Text.same("why")))
    assert words(doctor._fast_fit()) == (state, "why", "")


def test_a_terminal_that_speaks_something_else() -> None:
    assert doctor._locale("utf-8").state is doctor._locale("UTF8").state is State.OK
    assert words(doctor._locale("cp949"))[2] == "Let Python speak UTF-8: PYTHONUTF8=1"
    assert doctor._locale("").state is State.NOTE
