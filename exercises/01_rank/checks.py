"""Public checks of rank."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.authoring import Student, Tensor, check, expect

Shape = tuple[int, ...]
KINDS = ("scalar", "vector", "matrix")


@check(points=1)
def lecture_ranks(student: Student) -> None:
    """Knows the rank of the lecture's scalar, vector and matrix"""
    # The matrix comes first, as it tells the size from the length of the first axis.
    for values in ([[1, 2], [3, 4]], [1, 2], 2):
        array = np.array(values, dtype=np.int32)
        expect_rank(student.rank_of(Tensor(array)), array)


@check(points=1)
def makes_scalar_vector_matrix(student: Student) -> None:
    """Makes a scalar, a vector and a matrix"""
    expect_axes(student.make_scalar(), 0, {"one_value_in_brackets": lambda shape: set(shape) == {1}})
    expect_axes(student.make_vector(), 1, {"row_is_a_matrix": lambda shape: len(shape) == 2 and 1 in shape})
    expect_axes(student.make_matrix(), 2, {"matrix_with_one_axis": lambda shape: len(shape) == 1})


@check(points=1)
def makes_rank_three(student: Student) -> None:
    """Makes a tensor of rank 3"""
    suspects = {
        "rank_as_length": lambda shape: set(shape) == {3},
        "one_bracket_too_many": lambda shape: len(shape) == 4,
    }
    expect_axes(student.make_tensor(3), 3, suspects)


@check(points=1)
def lecture_kinds(student: Student) -> None:
    """Names the kinds as the lecture's table does"""
    for shape in ((), (5,), (2, 5), (2, 3, 4)):
        array = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
        expect_kind(student.kind_of(Tensor(array)), array)


def expect_rank(answer: Any, array: np.ndarray, what: str = "") -> None:
    """The number of axes of ``array``; a TensorShape counts as the tuple it stands for."""
    mistakes = {
        "axis_of_length_one": lambda: np.squeeze(array).ndim,
        "shape_not_rank": lambda: array.shape,
        "length_not_rank": lambda: len(array),
        "rank_of_linear_algebra": lambda: np.linalg.matrix_rank(array),
        "size_not_rank": lambda: array.size,
    }
    expect.integer(getattr(answer, "dims", answer), array.ndim, what=what, mistakes=mistakes)


def expect_axes(answer: Any, rank: int, suspects: dict[str, Callable[[Shape], bool]]) -> None:
    """A tensor, array, nested list or number with ``rank`` axes; ``suspects`` name the mistake by the shape."""
    held = isinstance(answer, (Tensor, np.ndarray))  # of whatever it holds, words too
    shape = tuple(answer.shape) if held else np.shape(expect.array_of(answer))
    name = next((name for name, fits in suspects.items() if fits(shape)), "")
    parts = {"got": len(shape), "wanted": rank, "shape": shape}
    expect.that(len(shape) == rank, "other_rank", expected=rank, actual=len(shape), mistake=name, **parts)


def expect_kind(answer: Any, array: np.ndarray) -> None:
    """The word for the rank of ``array``; from rank 3 on "3-D tensor" and "3D tensor" are as good as "n-D tensor"."""
    rank, answer = array.ndim, word_of(answer)
    letters = "".join(c for c in answer.casefold() if c.isalnum()) if isinstance(answer, str) else ""
    in_digits = letters in ("ndtensor", f"{rank}dtensor")
    if rank >= len(KINDS) and in_digits:
        return
    mistakes = {
        "number_for_name": lambda: answer if in_digits else None,
        "stops_at_matrix": lambda: answer if letters == "matrix" and rank > 2 else None,
        "axis_of_length_one": lambda: answer if 1 in array.shape and letters in KINDS[:rank] else None,
    }
    word = KINDS[rank] if rank < len(KINDS) else "n-D tensor"
    expect.text(answer, word, mistakes=mistakes)


def word_of(answer: Any) -> Any:
    """The text in a tensor or an array of one string: what tf.function and np.where make of a word."""
    plain = np.asarray(answer) if isinstance(answer, (Tensor, np.ndarray)) else answer
    if isinstance(plain, np.ndarray) and plain.ndim == 0 and plain.dtype.kind in "US":
        plain = plain.item()
    return plain.decode(errors="replace") if isinstance(plain, bytes) else plain
