"""The README tells the truth: every command and option in it runs, and every option is in it or in the help."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugin import PLUGIN

ROOT = Path(__file__).resolve().parents[1]
README = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/ci.md"))
SHELL = re.compile(r"^\$ (.+?)(?: +#.*)?$", re.MULTILINE)
COMMANDS = [c for c in SHELL.findall(README) if c.startswith(("grader ", "pytest "))]
OF_PYTEST = {"--junitxml", "--submission", "--submission-course", "--submission-lang", "--submission-isolation"}


@pytest.mark.slow
def test_every_command_of_the_readme_runs(tmp_path):
    """In the order of the README, in one folder, as a reader would."""
    solution = ROOT / "solutions" / "03_matmul" / "matmul.py"
    for learner in ("ada", "bob"):
        (tmp_path / "class" / learner).mkdir(parents=True)
        (tmp_path / "class" / learner / "matmul.py").write_bytes(solution.read_bytes())
    course = tmp_path / "mycourse" / "exercises"
    course.mkdir(parents=True)
    (course / "course.toml").write_text('title = { en = "Mine", ko = "내 강의" }\n', encoding="utf-8")
    codes = {}
    for command in COMMANDS:
        tool, *words = shlex.split(command)
        # Items are named here; tests/cli/test_pytest_items.py runs them.
        words = [*words, *(["--collect-only", "-p", "no:cacheprovider", *PLUGIN] if tool == "pytest" else [])]
        words = [sys.executable, "-m", tool, *words]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
        codes[command] = done.returncode
        assert "Traceback" not in done.stderr, (command, done.stderr)
    unexpected = {
        c: code
        for c, code in codes.items()
        if code and not c.startswith(("grader check", "grader diff", "grader verify")) and "--fail-under" not in c
    }
    assert unexpected == {}
    assert codes["grader check homework/rank.py"] == 1, "a stub has something left to do"
    assert codes["grader grade homework --out report --fail-under 60"] == 1


def test_the_make_targets_of_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^\$ make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def every_command(group):
    """Each loads when it is asked for."""
    return [group.get_command(None, name) for name in group.list_commands(None)]


def test_every_option_in_the_readme_is_one_of_some_command():
    import click

    from grader.cli import cli

    known = {
        o
        for c in every_command(cli)
        for p in c.params
        if isinstance(p, click.Option)
        for o in (*p.opts, *p.secondary_opts)
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= known | OF_PYTEST | {"--help"}


def test_every_command_and_option_has_a_help_text():
    import click

    from grader.cli import cli

    for command in every_command(cli):
        assert command.help
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help or option.name == "out", (
                command.name,
                option.name,
            )


def test_links_of_the_documents_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/ci.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert link.startswith("https://") or ((ROOT / name).parent / link).exists(), (name, link)
