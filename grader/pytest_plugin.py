"""``pytest --submission FILE``: a submission's checks as test items. Loads nothing of the grader where it is not asked for."""

from __future__ import annotations

import importlib

import pytest

_ITEMS = "grader.cli.pytest_items"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; all begin alike, so that no other plugin's are in the way."""
    group = parser.getgroup("gradetape", "GradeTape: checks of submissions as tests")
    group.addoption(
        "--submission",
        action="append",
        default=[],
        metavar="PATH",
        help="Run the checks on this file, folder or zip of submissions, in the sandbox. May be repeated.",
    )
    group.addoption(
        "--submission-course", metavar="DIR", default=None, help="Folder with exercises/. Default: GradeTape's own."
    )
    group.addoption(
        "--submission-lang", choices=("en", "ko"), default=None, help="Language of what is shown. Default: from LANG."
    )
    group.addoption(
        "--submission-isolation",
        choices=("strict", "landlock", "process"),
        default=None,
        help="Demand this tier. Default: the best there is.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Brings the items in. Without other arguments they are all there is to run."""
    if not config.getoption("submission"):
        return
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = []
    config.pluginmanager.register(importlib.import_module(_ITEMS).Submissions(config), "gradetape-submissions")
