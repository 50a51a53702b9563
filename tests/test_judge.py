"""What a judge says of the cells besides their outcome."""

from __future__ import annotations

from grader.engine.limits import Limits
from grader.grades import CellRecord, RunRecord
from grader.judge import MOST_ADVICE, MOST_READ, advised

HEAD = "from keras.optimizers import SGD\nfrom sklearn.preprocessing import StandardScaler\n"


def said(*cells: str, errors: dict[int, tuple[int, str]] | None = None) -> list[list[str]]:
    records = tuple(
        CellRecord(n + 1, error=(errors or {}).get(n, (0, ""))[1], line=(errors or {}).get(n, (None,))[0])
        for n in range(len(cells))
    )
    return [[t.en for t in cell.advice] for cell in advised(RunRecord(records), cells, Limits()).cells]


def test_old_spellings_and_silent_bugs_stand_beside_their_cell():
    first, second, third = said(HEAD, "x = 1\nopt = SGD(lr=0.1)", "StandardScaler().fit(x_test)")
    assert first == []
    assert [s.startswith("Line 2: “lr=”") for s in second] == [True]
    assert ["test data" in s for s in third] == [True]


def test_an_exception_that_the_source_explains_is_explained_once():
    error = "ValueError: Argument(s) not recognized: {'lr': 0.1}"
    ((one,),) = said(HEAD + "SGD(lr=0.1)", errors={0: (3, error)})
    assert one.startswith("Line 3")
    ((other,),) = said("make(lr=0.1)", errors={0: (1, error)})
    assert "learning_rate=" in other


def test_a_cell_full_of_old_code_does_not_flood_the_page():
    (many,) = said(HEAD + "SGD(lr=1)\n" * 100)
    assert len(many) == MOST_ADVICE


def test_a_source_without_end_is_not_searched_for_old_code():
    """Some rules look at each part for each other: a megabyte of calls would take hours, and be the grader's fault."""
    assert said(HEAD + "SGD(lr=1)\n" * 100_000) == [[]]
    assert said(HEAD + "SGD(lr=1)\n" + "f()\n" * MOST_READ) == [[]]
    assert said(" " * 900_000 + "x", "x," * 40_000 + " " * 40_000) == [[], []]
    (one,) = said(HEAD + "SGD(lr=1)\n" + "# many words\n" * 10_000)
    assert len(one) == 1
