"""Who of a roster handed in what. By id, mail or login, else by a name that one person has; never by guessing."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from grader.intake.found import Found, merged
from grader.intake.identity import learner_id
from grader.intake.people import at_odds, keys, slugs_of, wanted_id
from grader.intake.roster import Person, Roster
from grader.intake.shown import listed, shown
from grader.intake.submissions import LearnerFiles
from grader.naming import name_forms, plain, same_id
from grader.text import Text, say

NUMBER = re.compile(r"\d[\d-]{3,}\d")  # a student number in a name
MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
NAMED = 20  # learners that a message names
Key = TypeVar("Key")


@dataclass(frozen=True)
class Joined:
    """Who handed in what, after a look into the roster."""

    learners: tuple[tuple[Found, str], ...]  # who is in the roster, with the id that each wants
    others: tuple[tuple[Found, str], ...]  # who is not, or not for certain
    missing: tuple[LearnerFiles, ...]  # of the roster; their ids are only wanted too
    absent: frozenset[str]  # wanted ids of those to whom nothing can belong
    messages: tuple[Text, ...]


def join(found: Sequence[Found], roster: Roster) -> Joined:
    """``found`` are different people as far as is known; two who turn out to be one of the roster become one."""
    index = _Index(roster.people)
    claims: dict[Person, list[tuple[Found, bool]]] = defaultdict(list)
    doubts: list[tuple[Found, tuple[Person, ...]]] = []
    for one in found:
        people, sure = index.of(one)
        if len(people) == 1:
            claims[people[0]].append((one, sure))
        else:
            doubts.append((one, people))
    joined: list[tuple[Found, str]] = []
    for person, claim in claims.items():
        theirs, others = _agreed(claim)
        joined += [(_as_in_roster(merged(theirs), person), person.id)] if theirs else []
        doubts += [(other, (person,)) for other in others]
    ids = {id_ for _, id_ in joined}
    perhaps = {person: one for one, people in doubts for person in people}
    missing = tuple(_nothing(person, perhaps.get(person)) for person in roster.people if person.id not in ids)
    messages = (*roster.messages, *_doubtful(doubts, roster), *_strangers(doubts, roster))
    absent = frozenset(person.id for person in roster.people if person.id not in ids and person not in perhaps)
    return Joined(tuple(joined), _wanting(one for one, _ in doubts), missing, absent, messages)


def alone(found: Sequence[Found]) -> Joined:
    """The same where there is no roster."""
    return Joined((), _wanting(found), (), frozenset(), ())


def _wanting(found: Iterable[Found]) -> tuple[tuple[Found, str], ...]:
    return tuple((one, wanted_id(one)) for one in found)


class _Index:
    """Looks people of a roster up; a class because three tables are made once."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._ids: dict[tuple[str, str], set[Person]] = defaultdict(set)
        self._any: dict[str, set[Person]] = defaultdict(set)
        self._names: dict[str, set[Person]] = defaultdict(set)
        for person in people:
            for system, id_ in (*person.ids, *([("mail", person.email)] if person.email else [])):
                self._ids[system, same_id(id_)].add(person)
                self._any[same_id(id_)].add(person)
            if person.email:
                self._any[plain(person.email.partition("@")[0])].add(person)
            for form in name_forms(person.name):
                self._names[form].add(person)

    def of(self, found: Found) -> tuple[tuple[Person, ...], bool]:
        """Those who may be meant, and whether an id says so. The first question that anybody answers to decides."""
        typed = self._all(self._ids, [(system, same_id(id_)) for system, id_ in keys(found)])
        typed = typed or self._all(self._any, [same_id(id_) for system, id_ in keys(found) if system == "student"])
        if typed:
            return _in_order(typed), True
        written = [*NUMBER.findall(found.name), *MAIL.findall(found.name)]
        bare = MAIL.sub(" ", NUMBER.sub(" ", found.name)).strip(" _-()[]")
        named = self._all(self._names, name_forms(bare))
        if not found.ids:  # a login that the learner chose elsewhere could be another's here
            written.append(found.name)
        if numbered := self._all(self._any, [same_id(word) for word in written]):
            return _in_order(numbered if numbered & named else numbered | named), True
        return _in_order(named), False

    @staticmethod
    def _all(table: dict[Key, set[Person]], wanted: Iterable[Key]) -> set[Person]:
        return {person for key in wanted for person in table.get(key, ())}


def _in_order(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda person: person.row))


def _agreed(claims: Sequence[tuple[Found, bool]]) -> tuple[list[Found], list[Found]]:
    """Who of several is one person, and whom nobody can tell: the same name is no proof where something speaks against it."""
    sure = [one for one, by_id in claims if by_id]
    named = [one for one, by_id in claims if not by_id]
    if any(_speaks_against(one, other) for one, other in itertools.combinations([*sure, *named], 2) if other in named):
        return sure, named
    return [*sure, *named], []


def _speaks_against(one: Found, other: Found) -> bool:
    if at_odds(one, other) or one.number or other.number:
        return True
    return one.layout == other.layout and bool(slugs_of(one) & slugs_of(other))


def _as_in_roster(found: Found, person: Person) -> Found:
    ids = {**dict(found.ids), **dict(person.ids)}
    email = person.email or found.email
    return replace(found, name=person.name or found.name, email=email, ids=tuple(sorted(ids.items())))


def _nothing(person: Person, perhaps: Found | None) -> LearnerFiles:
    text = say("Nothing was handed in.")
    if perhaps:
        text = say(
            "Nothing was handed in that is this learner's for certain; what came as {name} may be.",
            name=shown(perhaps.name),
        )
    return LearnerFiles(person.id, person.name or person.id, (), (text,), person.email, person.ids, layout="roster")


def _doubtful(doubts: Sequence[tuple[Found, tuple[Person, ...]]], roster: Roster) -> list[Text]:
    return [
        say(
            "{name} ({id}) may be {people} of {roster}; nobody was guessed, and the work is graded under its own name. "
            "Put the id into the name of the folder, or give the roster the platform's ids.",
            name=shown(one.name),
            id=learner_id(wanted_id(one)),
            people=listed([f"{person.name} ({person.id})" for person in people]),
            roster=roster.file,
        )
        for one, people in doubts
        if people
    ]


def _strangers(doubts: Sequence[tuple[Found, tuple[Person, ...]]], roster: Roster) -> list[Text]:
    strangers = [one.name for one, people in doubts if not people]
    if not strangers:
        return []
    return [
        say(
            "Not in {roster}, and graded all the same: {names}. Add them, or mend the spelling.",
            roster=roster.file,
            names=listed(strangers, NAMED),
        )
    ]
