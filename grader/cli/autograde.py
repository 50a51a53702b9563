"""``python -m grader.cli.autograde /autograder``: grades the one submission that Gradescope has put there.

What is written to standard output, instructors alone read. ``results/results.json`` is replaced after each exercise, as a
whole: whenever the platform ends us, it holds what was graded until then. Within 768 MB: one at a time, no kernel waits.
"""

from __future__ import annotations

import functools
import json
import os
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from grader.cli.options import isolation_option, the_tier, warn_unconfined
from grader.cli.stream import guarded
from grader.course import Course, load_checks, read_course
from grader.engine.client import Zygote
from grader.engine.tiers import Tier
from grader.engine.workplace import workplace
from grader.errors import AuthorError
from grader.grading import PRELOAD, Options, Planned, Run, assemble, plan
from grader.intake import Intake, take_in
from grader.judge import no_session
from grader.judges import faulted
from grader.store import Graded
from grader.text import LANGUAGES, Text, say
from grader.wholefile import put
from reports.formats import Wishes
from reports.formats.gradescope import nothing_graded, results
from reports.hidden import for_learner

YOU = "you"


@dataclass(frozen=True)
class Autograder:
    """The platform's folders, and the language of what students read."""

    root: Path
    lang: str

    @property
    def results(self) -> Path:
        """What the platform reads."""
        return self.root / "results" / "results.json"

    def write(self, data: Mapping[str, Any]) -> None:
        """Replaces the results as a whole."""
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        put(self.results, text.encode(errors="backslashreplace"))


@click.command()
@click.argument("root", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="Language of what students read.")
@isolation_option
def autograde(root: Path, lang: str, isolation: str | None) -> None:
    """Grade DIR/submission by the course in DIR/source/course, and write DIR/results/results.json in any case."""
    place = Autograder(root, lang)
    with guarded():
        try:
            _grade(place, isolation, time.monotonic())
        except click.ClickException as refused:
            click.echo(refused.format_message())
            place.write(nothing_graded(_broke(), lang))
        except Exception:  # whatever breaks, the platform gets its results, and the instructor reads why
            click.echo(f"This is the grader's own fault:\n{traceback.format_exc()}")
            if "tests" not in _written(place):
                place.write(nothing_graded(_broke(), lang))


def _written(place: Autograder) -> dict[str, Any]:
    """What this run has graded already; nothing where it did not come that far."""
    try:
        data: dict[str, Any] = json.loads(place.results.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if "extra_data" in data else {}


def _broke() -> Text:
    return say(
        "The grader itself failed, not you. Nothing was graded, and the score above is not your grade. "
        "Your instructor can see why, and can start the grading again."
    )


def _grade(place: Autograder, isolation: str | None, began: float) -> None:
    course, tier = read_course(place.root / "source" / "course"), the_tier(isolation)
    for problem in course.problems:
        click.echo(f"BROKEN COURSE FILE: {problem}")
    options = Options(None, tier, jobs=1)
    only = course.slugs[0] if len(course.slugs) == 1 else None
    intake = take_in(
        [place.root / "submission"], course.slugs, only=only, tasks=course.task_names, owner=_who(place.root)
    )
    click.echo(f"isolation: {tier.value}")
    if tier is Tier.PROCESS:
        warn_unconfined("en")
    planned = plan(intake, course, options, every=True)
    done = {p.key: graded for p in planned if (graded := _without_session(p, course))}
    report = functools.partial(_report, place, intake, course, options, planned)
    report(done, began)
    left = [p for p in planned if p.key not in done]
    if not left:
        return
    start = functools.partial(Zygote.start, preload=PRELOAD, warm=0)
    with start() as zygote, workplace() as scratch:
        for item in left:
            run = Run(zygote, course, options, scratch)
            run.judges.start = start
            done.update(run.grade([item], None))
            report(done, began)
            for fault in run.faults:
                click.echo(f"{item.job.slug}: {fault}")


def _who(root: Path) -> str:
    """The names that the platform knows, for the record; a group's are joined."""
    try:
        known = json.loads((root / "submission_metadata.json").read_text(encoding="utf-8"))
        names = [str(user["name"]) for user in known["users"]]
    except (OSError, ValueError, KeyError, TypeError):
        return YOU
    return ", ".join(names)[:200] or YOU


def _without_session(item: Planned, course: Course) -> Graded | None:
    """The grade of what did not come, or is no program: no engine need be started for it."""
    if item.job.cells is not None:
        return None
    exercise = course.exercise(item.job.slug)
    try:
        return Graded(no_session(item.job, exercise, load_checks(exercise)), 0.0, 0.0, 0)
    except AuthorError as wrong:
        click.echo(str(wrong))
        return faulted(item.job, exercise, Text.same(str(wrong)))


def _report(
    place: Autograder,
    intake: Intake,
    course: Course,
    options: Options,
    planned: tuple[Planned, ...],
    done: Mapping[str, Graded],
    began: float,
) -> None:
    late = say("Not graded: the grader was stopped before it came to this exercise.")
    waiting = {p.key: faulted(p.job, course.exercise(p.job.slug), late) for p in planned if p.key not in done}
    klass, _ = assemble(intake, course, options, planned, {**done, **waiting})
    (learner,) = klass.learners
    made = results(for_learner(learner), Wishes(place.lang))
    about = [m.in_language(place.lang) for m in (*learner.messages, *intake.messages)]
    made["output"] = "\n".join(part for part in (*about, made["output"]) if part)
    made["execution_time"] = round(time.monotonic() - began, 1)
    made["extra_data"] |= {"isolation": options.tier.value, "graded": len(done), "of": len(planned)}
    place.write(made)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    autograde()
