"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

SLOW = Path(__file__).parent / "engine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever starts kernels is slow."""
    for item in items:
        if item.path.is_relative_to(SLOW):
            item.add_marker("slow")
