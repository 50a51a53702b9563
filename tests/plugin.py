"""How our own pytest plugin is named to a pytest in a process of its own."""

from __future__ import annotations

import importlib.metadata

# A checkout that was installed before the entry point came does not bring it by itself.
_KNOWN = any(point.name == "gradetape" for point in importlib.metadata.entry_points(group="pytest11"))
PLUGIN = [] if _KNOWN else ["-p", "grader.pytest_plugin"]
