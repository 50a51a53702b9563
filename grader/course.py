"""Reads a course: its exercises, their words and limits, and their checks."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from grader.engine.limits import Limits
from grader.errors import AuthorError
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

    @property
    def slugs(self) -> tuple[str, ...]:
        """In the order of the course."""
        return tuple(e.slug for e in self.exercises)

    def exercise(self, slug: str) -> Exercise:
        """The exercise called ``slug``. Raises KeyError."""
        return {e.slug: e for e in self.exercises}[slug]

    @functools.cached_property
    def sha256(self) -> str:
        """Of everything that a grade depends on: checks, words and limits, not stubs and variants."""
        digest = hashlib.sha256()
        for path in _graded_files(self):
            digest.update(f"{path.relative_to(self.root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
        return digest.hexdigest()

    @property
    def seed(self) -> int:
        """The seed of a grading that names none: it follows from the hidden checks, so that no learner knows it."""
        return int(self.sha256[:8], 16)


def _graded_files(course: Course) -> Iterator[Path]:
    for exercise in course.exercises:
        for folder in (exercise.folder, exercise.solutions):
            for name in ("exercise.toml", "checks.py"):
                if folder is not None and (folder / name).exists():
                    yield folder / name


def default_root() -> Path:
    """The course that comes with the package: the repository's, or the wheel's own copy of its public part."""
    beside = Path(__file__).resolve().parent
    repository = beside.parent
    return repository if (repository / "exercises" / "course.toml").exists() else beside / "default_course"


def load_course(root: Path) -> Course:
    """Reads every exercise's TOML. Raises AuthorError naming the file and the repair."""
    top = root / "exercises" / "course.toml"
    if not top.exists():
        raise AuthorError(f"{root} is no course: it has no exercises/course.toml; name one with --course DIR")
    data = _read(top)
    found = [_load_exercise(f, root) for f in sorted((root / "exercises").glob("[0-9]*_*")) if f.is_dir()]
    slugs = [e.slug for e in found]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise AuthorError(f"{root}: two exercises are called {slug}; rename one folder and its slug")
    return Course(root, Text(data["title"]["en"], data["title"]["ko"]), tuple(sorted(found, key=lambda e: e.number)))


def load_exercise(root: Path, slug: str) -> Exercise:
    """One exercise alone, which costs less than the course. Raises AuthorError."""
    for folder in sorted((root / "exercises").glob(f"[0-9]*_{slug}")):
        return _load_exercise(folder, root)
    raise AuthorError(f"{root} has no exercise called {slug}")


def _load_exercise(folder: Path, root: Path) -> Exercise:
    path = folder / "exercise.toml"
    data = _read(path)
    hidden = root / "solutions" / folder.name
    sections = {s: dict(data.get(s, {})) for s in SECTIONS}
    if (hidden / "exercise.toml").exists():
        for section, entries in _read(hidden / "exercise.toml").items():
            sections.setdefault(section, {}).update(entries)
    try:
        return Exercise(
            number=data["number"],
            slug=data["slug"],
            title=Text(data["title"]["en"], data["title"]["ko"]),
            folder=folder,
            solutions=hidden if hidden.is_dir() else None,
            tasks=tuple(_task(n, t) for n, t in data["tasks"].items()),
            limits=Limits(**data.get("limits", {})),
            texts=Texts(str(path.relative_to(root)), sections),
        )
    except (KeyError, TypeError) as error:
        raise AuthorError(f"{path}: {error} is missing or unknown; compare with another exercise.toml") from error


def _task(name: str, entry: Mapping[str, Any]) -> Task:
    return Task(name, entry.get("kind", "function"), entry.get("doc_ko", ""))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthorError(f"{path} is missing; `grader new` writes one") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthorError(f"{path} is not valid TOML: {error}") from error


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
    spec.loader.exec_module(module)
    return module
