"""What notebooks remember of their machines is evidence where chance made it, and only where it is rare."""

from __future__ import annotations

import base64
import json

import pytest

from grader.alike.model import Kind, Worth
from grader.alike.saved import Sign, signs_in
from tests.alike import copies
from tests.alike.small import ADA, BOB, EVE

MS = [35, 82, 41, 80, 65, 74, 85, 52]
LOSSES = [0.8123, 0.7939, 0.7818, 0.7702, 0.7611, 0.7533, 0.7421, 0.7304]
TRAINS = "\nmodel.fit(x, y, epochs=8)\n"
SEEDED = "\nkeras.utils.set_random_seed(7)\n"


def training(ms=MS, losses=LOSSES):
    bar = "\x1b[1m1/1\x1b[0m ━━━━━━━━━━━━━━ "
    return "".join(
        f"Epoch {i}/8\n{bar}\x08\x08{bar}0s {m}ms/step - loss: {loss:.4f}\n"
        for i, (m, loss) in enumerate(zip(ms, losses, strict=True))
    )


def notebook(code, text="", *, image=b"", cell_id="", metadata=None):
    made = json.loads(copies.as_notebook(code, cells=[code]))
    (cell,) = made["cells"]
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}]
    if image:
        cell["outputs"].append({"output_type": "display_data", "data": {"image/png": base64.b64encode(image).decode()}})
    cell["id"] = cell_id or "c0"
    cell["metadata"] = metadata or {}
    return json.dumps(made)


@pytest.fixture
def evidence(compared):
    """The worth, by kind, of what the notebooks of Ada and Cat have in common; their code is not alike."""

    def run(**both):
        code, other = both.pop("codes", (BOB + TRAINS, EVE + TRAINS))
        found = compared(ada=(".ipynb", notebook(code, **both)), cat=(".ipynb", notebook(other, **both)))
        return {c.kind: c.worth for p in found.pairs for c in p.common}

    return run


def test_one_runs_printed_times_in_two_notebooks_are_strong_evidence(evidence):
    assert evidence(text=training()) == {Kind.TIMING: Worth.STRONG, Kind.CURVE: Worth.FAIR}


def test_times_that_hardly_vary_agree_by_chance_and_show_nothing(compared):
    texts = [training(ms=[1, 1, 2, 1, 1, 2, 1, 1], losses=[x + d for x in LOSSES]) for d in (0, 0.01)]
    found = compared(ada=(".ipynb", notebook(BOB, texts[0])), cat=(".ipynb", notebook(EVE, texts[1])))
    assert found.pairs == ()


def test_with_a_seed_equal_losses_are_usual_and_shown_for_nobody(compared):
    texts = [training(ms=[m + d for m in MS]) for d in (0, 7)]
    first, second = (notebook(code + SEEDED + TRAINS, text) for code, text in zip((BOB, EVE), texts, strict=True))
    assert compared(ada=(".ipynb", first), cat=(".ipynb", second)).pairs == ()


def test_numbers_that_chance_did_not_make_are_worth_little(evidence):
    numbers = "0.26894143 0.73105857 0.88079707"
    assert evidence(text=numbers, image=b"\x89PNG" * 200, codes=("x = 1", "y = 2")) == {}


def test_pictures_and_numbers_of_unseeded_chance_are_shown_together(evidence):
    kinds = evidence(text="0.26894143 0.73105857 0.88079707", image=b"\x89PNG" * 200)
    assert kinds == {Kind.NUMBER: Worth.FAIR, Kind.IMAGE: Worth.FAIR}


def test_an_editors_random_ids_and_moments_are_strong_evidence(evidence):
    moment = {"iopub.execute_input": "2026-03-01T10:20:30.123456Z"}
    kinds = evidence(cell_id="8f2c1a9b", metadata={"execution": moment})
    assert kinds == {Kind.CLOCK: Worth.STRONG, Kind.CELL_ID: Worth.STRONG}


def test_the_account_that_ran_a_notebook_is_compared_and_never_kept(compared):
    ran = {
        "executionInfo": {"timestamp": 1700000000123, "user": {"displayName": "Cat Burglar", "userId": "0123456789"}}
    }
    found = compared(
        ada=(".ipynb", notebook(BOB, metadata=ran)),
        cat=(".ipynb", notebook(EVE, metadata=ran)),
    )
    assert {c.kind for p in found.pairs for c in p.common} == {Kind.CLOCK, Kind.ACCOUNT}
    kept = json.dumps(found.to_json())
    assert "Burglar" not in kept
    assert "0123456789" not in kept


def test_ids_that_people_or_the_stub_gave_show_nothing(evidence):
    assert evidence(cell_id="matmul-12") == {}


def test_what_many_have_is_no_evidence_against_any_two(compared):
    everybody = {f"l{n}": (".ipynb", notebook(f"x{n} = {n}", cell_id="8f2c1a9b")) for n in range(7)}
    assert compared(**everybody).pairs == ()


def test_comments_of_ones_own_count_where_there_are_several(compared):
    remarks = "".join(f"# a thought that nobody else ever had, number {n}\n" for n in "abc")
    found = compared(ada=(".py", ADA + remarks), cat=(".py", ADA + remarks), bob=(".py", BOB), eve=(".py", EVE))
    (pair,) = found.pairs
    assert {c.kind: c.count for c in pair.common}[Kind.COMMENT] == 4


def test_what_is_known_from_grading_stands_beside_other_evidence_and_in_groups(compared):
    signs = (Sign(Kind.TRAINED, "weights aa", "train: 2x1"), Sign(Kind.ANSWER, "c 1", "c: [1.25 2.5]"))
    graded = {(name, "twice"): signs for name in ("ada", "cat")}
    found = compared(graded, ada=(".py", BOB), cat=(".py", EVE), bob=(".py", ADA))
    assert found.pairs == (), "everybody starts from our seed: alone it says little"
    assert {g.kind: [p.name for p in g.people] for g in found.groups} == {
        "trained": ["ada", "cat"],
        "answer": ["ada", "cat"],
    }


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe\x00", b'{"cells": 1}', b'{"cells": []' + b"[" * 5000, b"x = 1"])
def test_what_is_no_notebook_has_no_signs(data):
    assert signs_in("x.ipynb", data) == ()


def test_a_notebook_of_nonsense_is_read_without_harm():
    cell = {
        "cell_type": "code",
        "id": 7,
        "source": "",
        "execution_count": True,
        "metadata": {"id": [], "execution": {"a": [1]}, "executionInfo": {"user": [], "timestamp": {}}},
        "outputs": [3, {"data": {"image/png": "a", "text/plain": 5}, "text": {}}, {"png": ["%", 4]}],
    }
    nested = {**cell, "metadata": 3, "outputs": "x"}
    assert signs_in("x.ipynb", json.dumps({"cells": [cell, nested]}).encode()) == ()


def test_a_notebook_that_printed_without_end_is_read_in_part():
    text = "\n".join(f"0.{n:09d}" for n in range(100_000))
    assert len(signs_in("x.ipynb", notebook(BOB, text).encode())) <= 400
