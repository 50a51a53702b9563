"""What the grades of an exercise depend on in the course's files, as one number for each exercise.

That is its own folders but for stubs, variants and the reference solution, and the files that all exercises share: those
beside the exercises' folders in ``exercises/`` and ``solutions/``. So a changed check makes only its exercise graded again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_NO_PART = {"right", "wrong", "__pycache__"}  # folders
_EXERCISE = re.compile(r"\d.*_")  # how the folder of one begins
_NO_CHECK = (".md", ".pyc", "~")
_TITLE = "course.toml"  # stands in no grade


def exercise_sha256(root: Path, slug: str, folders: Sequence[Path]) -> str:
    """Of the exercise whose public and confidential ``folders`` these are, in the course at ``root``."""
    stub = re.compile(rf"{re.escape(slug)}(\.\w+)?\.(py|ipynb)")
    own = (p for folder in folders for p in _files(folder, ()) if p.parent != folder or not stub.fullmatch(p.name))
    return _sha256(root, (*own, *_shared(root)))


def _shared(root: Path) -> Iterator[Path]:
    for name in ("exercises", "solutions"):
        folder = root / name
        with contextlib.suppress(OSError):
            apart = tuple(f.name for f in folder.iterdir() if f.is_dir() and _EXERCISE.match(f.name))
            yield from (p for p in _files(folder, apart) if p != folder / _TITLE)


def _files(folder: Path, apart: Sequence[str]) -> Iterator[Path]:
    """In a fixed order; nothing hidden, nothing that an editor or Python left."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _NO_PART and f not in apart)
        yield from (Path(place, f) for f in sorted(files) if not f.startswith(".") and not f.endswith(_NO_CHECK))


def _sha256(root: Path, paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        data = b""
        with contextlib.suppress(OSError):  # then its exercise is broken, and says so
            data = path.read_bytes()
        name = os.fsencode(path.relative_to(root).as_posix())
        digest.update(name + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()
