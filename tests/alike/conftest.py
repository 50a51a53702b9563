"""A small course with one exercise, and a class whose files are written by hand."""

from __future__ import annotations

import pytest

from grader.alike.whole import compare
from grader.course import load_course
from grader.intake import take_in
from tests.alike.small import SLUG, write_course


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    return load_course(write_course(tmp_path_factory.mktemp("course")))


@pytest.fixture
def compared(course, tmp_path):
    """Compares a class given as learner -> (ending, text)."""

    def run(graded=None, **files):
        for name, (ending, text) in files.items():
            home = tmp_path / "class" / name
            home.mkdir(parents=True)
            data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            (home / f"{SLUG}{ending}").write_bytes(data)
        return compare(take_in([tmp_path / "class"], course.slugs), course, graded or {})

    return run
