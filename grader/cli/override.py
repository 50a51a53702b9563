"""``grader override``: points that a person gives, written into the policy with who and why."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import click

from grader.cli.options import course_option, policy_option, the_course, the_exercise
from grader.grades import ClassGrade, ExerciseGrade, shown
from grader.harmless import on_one_line
from grader.policy.model import FILE
from grader.policy.reading import policy_of, read_policy
from grader.wholefile import put


@click.command()
@click.argument("learner")
@click.argument("slug")
@click.argument("check", required=False, default="")
@click.option("--points", required=True, metavar="N", help="How many there shall be; 2.5 is fine.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, as the learner shall read it.")
@click.option("--author", required=True, metavar="NAME", help="Who decided.")
@click.option(
    "--from",
    "report",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    metavar="DIR",
    help="The --out of `grader grade`, to look up whether there are such a learner and check.",
)
@policy_option
@course_option
def override(
    learner: str,
    slug: str,
    check: str,
    points: str,
    reason: str,
    author: str,
    report: Path | None,
    policy_file: Path | None,
    course_dir: Path | None,
) -> int:
    """Give points by hand, with a reason and an author that can be asked for later.

    LEARNER is an id, name, mail or number. The override is written into policy.toml; the next `grader grade` applies it, grades
    nothing again, and shows it in the reports. Without CHECK it is about the exercise as a whole and has the last word.
    """
    course = the_course(course_dir)
    the_exercise(course, slug)
    exact = _number(points)
    if report:
        _look_up(report, learner, slug, check, exact)
    path = policy_file or course.root / FILE
    entry: dict[str, str | Fraction] = {
        "learner": learner,
        "exercise": slug,
        "check": check,
        "points": exact,
        "reason": reason,
        "author": author,
    }
    _append(path, _written(entry), course.slugs)
    click.echo(f"written to {path}; the next `grader grade` applies it")
    return 0


def _number(words: str) -> Fraction:
    try:
        exact = Fraction(words)
    except (ValueError, ZeroDivisionError):
        exact = Fraction(-1)
    if exact < 0 or (exact * 100).denominator != 1:
        raise click.UsageError(f"--points {words}: it wants a number from 0 with at most two decimals")
    return exact


def _written(entry: dict[str, str | Fraction]) -> str:
    lines = ["", "[[override]]"]
    for name, value in entry.items():
        if value != "":
            lines.append(f"{name} = {shown(value) if isinstance(value, Fraction) else _quoted(value)}")
    return "\n".join([*lines, f"written = {datetime.now(UTC).isoformat(timespec='seconds')}", ""])


def _quoted(words: str) -> str:
    """As TOML has it, which is as JSON has it; nothing that one would not see."""
    return json.dumps(on_one_line(words), ensure_ascii=False)


def _append(path: Path, entry: str, slugs: tuple[str, ...]) -> None:
    """A policy that is broken stays as it is, and so does one that the entry would break. Raises AuthorError."""
    before = ""
    if path.exists():
        before = read_policy(path, slugs).text
    text = f"{before.rstrip()}\n{entry}" if before.strip() else entry.lstrip()
    policy_of(text, path, slugs)
    try:
        put(path, text.encode())
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written ({error.strerror})") from error


def _look_up(report: Path, learner: str, slug: str, check: str, points: Fraction) -> None:
    """Raises UsageError where the saved grades have no such learner, exercise or check, or it is worth less."""
    try:
        klass = ClassGrade.from_json(json.loads((report / "grades.json").read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError, AttributeError):
        raise click.UsageError(f"{report} holds no grades.json of this version") from None
    own = [x for x in klass.learners if learner in (x.id, x.name)]
    if len(own) != 1:
        raise click.UsageError(f"there is no learner “{learner}” in {report}; write the id")
    grade = next((e for e in own[0].exercises if e.slug == slug), None)
    if grade is None:
        raise click.UsageError(f"there is no grade of {slug} in {report}")
    most = _worth(grade, check)
    if points > most:
        raise click.UsageError(f"--points {shown(points)}: it is worth {most}")


def _worth(grade: ExerciseGrade, check: str) -> int:
    if not check:
        return sum(c.max_points for c in grade.checks)
    worth = {c.id: c.max_points for c in grade.checks}
    if check not in worth:
        raise click.UsageError(f"{grade.slug} has no check “{check}”; it has: {', '.join(worth)}")
    return worth[check]
