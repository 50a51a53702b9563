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
    cells[2]["source"] = ["# 둘\n", "SGD(learning_rate=1)"]
    assert json.loads(path.read_text("utf-8")) == {"cells": cells, "nbformat": 4, "metadata": {"k": 1}}


@pytest.mark.parametrize("body", ["no json", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "code"}]}'])
def test_what_is_no_notebook_is_said(body, grader, tmp_path):
    path = tmp_path / "work.ipynb"
    path.write_text(body)
    with pytest.raises(BadSubmission, match=r"work\.ipynb"):
        grader("modernize", path, "--yes")


@pytest.mark.parametrize(
    ("ends", "codec"),
    [("\r\n", "utf-8"), ("\r", "utf-8"), ("\r\n", "utf-8-sig"), ("\n", "utf-16"), ("\r\n", "cp949")],
)
def test_line_ends_and_encoding_stay(ends, codec, grader, old):
    body = "# 한글\n" + OLD.replace("opt =", "    \nopt =") + "x = '\x0c'"
    old.write_bytes(body.replace("\n", ends).encode(codec))
    assert grader("modernize", old, "--yes", "--lang", "en").exit_code == 1
    assert old.read_bytes() == body.replace("lr=", "learning_rate=").replace("\n", ends).encode(codec)


def test_each_line_keeps_its_own_end(grader, old):
    old.write_bytes(b"import keras\r\nm = keras.Sequential()\nm.add(keras.layers.Dense(2, input_dim=3))\r\n")
    grader("modernize", old, "--yes")
    new = b"import keras\r\nm = keras.Sequential()\nm.add(keras.Input(shape=(3,)))\r\nm.add(keras.layers.Dense(2))\r\n"
    assert old.read_bytes() == new


def test_damaged_characters_are_said_and_nothing_is_written(grader, old):
    old.write_bytes("# 가나다라\n".encode() + b"# \xff\n" + OLD.encode())
    with pytest.raises(BadSubmission, match="Save it as UTF-8"):
        grader("modernize", old, "--yes")
    assert list(old.parent.iterdir()) == [old]


def test_code_that_python_cannot_read_is_not_called_up_to_date(grader, old, tmp_path):
    old.write_text("import tensorflow as tf\nprint tf.log(2.)\n", encoding="utf-8")
    done = grader("modernize", old, "--lang", "en")
    assert done.exit_code == 1
    assert done.stdout.startswith("Line 2 cannot be read as Python (Missing parentheses")
    cells = [{"cell_type": "code", "source": ["x = 1"]}, {"cell_type": "code", "source": ["x = (\n"]}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert grader("modernize", tmp_path / "a.ipynb", "--lang", "ko").stdout.startswith("셀 2: 1행")


def test_the_patch_shows_every_line_whole_and_as_it_is(grader, old):
    long = f"x = '{'[red]' * 40}'"
    old.write_text(f"{OLD}{long}", encoding="utf-8")
    assert f"\n {long}\n" in grader("modernize", old, "--diff").stdout


def test_lines_are_those_of_the_file_as_it_is(grader, old):
    head = "import keras\nm = keras.Sequential()\nm.add(keras.layers.Dense(2, input_dim=3))\n"
    old.write_text(f"{head}m.fit_generator(g, nb_epoch=3)\nm.predict_classes(x)\n", encoding="utf-8")
    shown = grader("modernize", old, "--diff", "--lang", "en").stdout
    assert "Line 4: “nb_epoch=”" in shown
    assert "Line 5: “m.predict_classes”" in shown
    assert "Line 6: “m.predict_classes”" in grader("modernize", old, "--yes", "--lang", "en").stdout


def test_a_person_at_a_terminal_is_asked(old, monkeypatch, grader):
    asked = []
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr(click, "confirm", lambda words: asked.append(words) or True)
    from grader.cli.modernize import modernize_file

    modernize_file.callback(old, yes=False, only_show=False, lang="en")
    assert asked == ["Write this to work.py?"]
    assert old.read_text("utf-8") == NEW
