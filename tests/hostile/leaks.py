"""What no learner may read, computed from the course and this machine, and the search for it in all that learners see."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import html
import io
import itertools
import os
import platform
import re
import signal
import site
import sys
import sysconfig
import tempfile
import tomllib
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from grader import expect
from grader.checking import run_checks
from grader.cli.terminal import print_grade
from grader.course import Exercise, load_checks
from grader.engine.environment import package_root
from grader.grades import ClassGrade, Status
from grader.local import LocalSession
from grader.student import Student
from grader.values import Tensor
from reports.formats import FORMATS, Wishes
from reports.learner_page import learner_page
from reports.pages import Pages

DIGITS = 8  # a number with so many significant digits is there by no chance
SOME_DIGITS, SOME = 4, 3  # nor are three of four digits in the same order
RUN = 6  # nor six of any kind, but for simple series
LINE_CHARS = 16
PATIENCE_S = 1.0
_AGAIN_S = 0.05
_NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
_FILES = ("gradescope", "github-classroom", "junit", "markdown", "moodle-gradebook")
_ANYBODYS = ("", ".", "/", "/usr", "/tmp", "/home", "/root", "/var/tmp")

# names that differ from grading to grading, as our scratch folders and TensorFlow have them
MADE_HERE = (r"gradetape-scratch-\d+-\d+", r"__autograph_generated_file\w{8}\.py", r"\{\{(?:function_)?node ")


@dataclass(frozen=True)
class Secrets:
    """Strings that must not stand anywhere, and numbers, alone or in a row."""

    places: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    rows: frozenset[tuple[str, ...]] = frozenset()

    def without(self, public: str) -> Secrets:
        """Those that ``public`` text does not tell anyway; this machine is never public."""
        told = _numbers(public)
        return Secrets(
            self.places,
            frozenset(line for line in self.lines if line not in public),
            self.numbers - set(_alone(told)),
            self.rows - set(_rows(told)),
        )

    def found_in(self, text: str) -> list[str]:
        """Every secret that stands in ``text``, by its kind."""
        numbers = _numbers(text)
        return [
            *(f"machine: {m.group()}" for pattern in MADE_HERE if (m := re.search(pattern, text))),
            *(f"machine: {p}" for p in self.places if re.search(rf"(?<![\w.]){re.escape(p)}(?![\w-])", text)),
            *(f"text: {line}" for line in self.lines if line in text),
            *(f"number: {n}" for n in self.numbers.intersection(_alone(numbers))),
            *(f"numbers: {' '.join(r)}" for r in self.rows.intersection(_rows(numbers))),
        ]

    def __or__(self, other: Secrets) -> Secrets:
        return Secrets(
            self.places | other.places,
            self.lines | other.lines,
            self.numbers | other.numbers,
            self.rows | other.rows,
        )


@dataclass
class Listening(Student):
    """Asks the program as any student object does, and remembers every argument."""

    heard: list[Any] = field(default_factory=list)

    def _call(self, target: list[Any], shown: str, args: Any, kwargs: Any) -> Any:
        self.heard += [*args, *kwargs.values()]
        return super()._call(target, shown, args, kwargs)


def of_exercise(exercise: Exercise, seed: int, patience_s: float = PATIENCE_S) -> Secrets:
    """What its hidden checks ask and compare at ``seed``, by running them on the reference solution; and its sources.

    Of a check that trains networks only what it asks in its first ``patience_s``: the rest are other starts of the same.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), warnings.catch_warnings(action="ignore"):
        told, secret = _asked(exercise, seed, patience_s)
    return Secrets(numbers=secret.numbers - told.numbers, rows=secret.rows - told.rows) | of_sources(exercise)


def _asked(exercise: Exercise, seed: int, patience_s: float) -> tuple[Secrets, Secrets]:
    """What public checks ask and compare, and what hidden ones do."""
    assert exercise.solution is not None
    session = LocalSession({"__name__": "__main__"})
    session.run_cells(exercise.solution.name, exercise.solution.read_bytes())
    asked: dict[bool, list[Any]] = {True: [], False: []}
    for check in load_checks(exercise):
        student, alone = Listening(session), (dataclasses.replace(check, after=""),)
        with _expected(student.heard), contextlib.suppress(_Enough), _at_most(patience_s):
            list(run_checks(alone, student, exercise.texts, slug=exercise.slug, seed=seed))
        asked[check.public] += student.heard
    return _of_values(asked[True]), _of_values(asked[False])


class _Enough(BaseException):
    """So that no check takes it for an answer."""


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Ends what runs inside by `_Enough`. A finalizer swallows what is raised in it, so it comes again until it is heard."""

    def enough(*_: object) -> None:
        raise _Enough

    before, hook = signal.signal(signal.SIGALRM, enough), sys.unraisablehook

    def swallowed(args: sys.UnraisableHookArgs) -> None:
        if args.exc_type is _Enough:
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_S)
        else:
            hook(args)

    sys.unraisablehook = swallowed
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        sys.unraisablehook = hook


@contextlib.contextmanager
def _expected(heard: list[Any]) -> Iterator[None]:
    """What checks compare with is heard too."""
    kept = {name: getattr(expect, name) for name in ("tensor", "integer", "number", "truth", "text", "shape", "that")}

    def listening(name: str) -> Any:
        @functools.wraps(kept[name])
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            heard.append(kwargs.get("expected") if name == "that" or len(args) < 2 else args[1])
            return kept[name](*args, **kwargs)

        return wrapped

    try:
        for name in kept:
            setattr(expect, name, listening(name))
        yield
    finally:
        for name, function in kept.items():
            setattr(expect, name, function)


def of_sources(exercise: Exercise, but: Path | None = None) -> Secrets:
    """Lines of the solution and of the hidden checks, ids and named mistakes of these, that no public file (``but`` one) holds."""
    assert exercise.solution is not None
    assert exercise.solutions is not None
    hidden = exercise.solutions / "checks.py"
    texts = [exercise.solution.read_text(encoding="utf-8"), hidden.read_text(encoding="utf-8")]
    lines = {line.strip() for text in texts for line in text.splitlines()}
    words = tomllib.loads((exercise.solutions / "exercise.toml").read_text(encoding="utf-8"))
    for section in ("mistakes", "messages"):
        for key, entry in words.get(section, {}).items():
            lines |= {key, *(v for v in entry.values() if isinstance(v, str) and "{" not in v)}
    lines |= {check.id for check in load_checks(exercise) if not check.public}
    public = "\n".join(p.read_text(encoding="utf-8") for p in exercise.folder.glob("*") if p.is_file() and p != but)
    titles = {check.title for check in load_checks(exercise)}
    return Secrets(
        lines=frozenset(
            line for line in lines if len(line) >= LINE_CHARS and line not in public and line.strip('"') not in titles
        )
    )


def of_findings(klass: ClassGrade) -> Secrets:
    """What hidden checks asked and compared in this very grading, as the instructor's copy says it of those that failed."""
    asked: dict[bool, list[str]] = {True: [], False: []}
    for check in (c for learner in klass.learners for e in learner.exercises for c in e.checks):
        if check.finding is not None:
            parts = (check.finding.call, check.finding.expected, check.finding.where)
            asked[check.public] += [" ".join(str(part) for part in parts if part)]
    secret = [_numbers(words) for words in asked[False]]
    told = [_numbers(words) for words in asked[True]]
    return Secrets(
        numbers=frozenset(n for numbers in secret for n in _alone(numbers)),
        rows=frozenset(r for numbers in secret for r in _rows(numbers)) - {r for n in told for r in _rows(n)},
    )


def of_machine(*more: Path) -> Secrets:
    """Folders and the name of this machine, which a path in a report would begin with."""
    paths = [sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")] + [
        *sys.path,
        *site.getsitepackages(),
    ]
    paths += [sys.prefix, sys.base_prefix, str(package_root()), str(Path("~").expanduser()), tempfile.gettempdir()]
    paths += [*map(str, more), os.getcwd()]
    host = platform.node()
    names = [host] if len(host) >= 6 and re.search(r"[\d.-]", host) else []
    return Secrets(
        places=frozenset(
            p for p in [*paths, *(os.path.realpath(p) for p in paths if "/" in p), *names] if p not in _ANYBODYS
        )
    )


def _of_values(values: Iterable[Any]) -> Secrets:
    numbers: set[str] = set()
    rows: set[tuple[str, ...]] = set()
    for value in values:
        flat = _flat(value)
        numbers |= set(_alone(flat))
        rows |= set(_rows(flat))
    return Secrets(numbers=frozenset(numbers), rows=frozenset(rows))


def _flat(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for v in value.values() for n in _flat(v)]
    if isinstance(value, (list, tuple, set)):
        return [n for v in value for n in _flat(v)]
    if isinstance(value, (Tensor, np.ndarray, np.generic, bool, int, float)):
        array = np.asarray(value)
        return [float(v) for v in array.ravel()[:5000]] if array.dtype.kind in "biuf" else []
    return []


def _numbers(text: str) -> list[float]:
    """Without their signs, which words can lose."""
    return [abs(float(n)) for n in _NUMBER.findall(text)]


def _alone(numbers: Iterable[float]) -> Iterator[str]:
    """Those that are enough by themselves."""
    for number in numbers:
        if _digits(short := f"{abs(number):.{DIGITS}g}") >= DIGITS - 1 and "." in short:
            yield short


def _digits(short: str) -> int:
    return len(re.sub(r"e.*|\D", "", short).strip("0"))


def _rows(numbers: Sequence[float]) -> Iterator[tuple[str, ...]]:
    """Every row of a few telling numbers, or of more that are no simple series."""
    short = [f"{abs(n):.{SOME_DIGITS}g}" for n in numbers]
    telling = [_digits(s) >= SOME_DIGITS and "." in s for s in short]
    for i in range(len(short)):
        if all(telling[i : i + SOME]) and len(few := set(short[i : i + SOME])) == SOME:
            yield tuple(short[i : i + len(few)])
        row = tuple(short[i : i + RUN])
        if len(set(row)) >= 4 and len(row) == RUN:
            steps = {round(float(b) - float(a), 4) for a, b in itertools.pairwise(row)}
            if len(steps) >= 4:
                yield row


def seen_by_learners(klass: ClassGrade) -> Iterator[tuple[str, str, str]]:
    """(learner's id, where, text) for everything that a learner of the class is given to read."""
    pages = Pages()
    for learner in klass.learners:
        for lang in ("en", "ko"):
            page = pages.render("learner.html", learner_page(klass, learner, lang))
            yield learner.id, f"page {lang}", html.unescape(re.sub(r"</?mark>", "", page))
            yield learner.id, f"terminal {lang}", _terminal(learner, lang)
        alone = ClassGrade(klass.course_title, klass.capsule, (learner,))
        for name in _FILES:
            exported = FORMATS[name].export(alone, Wishes())
            yield learner.id, name, "\n".join([*(f.text for f in exported.files), *map(str, exported.messages)])


def _terminal(learner: Any, lang: str) -> str:
    """As ``grader check`` prints it, which knows public checks only."""
    out = io.StringIO()
    console = Console(file=out, width=1_000)
    for grade in learner.exercises:
        if grade.status is not Status.FAULTED:
            public = tuple(c for c in grade.checks if c.public)
            print_grade(console, type(grade)(**{**vars(grade), "checks": public}), lang)
    return out.getvalue()


def audit(klass: ClassGrade, secrets: Secrets, own: Mapping[str, str]) -> dict[str, list[str]]:
    """Learner's id -> what they were told that nobody may be; but not what stands in their ``own`` files (by id)."""
    told: dict[str, dict[str, None]] = {}
    for who, _, text in seen_by_learners(klass):
        told.setdefault(who, {}).update(dict.fromkeys(text.splitlines()))  # each line once: pages say much twice
    everything = "\n".join({line: None for lines in told.values() for line in lines})
    near = dataclasses.replace(
        secrets,  # few of them, if any, are searched for learner by learner
        places=frozenset(p for p in secrets.places if p in everything),
        lines=frozenset(line for line in secrets.lines if line in everything),
    )
    found = {}
    for who, lines in told.items():
        text = "\n".join(lines)
        if near.found_in(text):
            found[who] = near.without(own.get(who, "")).found_in(text)
    return {who: leaked for who, leaked in found.items() if leaked}
