"""What was taken in, as a table in the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from grader.harmless import harmless, on_one_line
from grader.intake import Intake, LearnerFiles, Submission
from grader.intake.afterwards import absence
from grader.intake.identity import learner_id
from grader.intake.shown import joined, listed
from grader.text import Text, say

WIDE = 100  # columns


def print_intake(console: Console, intake: Intake, slugs: Sequence[str], lang: str) -> None:
    """First what was assigned, then what was not or wants a look, then the sum."""
    here = [one for one in intake.learners if one.id not in intake.absent]
    if any(one.submissions for one in here):
        console.print(_table(here, lang, wide=console.width >= WIDE))
        console.print()
    _list(console, say("Could not be assigned, or wants a look"), list(_open(intake, here)), lang)
    for text in (*absence(intake), *_sums(intake, here, slugs)):
        console.print(Styled(harmless(text.in_language(lang)), style="bold"))


def _table(learners: Sequence[LearnerFiles], lang: str, *, wide: bool) -> Table:
    """With a column for the kind of download where there are several and there is room."""
    wide = wide and len({one.layout for one in learners}) > 1
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    headings = [say("learner"), *([say("from")] if wide else []), say("exercise"), say("file"), say("why")]
    for heading in headings:
        table.add_column(heading.in_language(lang), overflow="fold")
    for learner in learners:
        who = [_who(learner), *([_layout(learner).in_language(lang)] if wide else [])]
        for one in learner.submissions:
            why = ", ".join(text.in_language(lang) for text in _why(one))
            style = "red" if one.error else ""
            table.add_row(*map(Styled, who), one.slug, Styled(on_one_line(one.file)), Styled(why, style=style))
            who = [""] * len(who)
    return table


def _layout(learner: LearnerFiles) -> Text:
    return layouts().get(learner.layout, Text.same(learner.layout))


def _who(learner: LearnerFiles) -> str:
    name = on_one_line(learner.name)
    return name if learner.id in (name, learner_id(learner.name)) else f"{name} ({learner.id})"


def _why(one: Submission) -> Iterator[Text]:
    yield _rules().get(one.rule, Text.same(one.rule))
    if one.late:
        yield say("late")
    if one.earlier:
        yield say("attempt {number}", number=len(one.earlier) + 1)
    if one.error:
        yield say("cannot be read")


def _rules() -> dict[str, Text]:
    """Why a file is for its exercise."""
    return {
        "exact": say("its name"),
        "spelling": say("its name, spelt otherwise"),
        "copy": say("its name, as a copy"),
        "words": say("a word in its name"),
        "folder": say("its folder"),
        "content": say("what it defines"),
    }


def layouts() -> dict[str, Text]:
    """What a layout is called."""
    return {
        "canvas": Text.same("Canvas"),
        "moodle": Text.same("Moodle"),
        "gradescope": Text.same("Gradescope"),
        "nbgrader": Text.same("nbgrader"),
        "github": Text.same("GitHub"),
        "by_owner_in_name": say("names in file names"),
        "by_owner_alone": say("names in file names"),
        "by_exercise_then_file": say("a folder for each exercise"),
        "by_exercise_then_folder": say("a folder for each exercise"),
        "one_learner": say("one learner's folder"),
        "folder_of_learners": say("a folder for each learner"),
        "": say("one learner's folder"),
    }


def _open(intake: Intake, here: Sequence[LearnerFiles]) -> Iterator[Text]:
    yield from intake.messages
    for learner in here:
        texts = [*learner.messages, *(text for one in learner.submissions for text in _of(one))]
        for text in texts:
            yield say("{name}: {text}", name=_who(learner), text=text)


def _of(one: Submission) -> tuple[Text, ...]:
    return (*one.messages, *((one.error,) if one.error else ()))


def _list(console: Console, heading: Text, texts: Sequence[Text], lang: str) -> None:
    if not texts:
        return
    console.print(Styled(heading.in_language(lang), style="bold yellow"))
    for text in texts:
        row = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
        row.add_column()
        row.add_column(overflow="fold")
        row.add_row("-", Styled(harmless(text.in_language(lang))))
        console.print(Padding(row, (0, 0, 0, 2)))
    console.print()


def _sums(intake: Intake, here: Sequence[LearnerFiles], slugs: Sequence[str]) -> Iterator[Text]:
    kinds = Counter(_layout(one) for one in here if one.layout != "roster").most_common()
    if kinds:
        counted = [say("{layout}: {count}", layout=layout, count=count) for layout, count in kinds]
        yield say("Learners by kind of download: {kinds}", kinds=joined(counted, "; "))
    beside = [f"{one.name}/{file}" for one in here for file in one.beside]
    if beside:
        yield say("Not read, because they are no programs: {count} ({files}).", count=len(beside), files=listed(beside))
    files = [one for learner in here for one in learner.submissions]
    each = Counter(one.slug for one in files)
    yield say(
        "Learners: {learners}. Files: {files} ({exercises}).",
        learners=len(intake.learners),
        files=len(files),
        exercises=", ".join(f"{slug} {each[slug]}" for slug in slugs if each[slug]) or "–",
    )


def as_json(intake: Intake, slugs: Sequence[str]) -> dict[str, Any]:
    """The same for other tools; texts in both languages."""
    return {
        "learners": [_learner(one, slugs, absent=one.id in intake.absent) for one in intake.learners],
        "messages": [text.to_json() for text in intake.messages],
    }


def _learner(learner: LearnerFiles, slugs: Sequence[str], *, absent: bool) -> dict[str, Any]:
    came = {one.slug for one in learner.submissions}
    return {
        "id": learner.id,
        "name": learner.name,
        "email": learner.email,
        "ids": dict(learner.ids),
        "layout": learner.layout,
        "absent": absent,
        "files": [_file(one) for one in learner.submissions],
        "missing": [slug for slug in slugs if slug not in came],
        "beside": list(learner.beside),
        "messages": [text.to_json() for text in learner.messages],
    }


def _file(one: Submission) -> dict[str, Any]:
    return {
        "exercise": one.slug,
        "file": one.file,
        "place": one.place,
        "rule": one.rule,
        "submitted_at": one.submitted_at or None,
        "late": one.late,
        "earlier": list(one.earlier),
        "error": one.error.to_json() if one.error else None,
        "messages": [text.to_json() for text in one.messages],
    }
