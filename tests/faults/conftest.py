"""The course, class and command of the command's own tests."""

from tests.cli.conftest import course, grader, made_course, school, warm, zygote

__all__ = ["course", "grader", "made_course", "school", "warm", "zygote"]
