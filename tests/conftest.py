"""What all tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as a shell starts what runs in the background; commands that we start would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)

SLOW = Path(__file__).parent / "engine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever starts kernels is slow."""
    for item in items:
        if item.path.is_relative_to(SLOW):
            item.add_marker("slow")
