"""Whatever a program answers to whatever it is asked, no check of the course breaks: a broken check would cost no points."""

from __future__ import annotations

import contextlib
import copy
import json
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checking import run_checks
from grader.course import default_root, load_checks, load_course
from grader.grades import Outcome
from grader.student import Student
from grader.wire import Refused
from grader.wire.reply import read_reply

COURSE = load_course(default_root())
MODEL = {
    "k": "model", "id": 5, "type": "Own", "weights": [], "param_count": 0, "trainable_count": 0, "compiled": None,
    "model": {
        "style": "subclass", "class": "Own", "name": "own", "built": True, "inputs": None, "outputs": None,
        "layers": [], "input_layers": None, "output_layers": None,
    },
}  # fmt: skip
PLAIN = {
    "none": None,
    "true": True,
    "negative zero": -0.0,
    "huge": 1e308,
    "integer of 2,400 digits": {"k": "int", "v": "0x" + "f" * 2000},
    "nan": {"k": "float", "v": "nan"},
    "complex": {"k": "complex", "v": [1.0, "nan"]},
    "words that look like a format": "{x} {0} {got!r:>{w}} %s",
    "long text": "x" * 100_000,
    "nothing": {"k": "list", "v": []},
    "long list": {"k": "list", "v": [1] * 20_000},
    "ragged": {"k": "list", "v": [1, {"k": "list", "v": [2, 3]}]},
    "words": {"k": "list", "v": ["a", "b"]},
    "history of nothing": {"k": "dict", "v": [["loss", {"k": "list", "v": []}], ["val_loss", {"k": "list", "v": []}]]},
    "set": {"k": "set", "v": [1, 2]},
    "dtype": {"k": "dtype", "v": "float32"},
    "shape": {"k": "shape", "v": [2, None]},
    "function": {"k": "handle", "id": 3, "type": "function", "repr": "<f>", "why": ""},
    "model of nothing": MODEL,
    "model without weights": MODEL | {"weights": None},
    "history": {"k": "history", "epochs": 2**53, "v": [["loss", ["inf", -1e308]], ["val_loss", ["nan"]]]},
    "figure of nothing": {"k": "figure", "title": "t", "axes": [], "png": None},
    "scalar": {"k": "scalar", "dtype": "bool", "v": True},
    "text in an array": {"k": "strings", "shape": [2], "v": ["a", "b"]},
    "text in a tensor": {
        "k": "tensor", "kind": "Tensor", "array": {"k": "strings", "shape": [], "v": ["vector"]},
        "trainable": None, "name": "", "note": "string", "id": None,
    },
}  # fmt: skip


def array(values):
    values = np.asarray(values)
    return {"k": "array", "dtype": values.dtype.name, "shape": list(values.shape), "b": 0}, [values.tobytes()]


ANSWERS = {name: (tree, []) for name, tree in PLAIN.items()} | {
    "empty": array(np.zeros((0, 3))),
    "many empty rows": array(np.zeros((2**16, 0), "float32")),
    "32 axes": array(np.ones((1,) * 32, "int8")),
    "bools": array(np.ones((2, 2), bool)),
    "column of nan": array(np.full((4, 1), math.nan, "float32")),
    "inf": array(np.full(16, math.inf)),
    "complex array": array(np.full((2, 2), 1j, "complex64")),
    "lowest int": array(np.full((2, 3), -(2**63))),
    "large numbers": array(np.full((3, 3), 1e308)),
    "half": array(np.full((1, 1), 0.5, "float16")),
}


class Stubborn:
    """Answers the same to everything, as a forged reply can."""

    def __init__(self, tree, buffers):
        self.reply = {"ok": True, "value": tree, "mutated": [0], "same": 0, "figures": 1, "names": {"x": "int"}}
        self.buffers = buffers

    def ask(self, request, buffers, *, limit_s=None):
        return copy.deepcopy(self.reply), list(self.buffers)


@pytest.mark.parametrize("slug", COURSE.slugs)
@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_breaks_a_check(slug, answer):
    exercise = COURSE.exercise(slug)
    stubborn = Stubborn(*ANSWERS[answer])
    student = Student(stubborn, opens=lambda _: stubborn)
    results = list(run_checks(load_checks(exercise), student, exercise.texts, slug=slug, seed=7))
    assert {r.id: r.finding.traceback for r in results if r.outcome is Outcome.FAULTED} == {}
    assert all(len(json.dumps(r.to_json())) < 50_000 for r in results)  # nor fills a report


# ---- anything at all ----


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=8), inner, max_size=5)),
    max_leaves=30,
)
HONEST = [{"ok": True, "value": tree, "figures": 0} for tree, _ in ANSWERS.values()]


@given(reply=JSON, buffers=st.lists(st.binary(max_size=64), max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_json_is_an_answer_or_refused(reply, buffers):
    with contextlib.suppress(Refused):
        read_reply(reply, buffers)


@given(data=st.data(), honest=st.sampled_from(HONEST), put=JSON)
@settings(max_examples=300, deadline=None)
def test_an_honest_reply_with_one_part_replaced_is_an_answer_or_refused(data, honest, put):
    reply = copy.deepcopy(honest)
    places = list(places_in(reply))
    holder, key = places[data.draw(st.integers(0, len(places) - 1))]
    holder[key] = put
    with contextlib.suppress(Refused):
        read_reply(reply, [bytes(64)])


def places_in(tree):
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree[:20]):
        yield tree, key
        if isinstance(value, (dict, list)):
            yield from places_in(value)


@pytest.mark.parametrize(
    "tree",
    [
        {"k": "array", "dtype": "float64", "shape": [10**6, 10**6], "b": 0},
        {"k": "array", "dtype": "float64", "shape": [2**23, 0], "b": 0},
        {"k": "strings", "shape": [2], "v": ["x" * 100_000, ""] * 200},
        {"k": "int", "v": "0x" + "f" * 90_000},
        {"k": "shape", "v": [2**53] * 32},
        {"k": "list", "v": [{"k": "list", "v": []}] * 150_000},
        {"k": "history", "epochs": 2**53, "v": [[str(i), [0.0] * 1000] for i in range(1000)]},
    ],
)
def test_a_reply_cannot_ask_for_more_memory_than_it_brought(tree):
    tracemalloc.start()
    with contextlib.suppress(Refused):
        read_reply({"ok": True, "value": tree}, [b""])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 2**20
