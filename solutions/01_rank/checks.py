"""Hidden checks of rank."""

import numpy as np
from public_checks import expect_axes, expect_kind, expect_rank

from grader.authoring import Student, Tensor, check


@check(points=2, after="lecture_ranks")
def rank_counts_axes(student: Student, rng: np.random.Generator) -> None:
    """Finds the rank of any shape up to five axes"""
    a, b, c = (int(n) for n in rng.permutation([3, 4, 5]))
    # Axes of length 1 come last: before them, a wrong number of axes has another cause.
    plain = [(a, b), (a,), (), (a, b, c), (2, a, 2, b), (2, a, 2, c, 3)]
    with_ones = [(b, 1), (1, c), (a, 1, b), (1, 1, 1), (c, 2, 1, b), (2, a, 2, 1, 3)]
    for array in (*(drawn(rng, shape) for shape in plain + with_ones), np.ones((a, a), dtype=np.float32)):
        expect_rank(student.rank_of(Tensor(array)), array)


@check(points=1, after="lecture_ranks")
def counts_empty_axes(student: Student, rng: np.random.Generator) -> None:
    """Counts an axis of length 0 as an axis"""
    n, m = (int(n) for n in rng.integers(2, 6, size=2))
    for shape in ((0,), (n, 0), (0, m), (n, 0, m)):
        array = np.zeros(shape, dtype=np.float32)
        expect_rank(student.rank_of(Tensor(array)), array, what=f"shape {shape}")


@check(points=2, after="makes_rank_three")
def makes_any_rank(student: Student) -> None:
    """Makes a tensor of any rank, 0 included"""
    for rank in (1, 2, 4, 5, 6, 0):
        suspects = {
            "one_bracket_too_many": lambda shape, rank=rank: len(shape) == rank + 1,
            "rank_as_length": lambda shape, rank=rank: set(shape) == {rank},
        }
        expect_axes(student.make_tensor(rank), rank, suspects)


@check(points=1, after="lecture_kinds")
def names_any_kind(student: Student, rng: np.random.Generator) -> None:
    """Names tensors of shapes not seen before"""
    a, b, c = (int(n) for n in rng.permutation([3, 4, 6]))
    plain = [(), (a,), (b, c), (a, b, c), (2, a, 3, 2), (2, 2, a, 2, 2), (2, 2, 2, 2, 2, 2, 2)]
    with_ones = [(1,), (a, 1), (1, b), (1, 1, c), (2, 1, b, 2), (2, 1, 2, 1, 3)]
    empty = [(0,), (0, b), (a, 0, c)]
    for shape in plain + with_ones + empty:
        array = drawn(rng, shape)
        expect_kind(student.kind_of(Tensor(array)), array)


def drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers that nobody has seen before."""
    return np.asarray(rng.normal(scale=9, size=shape), dtype=np.float32)
