"""A class of any size with outcomes drawn from a seed; equal results are one object, so that ten thousand learners fit anywhere."""

from __future__ import annotations

import random
from collections.abc import Iterator

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, LearnerGrade, RunRecord, Status, Timing
from grader.text import Text
from tests.reports.sample_class import CAPSULE, absent, graded
from tests.reports.sample_course import COURSE, TOPICS, Topic

WRONG = ("elementwise", "none", "name_error", "missing", "transposed", "size_for_rank", "not_written", "skip")
FAMILIES = ("김", "이", "박", "최", "Anna", "Bruno", "Chiara", "Divya", "Müller", "O'Neil & Sons", "<b>Eve</b>")
UNREADABLE = Text("This file is not JSON, so it is no notebook.", "이 파일은 JSON이 아니므로 노트북이 아닙니다.")


def crowd(size: int, seed: int = 7) -> ClassGrade:
    """Learners of every skill; the same for the same seed."""
    draw = random.Random(seed)
    kinds = {t.slug: _results(t) for t in TOPICS}
    return ClassGrade(COURSE, CAPSULE, tuple(_learner(n, draw, kinds) for n in range(size)))


def crowd_timings(klass: ClassGrade) -> Iterator[Timing]:
    """Made-up costs of the work that came."""
    draw = random.Random(1)
    for learner in klass.learners:
        for exercise in learner.exercises:
            if exercise.status is Status.GRADED:
                own = round(draw.lognormvariate(-1.5, 0.8), 3)
                yield Timing(learner.id, exercise.slug, round(own + 0.3, 3), own, draw.randint(320, 420))


def _results(topic: Topic) -> list[dict[str, CheckResult]]:
    """For each check: key of what is wrong -> its result; "" is right."""
    made = {key: graded(topic, {i.id: key for i in topic.items} if key else {}).checks for key in ("", "fault", *WRONG)}
    return [{key: checks[n] for key, checks in made.items()} for n in range(len(topic.items))]


def _learner(number: int, draw: random.Random, kinds: dict[str, list[dict[str, CheckResult]]]) -> LearnerGrade:
    skill = draw.betavariate(4, 1.6)
    name = f"{FAMILIES[number % len(FAMILIES)]} {number:05}"
    work = tuple(_work(t, skill, draw, kinds[t.slug]) for t in TOPICS)
    return LearnerGrade(f"learner-{number:05}", name, work)


def _work(topic: Topic, skill: float, draw: random.Random, kinds: list[dict[str, CheckResult]]) -> ExerciseGrade:
    chance = draw.random()
    if chance > skill + 0.3:
        return absent(topic)
    if chance < 0.002:
        return absent(topic, Status.UNREADABLE, UNREADABLE)
    checks = tuple(kind[_key(skill, n / len(kinds), draw)] for n, kind in enumerate(kinds))
    return ExerciseGrade(
        topic.slug, topic.title, Status.GRADED, f"{topic.slug}.ipynb", "ab12" * 16, (), checks, RunRecord()
    )


def _key(skill: float, hardness: float, draw: random.Random) -> str:
    if draw.random() < 0.0005:
        return "fault"
    if draw.random() < skill + 0.25 - 0.3 * hardness:
        return ""
    return draw.choices(WRONG, (6, 3, 2, 1, 5, 4, 2, 5))[0]
