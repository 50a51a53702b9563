"""Notebooks that were good once: types swapped, keys gone or doubled, nested, cut off, encoded, wrapped."""

from __future__ import annotations

import codecs
import copy
import gzip
import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.intake.fuzzing import examples, readable, taken
from tests.intake.made import notebook, zipped

V4 = json.loads(notebook("import numpy as np\n!ls", "y = '가'\n", "%%bash\nls", counts=(3, 1, None)))
V4["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["a\n"]}]
V4["cells"].append({"cell_type": "markdown", "metadata": {}, "source": ["# Title"]})
V3 = {
    "nbformat": 3,
    "worksheets": [
        {"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"], "prompt_number": 2, "outputs": []}]}
    ],
}
V2 = {"nbformat": 2, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1", "y = 2"]}]}]}
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 2, 10**400, 1.5, float("nan"), float("inf"), "", "x", "code", "\ud800", "\0", "\u202e\r\n", [],
    {}, [[]], [None], {"": {}}, {"cells": []}, ["x = 1", 5, None], "x = 1\n" * 200, [{}] * 1200, {"cell_type": "code"},
)  # fmt: skip
KEYS = ("cells", "worksheets", "nbformat", "cell_type", "source", "input", "code", "execution_count", "metadata", "id")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 60), st.sampled_from(JUNK)),
        st.tuples(st.just("drop"), st.integers(0, 60), st.none()),
        st.tuples(st.just("name"), st.integers(0, 60), st.sampled_from((*KEYS, "", "Cells", "__class__"))),
        st.tuples(st.just("nest"), st.integers(0, 60), st.sampled_from((1, 50, 990, 5000))),
    ),
    max_size=4,
)
TEXTS = st.lists(
    st.one_of(
        st.tuples(st.just("double"), st.sampled_from(KEYS), st.sampled_from(("1", "[]", "{}", '"x"', "1e999", "-0", "NaN"))),
        st.tuples(st.just("cut"), st.integers(0, 2000), st.integers(0, 60)),
        st.tuples(st.just("insert"), st.integers(0, 2000), st.sampled_from((
            "\0", "\ufeff", "\\ud800", "\\u0000", ",", "}", "]", '"', "\\", "//", "<<<<<<< HEAD\n", "\n=======\n", "9" * 5000,
            "[" * 100, '{"a":' * 100, "\x1b[31m", "\r", "\u2028", "'", "#", "<html>", "PK\x03\x04",
        ))),
        st.tuples(st.just("twice"), st.none(), st.none()),
    ),
    max_size=3,
)  # fmt: skip
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp949", "latin-1", "utf-7")
WRAPS = st.sampled_from(("", "gzip", "half", "bom", "bom16", "nul", "zip"))


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) below ``node``."""
    found: list[tuple[Any, Any]] = []
    todo = [node]
    while todo and len(found) < 500:
        one = todo.pop()
        inner = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
        found += [(one, key) for key, _ in inner]
        todo += [value for _, value in inner]
    return found


def changed(node: Any, changes: list[tuple[str, int, Any]]) -> Any:
    node = copy.deepcopy(node)
    for kind, where, value in changes:
        spots = places(node)
        if not spots:
            return node
        box, key = spots[where % len(spots)]
        match kind:
            case "put":
                box[key] = copy.deepcopy(value)
            case "drop":
                del box[key]
            case "name" if isinstance(box, dict):
                box[value] = box.pop(key)
            case "nest":
                for _ in range(min(value, 200)):  # deeper is the text's business: json cannot write it
                    box[key] = [box[key]]
    return node


def rewritten(text: str, changes: list[tuple[str, Any, Any]]) -> str:
    for kind, where, value in changes:
        match kind:
            case "double":
                text = text.replace(f'"{where}":', f'"{where}": {value}, "{where}":', 1)
            case "cut":
                text = text[: where % (len(text) + 1)] + text[where % (len(text) + 1) + value :]
            case "insert":
                text = text[: where % (len(text) + 1)] + value + text[where % (len(text) + 1) :]
            case "twice":
                text += text
    return text


def wrapped(data: bytes, how: str) -> bytes:
    return {
        "": data,
        "gzip": gzip.compress(data, 1),
        "half": data[: len(data) // 2],
        "bom": codecs.BOM_UTF8 + data,
        "bom16": codecs.BOM_UTF16_BE + data,
        "nul": data + b"\0\0",
        "zip": zipped({"rank.ipynb": data}),
    }[how]


@examples(150, 5000)
@given(
    st.sampled_from((V4, V3, V2)), CHANGES, TEXTS, st.sampled_from(CODECS), WRAPS, st.sampled_from((".ipynb", ".py"))
)
def test_fuzz_a_notebook_that_was_good_once(
    node: Any, changes: Any, texts: Any, codec: str, wrap: str, ending: str
) -> None:
    text = rewritten(json.dumps(changed(node, changes)), texts)
    data = wrapped(text.encode(codec, errors="replace" if codec != "utf-8" else "surrogatepass"), wrap)
    readable(f"rank{ending}", data)


@examples(10, 300)
@given(st.sampled_from((V4, V3, V2)), CHANGES, TEXTS, WRAPS)
def test_fuzz_a_notebook_handed_in_by_the_whole_way(node: Any, changes: Any, texts: Any, wrap: str) -> None:
    data = wrapped(rewritten(json.dumps(changed(node, changes)), texts).encode("utf-8", errors="replace"), wrap)
    assert len(taken(data, "rank.ipynb").learners) == 1


@examples(10, 200)
@given(
    st.sampled_from(("[", '{"a":', '{"cells":[', '{"cells":[{"cell_type":"code","source":[')), st.integers(1, 200_000)
)
@example("[", 999_999)
@example('{"cells":[', 100_000)
def test_fuzz_a_notebook_nested_very_deep(start: str, depth: int) -> None:
    readable("rank.ipynb", (start * depth).encode())
    readable("rank.ipynb", b'{"cells": ' + (start * depth).encode())
