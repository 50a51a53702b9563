"""The small course, and the grader, of the tests of the command line."""

from __future__ import annotations

from tests.cli.conftest import course, grader, made_course, school, warm, zygote  # noqa: F401 - fixtures
