"""Whether a name says whose or what a folder's files are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.intake.matching import Exercises

# Names of folders and files that say nothing about the learner or the exercise in them.
GENERIC = re.compile(
    r"(?i)(src|code|work|my ?work|home ?works?|hws?|exercises?|assignments?|submissions?|tasks?|labs?|weeks?|solutions?|"
    r"old|new|draft|final|backup|v|version|new folder|untitled folder|desktop|downloads?|documents?|"
    r"과제|숙제|실습|제출|주차|최종|백업|새 폴더|코드|소스)[ _-]*\d*"
)


def is_generic(name: str, exercises: Exercises) -> bool:
    """Whether a folder's name says nothing about its learner."""
    return GENERIC.fullmatch(name) is not None or exercises.match(name) is not None


def may_be_learner(name: str, exercises: Exercises) -> bool:
    """Whether a folder's name may be a learner's: ``kim``, and ``rank_kim`` as well, but not ``rank`` or ``week 2``."""
    match = exercises.match(name)
    return GENERIC.fullmatch(name) is None and (match is None or bool(match.owner))


def any_twice(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether something stands beside two different others."""
    seen: dict[str, str] = {}
    return any(seen.setdefault(thing, other) != other for thing, other in pairs)
