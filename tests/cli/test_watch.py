"""``grader watch`` in a real pseudo-terminal: save a file, press keys, read the screen."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pexpect
import pyte
import pytest

from grader import skeleton
from grader.course import load_course
from tests.cli.conftest import RIGHT, SLUG, WRONG

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal")]
ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 90


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


@pytest.fixture
def screen(course, folder):
    """Starts the command in the folder; what it prints is expected with ``screen.expect``."""
    started = []

    def start(lang: str = "en") -> pexpect.spawn:
        words = ["-m", "grader", "watch", "--course", str(course), "--lang", lang]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100", "LINES": "60"}
        started.append(
            pexpect.spawn(
                sys.executable, words, cwd=str(folder), env=env, encoding="utf-8", timeout=WAIT_S, dimensions=(60, 100)
            )
        )
        return started[-1]

    yield start
    for child in started:
        child.close(force=True)


def save(folder: Path, code: str) -> None:
    """As editors do: another file, then renamed."""
    beside = folder / ".draft"
    beside.write_text(code, encoding="utf-8")
    beside.replace(folder / f"{SLUG}.py")


def test_from_a_wrong_file_to_a_right_one(screen, folder):
    save(folder, WRONG)
    child = screen()
    child.logfile_read = io.StringIO()
    child.expect(r"\d of \d points")
    child.expect("q quit")
    child.send("h")
    child.expect("hint 1 of")
    child.send("l")
    child.expect("begun")
    save(folder, RIGHT)
    child.expect("All public checks pass")
    child.expect("q quit")
    child.send("l")
    child.expect("1 of 1 exercises done")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    seen = pyte.Screen(100, 60)
    pyte.Stream(seen).feed(child.logfile_read.getvalue())
    assert sum(f" {SLUG} · " in line for line in seen.display) == 1, "the screen is emptied before it is written anew"


def test_reset_asks_first(screen, folder):
    save(folder, RIGHT)
    child = screen("ko")
    child.expect("q 끝내기")
    child.expect("모두 통과")
    child.send("r")
    child.expect("y를 누르")
    child.send("x")
    assert (folder / f"{SLUG}.py").read_text() == RIGHT
    child.send("r")
    child.expect("y를 누르")
    child.send("y")
    child.expect(f"{SLUG}.py.old")
    child.send("q")
    child.expect(pexpect.EOF)
    assert (folder / f"{SLUG}.py.old").read_text() == RIGHT


def test_it_begins_with_an_exercise_whose_file_is_there(screen, course, folder):
    skeleton.write(load_course(course), "another")
    save(folder, RIGHT)
    (folder / f"{SLUG}.py").rename(folder / "another.py")
    child = screen()
    child.expect("another · Another")
    child.expect("All public checks pass")


def test_an_endless_loop_is_given_up_for_a_newer_save(screen, course, folder):
    (words,) = course.glob("exercises/*/exercise.toml")
    # far beyond our patience: it does not end by itself
    longer = "[limits]\ncell_s = 600\nexercise_s = 600\n"
    words.write_text(words.read_text(encoding="utf-8").replace("[limits]\n", longer), encoding="utf-8")
    save(folder, "while True:\n    pass\n")
    child = screen()
    child.expect("checking")
    save(folder, RIGHT)
    child.expect("All public checks pass")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_folder_without_exercises_says_how_to_get_them(screen):
    child = screen()
    child.expect("grader init")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
