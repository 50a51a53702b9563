"""Code that is alike is found whatever was done to it; what everybody has is not shown against anybody."""

from __future__ import annotations

import pytest

from grader.alike.model import Kind
from tests.alike import copies
from tests.alike.small import ADA, BOB, EVE


def names(found):
    return {tuple(sorted((p.left.name, p.right.name))) for p in found.pairs}


@pytest.mark.parametrize("change", [copies.renamed, copies.reordered, copies.recommented, copies.all_at_once])
def test_a_copy_is_found_whatever_was_changed_in_it(compared, change):
    changed = change(ADA, ("double",)) if change in (copies.renamed, copies.all_at_once) else change(ADA)
    found = compared(ada=(".py", ADA), bob=(".py", BOB), eve=(".py", EVE), cat=(".py", changed))
    assert names(found) == {("ada", "cat")}
    assert found.pairs[0].code.left_percent > 60


def test_a_program_is_found_in_a_notebook_and_both_sides_are_kept(compared):
    found = compared(ada=(".py", ADA), cat=(".ipynb", copies.as_notebook(ADA)), bob=(".py", BOB))
    assert names(found) == {("ada", "cat")}
    (pair,) = found.pairs
    works = {w.learner: w for w in found.works}
    assert works["cat"].notebook
    assert not works["ada"].notebook
    for person, passages in ((pair.left, pair.code.left), (pair.right, pair.code.right)):
        shown = "".join(works[person.id].cells[p.cell].text[p.start : p.end] for p in passages)
        assert "value * 1.5" in shown
        assert "grandmother" not in shown.partition("enumerate")[2]
    assert {p.learners for p in pair.code.left} == {2}


def test_passages_that_were_moved_have_the_same_number_on_both_sides(compared):
    filler = "\n".join(f"x{i} = {i}" for i in range(5))
    first, second = ADA.split("\n\n\n")
    found = compared(ada=(".py", f"{first}\n{filler}\n{second}"), cat=(".py", f"{second}\n{filler}5\n{first}"))
    (pair,) = found.pairs
    works = {w.learner: w.cells[0].text for w in found.works}

    def number(person, passages, word):
        return {p.number for p in passages if word in works[person.id][p.start : p.end]}

    for word in ("1.5", "zeros"):
        assert number(pair.left, pair.code.left, word) & number(pair.right, pair.code.right, word)


def test_every_number_stands_on_both_sides_and_no_passage_is_rarer_than_the_pair(compared):
    copy = copies.all_at_once(ADA, ("double",))
    more = "\n\nfor late in range(9):\n    print(late ** 3, 'late', late % 7)\n"
    found = compared(ada=(".py", ADA + BOB), cat=(".py", copies.reordered(BOB) + more + copy), eve=(".py", EVE))
    (pair,) = found.pairs
    left, right = pair.code.left, pair.code.right
    assert {p.number for p in left} == {p.number for p in right} == set(range(1, max(p.number for p in left) + 1))
    assert {p.learners for p in (*left, *right)} == {2}


def test_a_stub_the_solution_and_right_answers_are_nobodys_own(compared, course):
    exercise = course.exercises[0]
    solution = exercise.solution.read_text(encoding="utf-8")
    stub = exercise.stub().read_text(encoding="utf-8")
    assert compared(ada=(".py", stub), bob=(".py", stub), cat=(".py", solution), dan=(".py", solution)).pairs == ()


def test_what_many_share_is_shown_as_one_group_and_not_as_pairs(compared):
    found = compared(**{f"learner{n}": (".py", ADA + f"# {n}\n") for n in range(7)}, bob=(".py", BOB))
    assert found.pairs == ()
    (group,) = found.groups
    assert (group.kind, group.learners) == ("same_code", 7)


def test_a_small_ring_is_one_group_of_pairs(compared):
    found = compared(**dict.fromkeys(("ada", "cat", "dan"), (".py", ADA)), bob=(".py", BOB))
    assert len(found.pairs) == 3
    assert {p.group for p in found.pairs} == {3}


def test_short_right_answers_are_alike_and_nobody_is_shown(compared):
    one, other = "def double(x):\n    return x + x\n", "def double(values):\n    return values + values\n"
    found = compared(ada=(".py", one), bob=(".py", other))
    assert found.pairs == ()
    assert found.exercises[0].short == 2


def test_the_same_bytes_are_named_besides_the_code(compared):
    (pair,) = compared(ada=(".py", ADA), cat=(".py", ADA)).pairs
    assert [c.kind for c in pair.common] == [Kind.FILE]


def test_the_same_class_gives_the_same_result(compared, course, tmp_path):
    from grader.alike.whole import compare
    from grader.intake import take_in

    first = compared(ada=(".py", ADA), cat=(".py", copies.all_at_once(ADA, ("double",))), bob=(".py", BOB))
    again = compare(take_in([tmp_path / "class"], course.slugs), course, {})
    assert first == again


HOSTILE = {
    "empty": b"",
    "blank": b"\n\n\n",
    "binary": bytes(range(256)) * 40,
    "no_syntax": b"def double(x:\n  return (((\n'''" * 50,
    "quotes": b"'" * 9000 + b'"""' + b"f'{" * 2000,
    "one_line": b"x = [" + b"1," * 200_000 + b"]",
    "brackets": b"(" * 50_000,
    "terminal": b"\x1b[31mx = 1\x1b[0m\n\x07" * 50,
    "turned": "# \u202egnp.exe \u2066\nx\u200b = '\u202e'\n".encode() * 50,
    "halves": "x = '\ud800'\n".encode("utf-8", "surrogatepass") * 20,
    "imports": b"from a import (" + b"b,\n" * 3000,
    "headers": b"def f(a: int\n" * 3000,
    "notebook": b'{"cells": [{"cell_type": "code", "source": 7, "metadata": [], "outputs": {"a": 1}, "id": {}}]}',
    "deep": b'{"cells": ' + b"[" * 5000,
}


def test_no_file_that_comes_breaks_the_comparison_or_hides_a_copy(compared):
    broken = {name: (".ipynb" if name in ("notebook", "deep") else ".py", data) for name, data in HOSTILE.items()}
    twins = {f"{name}2": given for name, given in broken.items()}
    found = compared(ada=(".py", ADA), cat=(".py", copies.renamed(ADA, ("double",))), **broken, **twins)
    assert ("ada", "cat") in names(found)


def test_code_beyond_the_limit_is_left_out_and_said(compared, monkeypatch):
    monkeypatch.setattr("grader.alike.tokens.MOST_CHARS", 300)
    found = compared(ada=(".py", ADA), bob=(".py", BOB))
    assert found.exercises[0].cut == 2


def test_an_exercise_whose_files_are_broken_is_passed_over(course, tmp_path):
    import dataclasses

    from grader.alike.whole import compare
    from grader.intake import take_in

    broken = dataclasses.replace(course, exercises=(dataclasses.replace(course.exercises[0], broken="torn"),))
    (tmp_path / "twice.py").write_text(ADA, encoding="utf-8")
    assert compare(take_in([tmp_path], broken.slugs), broken, {}).exercises == ()
