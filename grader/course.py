"""Reads a course: its exercises, their words and limits, and their checks."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import sys
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from grader import course_files
from grader.engine.limits import Limits
from grader.errors import AuthorError
from grader.fingerprint import exercise_sha256
from grader.text import Text
from grader.texts import SECTIONS, Texts

if TYPE_CHECKING:
    from grader.checking import Check

PUBLIC = "public_checks"  # the name under which hidden checks import the public ones


@dataclass(frozen=True)
class Task:
    """A function or variable that the learner fills in."""

    name: str
    kind: str  # function | variable
    doc_ko: str = ""  # the Korean docstring of the stub


@dataclass(frozen=True)
class Exercise:
    """One topic: its public folder and, where they are at hand, its confidential one."""

    number: int
    slug: str
    title: Text
    folder: Path
    solutions: Path | None
    tasks: tuple[Task, ...]
    limits: Limits
    texts: Texts
    broken: str = ""  # why its files cannot be used: then it is here by its name only

    @property
    def name(self) -> str:
        """Folder name, e.g. ``03_matmul``."""
        return self.folder.name

    def stub(self, suffix: str = ".py", lang: str = "en") -> Path:
        """The file that a learner fills in, ``.py`` or ``.ipynb``."""
        return self.folder / (f"{self.slug}{'' if lang == 'en' else '.' + lang}{suffix}")

    def variants(self, kind: str) -> tuple[Path, ...]:
        """The ``right`` or ``wrong`` variants, by name; none without the confidential folder."""
        return tuple(sorted((self.solutions / kind).glob("*.py"))) if self.solutions else ()

    @property
    def solution(self) -> Path | None:
        """The reference solution."""
        return self.solutions / f"{self.slug}.py" if self.solutions else None


@dataclass(frozen=True)
class Course:
    """A folder with ``exercises/`` and, for whoever may see them, ``solutions/``."""

    root: Path
    title: Text
    exercises: tuple[Exercise, ...]
    problems: tuple[str, ...] = ()  # what is wrong with its files, with the repair

    @property
    def slugs(self) -> tuple[str, ...]:
        """In the order of the course."""
        return tuple(e.slug for e in self.exercises)

    @property
    def task_names(self) -> dict[str, tuple[str, ...]]:
        """What each exercise's stub defines."""
        return {e.slug: tuple(task.name for task in e.tasks) for e in self.exercises}

    def exercise(self, slug: str) -> Exercise:
        """The exercise called ``slug``. Raises KeyError."""
        return {e.slug: e for e in self.exercises}[slug]

    @functools.cached_property
    def fingerprints(self) -> dict[str, str]:
        """Slug -> the SHA-256 of everything that a grade of that exercise depends on: checks, words and limits."""
        return {
            e.slug: exercise_sha256(self.root, e.slug, (e.folder, *([e.solutions] if e.solutions else [])))
            for e in self.exercises
        }

    @functools.cached_property
    def sha256(self) -> str:
        """Of all exercises together."""
        return hashlib.sha256(repr(sorted(self.fingerprints.items())).encode()).hexdigest()

    @property
    def seed(self) -> int:
        """A seed that follows from all hidden checks, so that no learner knows it."""
        return int(self.sha256[:8], 16)

    def seed_of(self, slug: str) -> int:
        """The seed of a grading that names none: it follows from the exercise's own hidden checks, else from all of them."""
        secret = self.exercise(slug).solutions
        return int(self.fingerprints[slug][:8], 16) if secret and (secret / "checks.py").exists() else self.seed


def default_root() -> Path:
    """The course that comes with the package: the repository's, or the wheel's own copy of its public part."""
    beside = Path(__file__).resolve().parent
    repository = beside.parent
    return repository if (repository / "exercises" / "course.toml").exists() else beside / "default_course"


def load_course(root: Path) -> Course:
    """The whole course. Raises AuthorError naming the file and the repair where anything of it is wrong."""
    course = read_course(root)
    if course.problems:
        raise AuthorError("; ".join(course.problems))
    return course


def read_course(root: Path) -> Course:
    """The course as far as it can be read: an exercise whose files are wrong is `broken`, and no other suffers.

    Raises AuthorError where that does not help: no course at all, or two exercises of one name.
    """
    if not (root / "exercises" / "course.toml").exists():
        raise AuthorError(f"{root} is no course: it has no exercises/course.toml; name one with --course DIR")
    title = course_files.read(root / "exercises" / "course.toml").text("title")
    found, problems = [], []
    for folder in sorted(f for f in (root / "exercises").glob("[0-9]*_*") if f.is_dir()):
        try:
            found.append(_load_exercise(folder, root))
        except AuthorError as wrong:
            problems.append(str(wrong))
            found += _broken(folder, root, str(wrong))
    slugs = [e.slug for e in found]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise AuthorError(f"{root}: two exercises are called {slug}; rename one folder and its slug")
    return Course(root, title, tuple(sorted(found, key=lambda e: e.number)), tuple(problems))


def _broken(folder: Path, root: Path, why: str) -> list[Exercise]:
    """An exercise by its folder's name alone; none where that is no name either."""
    number, _, slug = folder.name.partition("_")
    if not course_files.SLUG.fullmatch(slug) or not number.isdecimal():
        return []
    hidden = root / "solutions" / folder.name
    secret = hidden if hidden.is_dir() else None
    return [Exercise(int(number), slug, Text.same(slug), folder, secret, (), Limits(), Texts(str(folder)), why)]


def load_exercise(root: Path, slug: str) -> Exercise:
    """One exercise alone, which costs less than the course. Raises AuthorError."""
    for folder in sorted((root / "exercises").glob(f"[0-9]*_{slug}")):
        return _load_exercise(folder, root)
    raise AuthorError(f"{root} has no exercise called {slug}")


def _load_exercise(folder: Path, root: Path) -> Exercise:
    path = folder / "exercise.toml"
    table = course_files.read(path)
    hidden = root / "solutions" / folder.name
    sections = {s: _entries(table, s) for s in SECTIONS}
    if (hidden / "exercise.toml").exists():
        secret = course_files.read(hidden / "exercise.toml")
        for section, _ in secret.tables():
            sections.setdefault(section, {}).update(_entries(secret, section))
    slug = course_files.slug_of(table, folder)
    for checks in (folder / "checks.py", hidden / "checks.py"):
        _demand_readable(checks, needed=checks.parent == folder)
    return Exercise(
        number=table.count("number"),
        slug=slug,
        title=table.text("title"),
        folder=folder,
        solutions=hidden if hidden.is_dir() else None,
        tasks=tuple(_task(name, task) for name, task in table.table("tasks").tables()),
        limits=table.table("limits", optional=True).limits(),
        texts=Texts(str(path.relative_to(root)), sections),
    )


def _entries(table: course_files.Table, section: str) -> dict[str, Any]:
    found = table.table(section, optional=True)
    return dict(found.data) if section == "labels" else {key: entry.data for key, entry in found.tables()}


def _task(name: str, entry: course_files.Table) -> Task:
    kind = entry.words("kind", default="function")
    if kind not in course_files.KINDS:
        raise entry.wrong("kind", " or ".join(course_files.KINDS))
    return Task(name, kind, entry.words("doc_ko", default=""))


def _demand_readable(path: Path, *, needed: bool) -> None:
    """What a course's fingerprint is made of. Raises AuthorError."""
    try:
        with path.open("rb"):
            return
    except FileNotFoundError:
        if needed:
            raise AuthorError(f"{path} is missing; `grader new` writes one") from None
    except OSError as error:
        raise AuthorError(f"{path} cannot be read ({error.strerror}); make it a file that you may read") from error


def load_checks(exercise: Exercise) -> tuple[Check, ...]:
    """Public checks, then hidden ones where the confidential folder is at hand; runs course code.

    Hidden checks may import what the public ones define: ``from public_checks import helper``.

    Raises AuthorError where two checks share an id or one builds on a check that is not there.
    """
    module = _run_module(exercise.folder / "checks.py")
    public = _checks_of(module, public=True)
    secret = exercise.solutions / "checks.py" if exercise.solutions else None
    hidden = _hidden_checks(secret, module, public) if secret and secret.exists() else ()
    checks = (*public, *hidden)
    seen: set[str] = set()
    for item in checks:
        if item.id in seen:
            raise AuthorError(f"{exercise.folder.name}: two checks are called {item.id}")
        if item.after and item.after not in seen:
            raise AuthorError(
                f"{exercise.folder.name}: {item.id} comes after {item.after}, which does not stand before it"
            )
        seen.add(item.id)
    return checks


def _hidden_checks(path: Path, public: ModuleType, known: tuple[Check, ...]) -> tuple[Check, ...]:
    sys.modules[PUBLIC] = public
    try:
        found = _checks_of(_run_module(path), public=False)
    finally:
        del sys.modules[PUBLIC]
    return tuple(c for c in found if c.run not in {k.run for k in known})


def _checks_of(module: ModuleType, *, public: bool) -> tuple[Check, ...]:
    from grader.checking import Check  # noqa: PLC0415 - loads NumPy, which a look at the course needs not

    return tuple(replace(v, public=public) for v in vars(module).values() if isinstance(v, Check))


def _run_module(path: Path) -> ModuleType:
    name = f"_course_{path.parent.name}_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AuthorError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses in a checks.py look their module up
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # whatever an author's code may raise
        raise AuthorError(_broken_code(path, error)) from error
    return module


def _broken_code(path: Path, error: BaseException) -> str:
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    if isinstance(error, SyntaxError) and error.filename == str(path):
        lines = [error.lineno]
    place = f", line {lines[-1]}" if lines and lines[-1] else ""
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    slug = path.parent.name.partition("_")[2]
    return f"{path}{place}: {type(error).__name__}: {words}; mend it, then: grader verify {slug}"
