"""The checks of a class as its page shows them: which to look at, how hard each is, how well it tells learners apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.text import Text, say
from reports.analysis import Analysis
from reports.analysis.items import FEW, Discrimination, Flag, Item, Why
from reports.pictures.dots import legend
from reports.pictures.figure import LegendEntry
from reports.pictures.items import Dot, item_map

FEW_DOTS = 3  # fewer make no picture

Places = Mapping[tuple[str, str], tuple[int, int]]  # (exercise, check) -> their numbers on the page


@dataclass(frozen=True)
class CheckLink:
    """A check, as a link to its row."""

    anchor: str
    number: str
    title: str


@dataclass(frozen=True)
class FlagView:
    """Checks that an instructor should look at for the same reason."""

    kind: str
    word: str
    advice: str
    checks: tuple[CheckLink, ...]


@dataclass(frozen=True)
class Figure:
    """A discrimination as it is shown: a number and its interval, or a dash and why."""

    text: str
    interval: str
    why: str


def places_of(analysis: Analysis) -> Places:
    """Check -> number of its exercise, and its own in it."""
    number = {e.slug: n for n, e in enumerate(analysis.exercises, 1)}
    places: dict[tuple[str, str], tuple[int, int]] = {}
    counts: dict[str, int] = {}
    for item in analysis.items:
        counts[item.slug] = counts.get(item.slug, 0) + 1
        places[item.slug, item.check] = number[item.slug], counts[item.slug]
    return places


def figure(found: Discrimination, lang: str) -> Figure:
    """A discrimination in words."""
    if found.r is None or found.low is None or found.high is None:
        why = {
            Why.FEW: say("not computed: fewer than {n} learners were judged", n=FEW),
            Why.SAME: say("not computed: all did the same"),
            Why.LOPSIDED: say("not computed: all but one or two did the same"),
            Why.ALONE: say("not computed: there is nothing else to compare with"),
        }[found.why or Why.ALONE]
        return Figure("–", "", why.in_language(lang))
    between = say("{low} to {high}", low=_signed(found.low), high=_signed(found.high)).in_language(lang)
    return Figure(_signed(found.r), between, "")


def _signed(value: float) -> str:
    text = f"{value:.2f}".replace("-", "−")
    return "0.00" if text == "−0.00" else text


def flags(items: Sequence[Item], places: Places, lang: str) -> Iterator[FlagView]:
    """The checks that an instructor should look at, by reason."""
    for flag in Flag:
        found = [(i, places[i.slug, i.check]) for i in items if i.flag is flag]
        if found:
            word, advice = _flag_texts(flag)
            checks = tuple(CheckLink(f"check-{e}-{n}", f"{e}.{n}", i.title.in_language(lang)) for i, (e, n) in found)
            yield FlagView(flag.value, word.in_language(lang), advice.in_language(lang), checks)


def _flag_texts(flag: Flag) -> tuple[Text, Text]:
    """What is the matter, and what to do."""
    return {
        Flag.NOBODY: (
            say("Nobody passes"),
            say(
                "Read the commonest answers below. If they are right by the wording of the task, mend the wording or the check "
                "and grade again; else teach the point once more. `grader verify` proves that the course's own solutions pass."
            ),
        ),
        Flag.UNREACHED: (
            say("Nobody gets this far"),
            say("Everybody fails what it builds on, so it was never tried. See to that check first."),
        ),
        Flag.EVERYBODY: (
            say("Everybody passes"),
            say("This tells nobody apart. Keep it as a first success, or give its points to a harder check."),
        ),
        Flag.BACKWARDS: (
            say("Fails the better ones"),
            say(
                "Learners who do well otherwise fail here more often. The usual cause is a wording or a check that refuses "
                "a good solution: read some of their answers."
            ),
        ),
        Flag.FAULTY: (
            say("The grader could judge nobody"),
            say("What broke stands at the top of this page. Grade again once it is mended; nobody has lost points."),
        ),
    }[flag]


def difficulty_map(items: Sequence[Item], places: Places, title: str, lang: str) -> Markup:
    """A dot for each check; "" for too few."""
    drawn = [
        Dot("{}.{}".format(*places[i.slug, i.check]), i.difficulty, i.discrimination.r, i.public)
        for i in items
        if i.difficulty is not None and i.discrimination.r is not None
    ]
    return item_map(drawn, title, lang) if len(drawn) >= FEW_DOTS else Markup("")


def difficulty_legend(items: Sequence[Item], lang: str) -> tuple[LegendEntry, ...]:
    """What the kinds of dots mean."""
    kinds = [say("public check"), say("hidden check")] if any(not i.public for i in items) else [say("public check")]
    return legend([k.in_language(lang) for k in kinds])
