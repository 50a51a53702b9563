"""Runs checks against a session and turns whatever happens into outcomes; the one place that catches."""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.errors import AuthorError, BrokenProgram, WrongAnswer
from grader.fairness import Fairness
from grader.grades import CheckResult, Finding, Mistake, Outcome
from grader.pictures import Show
from grader.stopwatch import Stopwatch
from grader.student import Student
from grader.text import Text, say
from grader.texts import Texts
from grader.wire.limits import Refused

ARGUMENTS = ("student", "rng", "show", "fair")


@dataclass(frozen=True)
class Check:
    """A trusted function that asks the session and judges what comes back."""

    run: Callable[..., None]
    points: int
    after: str = ""
    public: bool = True

    @property
    def id(self) -> str:
        """The function's name."""
        return self.run.__name__

    @property
    def title(self) -> str:
        """The docstring's first line, as an English reader sees it."""
        return (inspect.getdoc(self.run) or "").split("\n", 1)[0]


def check(*, points: int, after: Check | str = "") -> Callable[[Callable[..., None]], Check]:
    """Makes a function a check: its name is the id, its docstring the title, ``after`` what it builds on.

    The function names what it wants among ``student``, ``rng``, ``show`` and ``fair``.

    Raises AuthorError where the function has no docstring, asks for something else, or gives no points.
    """

    def wrap(function: Callable[..., None]) -> Check:
        made = Check(function, points, after.id if isinstance(after, Check) else after)
        unknown = set(inspect.signature(function).parameters) - set(ARGUMENTS)
        if unknown:
            raise AuthorError(f"check {made.id} asks for {sorted(unknown)}; it can have {', '.join(ARGUMENTS)}")
        if not made.title:
            raise AuthorError(f"check {made.id} has no docstring: its first line is the title that learners read")
        if points < 1:
            raise AuthorError(f"check {made.id} gives {points} points; give it at least 1")
        return made

    return wrap


def rng_for(seed: int, slug: str, check_id: str) -> np.random.Generator:
    """The random numbers of one check: the same for every learner, other for every check and seed."""
    digest = hashlib.sha256(f"{seed}/{slug}/{check_id}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def run_checks(
    checks: Sequence[Check],
    student: Student,
    texts: Texts,
    *,
    slug: str,
    seed: int,
    stopwatch: Stopwatch | None = None,
) -> Iterator[CheckResult]:
    """Judges one after another, in order; a check whose ``after`` did not pass is skipped.

    Yields one result for each check, whatever the learner's program or a check does. ``stopwatch``: told of pictures.
    """
    outcomes: dict[str, Outcome] = {}
    titles = {c.id: texts.title(c.id, c.title) for c in checks}
    for item in checks:
        if item.after and outcomes.get(item.after) is not Outcome.PASSED:
            result = _skipped(item, texts, titles)
        else:
            result = _run_one(item, student, Show(texts, stopwatch), rng_for(seed, slug, item.id))
        outcomes[item.id] = result.outcome
        yield result


def _skipped(item: Check, texts: Texts, titles: dict[str, Text]) -> CheckResult:
    message = say("This check builds on “{title}”; get that one right first.", title=titles[item.after])
    return _result(item, texts, Outcome.SKIPPED, Finding(message))


def _run_one(item: Check, student: Student, show: Show, rng: np.random.Generator) -> CheckResult:
    texts = show.texts
    student.begin_check()
    given = {"student": student, "rng": rng, "show": show, "fair": Fairness(texts.training(item.id), texts)}
    wanted = {name: given[name] for name in inspect.signature(item.run).parameters}
    outcome, finding = Outcome.PASSED, None
    try:
        item.run(**wanted)
    except WrongAnswer as wrong:
        outcome, finding = Outcome.FAILED, _explained(wrong, student, texts)
    except BrokenProgram as broken:
        outcome, finding = Outcome.ERRORED, _with_call(broken.finding, student)
    except (
        Refused
    ) as refused:  # of a description that does not make a model: the learner's doing, as models are described there
        message = say("The model cannot be asked: {why}.", why=refused.text)
        outcome, finding = Outcome.ERRORED, _with_call(Finding(message), student)
    except AssertionError as failed:
        outcome, finding = (
            Outcome.FAILED,
            _with_call(Finding(Text.same(str(failed).split("\n", 1)[0] or item.title)), student),
        )
    except Exception:
        outcome, finding = Outcome.FAULTED, _fault(item)
    result = _result(item, texts, outcome, finding)
    return dataclasses.replace(result, pictures=tuple(show.pictures), notes=student.notes())


def _fault(item: Check) -> Finding:
    message = say(
        "The check “{check}” itself broke. This is the grader's fault, not yours; it costs you no points.",
        check=item.id,
    )
    return Finding(message, traceback=traceback.format_exc())


def _explained(wrong: WrongAnswer, student: Student, texts: Texts) -> Finding:
    finding = wrong.finding
    if wrong.key:
        finding = dataclasses.replace(finding, message=texts.message(wrong.key, wrong.parts))
    if finding.mistake is not None:
        named = Mistake(finding.mistake.id, texts.mistake(finding.mistake.id))
        finding = dataclasses.replace(finding, mistake=named)
    return _with_call(finding, student)


def _with_call(finding: Finding, student: Student) -> Finding:
    return finding if finding.call else dataclasses.replace(finding, call=student.last_call())


def _result(item: Check, texts: Texts, outcome: Outcome, finding: Finding | None) -> CheckResult:
    return CheckResult(
        id=item.id,
        title=texts.title(item.id, item.title),
        public=item.public,
        outcome=outcome,
        max_points=item.points,
        finding=finding,
        hints=texts.hints(item.id) if outcome is not Outcome.PASSED else (),
    )
