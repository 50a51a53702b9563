"""The sample class and its pages, written once for all tests here."""

from __future__ import annotations

from pathlib import Path

import pytest

import reports
from grader.grades import ClassGrade
from tests.reports.html_reader import Document, read
from tests.reports.sample_class import sample_class, timings


@pytest.fixture(scope="session")
def klass() -> ClassGrade:
    return sample_class()


@pytest.fixture(scope="session", params=["en", "ko"])
def written(request, klass, tmp_path_factory) -> reports.Written:
    """Everything, once in each language."""
    return reports.write(klass, tmp_path_factory.mktemp(request.param), lang=request.param, timings=timings(klass))


@pytest.fixture(scope="session")
def english(klass, tmp_path_factory) -> reports.Written:
    return reports.write(klass, tmp_path_factory.mktemp("english"), lang="en", timings=timings(klass))


@pytest.fixture(scope="session")
def pages(written) -> dict[Path, Document]:
    """Every page of one language, read."""
    return {path: read(path.read_text(encoding="utf-8")) for path in (written.index, *written.learners)}


def page_of(written: reports.Written, learner: str) -> Document:
    """A learner's page, read."""
    return read(next(p for p in written.learners if p.stem == learner).read_text(encoding="utf-8"))
