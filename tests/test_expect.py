"""`grader.expect` compares kind, then shape, dtype, finite, values, and says what differs."""

from __future__ import annotations

import numpy as np
import pytest

from grader import expect
from grader.errors import WrongAnswer
from grader.show import as_python
from grader.values import Handle, History, Shape, Source, StudentModel, Tensor

MATRIX = np.array([[15, 43], [5, 17]])


def finding(call):
    with pytest.raises(WrongAnswer) as caught:
        call()
    return caught.value.finding


@pytest.mark.parametrize(
    "answer",
    [
        MATRIX,
        MATRIX.astype("float32"),
        MATRIX.tolist(),
        [np.float32(15), 43, 5, 17] and [[np.float32(15), 43], (5, 17)],
        Tensor(MATRIX),
        [Tensor(row) for row in MATRIX],
        np.asfortranarray(MATRIX),
    ],
)
def test_a_tensor_may_come_as_anything_that_holds_its_numbers(answer):
    assert np.array_equal(expect.tensor(answer, MATRIX), MATRIX)


@pytest.mark.parametrize("answer", [3, 3.0, np.float32(3), np.array(3), Tensor(np.array(3))])
def test_a_scalar_may_come_as_a_number_or_a_0d_tensor(answer):
    assert expect.tensor(answer, 3) == 3


def test_a_wrong_shape_never_passes_by_broadcasting():
    found = finding(lambda: expect.tensor(np.zeros((3, 1)), np.zeros((3, 3))))
    assert found.message.en == "The shape is (3, 1); it should be (3, 3)."
    assert "shape (3, 3)" in found.expected.en
    assert "shape (3, 1)" in found.actual.en


def test_the_first_differing_value_is_named_with_its_place():
    found = finding(lambda: expect.tensor([[15, 43], [5, 18]], MATRIX))
    assert found.message.en == "1 of 4 values differ."
    assert found.where.en == "at [1, 1]: 17 expected, 18 came"


def test_values_that_look_alike_are_shown_in_full():
    found = finding(lambda: expect.tensor(1.00002, 1.0, rtol=1e-7, atol=0))
    assert found.message.en == "The value differs."


@pytest.mark.parametrize("strange", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_said_before_values_are_compared(strange):
    found = finding(lambda: expect.tensor([1.0, strange], [1.0, 2.0]))
    assert found.message.en == f"There is {strange} where a number should be."
    assert "at [1]" in found.where.en


def test_nan_passes_where_nan_is_expected():
    assert np.isnan(expect.tensor([np.nan], [np.nan])).all()


@pytest.mark.parametrize(
    ("dtype", "answer"), [("float", [1, 2]), ("int", [1.0, 2.0]), ("float32", np.array([1.0, 2.0]))]
)
def test_a_demanded_dtype_is_told_apart(dtype, answer):
    found = finding(lambda: expect.tensor(answer, [1, 2], dtype=dtype))
    assert found.message.en.startswith("The dtype is")
    assert found.expected.en.endswith(f"shape (2,), {dtype}")


def test_a_dtype_that_is_not_demanded_is_not_shown_as_expected():
    found = finding(lambda: expect.tensor(np.array([1, 3], "int32"), [1, 2]))
    assert found.expected.en == "[1, 2]\nshape (2,)"
    assert found.actual.en == "[1, 3]\nshape (2,), int32"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "The answer is None. Does the function end without return?"),
        ("15", "The answer should be a tensor, an array or a number; it is str."),
        (
            Handle(1, "map", "<map object>"),
            "The answer is a map object, which is not computed yet; make a list of it: list(...).",
        ),
        ([[1, 2], [3]], "The rows of this list have different lengths, so it is no tensor."),
        ((np.ones(2), None), "2 values were returned, one behind the other; one tensor is asked for."),
        (["a"], "The answer should be a tensor, an array or a number; it is str."),
        ({}, "The answer should be a tensor, an array or a number; it is dict."),
    ],
)
def test_an_answer_of_another_kind_is_named(answer, words):
    assert finding(lambda: expect.tensor(answer, MATRIX)).message.en == words


def test_a_known_mistake_is_named_by_its_values():
    a, b = np.array([[3, 4], [2, 1]]), np.array([[1, 5], [3, 7]])
    mistakes = {"impossible": lambda: a @ np.zeros(9), "element_wise": lambda: a * b}
    assert finding(lambda: expect.tensor(a * b, a @ b, mistakes=mistakes)).mistake.id == "element_wise"


def test_a_mistake_of_another_shape_is_named_too():
    assert finding(lambda: expect.tensor([1, 2], [[1], [2]], mistakes={"flat": lambda: [1, 2]})).mistake.id == "flat"


def test_mistakes_are_not_computed_for_a_right_answer():
    expect.tensor(1, 1, mistakes={"boom": lambda: pytest.fail("was computed")})


@pytest.mark.parametrize("answer", [2, np.int32(2), np.int64(2), np.array(2), Tensor(np.array(2, "int32"))])
def test_a_whole_number_may_be_a_0d_tensor(answer):
    assert expect.integer(answer, 2) == 2


@pytest.mark.parametrize("answer", [2.0, "2", True, None, [2], np.array([2]), Tensor(np.array(2.0))])
def test_what_is_no_whole_number_is_refused(answer):
    assert "whole number" in (finding(lambda: expect.integer(answer, 2)).message.en + "whole number" * (answer is None))


def test_a_wrong_whole_number_shows_both():
    found = finding(lambda: expect.integer(3, 2, mistakes={"size": lambda: 3}))
    assert (found.expected.en, found.actual.en, found.mistake.id) == ("2", "3", "size")


@pytest.mark.parametrize("answer", [True, np.True_, np.array(True), Tensor(np.array(True))])
def test_truth_may_be_a_0d_tensor(answer):
    assert expect.truth(answer, True) is True


@pytest.mark.parametrize("answer", [1, "True", None, [True]])
def test_truth_is_no_number(answer):
    finding(lambda: expect.truth(answer, True))


def test_the_other_truth_is_named():
    assert finding(lambda: expect.truth(False, True, mistakes={"inverted": lambda: False})).mistake.id == "inverted"


def test_text_overlooks_blanks_and_case():
    assert expect.text(" Scalar\n", "scalar") == " Scalar\n"


@pytest.mark.parametrize(("answer", "mistake"), [("vector", "other"), ("matrix", ""), (3, "")])
def test_other_text_is_refused(answer, mistake):
    found = finding(lambda: expect.text(answer, "scalar", mistakes={"other": lambda: "vector"}))
    assert (found.mistake.id if found.mistake else "") == mistake


@pytest.mark.parametrize("answer", [(2, 3), [2, 3], Shape((2, 3)), Tensor(np.array([2, 3])), np.array([2, 3])])
def test_a_shape_comes_in_many_forms(answer):
    assert expect.shape(answer, (2, 3)) == (2, 3)


@pytest.mark.parametrize("answer", [(3, 2), (2, 3, 1), 6, None, "(2, 3)", (2.0, 3.0), Tensor(np.array(6))])
def test_another_shape_is_refused(answer):
    finding(lambda: expect.shape(answer, (2, 3)))


def test_a_named_mistake_works_for_shapes():
    assert finding(lambda: expect.shape((3, 2), (2, 3), mistakes={"swapped": lambda: (3, 2)})).mistake.id == "swapped"


def test_a_named_mistake_works_where_a_shape_was_mixed_up_with_a_number():
    assert finding(lambda: expect.shape(6, (2, 3), mistakes={"size": lambda: 6})).mistake.id == "size"
    assert finding(lambda: expect.integer(Shape((2, 3)), 2, mistakes={"shape": lambda: [2, 3]})).mistake.id == "shape"


def test_the_lengths_of_a_shape_may_be_0d_tensors():
    assert expect.shape((Tensor(np.array(2)), np.int32(3)), (2, 3)) == (2, 3)


def test_one_number_may_stand_in_an_array_of_one():
    assert expect.number(np.array([[2.5]]), 2.5) == 2.5
    assert "one number" in finding(lambda: expect.number([1, 2], 1)).message.en


def test_a_history_may_be_the_dict_itself():
    assert expect.history({"loss": [0.5, 0.25]}).history == {"loss": [0.5, 0.25]}
    assert expect.history(History(1, {"loss": [0.5]})).epochs == 1
    finding(lambda: expect.history([0.5]))


def test_a_model_and_a_figure_are_demanded_by_kind():
    model = StudentModel(Handle(1, "Sequential", ""), "Sequential")
    assert expect.model(model) is model
    finding(lambda: expect.model(None))
    finding(lambda: expect.figure(model))


def test_a_condition_of_the_exercise_names_its_message_and_parts():
    expect.that(True, "fine")
    with pytest.raises(WrongAnswer) as caught:
        expect.that(False, "changed_argument", expected=[1], actual=[2], name="x")
    assert caught.value.key == "changed_argument"
    assert caught.value.parts == {"name": "x"}
    assert caught.value.finding.actual.en == "[2]"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.array([[1.0, -2.5]]), "np.array([[1.0, -2.5]])"),
        (np.array([0.1], "float32"), "np.array([0.1], np.float32)"),
        (Tensor(np.array(3, "int32")), "tf.constant(3, tf.int32)"),
        (np.zeros((0, 2)), "np.zeros((0, 2))"),
        (np.zeros((40, 40)), "<float64 array of shape (40, 40)>"),
        ("x" * 500, "'" + "x" * 158 + "…"),
        ([1, "a"], "[1, 'a']"),
        (Source("lambda x: x"), "lambda x: x"),
    ],
)
def test_a_call_is_shown_as_python_that_can_be_pasted(value, words):
    assert as_python(value) == words


def test_several_arrays_variables_or_strings_are_asked_for():
    assert [a.shape for a in expect.arrays([MATRIX, Tensor(MATRIX), 3.0])] == [(2, 2), (2, 2), ()]
    assert expect.variables([Tensor(MATRIX)])[0].shape == (2, 2)
    assert expect.texts(("a", "b")) == ("a", "b")
    assert expect.handle(Handle(1, "function", "<f>")).id == 1


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (expect.arrays, 3),
        (expect.arrays, ["x"]),
        (expect.variables, [MATRIX]),
        (expect.variables, Tensor(MATRIX)),
        (expect.variables, [Tensor(np.array(["x"]))]),
        (expect.texts, [1]),
        (expect.texts, "ab"),
        (expect.handle, 3),
    ],
)
def test_what_is_not_what_was_asked_for_is_a_wrong_answer(ask, answer):
    assert "should be" in finding(lambda: ask(answer)).message.en


def test_text_in_a_tensor_is_no_number():
    words = Tensor(np.array(["15", "43"]))
    mistakes = {"text": lambda: words}
    assert "it is Tensor" in finding(lambda: expect.tensor(words, [15, 43], mistakes=mistakes)).message.en


def test_complex_numbers_are_no_answer_to_real_ones():
    assert "complex" in finding(lambda: expect.tensor(MATRIX.astype(complex), MATRIX)).message.en
    assert expect.tensor([1j], [1j]) == [1j]


def test_a_long_wrong_shape_is_cut():
    assert len(finding(lambda: expect.shape(list(range(100_000)), (2,))).actual.en) < 1000


def test_text_in_arrays_is_shown_as_python():
    assert as_python(np.array(["a", "b'"])).startswith("""np.array(['a', "b'"]""")
