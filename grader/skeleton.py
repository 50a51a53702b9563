"""The beginnings of a new exercise: files that run, to be changed."""

from __future__ import annotations

import keyword
from pathlib import Path

from grader.course import Course
from grader.errors import AuthorError

SOLUTION = '''\
# %% [markdown] lang="en"
# # {title}
#
# Say in about 60 words what this is about.
#
# | name | shape | dtype |
# |---|---|---|
# | `x` | (n,) | float |

# %% [markdown] lang="ko"
# # {title}
#
# 무엇을 다루는지 60단어쯤으로 설명합니다.
#
# | 이름 | 형태 | 자료형 |
# |---|---|---|
# | `x` | (n,) | 실수 |

# %%
import numpy as np


# %%
def double(x):
    """Twice ``x``.

    x: (n,) float. Returns (n,) float.
    """
    ### BEGIN SOLUTION
    return 2 * np.asarray(x)
    ### END SOLUTION
'''
EXERCISE = '''\
number = {number}
slug = "{slug}"
title = {{ en = "{title}", ko = "{title}" }}

[limits]
call_s = 5

[tasks.double]
doc_ko = """``x``의 두 배.

x: (n,) 실수. 반환: (n,) 실수.
"""

[checks.doubles_one_vector]
title_ko = "벡터 하나를 두 배로 만듭니다"
hints = [{{ en = "What does 2 * x do to an array?", ko = "배열에 2 * x 를 하면 어떻게 될까요?" }}]

[mistakes.squared]
en = "This is the square, not the double."
ko = "두 배가 아니라 제곱입니다."
'''
CHECKS = '''\
"""Public checks of {slug}."""

import numpy as np

from grader.authoring import check, expect


@check(points=4)
def doubles_one_vector(student):
    """Doubles one vector"""
    x = np.array([1.0, 3.0])
    expect.tensor(student.double(x), 2 * x, mistakes={{"squared": lambda: x**2}})
'''
HIDDEN = '''\
"""Hidden checks of {slug}."""

from grader.authoring import check, expect


@check(points=6, after="doubles_one_vector")
def doubles_any_vector(student, rng):
    """Doubles vectors of any length"""
    for n in (1, 5, 20):
        x = rng.normal(size=n)
        expect.tensor(student.double(x), 2 * x, mistakes={{"squared": lambda x=x: x**2}})
'''
HIDDEN_WORDS = """\
[checks.doubles_any_vector]
title_ko = "길이가 다른 벡터도 두 배로 만듭니다"
hints = [{ en = "Does your function work for other lengths?", ko = "다른 길이에서도 되나요?" }]
"""
RIGHT = """\
# variant: right
# who: adds it to itself
def double(x):
    return x + x
"""
WRONG = """\
# variant: wrong
# fails: doubles_one_vector
# mistake: squared
# who: squares instead
def double(x):
    return x * x
"""


def write(course: Course, slug: str) -> list[Path]:
    """Writes the files of exercise ``slug`` and returns their paths. Raises AuthorError where it exists."""
    if not slug.isidentifier() or slug != slug.lower() or keyword.iskeyword(slug):
        raise AuthorError(f"“{slug}” is no slug: use lower-case letters, digits and _, as in lr_sweep")
    if slug in course.slugs:
        raise AuthorError(f"there is an exercise “{slug}” already; choose another name")
    number = max((e.number for e in course.exercises), default=0) + 1
    words = {"slug": slug, "number": number, "title": slug.replace("_", " ").capitalize()}
    public, secret = (course.root / top / f"{number:02d}_{slug}" for top in ("exercises", "solutions"))
    files = {
        public / "exercise.toml": EXERCISE.format(**words),
        public / "checks.py": CHECKS.format(**words),
        secret / f"{slug}.py": SOLUTION.format(**words),
        secret / "checks.py": HIDDEN.format(**words),
        secret / "exercise.toml": HIDDEN_WORDS,
        secret / "right" / "adds.py": RIGHT,
        secret / "wrong" / "squares.py": WRONG,
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)
