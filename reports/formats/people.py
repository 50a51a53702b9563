"""Finds the learner of a gradebook's row, by id, login, mail or name; never by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.grades import LearnerGrade
from grader.naming import name_forms, plain
from grader.text import Text, say
from reports.formats.base import one_line

_NAMED = 20  # rows that a message names
_TEST_STUDENT = frozenset({"student, test", "test student"})  # of Canvas
_MIN_NUMBER = 3  # digits; shorter ones stand in many ids


class People:
    """The learners of a class, to be looked up one row at a time; each can be taken once."""

    def __init__(self, learners: Iterable[LearnerGrade]) -> None:
        self._left = {learner.id: learner for learner in learners}
        self._class = len(self._left) > 1
        self._unknown: list[str] = []

    def take(self, keys: Iterable[str], names: Iterable[str]) -> LearnerGrade | None:
        """The learner of a row: the first of ``keys`` that exactly one learner has, else a name that exactly one has."""
        for wanted in (k for k in map(plain, keys) if k):
            found = [x for x in self._left.values() if wanted in keys_of(x)]
            if len(found) == 1:
                return self._left.pop(found[0].id)
        names = list(names)
        wanted_names = {form for name in names for form in name_forms(name)}
        found = [x for x in self._left.values() if wanted_names & name_forms(x.name)]
        if len(found) == 1:
            return self._left.pop(found[0].id)
        self._unknown += [one_line(name) for name in names[:1] if plain(name) not in _TEST_STUDENT]
        return None

    def left_over(self) -> tuple[Text, ...]:
        """A message for each learner whom no row was found for, and one for all rows that nobody was found for."""
        return (*self._without_row(), *self._without_grade())

    def _without_grade(self) -> tuple[Text, ...]:
        if not self._unknown or not self._class:
            return ()
        names, more = ", ".join(self._unknown[:_NAMED]), len(self._unknown) - _NAMED
        said = say("No grade is here for these rows, which were left as they were: {names}.", names=names)
        if more > 0:
            said = say(
                "No grade is here for these rows, which were left as they were: {names} and {n} more.",
                names=names,
                n=more,
            )
        return (said,)

    def _without_row(self) -> tuple[Text, ...]:
        return tuple(
            say(
                "{name} ({id}) has a grade but no row in the file; enter it by hand.",
                name=one_line(learner.name),
                id=learner.id,
            )
            for learner in self._left.values()
        )


def keys_of(learner: LearnerGrade) -> set[str]:
    """What may stand in an id column: all ids that are known, mail, name, and each number that is a part of the id."""
    identifier = plain(learner.id)
    parts = re.split(r"[^\w]|_", identifier)
    known = {plain(word) for word in (learner.email, *learner.ids.values()) if word}
    return {identifier, plain(learner.name), *known, *(p for p in parts if p.isdigit() and len(p) >= _MIN_NUMBER)}
