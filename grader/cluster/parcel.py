"""A course as bytes: what judges need of it, and no more. Stubs, reference solutions and variants stay at home."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, Exercise
from grader.errors import AuthorError

MOST_MB = 100
_LEFT_OUT = ("right", "wrong", "__pycache__")
_BEGAN = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever they are packed


@dataclass(frozen=True)
class Parcel:
    """A packed course and what it is called on a worker."""

    sha256: str
    data: bytes


def pack(course: Course) -> Parcel:
    """The same bytes for the same files. Raises AuthorError where the course is too big or cannot be read."""
    packed, size = io.BytesIO(), 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(course):
            try:
                data = path.read_bytes()
            except OSError as error:
                raise AuthorError(
                    f"{path} cannot be read ({error.strerror}); make it a file that you may read"
                ) from error
            size += len(data)
            if size > MOST_MB << 20:
                raise AuthorError(f"{path}: the checks and what lies beside them take more than {MOST_MB} MB")
            name = path.relative_to(course.root).as_posix()
            archive.writestr(zipfile.ZipInfo(name, _BEGAN), data, zipfile.ZIP_DEFLATED)
    data = packed.getvalue()
    return Parcel(hashlib.sha256(data).hexdigest(), data)


def unpack(parcel: Parcel, folder: Path) -> Path:
    """The course in a folder of its own below ``folder``. Raises ValueError where the bytes are not what they were."""
    if hashlib.sha256(parcel.data).hexdigest() != parcel.sha256:
        raise ValueError("the course did not arrive as it was sent")
    root = folder / f"course-{parcel.sha256[:16]}"
    with zipfile.ZipFile(io.BytesIO(parcel.data)) as archive:
        archive.extractall(root)
    return root


def _files(course: Course) -> Iterator[Path]:
    yield course.root / "exercises" / "course.toml"
    for exercise in course.exercises:
        for folder in (exercise.folder, exercise.solutions):
            if folder is not None:
                yield from (p for p in sorted(folder.rglob("*")) if p.is_file() and _judges_need(p, folder, exercise))


def _judges_need(path: Path, folder: Path, exercise: Exercise) -> bool:
    parts = path.relative_to(folder).parts
    if any(part in _LEFT_OUT or part.startswith(".") for part in parts):
        return False
    return len(parts) > 1 or not path.name.startswith(f"{exercise.slug}.")
