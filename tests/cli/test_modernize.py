"""``grader modernize`` as a student uses it."""

from __future__ import annotations

import json

import click
import pytest

from grader.errors import BadSubmission

OLD = "from keras.optimizers import SGD\nopt = SGD(lr=0.1, decay=0.5)\n"
NEW = OLD.replace("lr=", "learning_rate=")


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "work.py"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_the_patch_is_shown_and_written_and_the_old_file_kept(grader, old):
    done = grader("modernize", old, "--yes", "--lang", "en")
    assert "-opt = SGD(lr=0.1, decay=0.5)" in done.stdout
    assert "+opt = SGD(learning_rate=0.1, decay=0.5)" in done.stdout
    assert "silently ignored" in done.stdout, "what only the author can know is named"
    assert old.read_text("utf-8") == NEW
    assert old.with_name("work.py.old").read_text("utf-8") == OLD
    assert done.exit_code == 1, "decay is left"


def test_nothing_is_written_without_a_yes(grader, old):
    assert grader("modernize", old).exit_code == 1
    assert grader("modernize", old, "--diff", "--lang", "ko").exit_code == 1
    assert old.read_text("utf-8") == OLD
    assert list(old.parent.iterdir()) == [old]


def test_an_older_copy_is_not_overwritten(grader, old):
    old.with_name("work.py.old").write_text("precious")
    grader("modernize", old, "--yes")
    assert old.with_name("work.py.old").read_text() == "precious"
    assert old.with_name("work.py.old1").read_text("utf-8") == OLD


def test_a_file_of_today_needs_nothing(grader, old):
    old.write_text("import numpy as np\n", encoding="utf-8")
    done = grader("modernize", old, "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "No old spelling was found.\n")


def test_a_notebook_keeps_all_but_its_code(grader, tmp_path):
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["lr= 학습률"]},
        {"cell_type": "code", "metadata": {"id": "a"}, "outputs": [{"x": 1}], "source": "from keras.optimizers import SGD"},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["# 둘\n", "SGD(lr=1)"]},
    ]  # fmt: skip
    path = tmp_path / "work.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {"k": 1}}), encoding="utf-8")
    done = grader("modernize", path, "--yes", "--lang", "en")
    assert done.exit_code == 0
    assert "cell 2: Line 2" in done.stdout
    cells[1]["source"] = ["from keras.optimizers import SGD"]
    cells[2]["source"] = ["# 둘\n", "SGD(learning_rate=1)"]
    assert json.loads(path.read_text("utf-8")) == {"cells": cells, "nbformat": 4, "metadata": {"k": 1}}


@pytest.mark.parametrize("body", ["no json", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "code"}]}'])
def test_what_is_no_notebook_is_said(body, grader, tmp_path):
    path = tmp_path / "work.ipynb"
    path.write_text(body)
    with pytest.raises(BadSubmission, match=r"work\.ipynb"):
        grader("modernize", path, "--yes")


def test_a_person_at_a_terminal_is_asked(old, monkeypatch, grader):
    asked = []
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr(click, "confirm", lambda words: asked.append(words) or True)
    from grader.cli.modernize import modernize_file

    modernize_file.callback(old, yes=False, only_show=False, lang="en")
    assert asked == ["Write this to work.py?"]
    assert old.read_text("utf-8") == NEW
