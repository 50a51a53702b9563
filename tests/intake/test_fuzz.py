"""Nothing that anyone can hand in makes intake crash, write, or fall silent."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from grader.intake.sources import read_cells
from tests.intake.fuzzing import examples, readable, sound, taken
from tests.intake.made import TINY, notebook, take, zipped

PARTS = st.sampled_from(
    [
        "kim",
        "lee",
        "01_rank",
        "rank",
        "matmul",
        "rank (1)",
        "..",
        ".",
        "",
        "C:",
        "김영희",
        "a\\b",
        "n\x7f",
        "x\n",
        "__MACOSX",
        "utils",
    ]
)
ENDS = st.sampled_from([".py", ".ipynb", ".zip", ".txt", ".py.txt", "", "/", ".rar"])
NAMES = st.builds(lambda parts, end: "/".join(parts) + end, st.lists(PARTS, min_size=1, max_size=4), ENDS)
BLOBS = st.one_of(
    st.binary(max_size=200),
    st.just(b"x = 1\n"),
    st.just(notebook("x = 1")),
    st.just(zipped({"rank.py": b"x"})),
)
FILES = st.dictionaries(NAMES, BLOBS, max_size=8)


def packed(files: dict[str, bytes]) -> bytes:
    """A zip of these files; the DEL in a name becomes the NUL that zipfile does not write."""
    return zipped({name or "x": data for name, data in files.items()}).replace(b"\x7f", b"\0")


@examples(40, 600)
@given(FILES)
def test_fuzz_any_names_in_a_zip(files: dict[str, bytes]) -> None:
    taken(packed(files))


@examples(40, 600)
@given(st.binary(max_size=300))
def test_fuzz_any_bytes_called_zip(data: bytes) -> None:
    taken(data)


GOOD_ZIP = zipped(
    {"kim/rank.py": b"x = 1\n" * 9, "lee/01_rank.ipynb": notebook("x"), "park.zip": zipped({"rank.py": b"x"})}
)


@examples(166, 1000)
@given(st.lists(st.tuples(st.integers(0, len(GOOD_ZIP) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_fuzz_a_zip_with_changed_bytes(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD_ZIP)
    for place, value in changes:
        data[place] = value
    taken(bytes(data))


@examples(40, 600)
@given(st.integers(0, len(GOOD_ZIP)))
def test_fuzz_a_zip_cut_off_anywhere(length: int) -> None:
    taken(GOOD_ZIP[:length])


@examples(40, 600)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20),
        BLOBS,
        max_size=5,
    )
)
def test_fuzz_any_names_on_disk(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for name, data in files.items():
            if name not in (".", "..") and len(name.encode()) < 200:
                (Path(place) / name).write_bytes(data)
        sound(take(Path(place), limits=TINY))


@examples(100, 1000)
@given(st.sampled_from(["rank.py", "rank.ipynb"]), st.binary(max_size=300))
def test_fuzz_any_bytes_as_a_file(file: str, data: bytes) -> None:
    readable(file, data)


LINES = st.sampled_from(
    [
        "# %%",
        "# %% [markdown]",
        "#%%x",
        "# In[1]:",
        "!ls",
        "%time x",
        "%%bash",
        '"""',
        "'''",
        "x = (",
        ")",
        "\\",
        "it's",
        "",
        "    y",
        "x = !ls \\",
        "get_ipython().system(",
        "def f():",
        "# -*- coding: cp949 -*-",
        "\x0c",
        "가",
    ]
)


@examples(133, 1000)
@given(st.lists(LINES, max_size=12), st.sampled_from(["utf-8", "cp949", "utf-16", "utf-8-sig"]))
def test_fuzz_any_lines_as_a_program_and_no_line_is_lost(lines: list[str], encoding: str) -> None:
    text = "\n".join(lines)
    readable("rank.py", text.encode(encoding))
    if text.strip():
        cells = read_cells("rank.py", text.encode())
        for code, start in zip(cells.code, cells.starts, strict=True):
            for offset, line in enumerate(code.split("\n") if code else []):
                assert lines[start - 1 + offset].strip() in line or "[]" in line


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["cells", "worksheets", "cell_type", "source", "input", "execution_count", "nbformat", "code"]
            ),
            st.one_of(inner, st.just("code"), st.just(2)),
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@examples(133, 1000)
@given(JSON)
def test_fuzz_any_json_as_a_notebook(value: object) -> None:
    readable("rank.ipynb", json.dumps(value).encode())


GOOD_NOTEBOOK = notebook("x = 1\n!ls", "y = '가'", counts=(2, 1))


@examples(100, 1000)
@given(st.integers(0, len(GOOD_NOTEBOOK) - 1), st.binary(max_size=3), st.integers(0, 40))
def test_fuzz_a_notebook_with_changed_bytes(place: int, new: bytes, gone: int) -> None:
    readable("rank.ipynb", GOOD_NOTEBOOK[:place] + new + GOOD_NOTEBOOK[place + gone :])


def test_the_good_ones_are_good() -> None:
    assert {one.name for one in taken(GOOD_ZIP).learners} == {"kim", "lee", "park"}
    assert len(read_cells("rank.ipynb", GOOD_NOTEBOOK).code) == 2
