"""A grade in the terminal: expected, got, where, hint; colour is never the only sign."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from grader.grades import CellRecord, CheckResult, ExerciseGrade, Finding, Outcome, Parting
from grader.harmless import harmless, on_one_line
from grader.text import Text, say

SIGNS = {
    Outcome.PASSED: ("✓", "bold green"),
    Outcome.FAILED: ("✗", "bold red"),
    Outcome.ERRORED: ("!", "bold red"),
    Outcome.SKIPPED: ("-", "dim"),
    Outcome.FAULTED: ("?", "bold magenta"),
}


def print_grade(console: Console, grade: ExerciseGrade, lang: str) -> None:
    """One exercise with all its checks. Whatever a learner named or printed comes without codes for the terminal."""
    score = grade.score
    points = say("{points} of {max_points} points", points=score.points, max_points=score.max_points)
    console.print()
    console.print(
        Styled(f"{on_one_line(grade.title.in_language(lang))} ", style="bold"),
        Styled(f"({on_one_line(grade.file)}) " if grade.file else ""),  # in a notebook there is none
        Styled(points.in_language(lang)),
    )
    for message in (*grade.messages, *grade.run.notes):
        _line(console, message, lang, "yellow", 2)
    for cell in grade.run.cells:
        if cell.error:
            _stopped(console, cell, lang)
        for advice in cell.advice:
            words = advice if cell.error else say("Cell {number}. {text}", number=cell.number, text=advice)
            _line(console, words, lang, "yellow", 4 if cell.error else 2)
    for check in grade.checks:
        _check(console, check, lang)


def _stopped(console: Console, cell: CellRecord, lang: str) -> None:
    """Why a cell stopped, and the lines that led there."""
    stopped = say("Cell {number} stopped: {error}", number=cell.number, error=cell.error)
    if cell.line:
        stopped = say(
            "Cell {number} stopped at line {line}: {error}", number=cell.number, line=cell.line, error=cell.error
        )
    _line(console, stopped, lang, "yellow", 2)
    if cell.traceback:
        _line(console, Text.same(cell.traceback), lang, "dim", 4)


def _check(console: Console, check: CheckResult, lang: str) -> None:
    sign, style = SIGNS[check.outcome]
    line = Styled(f" {sign} ", style=style)
    line.append(on_one_line(check.title.in_language(lang)), style="default")
    line.append(f"  {check.points}/{check.max_points}", style="dim")
    console.print(line)
    if check.finding is not None and check.outcome is not Outcome.PASSED:
        _finding(console, check.finding, lang)
    for note in check.notes:
        _line(console, note, lang, "yellow", 4)
    if check.hints and check.outcome in (Outcome.FAILED, Outcome.ERRORED):
        _labelled(console, say("hint"), check.hints[0], lang, "cyan")


def _finding(console: Console, finding: Finding, lang: str) -> None:
    _line(console, finding.message, lang, "", 4)
    if finding.mistake:
        _line(console, finding.mistake.text, lang, "bold", 4)
    for label, text in (
        (say("expected"), finding.expected),
        (say("got"), finding.actual),
        (say("where"), finding.where),
        (say("call"), Text.same(finding.call) if finding.call else None),
    ):
        if text:
            _labelled(console, label, text, lang, "")
    if finding.steps:
        _steps(console, finding.steps, lang)
    for advice in finding.advice:
        _line(console, advice, lang, "yellow", 4)
    if finding.traceback:
        _line(console, Text.same(finding.traceback), lang, "dim", 4)


def _steps(console: Console, steps: Parting, lang: str) -> None:
    """A row for each step; an arrow at the first that differs."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("", say("step"), say("expected"), say("yours")):
        table.add_column(
            head if isinstance(head, str) else head.in_language(lang), overflow="fold", header_style="bold"
        )
    for row in steps.rows:
        cells = ("→" if row.parts else "", row.step, row.expected, row.actual or "…")
        table.add_row(*(Styled(harmless(cell)) for cell in cells), style="bold red" if row.parts else "")
    console.print(Padding(table, (0, 0, 0, 4)))
    if steps.note:
        _line(console, steps.note, lang, "", 4)


def _labelled(console: Console, label: Text, text: Text, lang: str, style: str) -> None:
    head = label.in_language(lang)
    body = Styled(f"{head}: ", style="bold " + style)
    lines = harmless(text.in_language(lang)).split("\n")
    if len(lines) > 1:
        body.append("\n  " + "\n  ".join(lines), style="not bold")
    else:
        body.append(lines[0], style="not bold " + style)
    console.print(Padding(body, (0, 0, 0, 4)))


def _line(console: Console, text: Text, lang: str, style: str, indent: int) -> None:
    console.print(Padding(Styled(harmless(text.in_language(lang)), style=style), (0, 0, 0, indent)))


def say_line(console: Console, text: Text, lang: str) -> None:
    """One message beside the grades."""
    console.print(Styled(harmless(text.in_language(lang)), style="yellow"))
