"""A small course and programs for it by different people."""

from __future__ import annotations

from grader import skeleton
from grader.course import load_course
from grader.release import release

SLUG = "twice"
ADA = """\
import numpy as np

# my grandmother taught me to double things this way
def halves(values):
    left, right = [], []
    for place, value in enumerate(values):
        (left if place % 2 else right).append(value * 1.5)
    return left, right


def double(x):
    left, right = halves(list(x))
    out = np.zeros(len(x))
    out[1::2] = left
    out[::2] = right
    return out / 3 * 4
"""
BOB = """\
import numpy as np


def double(x):
    total = np.cumsum(np.ones(3))[1]
    while np.max(np.abs(total - 2)) > 1e-9:
        total = (total + 2 / total) / 2
    table = {key: key * total for key in np.unique(x)}
    return np.vectorize(table.get, otypes=[float])(x)


for number in range(4):
    print("try", number, double(np.arange(number + 1)))
"""
EVE = """\
def double(x):
    from functools import reduce
    pieces = map(lambda v: [v + v], x)
    answer = reduce(lambda one, other: one + other, pieces, [])
    assert len(answer) == len(x), "lost something on the way"
    try:
        return type(x)(answer)
    except TypeError:
        return answer
"""


def write_course(root):
    """The skeleton of a new course: its one task is called double."""
    (root / "exercises").mkdir()
    (root / "exercises" / "course.toml").write_text('title = { en = "Course", ko = "강의" }\n', encoding="utf-8")
    skeleton.write(load_course(root), SLUG)
    for path, text in release(load_course(root).exercise(SLUG)).items():
        path.write_text(text, encoding="utf-8")
    return root
