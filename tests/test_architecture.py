"""The arrows of the design hold: who may import whom, and what is never loaded where."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def imports(path: Path) -> set[str]:
    """Every module that the file imports anywhere, by its full name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def ours(path: Path) -> set[str]:
    return {name for name in imports(path) if name.split(".")[0] in ("grader", "reports")}


@pytest.mark.parametrize("path", sorted((ROOT / "reports").rglob("*.py")), ids=lambda p: p.name)
def test_reports_know_the_grade_model_only(path):
    allowed = (
        "grader.grades",
        "grader.alike.model",
        "grader.attempts",
        "grader.text",
        "grader.harmless",
        "grader.naming",
        "grader.wholefile",
        "reports",
    )
    assert {name for name in ours(path) if not name.startswith(allowed)} == set()
    assert not any(name.split(".")[0] in ("tensorflow", "keras") for name in imports(path))


@pytest.mark.parametrize("path", sorted((ROOT / "grader" / "engine").glob("probe*.py")), ids=lambda p: p.name)
def test_the_probe_knows_nothing_of_ours_but_itself(path):
    assert {
        name for name in ours(path) if not name.startswith("grader.engine.probe") and name != "grader.engine"
    } == set()


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("exercises/*/checks.py")) + sorted(ROOT.glob("solutions/*/checks.py"))
)
def test_checks_use_the_public_names(path):
    assert {name for name in ours(path) if not name.startswith("grader.authoring")} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "grader").rglob("*.py")), ids=lambda p: p.stem)
def test_only_the_command_line_knows_the_reports(path):
    if "cli" not in path.parts:
        assert not any(name.split(".")[0] == "reports" for name in ours(path))
        assert not any(name.startswith("grader.cli") for name in ours(path) if path.stem != "__main__")


def test_the_command_does_not_load_tensorflow():
    code = (
        "import sys; from grader.cli import cli; [cli.get_command(None, name) for name in cli.list_commands(None)];"
        "import grader.cli.grading; sys.exit(any(m.split('.')[0] in ('tensorflow', 'keras') for m in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_every_file_says_in_its_first_line_why_it_exists():
    for path in [*(ROOT / "grader").rglob("*.py"), *(ROOT / "reports").rglob("*.py")]:
        if path.stat().st_size:
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
