"""``grader hint``, ``grader progress`` and ``grader reset``: a student's way through the course."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from grader.cli.options import course_option, course_to_grade, language_option, the_exercise
from grader.course import Exercise, load_checks
from grader.errors import AuthorError
from grader.homework import Homework, Standing
from grader.text import Text, say


@click.command()
@click.argument("slug", metavar="SLUG")
@course_option
@language_option
def hint(slug: str, course_dir: Path | None, lang: str) -> None:
    """Show a hint for the first check of SLUG that does not pass yet. Each call says a little more, three times; never the solution."""
    course = course_to_grade(course_dir)
    exercise = the_exercise(course, slug, lang)
    homework = Homework.open(Path(), course)
    for line in next_hint(homework, exercise):
        click.echo(line.in_language(lang))
    homework.save()


def next_hint(homework: Homework, exercise: Exercise) -> list[Text]:
    """The lines of the next hint, and notes that it was shown."""
    standing = homework.standing(exercise.slug)
    try:
        return _hint(homework, exercise, standing)
    except AuthorError as wrong:
        return [broken_files(exercise, str(wrong))]


def broken_files(exercise: Exercise, why: str) -> Text:
    """What a student is told of an exercise that nobody can work on before its author has mended it."""
    return say(
        "The files of the exercise {slug} are broken; that is not your fault. Tell whoever teaches you: {why}",
        slug=exercise.slug,
        why=exercise.broken or why,
    )


def _hint(homework: Homework, exercise: Exercise, standing: Standing) -> list[Text]:
    if exercise.broken:
        return [broken_files(exercise, exercise.broken)]
    checks = {c.id: c for c in load_checks(exercise) if c.public}
    if standing.done:
        return [say("Every public check of {slug} passes. There is nothing to hint at.", slug=exercise.slug)]
    check = checks.get(standing.open) or next(iter(checks.values()))
    hints = exercise.texts.hints(check.id)
    count = min(standing.hints + 1, len(hints))
    homework.hinted(exercise.slug, check.id, count)
    title = exercise.texts.title(check.id, check.title)
    lines = [say("{title}: hint {n} of {of}", title=title, n=count, of=len(hints)), *hints[:count]]
    if standing.hints >= len(hints):
        lines.append(say("There are no more hints. Show your file and this message to somebody who teaches you."))
    return lines


@click.command()
@course_option
@language_option
def progress(course_dir: Path | None, lang: str) -> None:
    """Show what is done, what is next, and the points, as of your last checks in this folder."""
    course = course_to_grade(course_dir)
    show_progress(Console(), Homework.open(Path(), course), lang)


def show_progress(console: Console, homework: Homework, lang: str, current: str = "") -> None:
    """A line for each exercise of the course; a sign and words, not colour alone."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for whole in (True, False, False, True):
        table.add_column(no_wrap=whole, overflow="fold")
    for exercise in homework.course.exercises:
        table.add_row(*_row(homework, exercise, lang, current))
    console.print(table)
    done = sum(homework.standing(e.slug).done for e in homework.course.exercises)
    total = len(homework.course.exercises)
    following = homework.next()
    summary = say("{done} of {total} exercises done.", done=done, total=total).in_language(lang)
    if following:
        summary += " " + say("Next: {slug}", slug=following.slug).in_language(lang)
    console.print(summary, markup=False, highlight=False)


def _row(homework: Homework, exercise: Exercise, lang: str, current: str) -> tuple[str, str, str, str]:
    standing = homework.standing(exercise.slug)
    if exercise.broken:
        sign, word = "?", say("broken; not your fault")
    elif standing.done:
        sign, word = "✓", say("done")
    elif standing.max_points:
        sign, word = "…", say("begun")
    else:
        sign, word = " ", say("not checked yet")
    points = f"{standing.points}/{standing.max_points}" if standing.max_points else ""
    mark = ">" if exercise.slug == current else " "
    return f"{mark}{sign} {exercise.slug}", exercise.title.in_language(lang), word.in_language(lang), points


@click.command()
@click.argument("slug", metavar="SLUG")
@click.option("--notebook/--script", default=None, help="Notebook or script. Default: what you have.")
@course_option
@language_option
def reset(slug: str, notebook: bool | None, course_dir: Path | None, lang: str) -> None:
    """Start SLUG anew. Your work is kept beside it as SLUG.py.old."""
    course = course_to_grade(course_dir)
    exercise = the_exercise(course, slug, lang)
    homework = Homework.open(Path(), course)
    click.echo(start_anew(homework, exercise, notebook, lang).in_language(lang))
    homework.save()


def start_anew(homework: Homework, exercise: Exercise, notebook: bool | None, lang: str) -> Text:
    """Resets one exercise -> what to tell the student."""
    mine = homework.file_of(exercise)
    same = mine.suffix if mine else ".py"
    suffix = same if notebook is None else ".ipynb" if notebook else ".py"
    try:
        kept = homework.reset(exercise, suffix, lang)
    except FileNotFoundError as error:
        return broken_files(exercise, f"{error.filename} is missing")
    if kept is None:
        return say("{file} is there, ready to fill in.", file=f"{exercise.slug}{suffix}")
    return say(
        "{file} is as it was at first; your work is kept in {kept}.", file=f"{exercise.slug}{suffix}", kept=kept.name
    )
