"""Hidden checks of rank."""

from typing import Any

import numpy as np

from grader.authoring import Student, Tensor, check, expect

KINDS = ("scalar", "vector", "matrix")


@check(points=2, after="lecture_ranks")
def rank_counts_axes(student: Student, rng: np.random.Generator) -> None:
    """Finds the rank of any shape up to five axes"""
    a, b, c = (int(n) for n in rng.permutation([3, 4, 5]))
    shapes = [(a, b), (a,), (b, 1), (1, c), (a, 1, b), (1, 1, 1), (c, 2, 1, b), (2, a, 2, 1, 3)]
    arrays = [*(_drawn(rng, shape) for shape in shapes), np.float32(rng.normal(8)), np.ones((a, a), dtype=np.float32)]
    for array in map(np.asarray, arrays):
        _expect_rank(student.rank_of(Tensor(array)), array)


@check(points=1, after="lecture_ranks")
def counts_empty_axes(student: Student, rng: np.random.Generator) -> None:
    """Counts an axis of length 0 as an axis"""
    n, m = (int(n) for n in rng.integers(2, 6, size=2))
    for shape in ((0,), (n, 0), (0, m), (n, 0, m)):
        answer = student.rank_of(Tensor(np.zeros(shape, dtype=np.float32)))
        expect.integer(getattr(answer, "dims", answer), len(shape), what=f"shape {shape}")


@check(points=2, after="makes_rank_three")
def makes_any_rank(student: Student) -> None:
    """Makes a tensor of any rank, 0 included"""
    for rank in (1, 2, 4, 5, 6, 0):
        shape = np.shape(expect.array_of(student.make_tensor(rank)))
        name = _mistake_of(shape, rank)
        parts = {"got": len(shape), "wanted": rank, "shape": shape}
        expect.that(len(shape) == rank, "other_rank", expected=rank, actual=len(shape), mistake=name, **parts)


@check(points=1, after="lecture_kinds")
def names_any_kind(student: Student, rng: np.random.Generator) -> None:
    """Names tensors of shapes not seen before"""
    a, b, c = (int(n) for n in rng.permutation([3, 4, 6]))
    for shape in ((), (a,), (1,), (b, c), (a, 1), (1, b), (a, b, c), (1, 1, c), (2, 1, b, 2), (2, 1, 2, 1, 3)):
        array = _drawn(rng, shape)
        _expect_kind(student.kind_of(Tensor(array)), array)


def _drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return np.asarray(rng.normal(scale=9, size=shape), dtype=np.float32)


def _expect_rank(answer: Any, array: np.ndarray) -> None:
    mistakes = {
        "axis_of_length_one": lambda: np.squeeze(array).ndim,
        "shape_not_rank": lambda: array.shape,
        "length_not_rank": lambda: len(array),
        "rank_of_linear_algebra": lambda: np.linalg.matrix_rank(array),
        "size_not_rank": lambda: array.size,
    }
    expect.integer(getattr(answer, "dims", answer), array.ndim, mistakes=mistakes)


def _mistake_of(shape: tuple[int, ...], rank: int) -> str:
    if len(shape) == rank + 1:
        return "one_bracket_too_many"
    return "rank_as_length" if set(shape) == {rank} else ""


def _expect_kind(answer: Any, array: np.ndarray) -> None:
    rank = array.ndim
    letters = "".join(c for c in answer.casefold() if c.isalnum()) if isinstance(answer, str) else ""
    if rank >= len(KINDS) and letters in ("ndtensor", f"{rank}dtensor"):
        return
    mistakes = {
        "stops_at_matrix": lambda: answer if letters == "matrix" and rank > 2 else None,
        "axis_of_length_one": lambda: answer if 1 in array.shape and letters in KINDS[:rank] else None,
    }
    expect.text(answer, KINDS[rank] if rank < len(KINDS) else "n-D tensor", mistakes=mistakes)
