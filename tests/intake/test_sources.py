"""A file's bytes become the cells that run, line for line."""

from __future__ import annotations

import jupytext
import nbformat
import pytest

from grader.errors import BadSubmission
from grader.intake.sources import read_cells
from tests.intake.made import notebook, words


def test_a_script_without_marks_is_one_cell() -> None:
    cells = read_cells("rank.py", b"#!/usr/bin/env python3\nx = 1\n\nif __name__ == '__main__':\n    print(x)\n")
    assert cells.code == ("#!/usr/bin/env python3\nx = 1\n\nif __name__ == '__main__':\n    print(x)",)
    assert (cells.messages, cells.starts) == ((), (1,))


SCRIPTS = {
    "percent": "# %%\nx = 1\n\n# %%\ny = 2\n",
    "without spaces": "#%%\nx = 1\n#%%\ny = 2\n",
    "titles and tags": '# %% first [code] tags=["a"]\nx = 1\n# %% second\ny = 2\n',
    "text cells": "# %% [markdown]\n# # Title\n# words\n\n# %%\nx = 1\n\n# %% [raw]\n# raw\n\n# %%\ny = 2\n",
    "text cell in two languages": '# %% [markdown] lang="en"\n# Words\n# %% [markdown] lang="ko"\n# 낱말\n# %%\nx = 1\n',
    "code before the first mark": "import os\n\n# %%\nx = 1\n",
    "a long string with a mark in it": 's = """\n# %%\n"""\n# %%\ny = 1\n',
    "nbconvert": "# In[1]:\nx = 1\n\n# In[ ]:\ny = 2\n",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_cells_are_those_that_jupytext_finds(name: str) -> None:
    expected = [c.source for c in jupytext.reads(SCRIPTS[name], fmt="py:percent").cells if c.cell_type == "code"]
    found = [code.strip("\n") for code in read_cells("rank.py", SCRIPTS[name].encode()).code]
    assert [code for code in found if code] == [code.strip("\n") for code in expected if code.strip()]


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_cell_begins_in_the_line_that_it_says(name: str) -> None:
    lines = SCRIPTS[name].split("\n")
    cells = read_cells("rank.py", SCRIPTS[name].encode())
    for code, start in zip(cells.code, cells.starts, strict=True):
        assert lines[start - 1 : start - 1 + len(code.split("\n"))] == code.split("\n")


def test_code_that_slipped_into_a_text_cell_runs_as_in_python() -> None:
    cells = read_cells("rank.py", b"# %% [markdown]\n# words\n\nx = 1\n# %%\ny = x\n")
    assert [code.strip() for code in cells.code] == ["# words\n\nx = 1", "y = x"]


def test_a_string_that_never_ends_does_not_hide_the_other_cells() -> None:
    assert len(read_cells("rank.py", b'# %%\ns = """\n# %%\ny = 1\n# %%\nz = 1\n').code) == 3


def test_a_mark_inside_a_function_is_a_comment() -> None:
    assert len(read_cells("rank.py", b"def f():\n    x = 1\n    # %%\n    return x\n").code) == 1


def test_a_commented_magic_is_a_comment() -> None:
    assert read_cells("rank.py", b"# %%time\n# %matplotlib inline\nx = 1\n").code == (
        "# %%time\n# %matplotlib inline\nx = 1",
    )


def test_syntax_errors_are_left_to_the_kernel() -> None:
    assert read_cells("rank.py", b"print 'hello'\n# %%\ndef broken(:\n").code == ("print 'hello'", "def broken(:")


def test_line_ends_of_windows_and_old_macs() -> None:
    assert read_cells("rank.py", b"x = 1\r\ny = 2\rz = 3\n").code == ("x = 1\ny = 2\nz = 3",)
    assert read_cells("rank.ipynb", notebook("x = 1\r\ny = 2")).code == ("x = 1\ny = 2",)


def test_a_notebooks_code_cells_in_file_order() -> None:
    book = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Title"),
            nbformat.v4.new_code_cell("x = 1\ny = 2"),
            nbformat.v4.new_raw_cell("raw"),
            nbformat.v4.new_code_cell(""),
            nbformat.v4.new_code_cell("z = 3"),
        ]
    )
    cells = read_cells("rank.ipynb", nbformat.writes(book).encode())
    assert (cells.code, cells.messages, cells.starts) == (("x = 1\ny = 2", "", "z = 3"), (), (1, 1, 1))


def test_a_notebook_called_py_is_read_and_named() -> None:
    cells = read_cells("rank.py", notebook("x = 1"))
    assert cells.code == ("x = 1",)
    assert words(cells.messages) == "rank.py is a notebook. It was read as one; name it .ipynb."


def test_a_program_called_ipynb_is_refused_with_the_repair() -> None:
    with pytest.raises(BadSubmission, match=r"rank\.ipynb is not a notebook: line 1 is no JSON\. If it is a Python"):
        read_cells("rank.ipynb", b"import numpy as np\nx = 1\n")


@pytest.mark.parametrize("file", ["rank.py", "rank.ipynb"])
@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n\n"])
def test_an_empty_file_is_said_so(file: str, data: bytes) -> None:
    with pytest.raises(BadSubmission, match=r"is empty\. Save your work and hand it in again"):
        read_cells(file, data)


def test_thousands_of_cells_are_refused() -> None:
    with pytest.raises(BadSubmission, match="has 1001 cells, at most 1000 are run"):
        read_cells("rank.py", b"# %%\n1\n" * 1001)


def test_what_no_message_can_carry_is_replaced() -> None:
    code = read_cells("rank.ipynb", notebook("x = '\ud800'", "y = '\0'")).code
    assert code == ("x = '?'", "y = '\ufffd'")


def test_a_script_of_two_megabytes_is_read_quickly() -> None:
    data = b"x = ['a', \"b\", (1, 2)]  # comment !\n" * 55_000
    assert len(read_cells("rank.py", data).code) == 1
