"""The analysis of a class as its page shows it: which checks to look at, what learners answer instead, what it all costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.grades import ClassGrade
from grader.text import say
from reports.analysis import Analysis
from reports.analysis.answers import Cluster
from reports.analysis.attempts import Progress
from reports.analysis.costs import Cost, Quantiles
from reports.analysis.items import FEW, FLAGGED, ExerciseItem
from reports.analysis_checks import Figure, FlagView, difficulty_legend, difficulty_map, figure, flags, places_of
from reports.notices import learner_link
from reports.pictures.dots import Row, dots, legend
from reports.pictures.figure import LegendEntry
from reports.plain import cut
from reports.spending import shown
from reports.words import Badge, Words, in_language, outcome_badge

FULL = 100
MAX_NAMES = 5
MAX_ROWS = 12  # mistakes, and answers, on the page; all are in analysis.json
MAX_ANSWER = 300
MAX_SENTENCE = 240


@dataclass(frozen=True)
class Person:
    """A learner, as a link."""

    name: str
    link: str


@dataclass(frozen=True)
class People:
    """Some learners: the first of them by name, and all as a group that the script can show in the table."""

    count: int
    first: tuple[Person, ...]
    more: str  # "" where these are all
    group: int


@dataclass(frozen=True)
class MistakeView:
    """A named mistake over the class."""

    text: str
    exercise: str
    people: People


@dataclass(frozen=True)
class AnswerView:
    """A wrong answer that several gave."""

    anchor: str
    number: str
    title: str
    badge: Badge
    message: str
    actual: str
    expected: str
    mistake: str
    people: People


@dataclass(frozen=True)
class ExerciseView:
    """One exercise over the class."""

    number: int
    title: str
    judged: int
    percent: int | None
    figure: Figure
    wall: tuple[str, ...]  # median, 9 of 10, longest; () where there are no timings
    own: str
    memory: str
    slowest: Person | None


@dataclass(frozen=True)
class ProgressView:
    """One exercise from first to last attempt."""

    title: str
    learners: int
    first: int  # percent
    last: int
    better: int
    same: int
    worse: int
    steps: str
    stuck: People | None


@dataclass(frozen=True)
class AnalysisView:
    """The sections of the class page."""

    words: Words
    flags: tuple[FlagView, ...]
    no_flags: str  # what to say where there are none
    map: Markup
    map_legend: tuple[LegendEntry, ...]
    mistakes: tuple[MistakeView, ...]
    more_mistakes: str
    answers: tuple[AnswerView, ...]
    more_answers: str
    unwritten: tuple[MistakeView, ...]
    exercises: tuple[ExerciseView, ...]
    costs: Markup
    costs_legend: tuple[LegendEntry, ...]
    progress: tuple[ProgressView, ...]
    progress_map: Markup
    progress_legend: tuple[LegendEntry, ...]


class _Groups:
    """Collects the groups of learners that the page offers to show."""

    def __init__(self, klass: ClassGrade, lang: str) -> None:
        self.ids: list[tuple[str, ...]] = []
        self._names = {learner.id: learner.name for learner in klass.learners}
        self._lang = lang

    def person(self, key: str) -> Person:
        return Person(self._names[key], learner_link(key))

    def people(self, ids: tuple[str, ...]) -> People:
        self.ids.append(ids)
        more = len(ids) - MAX_NAMES
        text = say("and {n} more", n=more).in_language(self._lang) if more > 0 else ""
        return People(len(ids), tuple(map(self.person, ids[:MAX_NAMES])), text, len(self.ids) - 1)


def analysis_view(klass: ClassGrade, analysis: Analysis, lang: str) -> tuple[AnalysisView, tuple[tuple[str, ...], ...]]:
    """The sections, and the groups of learners that they refer to by number."""
    groups = _Groups(klass, lang)
    words = _words(lang)
    places = places_of(analysis)
    titles = {e.slug: e.title.in_language(lang) for e in analysis.exercises}
    timed = [(c, titles[c.slug]) for c in analysis.costs]
    view = AnalysisView(
        words=words,
        flags=tuple(flags(analysis.items, places, lang)),
        no_flags=words["no_flags" if any(i.judged >= FLAGGED for i in analysis.items) else "few_judged"],
        map=difficulty_map(analysis.items, places, words["map"], lang),
        map_legend=difficulty_legend(analysis.items, lang),
        mistakes=tuple(
            MistakeView(cut(m.text.in_language(lang), MAX_SENTENCE), titles[m.slug], groups.people(m.learners))
            for m in analysis.mistakes[:MAX_ROWS]
        ),
        more_mistakes=_more(len(analysis.mistakes), lang),
        answers=tuple(_answer(c, places[c.slug, c.check], groups, lang) for c in analysis.clusters[:MAX_ROWS]),
        more_answers=_more(len(analysis.clusters), lang),
        unwritten=tuple(MistakeView("", titles[u.slug], groups.people(u.learners)) for u in analysis.unwritten),
        exercises=tuple(_exercise(e, n, analysis.costs, groups, lang) for n, e in enumerate(analysis.exercises, 1)),
        costs=_cost_map(timed, words, lang),
        costs_legend=legend((words["median"], words["p90"], words["longest"])) if timed else (),
        progress=tuple(_progress(p, titles, groups, lang) for p in analysis.progress),
        progress_map=_progress_map(analysis.progress, titles, words, lang),
        progress_legend=legend((words["first"], words["last"])) if analysis.progress else (),
    )
    return view, tuple(groups.ids)


def _more(count: int, lang: str) -> str:
    left = count - MAX_ROWS
    return say("{n} rarer ones are in analysis.json.", n=left).in_language(lang) if left > 0 else ""


def _answer(cluster: Cluster, place: tuple[int, int], groups: _Groups, lang: str) -> AnswerView:
    said = [cut(t.in_language(lang), MAX_ANSWER) if t else "" for t in (cluster.actual, cluster.expected)]
    return AnswerView(
        anchor=f"check-{place[0]}-{place[1]}",
        number=f"{place[0]}.{place[1]}",
        title=cluster.title.in_language(lang),
        badge=outcome_badge(cluster.outcome, lang),
        message=cut(cluster.message.in_language(lang), MAX_SENTENCE),
        actual=said[0],
        expected=said[1],
        mistake=cut(cluster.mistake.in_language(lang), MAX_SENTENCE) if cluster.mistake else "",
        people=groups.people(cluster.learners),
    )


def _exercise(item: ExerciseItem, number: int, costs: Sequence[Cost], groups: _Groups, lang: str) -> ExerciseView:
    cost = next((c for c in costs if c.slug == item.slug), None)
    return ExerciseView(
        number=number,
        title=item.title.in_language(lang),
        judged=item.judged,
        percent=None if item.difficulty is None else round(FULL * item.difficulty),
        figure=figure(item.discrimination, lang),
        wall=_seconds(cost.wall_s) if cost else (),
        own=shown(cost.learner_s.median) if cost else "",
        memory=f"{cost.memory_mb.largest:.0f}" if cost and cost.memory_mb else "–",
        slowest=groups.person(cost.slowest) if cost else None,
    )


def _seconds(of: Quantiles) -> tuple[str, ...]:
    return tuple(shown(v) for v in (of.median, of.p90, of.largest))


def _cost_map(timed: Sequence[tuple[Cost, str]], words: Words, lang: str) -> Markup:
    rows = [Row(title, (c.wall_s.median, c.wall_s.p90, c.wall_s.largest)) for c, title in timed]
    kinds = (words["median"], words["p90"], words["longest"])
    return dots("costs", rows, kinds, words["costs"], say("seconds").in_language(lang)) if rows else Markup("")


def _progress(found: Progress, titles: Mapping[str, str], groups: _Groups, lang: str) -> ProgressView:
    steps = [
        say("{number}: {percent} % ({n})", number=s.number, percent=round(FULL * s.share), n=s.learners)
        for s in found.steps
    ]
    return ProgressView(
        title=titles[found.slug],
        learners=found.learners,
        first=round(FULL * found.first),
        last=round(FULL * found.last),
        better=found.better,
        same=found.same,
        worse=found.worse,
        steps=" · ".join(s.in_language(lang) for s in steps),
        stuck=groups.people(found.stuck) if found.stuck else None,
    )


def _progress_map(progress: Sequence[Progress], titles: Mapping[str, str], words: Words, lang: str) -> Markup:
    rows = [Row(titles[p.slug], (FULL * p.first, FULL * p.last)) for p in progress]
    kinds = (words["first"], words["last"])
    unit = say("percent of the points").in_language(lang)
    return dots("progress-map", rows, kinds, words["progress"], unit, largest=FULL) if rows else Markup("")


def _words(lang: str) -> Words:
    return in_language(
        {
            "flags": say("Checks to look at"),
            "no_flags": say(
                "No check stands out: each one parts some learners from others, as far as so many can show."
            ),
            "few_judged": say("Fewer than {n} learners were judged on each check; so few show nothing.", n=FLAGGED),
            "map": say("How hard each check is, and how well it tells learners apart"),
            "passed_means": say(
                "Passed is a share of the learners whose work was judged: what was not handed in, could not be read, or met a "
                "fault of the grader counts neither way. Test theory calls this share difficulty; small is hard."
            ),
            "discrimination_means": say(
                "Discrimination is the correlation between passing the check and the share of points reached in everything "
                "else (corrected item-total, that is point-biserial, correlation; Henrysson 1963), with its 95 % interval: "
                "0.40 and more tells learners apart very well, less than 0.20 poorly (Ebel 1965)."
            ),
            "few_means": say(
                "A dash stands where fewer than {n} learners were judged, whose interval would reach about 0.45 to either "
                "side, and where all, or all but one or two, did the same.",
                n=FEW,
            ),
            "policy_means": say(
                "All of this is counted from what the checks said: late penalties, overrides and extra credit change nothing."
            ),
            "answers": say("What learners answer instead"),
            "no_answers": say("No wrong answer came twice."),
            "mistakes": say("Commonest named mistakes"),
            "no_mistakes": say("No named mistake was made."),
            "mistake": say("Mistake"),
            "exercise": say("Exercise"),
            "learners": say("Learners"),
            "equal": say("Wrong answers that several have in common"),
            "equal_means": say(
                "Equal means: outcome, message and answer are the same but for blanks, addresses, line numbers and digits "
                "beyond the fourth."
            ),
            "answered": say("They answered"),
            "wanted": say("Expected"),
            "unnamed": say("no name yet"),
            "unwritten": say("Handed in as it was given out, at least in part"),
            "who": say("Who?"),
            "in_table": say("In the table"),
            "exercises": say("The exercises: results, time and memory"),
            "judged": say("Judged"),
            "reached": say("Points reached"),
            "discrimination": say("Discrimination"),
            "median": say("median"),
            "p90": say("9 of 10 below"),
            "longest": say("longest"),
            "own": say("their own computing, median"),
            "memory": say("Largest memory, MB"),
            "slowest": say("Longest took"),
            "costs": say("Seconds that a grading takes"),
            "no_costs": say("There are no timings of these grades, so nothing is said of time and memory."),
            "progress": say("From the first attempt to the last"),
            "progress_means": say(
                "Over learners with several attempts at an exercise. Mean percent of the points, before any policy; in "
                "brackets how many came so often."
            ),
            "first": say("first"),
            "last": say("last"),
            "better": say("Better"),
            "same": say("Same"),
            "worse": say("Worse"),
            "steps": say("By attempt"),
            "stuck": say("Stuck"),
            "stuck_means": say("Stuck: three attempts or more, none of them better than the first."),
        },
        lang,
    )
