"""Compares a whole class, exercise by exercise, and keeps of each pair both sides."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.alike import code, signs
from grader.alike.graded import ByWork
from grader.alike.model import Cell, Code, Common, Compared, Group, Kind, Pair, Person, Similarity, Work, Worth
from grader.alike.saved import SEEDS, Sign, signs_in
from grader.alike.tokens import Tokens, tokens_of
from grader.course import Course, Exercise
from grader.errors import BadSubmission
from grader.intake import Intake
from grader.intake.sources import Cells, read_cells
from grader.intake.submissions import Submission
from grader.text import LANGUAGES

MOST_PAIRS = 10_000
MOST_SHOWN = 60  # pairs whose code is kept; nobody reads more
MOST_NAMED = 40  # learners of a group
MOST_GROUPS = 60


@dataclass(frozen=True)
class Handed:
    """One submission, read."""

    person: Person
    cells: Cells
    program: Tokens
    notebook: bool
    signs: tuple[Sign, ...]

    @property
    def source(self) -> str:
        """All of its code."""
        return "\n".join(self.cells.code)


@dataclass
class Topic:
    """One exercise and all that came for it."""

    exercise: Exercise
    handed: list[Handed] = field(default_factory=list)
    given: list[Cells] = field(default_factory=list)  # stub, reference and right variants
    given_signs: set[tuple[Kind, str]] = field(default_factory=set)

    @property
    def kept(self) -> frozenset[str]:
        """The tasks' names."""
        return frozenset(t.name for t in self.exercise.tasks)


def compare(intake: Intake, course: Course, graded: ByWork) -> Similarity:
    """The class in ``intake``; ``graded`` is what an earlier grading recorded of it. Reads files only, runs nothing."""
    pairs: list[Pair] = []
    groups: list[Group] = []
    exercises = []
    works: dict[tuple[str, str], Work] = {}
    for exercise in course.exercises:
        topic = _topic(
            exercise, [s for one in intake.learners for s in one.submissions if s.slug == exercise.slug], graded
        )
        if len(topic.handed) > 1:
            found, shared, about = _of_topic(topic)
            pairs += found
            groups += shared
            exercises.append(about)
            works |= _works(topic, found[:MOST_SHOWN])
    pairs.sort(key=_rank)
    shown = {(side.id, p.slug) for p in pairs[:MOST_SHOWN] for side in (p.left, p.right)}
    return Similarity(
        course.title,
        len(intake.learners),
        tuple(exercises),
        tuple(pairs[:MOST_PAIRS]),
        tuple(groups),
        tuple(work for key, work in works.items() if key in shown),
        least_tokens=code.LEAST_TOKENS,
        least_percent=round(100 * code.LEAST_SHARE),
        left_out=max(0, len(pairs) - MOST_PAIRS),
    )


def _rank(pair: Pair) -> tuple[int, int, int, str, str, str]:
    """What is rarest among honest learners first."""
    strong = sum(c.worth is Worth.STRONG for c in pair.common)
    share = max(pair.code.left_percent, pair.code.right_percent) if pair.code else 0
    return -strong, -share, -(pair.code.tokens if pair.code else 0), pair.slug, pair.left.id, pair.right.id


def _topic(exercise: Exercise, came: Iterable[Submission], graded: ByWork) -> Topic:
    topic = Topic(exercise)
    if exercise.broken:
        return topic
    for path in _given_files(exercise):
        cells = _cells(path.name, path.read_bytes())
        topic.given.append(cells)
        topic.given_signs |= {(s.kind, s.key) for s in signs.of_comments(tokens_of(cells.code))}
        topic.given_signs |= {(s.kind, s.key) for s in signs_in(path.name, path.read_bytes())}
    for one in came:
        if one.data is not None and one.error is None and (cells := _cells(one.file, one.data)).code:
            topic.handed.append(_handed(one, one.data, cells, topic.kept, graded))
    return topic


def _given_files(exercise: Exercise) -> Iterator[Path]:
    own = [exercise.stub(suffix, lang) for suffix in (".py", ".ipynb") for lang in LANGUAGES]
    solution = [exercise.solution] if exercise.solution else []
    yield from (path for path in (*own, *solution, *exercise.variants("right")) if path.exists())


def _cells(file: str, data: bytes) -> Cells:
    try:
        return read_cells(file, data)
    except BadSubmission:
        return Cells(())


def _handed(one: Submission, data: bytes, cells: Cells, kept: frozenset[str], graded: ByWork) -> Handed:
    program = tokens_of(cells.code, kept)
    found = (
        Sign(Kind.FILE, hashlib.sha256(data).hexdigest(), f"{len(data)} bytes"),
        *signs.of_comments(program),
        *signs_in(one.file, data),
        *graded.get((one.learner_id, one.slug), ()),
    )
    person = Person(one.learner_id, one.learner_name, one.file)
    notebook = set(cells.starts) == {1} and (len(cells.starts) > 1 or one.file.endswith(".ipynb"))
    return Handed(person, cells, program, notebook, found)


def _of_topic(topic: Topic) -> tuple[list[Pair], list[Group], Compared]:
    known = code.known_of(tokens_of(cells.code, topic.kept).text for cells in topic.given)
    compared = code.Compared([h.program for h in topic.handed], known)
    alike = {(f.left, f.right): f.code for f in compared.pairs()}
    own = set(compared.with_own_code())
    held = [[s for s in h.signs if s.kind is not Kind.FILE or n in own] for n, h in enumerate(topic.handed)]
    shared = signs.shared(held, frozenset(topic.given_signs))
    pairs = [*_pairs(topic, alike, shared)]
    exercise = topic.exercise
    cut = sum(h.program.cut for h in topic.handed)
    about = Compared(exercise.slug, exercise.title, len(topic.handed), compared.most, compared.short(), cut)
    return pairs, [*_same_code(topic, compared), *_same_results(topic, held, compared.most)], about


def _pairs(
    topic: Topic, alike: dict[tuple[int, int], Code], shared: dict[tuple[int, int], list[Common]]
) -> Iterator[Pair]:
    seeded = [bool(SEEDS.search(h.source)) for h in topic.handed]
    found: dict[tuple[int, int], tuple[Code | None, tuple[Common, ...]]] = {}
    for a, b in sorted({*alike, *shared}):
        sources = (topic.handed[a].source, topic.handed[b].source)
        commons = tuple(signs.weighed(c, sources, seeded[a] or seeded[b]) for c in shared.get((a, b), ()))
        if (a, b) in alike or signs.worth_a_look(commons):
            found[a, b] = alike.get((a, b)), commons
    sizes = _sizes(found)
    made = [
        Pair(topic.exercise.slug, topic.handed[a].person, topic.handed[b].person, together, commons, sizes[a])
        for (a, b), (together, commons) in found.items()
    ]
    yield from sorted(made, key=_rank)


def _sizes(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Of the group that each hangs together with."""
    group: dict[int, set[int]] = {}
    for a, b in pairs:
        joined = group.get(a, {a}) | group.get(b, {b})
        group |= dict.fromkeys(joined, joined)
    return {one: len(members) for one, members in group.items()}


def _same_code(topic: Topic, compared: code.Compared) -> Iterator[Group]:
    for who in compared.same():
        yield _group(topic, "same_code", f"{len(topic.handed[who[0]].program.text)} tokens", who)


def _same_results(topic: Topic, held: Sequence[Sequence[Sign]], most: int) -> list[Group]:
    """Few learners with the same weights, curves or wrong answers; the same few are one group, however many they share."""
    owners: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for number, found in enumerate(held):
        for sign in found:
            if sign.kind in (Kind.TRAINED, Kind.FIXED, Kind.ANSWER):
                kind = "answer" if sign.kind is Kind.ANSWER else "trained"
                owners[kind, sign.key, sign.shown].add(number)
    merged: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (kind, _, shown), who in owners.items():
        if 1 < len(who) <= most:
            merged[kind, tuple(sorted(who))].append(shown)
    groups = sorted(merged.items(), key=lambda one: (len(one[0][1]), -len(one[1]), one[0]))
    return [_group(topic, kind, _counted(shown), who) for (kind, who), shown in groups[:MOST_GROUPS]]


def _counted(shown: Sequence[str]) -> str:
    return "; ".join(f"{text} (×{n})" if n > 1 else text for text, n in Counter(shown).most_common(3))


def _group(topic: Topic, kind: str, about: str, who: Sequence[int]) -> Group:
    people = tuple(topic.handed[n].person for n in who[:MOST_NAMED])
    return Group(topic.exercise.slug, kind, about, people, len(who))


def _works(topic: Topic, pairs: Sequence[Pair]) -> dict[tuple[str, str], Work]:
    wanted = {side.id for p in pairs for side in (p.left, p.right)}
    slug = topic.exercise.slug
    return {(h.person.id, slug): _work(h, slug) for h in topic.handed if h.person.id in wanted}


def _work(handed: Handed, slug: str) -> Work:
    starts = handed.cells.starts
    cells = tuple(Cell(line, text) for line, text in zip(starts, handed.cells.code, strict=True))
    last = max((p.cell for p in handed.program.places), default=0)
    return Work(handed.person.id, slug, handed.notebook, cells[: last + 1])
