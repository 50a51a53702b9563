"""The versions that a grade depends on, without importing what is heavy."""

from __future__ import annotations

import functools
import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = {
    "gradetape": ("gradetape",),
    "keras": ("keras",),
    "numpy": ("numpy",),
    "tensorflow": ("tensorflow", "tensorflow-cpu"),
}


@functools.cache
def _of(names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return ""


def versions() -> dict[str, str]:
    """Name -> version; "" for what is not installed."""
    return {"python": platform.python_version(), **{name: _of(names) for name, names in PACKAGES.items()}}
