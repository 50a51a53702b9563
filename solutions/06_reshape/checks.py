"""Hidden checks of reshape."""

import numpy as np
from public_checks import possible, verdict

from grader.authoring import Student, Tensor, check, expect


@check(points=1, after="lecture_flatten")
def flattens_any_rank(student: Student, rng: np.random.Generator) -> None:
    """Flattens tensors of any rank"""
    a, b, c = (int(n) for n in rng.permutation([2, 3, 5]))
    arrays = [drawn(rng, shape) for shape in ((a, b), (b, b), (a, b, c), (c, 1, a, b), (1, c), (a,), (1, 1))]
    arrays.append(rng.permutation(np.array([0, 0, 7, 7, -2, 4], dtype=np.int32)).reshape(2, 3))  # none may get lost
    for array in arrays:
        mistakes = {
            "columns_first": lambda array=array: array.ravel(order="F"),
            "one_axis_less": lambda array=array: array.reshape(-1, *array.shape[2:]),
        }
        expect.tensor(student.flatten(Tensor(array)), array.reshape(-1), mistakes=mistakes)


@check(points=2, after="lecture_to_shape")
def any_fitting_shape(student: Student, rng: np.random.Generator) -> None:
    """Brings values into any shape that fits, also with a -1"""
    a, b, c = (int(n) for n in rng.permutation([2, 3, 4]))
    changes = [
        ((a, b), [b, a]),
        ((a, b, c), [c, b, a]),
        ((a * b,), [a, b]),
        ((a, b * c), [a, b, c]),
        ((a, b, c), [a * b * c]),
        ((a * b, c), [1, a, 1, b * c]),
        ((a * b, c), [-1, b]),
        ((a, b, c), [b, -1]),
        ((a * b * c,), [a, -1, c]),
        ((c, a), [-1]),
    ]
    for old, new in changes:
        array = drawn(rng, old)
        mistakes = {
            "transposed": lambda array=array: array.T,
            "columns_first": lambda array=array, new=new: array.reshape(new, order="F"),
        }
        expect.tensor(student.to_shape(Tensor(array), new), array.reshape(new), mistakes=mistakes)


@check(points=1, after="lecture_rows")
def rows_of_any_tensor(student: Student, rng: np.random.Generator) -> None:
    """Works the rows out for any tensor and any number of columns"""
    a, b, c = (int(n) for n in rng.permutation([2, 3, 5]))
    for old, columns in (((a * b,), b), ((a, b * c), c), ((c, a), c), ((a, b, c), a * c), ((a, b), 1), ((b, a), a * b)):
        array = drawn(rng, old)
        mistakes = {
            "columns_as_rows": lambda array=array, columns=columns: array.reshape(columns, -1),
            "columns_first": lambda array=array, columns=columns: array.reshape(-1, columns, order="F"),
        }
        expect.tensor(student.infer_rows(Tensor(array), columns), array.reshape(-1, columns), mistakes=mistakes)


@check(points=1, after="six_values")
def any_size_and_shape(student: Student, rng: np.random.Generator) -> None:
    """Knows for any size and shape whether they fit"""
    a, b, c = (int(n) for n in rng.permutation([3, 4, 7]))
    size = a * b * c
    shapes = ([a, b, c], [c, a * b], [size], [a, 1, b, c], [b, c], [a, b, c + 1], [size - 1], [size + 1], [2 * size])
    unknown = ([-1], [a, -1], [a, -1, c], [b, c, -1], [1, -1, size], [-1, a + size], [-1, 2 * size], [11, -1])
    for shape in (*shapes, *unknown):
        expect.truth(verdict(student.is_possible(size, shape)), possible(size, shape))


@check(points=1, after="six_values")
def zeros_and_two_unknowns(student: Student, rng: np.random.Generator) -> None:
    """Knows lengths of 0, and that two unknown lengths cannot be worked out"""
    n, m = (int(d) for d in rng.integers(2, 9, size=2))
    # Whoever ignores a 0 is right about the first two, and found out at the third.
    for size, shape in ((0, [n, m]), (n, [0]), (n, [n, 0]), (0, [0]), (0, [0, n]), (0, [-1, n])):
        mistakes = {"zero_ignored": lambda: True} if size == n and len(shape) == 2 else {}
        expect.truth(verdict(student.is_possible(size, shape)), possible(size, shape), mistakes=mistakes)
    for shape in ([-1, -1], [-1, n, -1]):
        answer = student.is_possible(n * m, shape)
        expect.truth(verdict(answer), False, mistakes={"two_unknowns": lambda: True})
    answer = student.is_possible(1, [-1, -1])
    expect.truth(verdict(answer), False, mistakes={"minus_one_as_length": lambda: True})
    # Last, as many a program divides by the 0 here.
    expect.truth(verdict(student.is_possible(n, [-1, 0])), False, mistakes={"zero_ignored": lambda: True})


def drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers that nobody has seen before."""
    return rng.normal(scale=9, size=shape).astype(np.float32)
