"""GradeTape: grades TensorFlow and Keras exercises. In a notebook: ``from grader import check, hint``."""

from __future__ import annotations

import importlib
from typing import Any

_IN_NOTEBOOKS = ("check", "hint")


def __getattr__(name: str) -> Any:
    """What notebooks import, loaded when it is asked for: everything else here must stay light."""
    if name in _IN_NOTEBOOKS:
        return getattr(importlib.import_module("grader.cli.notebook"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
