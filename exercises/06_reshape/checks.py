"""Public checks of reshape."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.authoring import Student, Tensor, check, expect

MATRIX = np.array([[1, 2, 3], [4, 5, 6]], dtype=np.int32)
ROW = np.array([1, 2, 3, 4, 5, 6], dtype=np.int32)
Case = tuple[int, list[int]]


@check(points=1)
def lecture_flatten(student: Student) -> None:
    """Flattens the matrix of the lecture"""
    mistakes = {
        "first_axis_kept": lambda: MATRIX,
        "columns_first": lambda: MATRIX.ravel(order="F"),
        "still_a_matrix": lambda: MATRIX.reshape(1, -1),
        "column_of_values": lambda: MATRIX.reshape(-1, 1),
    }
    expect.tensor(student.flatten(Tensor(MATRIX)), ROW, mistakes=mistakes)


@check(points=1)
def lecture_to_shape(student: Student) -> None:
    """Gives the values of the lecture new rows and columns"""
    # The column comes first: there, unchanged, transposed and reversed lengths are three different answers.
    for array, shape in ((MATRIX, [6, 1]), (MATRIX, [3, 2]), (ROW, [3, 2])):
        mistakes = {
            "unchanged": lambda array=array: array,
            "transposed": lambda array=array: array.T,
            "columns_first": lambda array=array, shape=shape: array.reshape(shape, order="F"),
            "lengths_reversed": lambda array=array, shape=shape: array.reshape(shape[::-1]),
            "shape_fixed": lambda array=array: array.reshape(3, 2),
        }
        expect.tensor(student.to_shape(Tensor(array), shape), array.reshape(shape), mistakes=mistakes)


@check(points=1)
def lecture_rows(student: Student) -> None:
    """Finds how many rows of two and of three columns six values make"""
    mistakes = {
        "number_of_rows": lambda: 3,
        "columns_as_rows": lambda: ROW.reshape(2, 3),
        "columns_first": lambda: ROW.reshape(3, 2, order="F"),
        "unchanged": lambda: ROW,
    }
    expect.tensor(student.infer_rows(Tensor(ROW), 2), ROW.reshape(3, 2), mistakes=mistakes)
    # Whoever comes here was right about two columns.
    mistakes = {"columns_fixed": lambda: ROW.reshape(3, 2)}
    expect.tensor(student.infer_rows(Tensor(ROW), 3), ROW.reshape(2, 3), mistakes=mistakes)


@check(points=1)
def six_values(student: Student) -> None:
    """Knows which shapes six values fit into"""
    # The first one tells who says no to everything from who adds the lengths up.
    shapes = ([1, 2, 3], [3, 2], [6], [1, 6, 1], [4, 2], [2, 2], [3, 1], [-1, 2], [-1, 4])
    expect_verdicts(student, [(6, shape) for shape in shapes])


def possible(size: int, shape: Sequence[int]) -> bool:
    """Whether ``size`` values fill ``shape`` exactly; one -1 stands for whatever makes that so."""
    known = math.prod(d for d in shape if d != -1)
    unknown = list(shape).count(-1)
    return known == size if not unknown else unknown == 1 and known > 0 and size % known == 0


# What a learner may take for the rule. Several can give the same wrong answer.
IDEAS = (
    ("sum_not_product", lambda size, shape: sum(shape) == size),
    ("always_possible", lambda size, shape: True),
    ("values_left_over", lambda size, shape: math.prod(shape) <= size),
    ("values_left_over", lambda size, shape: size % math.prod(shape) == 0),
    ("minus_one_as_length", lambda size, shape: math.prod(shape) == size),
    ("unknown_always_fits", lambda size, shape: -1 in shape or math.prod(shape) == size),
)


def expect_verdicts(student: Student, cases: list[Case]) -> None:
    """The right verdict on each case; names the idea that was right up to the first wrong one."""
    for i, case in enumerate(cases):
        right = possible(*case)
        fitting = [
            name
            for name, idea in IDEAS
            if idea(*case) is not right and all(idea(*earlier) is possible(*earlier) for earlier in cases[:i])
        ]
        mistakes: dict[str, Any] = {name: lambda wrong=not right: wrong for name in fitting[:1]}
        expect.truth(verdict(student.is_possible(*case)), right, mistakes=mistakes)


def verdict(answer: Any) -> Any:
    """The answer, with 0 and 1 as the truths they are in Python: ``known and size % known == 0`` can give a 0."""
    whole = isinstance(answer, (int, np.integer)) and not isinstance(answer, bool)
    return bool(answer) if whole and answer in (0, 1) else answer
