"""Which of several files for one exercise is the newest, where a platform tells it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from grader.intake.found import Handed
from grader.intake.matching import squashed, take_apart

NUMBERED = re.compile(r"[-_ ]*\(?\d{1,2}\)?$")  # rank-1, as Canvas calls the second rank


def ages(files: Sequence[Handed]) -> dict[Handed, int]:
    """How many newer attempts there are beside each of ``files``, which are one learner's for one exercise.

    By the time of handing in where it is known of all. Else by the platform's number of the attempt, among files that
    have one name: two names, as rank.py and rank.ipynb, may be one attempt.
    """
    if all(one.told.submitted_at for one in files):
        return _newer({one: datetime.fromisoformat(one.told.submitted_at).timestamp() for one in files})
    groups: dict[tuple[str, str], dict[Handed, float]] = defaultdict(dict)
    for one in files:
        if one.told.attempt:
            parts = take_apart(one.name)
            groups[squashed(NUMBERED.sub("", parts.stem)), parts.ending][one] = one.told.attempt
    known = {one: age for group in groups.values() for one, age in _newer(group).items()}
    return {one: known.get(one, 0) for one in files}


def _newer(when: dict[Handed, float]) -> dict[Handed, int]:
    moments = sorted(set(when.values()), reverse=True)
    return {one: moments.index(moment) for one, moment in when.items()}
