"""A small course, a class for it, and one grader that all commands of a test process share."""

from __future__ import annotations

import contextlib
import shutil

import pytest
from click.testing import CliRunner

from grader import skeleton
from grader.cli import cli
from grader.course import load_course
from grader.engine.client import Zygote
from grader.grading import PRELOAD
from grader.release import release

SLUG = "twice"
RIGHT = "def double(x):\n    return x + x\n"
WRONG = "def double(x):\n    return x * x\n"


@pytest.fixture(scope="session")
def zygote():
    with Zygote.start(preload=PRELOAD) as started:
        yield started


@pytest.fixture
def warm(zygote, monkeypatch):
    """Commands use the grader that is running, as starting TensorFlow takes seconds."""
    monkeypatch.setattr(Zygote, "start", classmethod(lambda cls, **_: contextlib.nullcontext(zygote)))


@pytest.fixture(scope="session")
def made_course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    (root / "exercises").mkdir()
    (root / "exercises" / "course.toml").write_text('title = { en = "Course", ko = "강의" }\n', encoding="utf-8")
    skeleton.write(load_course(root), SLUG)
    for path, text in release(load_course(root).exercise(SLUG)).items():
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def course(made_course, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(made_course, tmp_path / "course")


@pytest.fixture
def school(tmp_path):
    """Two learners: one all right, one wrong."""
    for name, code in (("ada", RIGHT), ("bob", WRONG)):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / f"{SLUG}.py").write_text(code, encoding="utf-8")
    return tmp_path / "class"


@pytest.fixture
def grader():
    """Runs the command with words; the result has exit_code, stdout and stderr."""

    def run(*words):
        result = CliRunner().invoke(cli, [str(w) for w in words], standalone_mode=False)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        result.exit_code = result.return_value if isinstance(result.return_value, int) else result.exit_code
        return result

    return run
