"""What grading needs besides isolation: versions, memory, disk, processors, and where things lie."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from grader.course import Course
from grader.doctor.findings import Item, Part, State
from grader.engine import environment, fastfit
from grader.engine.memory import available_mb
from grader.text import Text, say
from grader.versions import PACKAGES, versions

_MB = 1 << 20
_TEMPORARY_MB = 500
_OF_OURS_MB = 1200  # the process that has TensorFlow loaded, and the coordinator
_JUDGE_MB = 300  # what a judge takes beside the program that it judges


def look_around(course: Course, jobs: int) -> Iterator[Item]:
    """Everything that is no isolation, in the order of the page."""
    yield from _versions()
    yield _fast_fit()
    yield _processors(jobs)
    yield _memory(course, jobs)
    yield _temporary(Path(tempfile.gettempdir()))
    yield _interpreter()
    yield _course(course)
    yield _locale(sys.stdout.encoding or "")


def _item(name: str, title: Text, state: State, said: Text, repair: Text | None = None) -> Item:
    return Item(name, Part.SURROUNDINGS, title, state, said, repair)


def tested_ranges() -> dict[str, SpecifierSet]:
    """Package -> the versions that are tested, as our own metadata states them; empty where we were not installed."""
    try:
        ours = importlib.metadata.metadata("gradetape")
    except importlib.metadata.PackageNotFoundError:
        return {}
    wanted = {r.name: r.specifier for text in ours.get_all("Requires-Dist") or () for r in [Requirement(text)]}
    ranges = {"python": SpecifierSet(",".join(ours.get_all("Requires-Python") or ()))}
    for name, distributions in PACKAGES.items():
        found = [wanted[d] for d in distributions if d in wanted]
        if found:
            ranges[name] = found[0]
    return ranges


def _versions() -> Iterator[Item]:
    ranges = tested_ranges()
    for name, version in versions().items():
        if name in ranges:
            yield _version(name, version, ranges[name])


def _version(name: str, version: str, tested: SpecifierSet) -> Item:
    title = Text.same(
        {"python": "Python", "tensorflow": "TensorFlow", "keras": "Keras", "numpy": "NumPy"}.get(name, name)
    )
    if not version:
        repair = say("Install it: {command}", command='pip install "gradetape[tensorflow]"')
        return _item(name, title, State.ATTENTION, say("not installed"), repair)
    if tested.contains(version, prereleases=True):
        return _item(name, title, State.OK, Text.same(version))
    said = say("{version}; tested is {range}", version=version, range=tested)
    repair = say("It may well work: prove your course with this version: {command}", command="grader verify")
    return _item(name, title, State.NOTE, said, repair)


def _fast_fit() -> Item:
    on, why = fastfit.status()
    return _item("fast_fit", say("fast trainings"), State.OK if on else State.NOTE, why)


def _processors(jobs: int) -> Item:
    said = say("{n}; that many submissions are graded at a time, or as many as --jobs says", n=jobs)
    return _item("processors", say("processors"), State.OK, said)


def _memory(course: Course, jobs: int) -> Item:
    return memory_item(max((e.limits.memory_mb for e in course.exercises), default=0), jobs, available_mb())


def memory_item(limit_mb: int, jobs: int, free_mb: int) -> Item:
    """``free_mb`` against what ``jobs`` programs may use at worst."""
    title = say("memory")
    if not free_mb:
        return _item("memory", title, State.OK, say("this system does not tell how much is free"))
    each_mb = limit_mb + _JUDGE_MB
    fitting = (free_mb - _OF_OURS_MB) // each_mb
    said = say("{free} MB free; one program may use {limit} MB", free=free_mb, limit=limit_mb)
    if fitting >= jobs:
        return _item("memory", title, State.OK, said)
    if fitting < 1:
        repair = say("Free some memory, or lower memory_mb in the exercises' exercise.toml.")
        return _item("memory", title, State.NOTE, said, repair)
    repair = say("Should every program use all it may, {n} fit: {command}", n=fitting, command=f"--jobs {fitting}")
    return _item("memory", title, State.NOTE, said, repair)


def _temporary(folder: Path) -> Item:
    title = say("temporary folder")
    free_mb = shutil.disk_usage(folder).free // _MB
    said = say("{folder}, {free} MB free", folder=folder, free=free_mb)
    if not os.access(folder, os.W_OK):
        repair = say("Name another: {command}", command="TMPDIR=FOLDER grader …")
        return _item("temporary", title, State.ATTENTION, say("{folder} cannot be written", folder=folder), repair)
    if folder.stat().st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
        repair = say("Let only owners remove what lies there: {command}", command=f"chmod +t {folder}")
        return _item(
            "temporary",
            title,
            State.ATTENTION,
            say("anybody may exchange what lies in {folder}", folder=folder),
            repair,
        )
    if free_mb < _TEMPORARY_MB:
        repair = say("Free some space there, or name another folder: {command}", command="TMPDIR=FOLDER grader …")
        return _item("temporary", title, State.ATTENTION, said, repair)
    return _item("temporary", title, State.OK, said)


def closed_folder(path: str) -> Path | None:
    """The outermost folder on the way to ``path`` that other users may not enter."""
    real = Path(path).resolve()
    return next((p for p in reversed([real, *real.parents]) if p.is_dir() and not p.stat().st_mode & 0o001), None)


def _interpreter() -> Item:
    title = say("this Python")
    closed = next((c for p in (sys.executable, os.__file__, __file__) if (c := closed_folder(p))), None)
    if os.name != "posix" or closed is None:
        return _item("interpreter", title, State.OK, Text.same(sys.executable))
    said = say("{python} lies in {folder}, which other users may not enter", python=sys.executable, folder=closed)
    if os.geteuid() != 0:
        return _item("interpreter", title, State.OK, said)
    repair = say(
        "The strict tier does not mind. In the landlock tier a submission keeps one right for it (CAP_DAC_READ_SEARCH), "
        "behind Landlock; a Python that lies where everybody may read spares that."
    )
    return _item("interpreter", title, State.NOTE, said, repair)


def _course(course: Course) -> Item:
    title = say("course")
    secret = course.root / "solutions"
    if secret.exists() and environment.exposed(secret):
        said = say("{folder} lies inside the Python environment, which submissions can read", folder=secret)
        repair = say("Move the course elsewhere; until then grading is refused.")
        return _item("course", title, State.ATTENTION, said, repair)
    if not secret.exists():
        return _item(
            "course",
            title,
            State.OK,
            say("{folder}; it has no solutions/ that a submission could read", folder=course.root),
        )
    return _item("course", title, State.OK, say("{folder}; no submission can read its solutions/", folder=course.root))


def _locale(encoding: str) -> Item:
    title = say("terminal")
    if encoding.lower().replace("-", "") == "utf8":
        return _item("locale", title, State.OK, Text.same("UTF-8"))
    said = say("{encoding} cannot show every sign; reports are not touched by it", encoding=encoding or "?")
    repair = say("Let Python speak UTF-8: {command}", command="PYTHONUTF8=1")
    return _item("locale", title, State.NOTE, said, repair)
