"""What two submissions have in common besides their code, how rare it is in the class, and what it is worth."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from grader.alike.code import most_of
from grader.alike.model import Common, Item, Kind, Worth
from grader.alike.saved import Sign
from grader.alike.tokens import Tokens

MOST_ITEMS = 5  # named on a page; the others are counted
LEAST_COMMENT = 14  # characters that are letters; "# answer" is anybody's
LEAST = {Kind.NUMBER: 3, Kind.COMMENT: 3}  # of a kind, where one alone is chance
WORTH = {
    Kind.CLOCK: Worth.STRONG,
    Kind.TIMING: Worth.STRONG,
    Kind.CELL_ID: Worth.STRONG,
    Kind.FILE: Worth.STRONG,
    Kind.ACCOUNT: Worth.FAIR,
    Kind.CURVE: Worth.FAIR,
    Kind.IMAGE: Worth.FAIR,
    Kind.NUMBER: Worth.FAIR,
    Kind.COMMENT: Worth.FAIR,
    Kind.FIXED: Worth.FAIR,
    Kind.TRAINED: Worth.WEAK,
    Kind.ANSWER: Worth.WEAK,
    Kind.COUNTS: Worth.WEAK,
}
FROM_CHANCE = (Kind.CURVE, Kind.IMAGE, Kind.NUMBER)  # worth less where a seed is set, or nothing is random
RANDOM = re.compile(r"\bfit\b|random|Dense|shuffle|train_test_split|dropout", re.IGNORECASE)
ENOUGH_FAIR = 2  # kinds of fair worth that make a pair worth a look

Places = dict[tuple[Kind, str], dict[int, Sign]]


def of_comments(program: Tokens) -> Iterator[Sign]:
    """A learner's own comments; cell marks and code that was commented out say less."""
    for text, place in program.comments:
        words = " ".join(text.strip("# \t%-=").split())
        if sum(c.isalpha() for c in words) >= LEAST_COMMENT:
            yield Sign(Kind.COMMENT, words.casefold(), words[:160], place.cell + 1)


def shared(signs: Sequence[Iterable[Sign]], given: frozenset[tuple[Kind, str]]) -> dict[tuple[int, int], list[Common]]:
    """By pair of places in ``signs``: what they share that is rare, without what everybody was ``given``."""
    places: Places = defaultdict(dict)
    for number, of_one in enumerate(signs):
        for sign in of_one:
            if (sign.kind, sign.key) not in given:
                places[sign.kind, sign.key].setdefault(number, sign)
    most = most_of(len(signs))
    pairs: dict[tuple[int, int], dict[Kind, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for (kind, _), who in places.items():
        if 1 < len(who) <= most:
            for a, b in itertools.combinations(sorted(who), 2):
                pairs[a, b][kind].append(Item(who[a].shown, who[a].cell, who[b].cell, len(who)))
    return {pair: made for pair, kinds in pairs.items() if (made := [*_commons(kinds)])}


def _commons(kinds: dict[Kind, list[Item]]) -> Iterator[Common]:
    for kind in Kind:
        items = sorted(kinds.get(kind, ()), key=lambda i: i.learners)
        if len(items) >= LEAST.get(kind, 1):
            yield Common(kind, WORTH[kind], len(items), tuple(items[:MOST_ITEMS]))


def weighed(common: Common, sources: Sequence[str], seeded: bool) -> Common:
    """The same; numbers that chance did not make, or that a seed fixes, are worth little."""
    if common.kind not in FROM_CHANCE:
        return common
    by_chance = all(RANDOM.search(source) for source in sources)
    worth = common.worth if by_chance and not seeded else Worth.WEAK
    return Common(common.kind, worth, common.count, common.items, seeded)


def worth_a_look(commons: Iterable[Common]) -> bool:
    """Whether these alone are a reason to show a pair."""
    worths = [c.worth for c in commons]
    return Worth.STRONG in worths or worths.count(Worth.FAIR) >= ENOUGH_FAIR
