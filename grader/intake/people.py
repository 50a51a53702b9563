"""Who was found several times, in one download or in several, and is one learner."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from grader.intake.found import Found, merged

NUMBERED = ("canvas", "canvas_anonymous")  # systems whose names are so short that namesakes are many


def joined(found: Iterable[Found]) -> list[Found]:
    """Each learner once, sorted by name.

    Who has the same id in a system, or the same mail, is the same. Who has only the same name is the same where nothing
    speaks against it: another id in the same system, a namesake in the download, or work for the same exercise.
    """
    groups: list[Found] = []
    by_id: dict[tuple[str, str], int] = {}
    by_name: dict[str, list[int]] = defaultdict(list)
    for one in found:
        name = unicodedata.normalize("NFC", one.name)
        known = [by_id[key] for key in keys(one) if key in by_id]
        place = next(
            iter(known), next((i for i in reversed(by_name[name]) if may_be_same(groups[i], one)), len(groups))
        )
        if place == len(groups):
            groups.append(one)
        else:
            groups[place] = merged([groups[place], one])
        by_name[name] += [place] if place not in by_name[name] else []
        by_id |= {key: place for key in keys(one) if key not in by_id}
    return sorted(groups, key=lambda one: unicodedata.normalize("NFC", one.name))


def keys(found: Found) -> list[tuple[str, str]]:
    """What is this learner's alone."""
    mail = [("mail", found.email.casefold())] if found.email else []
    return [*((system, id_.casefold()) for system, id_ in found.ids), *mail]


def may_be_same(one: Found, other: Found) -> bool:
    """Whether two of one name may be one learner."""
    return not at_odds(one, other) and not (one.number or other.number) and not (slugs_of(one) & slugs_of(other))


def at_odds(one: Found, other: Found) -> bool:
    """Whether a system has them as two. The numbers of Moodle are a learner's in one assignment only."""
    known = dict(keys(one))
    return any(known.get(system, id_) != id_ for system, id_ in keys(other) if system != "moodle")


def slugs_of(found: Found) -> set[str]:
    """The exercises that the learner's files name."""
    return {slug for handed in found.files if handed.match for slug in handed.match.slugs}


def wanted_id(found: Found) -> str:
    """The name, with a number where the platform's names are no names or two have one."""
    number = next((id_ for system, id_ in found.ids if system in NUMBERED), "") or found.number
    return f"{found.name}-{number}" if number and not found.name.endswith(number) else found.name
