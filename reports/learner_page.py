"""What a learner's page holds, ready for the template: every decision is made here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from grader.grades import (
    Capsule,
    CellRecord,
    CheckResult,
    ClassGrade,
    ExerciseGrade,
    Finding,
    LearnerGrade,
    Outcome,
    RunRecord,
    Score,
    Status,
)
from grader.text import Text, say
from reports.compare import Comparison, compare
from reports.hidden import for_learner
from reports.pictures import Figure, draw
from reports.plain import cut, head_and_tail
from reports.words import (
    Badge,
    Words,
    count_of_outcome,
    learner_words,
    outcome_badge,
    points,
    points_of,
    status_badge,
)

MAX_STEPS = 3
MAX_SENTENCE = 1_500
MAX_TRACEBACK = 4_000
MAX_OUTPUT = 20_000  # characters of a learner's printing; the rest is seldom read and makes pages heavy


@dataclass(frozen=True)
class CheckView:
    """One check as the page shows it; "" and () where there is nothing to say."""

    anchor: str
    title: str
    badge: Badge
    hidden: bool
    score: str
    score_words: str
    explained: bool  # more to show than the title
    message: str
    mistake: str
    comparison: Comparison | None
    where: str
    call: str
    advice: tuple[str, ...]
    traceback: str
    hints: tuple[tuple[str, str], ...]  # (what stands on it, what is in it)
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """A cell that did not run through."""

    title: str
    error: str
    traceback: str
    advice: tuple[str, ...]


@dataclass(frozen=True)
class RunView:
    """What the file did when it ran."""

    stops: tuple[Stop, ...]
    notes: tuple[str, ...]
    output: str
    output_tail: str  # "" where the whole output is shown
    output_size: str
    left_out: str


@dataclass(frozen=True)
class ExerciseView:
    """One exercise as the page shows it."""

    anchor: str
    title: str
    badge: Badge
    score: str
    score_words: str
    percent: int
    summary: str  # what became of its checks, in words
    file: str
    messages: tuple[str, ...]
    checks: tuple[CheckView, ...]
    run: RunView
    has_hidden: bool


@dataclass(frozen=True)
class Step:
    """Something to do next."""

    anchor: str
    exercise: str
    title: str
    why: str
    gain: str


@dataclass(frozen=True)
class LearnerPage:
    """Everything that ``learner.html`` shows."""

    lang: str
    words: Words
    course: str
    name: str
    percent: int
    score_words: str
    complete: bool
    counts: tuple[Badge, ...]
    faulted: bool
    steps: tuple[Step, ...]
    more_steps: str
    messages: tuple[str, ...]
    exercises: tuple[ExerciseView, ...]
    made_with: str


def learner_page(klass: ClassGrade, grade: LearnerGrade, lang: str) -> LearnerPage:
    """The page of one learner. Confidential parts are taken away first."""
    grade = for_learner(grade)
    score = grade.score
    exercises = tuple(_exercise(e, n, lang) for n, e in enumerate(grade.exercises, 1))
    steps = _steps(grade.exercises, lang)
    return LearnerPage(
        lang=lang,
        words=learner_words(lang),
        course=klass.course_title.in_language(lang),
        name=grade.name,
        percent=score.percent,
        score_words=points_of(score.points, score.max_points).in_language(lang),
        complete=score.percent == 100,
        counts=_counts(grade.exercises, lang),
        faulted=any(e.faulted for e in grade.exercises),
        steps=tuple(steps[:MAX_STEPS]),
        more_steps=_more(len(steps) - MAX_STEPS, lang),
        messages=_sentences(grade.messages, lang),
        exercises=exercises,
        made_with=_made_with(klass.capsule),
    )


def _counts(exercises: tuple[ExerciseGrade, ...], lang: str) -> tuple[Badge, ...]:
    counted = Counter(c.outcome for e in exercises for c in e.checks)
    return tuple(Badge(o.value, count_of_outcome(o, counted[o]).in_language(lang)) for o in Outcome if counted[o])


def _more(n: int, lang: str) -> str:
    return say("{n} more below.", n=n).in_language(lang) if n > 0 else ""


def _made_with(capsule: Capsule) -> str:
    names = {"gradetape": "GradeTape", "python": "Python", "tensorflow": "TensorFlow", "keras": "Keras", "numpy": "NumPy"}
    return " · ".join(f"{names.get(k, k)} {v}" for k, v in sorted(capsule.versions.items()))


def _sentences(texts: tuple[Text, ...], lang: str) -> tuple[str, ...]:
    return tuple(cut(t.in_language(lang), MAX_SENTENCE) for t in texts)


def _exercise(grade: ExerciseGrade, number: int, lang: str) -> ExerciseView:
    score = grade.score
    graded = grade.status is Status.GRADED
    return ExerciseView(
        anchor=f"exercise-{number}",
        title=grade.title.in_language(lang),
        badge=_exercise_badge(grade, lang),
        score=_fraction(score),
        score_words=points_of(score.points, score.max_points).in_language(lang),
        percent=score.percent,
        summary=_summary(grade, lang),
        file=grade.file,
        messages=_sentences(grade.messages, lang),
        checks=tuple(_check(c, f"check-{number}-{i}", lang) for i, c in enumerate(grade.checks, 1)) if graded else (),
        run=_run(grade.run, lang),
        has_hidden=graded and any(not c.public for c in grade.checks),
    )


def _fraction(score: Score) -> str:
    return f"{score.points} / {score.max_points}"


def _exercise_badge(grade: ExerciseGrade, lang: str) -> Badge:
    if grade.status is not Status.GRADED:
        return status_badge(grade.status, lang)
    worst = (Outcome.FAULTED, Outcome.ERRORED, Outcome.FAILED, Outcome.SKIPPED, Outcome.PASSED)
    outcomes = {c.outcome for c in grade.checks}
    return outcome_badge(next((o for o in worst if o in outcomes), Outcome.SKIPPED), lang)


def _summary(grade: ExerciseGrade, lang: str) -> str:
    if grade.status is not Status.GRADED:
        return status_badge(grade.status, lang).word
    passed = sum(c.outcome is Outcome.PASSED for c in grade.checks)
    return say("{passed} of {total} checks passed", passed=passed, total=len(grade.checks)).in_language(lang)


def _check(check: CheckResult, anchor: str, lang: str) -> CheckView:
    open_to_see = check.outcome is not Outcome.PASSED
    finding = check.finding if open_to_see and check.finding else Finding(Text.same(""))
    score = Score(check.points, check.max_points)
    judged = check.outcome is not Outcome.FAULTED
    return CheckView(
        anchor=anchor,
        title=check.title.in_language(lang),
        badge=outcome_badge(check.outcome, lang),
        hidden=not check.public,
        score=_fraction(score) if judged else "–",
        score_words=(points_of(check.points, check.max_points) if judged else say("does not count")).in_language(lang),
        explained=open_to_see or bool(check.pictures or check.notes),
        message=cut(finding.message.in_language(lang), MAX_SENTENCE),
        mistake=finding.mistake.text.in_language(lang) if finding.mistake else "",
        comparison=compare(_said(finding.expected, lang), _said(finding.actual, lang)),
        where=cut(_said(finding.where, lang) or "", MAX_SENTENCE),
        call=cut(finding.call, MAX_SENTENCE),
        advice=_sentences(finding.advice, lang),
        traceback=cut(finding.traceback, MAX_TRACEBACK),
        hints=_hints(check, lang) if open_to_see else (),
        figures=tuple(draw(p, f"{anchor}-{i}", lang) for i, p in enumerate(check.pictures, 1)),
        notes=_sentences(check.notes, lang),
    )


def _said(text: Text | None, lang: str) -> str | None:
    return None if text is None else text.in_language(lang)


def _hints(check: CheckResult, lang: str) -> tuple[tuple[str, str], ...]:
    if len(check.hints) == 1:
        return ((say("Hint").in_language(lang), check.hints[0].in_language(lang)),)
    return tuple((say("Hint {n}", n=n).in_language(lang), h.in_language(lang)) for n, h in enumerate(check.hints, 1))


def _run(run: RunRecord, lang: str) -> RunView:
    output, tail = head_and_tail(run.output, MAX_OUTPUT)
    return RunView(
        stops=tuple(
            Stop(
                title=_stop_title(cell.number, cell.line).in_language(lang),
                error=cut(cell.error, MAX_SENTENCE),
                traceback=cut(cell.traceback, MAX_TRACEBACK),
                advice=_sentences(cell.advice, lang),
            )
            for cell in run.cells
            if cell.error or cell.limit
        ),
        notes=_sentences(run.notes, lang),
        output=output,
        output_tail=tail,
        output_size=_size(max(run.output_bytes, len(run.output.encode(errors="replace")))),
        left_out=say("The middle is left out here.").in_language(lang) if tail else "",
    )


def _stop_title(number: int, line: int | None) -> Text:
    if line is None:
        return say("Cell {number} did not run to its end.", number=number)
    return say("Cell {number} stopped at line {line}.", number=number, line=line)


def _size(size_bytes: int) -> str:
    if size_bytes < 1_000:
        return f"{size_bytes} B"
    return f"{size_bytes / 1_000:.0f} kB" if size_bytes < 1_000_000 else f"{size_bytes / 1_000_000:.1f} MB"


def _steps(exercises: tuple[ExerciseGrade, ...], lang: str) -> list[Step]:
    """One for each exercise that is not right: first those that were begun, then those not handed in."""
    numbered = list(enumerate(exercises, 1))
    begun = [(n, e) for n, e in numbered if e.status is Status.GRADED and e.score.points < e.score.max_points]
    absent = [(n, e) for n, e in numbered if e.status in (Status.MISSING, Status.UNREADABLE)]
    return [_step(e, n, lang) for n, e in begun] + [_hand_in(e, n, lang) for n, e in absent]


def _step(exercise: ExerciseGrade, number: int, lang: str) -> Step:
    """The first check in the way; the ones after it may only be skipped because of it."""
    index, check = next(
        (i, c) for i, c in enumerate(exercise.checks, 1) if c.outcome in (Outcome.FAILED, Outcome.ERRORED, Outcome.SKIPPED)
    )
    stop = next((c for c in exercise.run.cells if c.error), None)
    if stop and check.outcome is not Outcome.FAILED:  # what the checks miss may stand behind the line that stopped
        return _mend(exercise, stop, number, lang)
    finding = check.finding
    why = finding.mistake.text if finding and finding.mistake else finding.message if finding else Text.same("")
    return Step(
        anchor=f"check-{number}-{index}",
        exercise=exercise.title.in_language(lang),
        title=check.title.in_language(lang),
        why=cut(why.in_language(lang), 300),
        gain=_missing_points(exercise, lang),
    )


def _mend(exercise: ExerciseGrade, stop: CellRecord, number: int, lang: str) -> Step:
    return Step(
        anchor=f"exercise-{number}",
        exercise=exercise.title.in_language(lang),
        title=_stop_title(stop.number, stop.line).in_language(lang),
        why=cut(stop.error, 300),
        gain=_missing_points(exercise, lang),
    )


def _missing_points(exercise: ExerciseGrade, lang: str) -> str:
    missing = exercise.score.max_points - exercise.score.points
    return points(missing).in_language(lang) if missing else ""


def _hand_in(exercise: ExerciseGrade, number: int, lang: str) -> Step:
    why = exercise.messages[0].in_language(lang) if exercise.messages else ""
    missing = exercise.status is Status.MISSING
    todo = say("Hand in this exercise") if missing else say("Hand in a file that can be read")
    return Step(
        anchor=f"exercise-{number}",
        exercise=exercise.title.in_language(lang),
        title=todo.in_language(lang),
        why=cut(why, 300),
        gain=_missing_points(exercise, lang),
    )
