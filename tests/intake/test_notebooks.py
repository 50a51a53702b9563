"""Notebooks of all formats and states; what is damaged is named with its line and the repair."""

from __future__ import annotations

import json
import time

import nbformat
import pytest

from grader.errors import BadSubmission
from grader.intake.sources import read_cells
from tests.intake.made import notebook, words


def refusal(data: bytes) -> str:
    with pytest.raises(BadSubmission) as caught:
        read_cells("rank.ipynb", data)
    assert "rank.ipynb" in caught.value.text.en
    return caught.value.text.en


def test_format_3_is_read() -> None:
    book = nbformat.v3.new_notebook(
        worksheets=[
            nbformat.v3.new_worksheet(
                cells=[
                    nbformat.v3.new_code_cell(input="x = 1\ny = 2", prompt_number=2),
                    nbformat.v3.new_text_cell("markdown", source="words"),
                    nbformat.v3.new_code_cell(input="z = 3", prompt_number=1),
                ]
            ),
            nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell(input="w = 4")]),
        ]
    )
    cells = read_cells("rank.ipynb", nbformat.writes(book, version=3).encode())
    assert cells.code == ("x = 1\ny = 2", "z = 3", "w = 4")
    assert "you ran code cell 2 before code cell 1" in words(cells.messages)


def test_formats_1_and_2_are_read() -> None:
    two = {"nbformat": 2, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1", "y = 2"]}]}]}
    one = {"nbformat": 1, "cells": [{"cell_type": "code", "code": "x = 1"}]}
    assert read_cells("rank.ipynb", json.dumps(two).encode()).code == ("x = 1\ny = 2",)
    assert read_cells("rank.ipynb", json.dumps(one).encode()).code == ("x = 1",)


def test_a_format_of_the_future_is_tried() -> None:
    assert read_cells("rank.ipynb", notebook("x = 1").replace(b'"nbformat": 4', b'"nbformat": 9')).code == ("x = 1",)


def test_lost_and_double_ids_do_not_matter() -> None:
    assert read_cells("rank.ipynb", notebook("x = 1", "y = 2").replace(b'"c1"', b'"c0"')).code == ("x = 1", "y = 2")
    assert read_cells("rank.ipynb", notebook("x = 1").replace(b'"id"', b'"di"')).code == ("x = 1",)


def test_outputs_are_dropped() -> None:
    data = notebook("x = 1").replace(b'"outputs": []', b'"outputs": ["' + b"y" * 5_000_000 + b'"]')
    started = time.process_time()
    assert read_cells("rank.ipynb", data).code == ("x = 1",)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ((1, 2, 3), ""),
        ((3, 7, 8), ""),
        ((None, None, None), ""),
        ((1, None, 2), ""),
        ((1, 3, 2), "you ran code cell 3 before code cell 2"),
        ((9, 1, 2), "you ran code cell 2 before code cell 1"),
        ((5, None, 4), "you ran code cell 3 before code cell 1"),
        ((True, 0, -1), ""),
        ((10**30, 1, 2), "you ran code cell 2 before code cell 1"),
    ],
)
def test_cells_that_ran_in_another_order_are_named(counts: tuple[int | None, ...], message: str) -> None:
    said = words(read_cells("rank.ipynb", notebook("a", "b", "c", counts=counts)).messages)
    assert message in said
    assert bool(said) == bool(message)
    if message:
        assert "Here they run from top to bottom. Restart the kernel, run all cells, and save." in said


def test_a_notebook_without_code_is_said_so() -> None:
    data = json.dumps({"cells": [{"cell_type": "markdown", "source": "x = 1"}], "nbformat": 4}).encode()
    cells = read_cells("rank.ipynb", data)
    assert cells.code == ()
    assert "rank.ipynb holds no code cell. Only code cells run" in words(cells.messages)


@pytest.mark.parametrize(
    "data", [b"[]", b"1", b"null", b'"x"', b"{}", b'{"cells": 3}', b'{"cells": {}}', b'{"worksheets": 1}']
)
def test_json_that_is_no_notebook_is_refused(data: bytes) -> None:
    assert "JSON, but not a notebook" in refusal(data)


@pytest.mark.parametrize(
    "cells",
    [
        [1, None, "x", [], {}],
        [{"cell_type": "code"}],
        [{"cell_type": "code", "source": 5}],
        [{"cell_type": "code", "source": None, "execution_count": "x"}],
        [{"cell_type": "code", "source": [1, "x", None]}],
        [{"cell_type": ["code"], "source": "x"}],
        [{"cell_type": "code", "source": {"a": 1}, "metadata": 3, "outputs": None}],
    ],
)
def test_odd_cells_are_no_crash(cells: list[object]) -> None:
    assert all(isinstance(code, str) for code in read_cells("rank.ipynb", json.dumps({"cells": cells}).encode()).code)


def test_a_notebook_that_was_cut_off_is_said_so_with_its_line() -> None:
    data = json.dumps(json.loads(notebook("x = 1")), indent=1).encode()
    assert "rank.ipynb is cut off in line 6" in refusal(data[:60])
    assert "rank.ipynb is cut off in line 5" in refusal(data[:50])
    assert "rank.ipynb is cut off in line 4" in refusal(b'{\n "cells": [\n  {},\n')


def test_marks_of_a_merge_are_recognised() -> None:
    data = b'{\n "cells": [\n<<<<<<< HEAD\n  {},\n=======\n>>>>>>> theirs\n ]}'
    assert "rank.ipynb holds marks of a git merge in line 3" in refusal(data)


def test_damage_is_named_with_line_and_column() -> None:
    assert "rank.ipynb is damaged: line 2, column 4 is no JSON" in refusal(b'{"cells": [\n{},,{}]}')


@pytest.mark.parametrize(
    "data", [b'{"cells": ' + b"[" * 200_000, b'{"a":' * 100_000 + b"1", b'{"cells": [' + b"1" * 9999 + b"]}"]
)
def test_json_made_to_break_a_reader_is_refused(data: bytes) -> None:
    assert refusal(data)


def test_json_that_would_fill_the_memory_is_refused() -> None:
    started = time.process_time()
    assert "Clear all outputs" in refusal(b'{"cells": [' + b"[]," * 4_000_000 + b"[]]}")
    assert time.process_time() - started < 2
