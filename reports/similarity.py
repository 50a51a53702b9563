"""The page on similar submissions and its data: for instructors, never linked from a learner's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.alike.model import Code, Common, Group, Pair, Passage, Person, Similarity, Work
from grader.wholefile import put
from reports import similarity_words as words_of
from reports.pages import Pages
from reports.plain import cut
from reports.similarity_code import Place, Side, lines_of, places_of
from reports.words import Words
from reports.writing import json_bytes

MOST_LISTED = 500  # rows of the list; the data hold more
MAX_SHOWN = 120
PAIR = 2
MOST_PLACES = 3


@dataclass(frozen=True)
class ItemRow:
    """One thing that both have."""

    shown: str
    cells: str
    learners: str


@dataclass(frozen=True)
class CommonView:
    """All of one kind that both have."""

    kind: str
    title: str
    worth: str
    worth_word: str
    meaning: str
    seeded: bool
    items: tuple[ItemRow, ...]
    more: int


@dataclass(frozen=True)
class PassageRow:
    """A passage that both share: where it is in each, and how rare."""

    number: int
    left: str
    right: str
    learners: str


@dataclass(frozen=True)
class PairView:
    """One pair in the list, and its two sides where they are shown."""

    anchor: str
    exercise: str
    left: str
    right: str
    code: str
    group: str
    common: tuple[CommonView, ...]
    sides: tuple[Side, ...]  # two; none where they are not shown
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True)
class GroupView:
    """A group that shares one thing."""

    exercise: str
    title: str
    about: str
    names: tuple[str, ...]
    more: str
    learners: str


@dataclass(frozen=True)
class ComparedRow:
    """How one exercise was compared."""

    title: str
    submissions: int
    most: int
    short: int
    cut: int


@dataclass(frozen=True)
class SimilarityPage:
    """Everything that ``similarity.html`` shows."""

    lang: str
    words: Words
    title: str
    pairs: tuple[PairView, ...]
    left_out: int
    groups: tuple[GroupView, ...]
    exercises: tuple[ComparedRow, ...]
    line_words: dict[int, str]
    cell_words: dict[int, str]


def write_similarity(found: Similarity, out: Path, *, lang: str) -> Path:
    """Writes ``similarity.html`` and ``similarity.json``; where the page is. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    put(out / "similarity.json", json_bytes(found.to_json()))
    put(out / "similarity.html", Pages().render("similarity.html", similarity_page(found, lang)).encode())
    return out / "similarity.html"


def similarity_page(found: Similarity, lang: str) -> SimilarityPage:
    """The page's data; every decision is made here."""
    titles = {e.slug: e.title.in_language(lang) for e in found.exercises}
    totals = {e.slug: e.submissions for e in found.exercises}
    works = {(w.learner, w.slug): w for w in found.works}
    listed = found.pairs[:MOST_LISTED]
    views = tuple(_pair(p, n, titles, totals, works, lang) for n, p in enumerate(listed, 1))
    lines = [line for view in views for side in view.sides for line in side.lines]
    return SimilarityPage(
        lang=lang,
        words=words_of.similarity_words(lang, found.least_tokens, found.least_percent),
        title=found.course_title.in_language(lang),
        pairs=views,
        left_out=len(found.pairs) - len(listed) + found.left_out,
        groups=tuple(_group(g, titles, totals, lang) for g in found.groups),
        exercises=tuple(ComparedRow(titles[e.slug], e.submissions, e.most, e.short, e.cut) for e in found.exercises),
        line_words={n: words_of.lines(n).in_language(lang) for n in {line.skipped for line in lines}},
        cell_words={n: words_of.cell(n).in_language(lang) for n in {line.cell for line in lines}},
    )


def _pair(
    pair: Pair,
    number: int,
    titles: dict[str, str],
    totals: dict[str, int],
    works: dict[tuple[str, str], Work],
    lang: str,
) -> PairView:
    code = pair.code
    left, right = works.get((pair.left.id, pair.slug)), works.get((pair.right.id, pair.slug))
    sides: tuple[Side, ...] = ()
    if left and right:
        sides = (
            _side(
                pair.left,
                code.left if code else (),
                left,
                _size(code.left_tokens, code.left_rare, lang) if code else "",
            ),
            _side(
                pair.right,
                code.right if code else (),
                right,
                _size(code.right_tokens, code.right_rare, lang) if code else "",
            ),
        )
    return PairView(
        anchor=f"pair-{number}",
        exercise=titles[pair.slug],
        left=pair.left.name,
        right=pair.right.name,
        code=words_of.shared_tokens(code.tokens, code.left_percent, code.right_percent).in_language(lang)
        if code
        else "",
        group=words_of.in_group(pair.group).in_language(lang) if pair.group > PAIR else "",
        common=tuple(_common(c, totals[pair.slug], lang) for c in pair.common),
        sides=sides,
        passages=tuple(_passages(code, left, right, totals[pair.slug], lang)) if code and left and right else (),
    )


def _size(tokens: int, rare: int, lang: str) -> str:
    return words_of.tokens_of_file(tokens, rare).in_language(lang)


def _side(person: Person, passages: Sequence[Passage], work: Work, size: str) -> Side:
    lines, rest = lines_of(work, passages)
    return Side(person.name, person.file, size, lines, rest)


def _passages(code: Code, left: Work, right: Work, total: int, lang: str) -> Iterator[PassageRow]:
    lefts, rights = places_of(left, code.left), places_of(right, code.right)
    rarity = {p.number: p.learners for p in code.left}
    for number in sorted(set(lefts) & set(rights)):
        rare = words_of.at_most(rarity[number], total).in_language(lang)
        yield PassageRow(number, _place(lefts[number], lang), _place(rights[number], lang), rare)


def _place(places: Sequence[Place], lang: str) -> str:
    said = []
    for p in places[:MOST_PLACES]:
        lines = words_of.line_numbers(p.first, p.last).in_language(lang)
        said.append(f"{words_of.cell(p.cell).in_language(lang)}, {lines}" if p.cell else lines)
    return "; ".join(said) + (" …" if len(places) > MOST_PLACES else "")


def _common(common: Common, total: int, lang: str) -> CommonView:
    def where(left: int, right: int) -> str:
        return " · ".join(words_of.cell(n).in_language(lang) if n else "–" for n in (left, right))

    return CommonView(
        kind=common.kind.value,
        title=words_of.kind_title(common.kind).in_language(lang),
        worth=common.worth.value,
        worth_word=words_of.worth_word(common.worth).in_language(lang),
        meaning=words_of.kind_meaning(common.kind).in_language(lang),
        seeded=common.seeded,
        items=tuple(
            ItemRow(
                cut(i.shown, MAX_SHOWN), where(i.left, i.right), words_of.of_class(i.learners, total).in_language(lang)
            )
            for i in common.items
        ),
        more=common.count - len(common.items),
    )


def _group(group: Group, titles: dict[str, str], totals: dict[str, int], lang: str) -> GroupView:
    more = group.learners - len(group.people)
    return GroupView(
        exercise=titles[group.slug],
        title=words_of.group_title(group.kind).in_language(lang),
        about=cut(group.about, 2 * MAX_SHOWN),
        names=tuple(p.name for p in group.people),
        more=words_of.and_others(more).in_language(lang) if more else "",
        learners=words_of.of_class(group.learners, totals[group.slug]).in_language(lang),
    )
