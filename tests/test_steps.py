"""Where two computations part: the first step that differs, told from the end or from the function's own variables."""

from __future__ import annotations

import dataclasses
import io
import json
import re

import numpy as np
import pytest
from rich.console import Console

from grader import expect
from grader.cli.terminal import print_grade
from grader.errors import WrongAnswer
from grader.grades import CheckResult, ExerciseGrade, Finding, LearnerGrade, Outcome, Status
from grader.local import LocalSession
from grader.steps import chain, listed_steps, step
from grader.student import Student
from grader.text import Text
from grader.variants import Variant, broken_promises
from reports.formats.feedback import of_check
from reports.fragment import fragment
from reports.hidden import for_learner

X = np.array([[1, 2], [3, -1], [0, 4]], dtype="float32")
W = np.array([[1, -2, 0.5], [0.5, 4, 1]], dtype="float32")
B = np.array([10, -1, 3], dtype="float32")


def layer(inside=None):
    return chain(
        {"x": X, "w": W, "b": B},
        step("product", "x @ w", lambda s: s.x @ s.w),
        step(
            "sums",
            "x @ w + b",
            lambda s: s.product + s.b,
            no_bias=lambda s: s.product,
            down_the_rows=lambda s: s.product + s.b[:, None],
        ),
        step("answer", "relu(x @ w + b)", lambda s: np.maximum(s.sums, 0), other=lambda s: np.tanh(s.sums)),
        inside=inside,
    )


def finding(answer, steps) -> Finding:
    with pytest.raises(WrongAnswer) as caught:
        expect.tensor(answer, steps.result, steps=steps)
    return caught.value.finding


def marked(found: Finding) -> list[str]:
    return [row.step for row in found.steps.rows if row.parts]


def test_the_first_step_that_was_done_otherwise_is_marked_with_both_values():
    found = finding(np.maximum(X @ W + B[:, None], 0), layer())
    assert found.mistake.id == "down_the_rows"
    assert marked(found) == ["x @ w + b"]
    row = found.steps.rows[1]
    assert (row.expected, row.actual) == ("(3, 3) float32, [0, 1] = 5", "(3, 3) float32, [0, 1] = 16")


def test_broadcasting_is_explained_where_the_shapes_met():
    note = finding(np.maximum(X @ W + B[:, None], 0), layer()).steps.note
    assert note.en == "(3, 3) with (3, 1) broadcasts to (3, 3). It should be (3, 3) with (3,)."


def test_a_column_and_a_row_that_make_a_matrix_are_explained():
    y, p = np.array([1.0, 2.0, 3.0]), np.array([[1.0], [2.0], [3.5]])
    steps = chain(
        {"y": y, "p": p},
        step("error", "y - p", lambda s: s.y - s.p[:, 0], column=lambda s: s.y - s.p),
        step("loss", "mean of squares", lambda s: np.mean(s.error**2)),
    )
    found = finding(np.mean((y - p) ** 2), steps)
    assert found.steps.note.en.startswith("(3,) with (3, 1) broadcasts to (3, 3).")
    assert found.steps.rows[0].actual.startswith("(3, 3) float64")


def test_a_step_left_out_is_found_without_a_name():
    found = finding(X @ W + B, layer())
    assert marked(found) == ["relu(x @ w + b)"]
    assert found.mistake is None


def test_two_mistakes_at_once_are_told_apart():
    found = finding(np.tanh(X @ W), layer())
    assert found.mistake.id == "no_bias"
    assert marked(found) == ["x @ w + b"]


def test_an_answer_of_the_right_values_in_a_wrong_form_is_no_step():
    steps = layer()
    with pytest.raises(WrongAnswer) as caught:
        expect.tensor(steps.result.astype("complex64"), steps.result, steps=steps)
    assert caught.value.finding.steps is None


def learner(source: str) -> Student:
    names: dict = {"np": np}
    exec(source, names)
    return Student(LocalSession(names))


def test_the_functions_own_variables_tell_what_its_end_does_not():
    student = learner("def f(x, w, b):\n    z = x @ w\n    sums = z + 2 * b\n    return np.maximum(sums, 0)")
    answer = student.f(X, W, B)
    found = finding(answer, layer(student.inside))
    assert marked(found) == ["x @ w + b"]
    assert [bool(row.actual) for row in found.steps.rows] == [True, True, True]


def test_a_variable_of_whole_numbers_parts_by_its_kind():
    student = learner("def f(x, w, b):\n    sums = (x @ w + b).astype(int)\n    return np.maximum(sums, 0)")
    found = finding(student.f(X, W, B), layer(student.inside))
    assert "int64" in next(row for row in found.steps.rows if row.parts).actual


def test_nothing_is_made_up_where_nothing_is_known():
    student = learner("def f(x, w, b):\n    return 7 * x @ w")
    assert finding(student.f(X, W, B), layer(student.inside)).steps is None


def test_a_function_that_breaks_when_it_is_called_again_tells_nothing_of_its_inside():
    student = learner("calls = []\ndef f(x):\n    calls.append(1)\n    return 1 / (2 - len(calls))")
    student.f(X)
    assert student.inside() == {}
    assert Student(LocalSession({})).inside() == {}


PATH = np.array([[2.0, 4.0], [1.6, 2.56], [1.28, 1.6384], [1.024, 1.0486]])


@pytest.mark.parametrize(
    ("answer", "at", "came"),
    [
        (PATH[1:], 0, "1.6, 2.56"),
        (PATH * [[1], [1], [0.5], [0.5]], 2, "0.64, 0.8192"),
        (PATH[:3], 3, "–"),
    ],
    ids=["start_lost", "parts_at_the_third", "ends_early"],
)
def test_an_answer_that_holds_its_steps_is_compared_row_by_row(answer, at, came):
    names = [f"xs[{i}]" for i in range(4)]
    steps = listed_steps(names, PATH, np.asarray)
    with pytest.raises(WrongAnswer) as caught:
        expect.tensor(answer, PATH, steps=steps)
    (row,) = (r for r in caught.value.finding.steps.rows if r.parts)
    assert (row.step, row.actual) == (names[at], came)


def test_an_answer_of_another_kind_has_no_rows():
    steps = listed_steps(["a"], PATH, lambda _: None)
    with pytest.raises(WrongAnswer) as caught:
        expect.tensor("words", PATH, steps=steps)
    assert caught.value.finding.steps is None


def shown() -> CheckResult:
    found = finding(np.maximum(X @ W + B[:, None], 0), layer())
    return CheckResult("layer", Text.same("layer"), True, Outcome.FAILED, 1, found)


def test_the_terminal_shows_the_steps_with_an_arrow_at_the_first_that_differs():
    grade = ExerciseGrade("m", Text.same("m"), Status.GRADED, checks=(shown(),))
    out = io.StringIO()
    print_grade(Console(file=out, width=120, color_system=None), grade, "en")
    (row,) = (line for line in out.getvalue().splitlines() if "→" in line)
    assert row.split("→")[1].split() == [
        "x",
        "@",
        "w",
        "+",
        "b",
        "(3,",
        "3)",
        "float32,",
        "[0,",
        "1]",
        "=",
        "5",
        "(3,",
        "3)",
        "float32,",
        "[0,",
        "1]",
        "=",
        "16",
    ]
    assert "(3, 3) with (3, 1) broadcasts to (3, 3)" in out.getvalue()


def test_page_notebook_and_markdown_show_the_same_steps():
    grade = ExerciseGrade("m", Text.same("m"), Status.GRADED, checks=(shown(),))
    html = fragment(grade, "ko")
    (row,) = re.findall(r'<tr class="parts">(.*?)</tr>', html)
    assert "x @ w + b" in row
    assert "[0, 1] = 16" in row
    assert "브로드캐스팅" in html
    lines = of_check(shown(), "en")
    assert "→ x @ w + b | (3, 3) float32, [0, 1] = 5 | (3, 3) float32, [0, 1] = 16" in lines


def test_a_saved_grade_keeps_its_steps_and_one_without_is_written_as_before():
    found = shown().finding
    assert Finding.from_json(json.loads(json.dumps(found.to_json()))) == found
    plain = Finding(Text.same("x")).to_json()
    assert "steps" not in plain
    assert Finding.from_json(plain) == Finding(Text.same("x"))


def test_the_steps_of_a_hidden_check_are_not_shown_to_learners():
    hidden = dataclasses.replace(shown(), public=False)
    grade = LearnerGrade("a", "A", (ExerciseGrade("m", Text.same("m"), Status.GRADED, checks=(hidden,)),))
    assert for_learner(grade).exercises[0].checks[0].finding.steps is None


def test_a_variant_promises_the_step_at_which_it_parts(tmp_path):
    grade = ExerciseGrade("m", Text.same("m"), Status.GRADED, checks=(shown(),))
    promised = Variant(tmp_path, "wrong", frozenset({"layer"}), ("down_the_rows",), parts="x @ w + b")
    assert list(broken_promises(promised, grade)) == []
    other = dataclasses.replace(promised, parts="x @ w")
    assert list(broken_promises(other, grade)) == ["the step x @ w is not marked; marked were: x @ w + b"]


def test_a_mistake_that_a_public_check_names_stands_in_the_variants_header(tmp_path):
    grade = ExerciseGrade("m", Text.same("m"), Status.GRADED, checks=(shown(),))
    (problem,) = broken_promises(Variant(tmp_path, "wrong", frozenset({"layer"})), grade)
    assert problem == "the mistake down_the_rows is named, which its header does not say"
