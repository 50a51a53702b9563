"""GradeTape's own wheel, made of what is installed here, be it from a wheel or a checkout: so that another machine grades alike."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes
_WHEEL = "Wheel-Version: 1.0\nGenerator: gradetape\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_PACKAGES = ("grader", "reports")
_BESIDE = {"exercises": "grader/default_course/exercises", "action.yml": "grader/templates/action.yml", "templates": "grader/templates"}  # fmt: skip


def wheel() -> tuple[str, bytes]:
    """Its file name and its bytes."""
    dist = distribution("gradetape")
    info = f"gradetape-{dist.version}.dist-info"
    files = dict(sorted(_packaged()))
    files[f"{info}/METADATA"] = (dist.read_text("METADATA") or "").encode()
    files[f"{info}/WHEEL"] = _WHEEL.encode()
    files[f"{info}/entry_points.txt"] = (dist.read_text("entry_points.txt") or "").encode()
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    return f"gradetape-{dist.version}-py3-none-any.whl", zipped(files)


def zipped(files: dict[str, bytes], executable: frozenset[str] = frozenset()) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = (0o755 if name in executable else 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _packaged() -> Iterator[tuple[str, bytes]]:
    root = Path(__file__).resolve().parents[2]
    for package in _PACKAGES:
        yield from _below(root / package, package)
    if (root / "action.yml").exists():  # a checkout, where they lie beside the packages
        for name, target in _BESIDE.items():
            yield from _below(root / name, target)


def _below(path: Path, target: str) -> Iterator[tuple[str, bytes]]:
    if path.is_file():
        yield target, path.read_bytes()
        return
    for file in path.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield f"{target}/{file.relative_to(path).as_posix()}", file.read_bytes()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
