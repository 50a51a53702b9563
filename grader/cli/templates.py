"""Files that are written for other services, from the repository or the wheel's own copy."""

from __future__ import annotations

from pathlib import Path

_ACTION = "action.yml"  # at the repository's root, where GitHub looks for it


def template(name: str) -> str:
    """The text of one of them."""
    package = Path(__file__).resolve().parents[1]
    repository = package.parent
    beside = repository if name == _ACTION else repository / "templates"
    folder = beside if (repository / _ACTION).exists() else package / "templates"
    return (folder / name).read_text(encoding="utf-8")
