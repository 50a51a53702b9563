"""``check`` and ``hint`` in a notebook: as a student sees them in a real kernel, and what a browser makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbclient
import nbformat
import pytest

from grader.cli.notebook import check, hint
from tests.cli.conftest import RIGHT, SLUG, WRONG
from tests.reports.browser import chromium

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def at_home(course, tmp_path, monkeypatch):
    """A folder of a student's, and the small course instead of the one that comes along."""
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    monkeypatch.setenv("GRADETAPE_COURSE", str(course))
    monkeypatch.setenv("LANG", "C.UTF-8")
    return tmp_path / "mine"


def in_a_script(code: str, call: str):
    names = {"__name__": "__main__", "check": check, "hint": hint}
    exec(f"{code}\nshown = {call}\n", names)
    return names["shown"]


def test_functions_of_the_notebook_are_checked(at_home):
    assert "points" in repr(in_a_script(RIGHT, f'check("{SLUG}")'))
    wrong = in_a_script(WRONG, f'check("{SLUG}")')
    assert "✗" in repr(wrong)
    assert "expected" in repr(wrong)
    assert "<script" not in wrong._repr_html_()


def test_in_korean(at_home):
    shown = in_a_script(WRONG, f'check("{SLUG}", lang="ko")')
    assert "점" in repr(shown)
    assert 'lang="ko"' in shown._repr_html_()


def test_one_task_alone(at_home):
    whole, part = (in_a_script(RIGHT, f'check("{SLUG}"{task})') for task in ("", ', "double"'))
    assert len(repr(part)) <= len(repr(whole))
    with pytest.raises(ValueError, match="asks for “triple”"):
        in_a_script(RIGHT, f'check("{SLUG}", "triple")')


def test_an_exercise_that_is_not_there_is_named(at_home):
    for call in ('check("thrice")', 'hint("thrice")'):
        with pytest.raises(ValueError, match=SLUG):
            in_a_script("", call)


def test_progress_and_hints_are_noted_where_the_folder_can_be_written(at_home):
    in_a_script(RIGHT, f'check("{SLUG}")')
    assert (at_home / ".gradetape.json").exists()
    assert "nothing to hint at" in repr(in_a_script("", f'hint("{SLUG}")'))
    in_a_script(WRONG, f'check("{SLUG}")')
    assert "hint 1" in hint(SLUG)._repr_html_()


def test_a_folder_that_cannot_be_written_changes_nothing_of_the_verdict(at_home, monkeypatch):
    def refused(path: Path, _: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "replace", refused)
    assert "✓" in repr(in_a_script(RIGHT, f'check("{SLUG}")'))
    assert "hint 1" in repr(in_a_script("", f'hint("{SLUG}")'))
    assert list(at_home.iterdir()) == []


@pytest.mark.slow
def test_a_real_kernel_shows_it_and_a_browser_draws_it(at_home, tmp_path, monkeypatch):
    cells = [WRONG, "from grader import check, hint", f'check("{SLUG}")', f'hint("{SLUG}")']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown, hinted = (notebook.cells[n].outputs[-1]["data"] for n in (2, 3))
    assert set(shown) >= {"text/html", "text/plain"}
    assert "✗" in shown["text/plain"]
    assert "hint 1" in hinted["text/html"]
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><h1>mine</h1>{shown['text/html']}", encoding="utf-8")
    with chromium() as browser, browser.open(page, width=700) as seen:
        assert seen.complaints() == []
        background = "getComputedStyle(document.querySelector('{}')).backgroundColor"
        assert seen.evaluate(background.format(".gradetape .exercise")) != "rgba(0, 0, 0, 0)", "our styles apply inside"
        assert seen.evaluate(background.format("body")) == "rgba(0, 0, 0, 0)", "and not outside"
        assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth")
        (tmp_path / "seen.png").write_bytes(seen.screenshot(whole=True))


@pytest.mark.slow
def test_the_wheel_alone_is_enough_beside_tensorflow(tmp_path):
    """As in Colab: TensorFlow is there, gradetape comes as a wheel, and no solutions are anywhere in it."""
    words = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT]
    subprocess.run(words, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert not any("solution" in name for name in packed.namelist())
        packed.extractall(tmp_path / "site")
    code = (
        "import tensorflow as tf, grader\n"
        f"assert grader.__file__.startswith({str(tmp_path)!r}), grader.__file__\n"
        "from grader import check\n"
        "def rank_of(value):\n    return len(value.shape)\n"
        "print(check('rank', 'rank_of', lang='en'))"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert "points" in done.stdout, done.stderr
