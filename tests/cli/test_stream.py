"""The command's output in a terminal and in a service's log, whoever wrote the words in it."""

from __future__ import annotations

import io
import re
import sys

import click
import pytest
from rich.console import Console
from rich.progress import Progress

from grader.cli.stream import Guarded, guarded
from grader.cli.terminal import print_grade
from grader.grades import (
    CellRecord,
    CheckResult,
    ExerciseGrade,
    Finding,
    Mistake,
    Outcome,
    Parting,
    RunRecord,
    Status,
    StepRow,
)
from grader.text import Text
from tests.hostile.screen import Screen, commands

NASTY = (
    "\x1b[2J\x1b[H\x1b]0;owned\x07\x1b]52;c;cm0=\x07\x1b]8;;http://evil\x07link\x1b]8;;\x07\x1b[8mhidden\x1b[0m",
    "\x9b2J\x9d0;owned\x9c\x00\x07\x08\x7f\x85",
    "\u202egnp.exe\u2066\u200b\u2028",
    "::error file=app.py::owned\n::stop-commands::x\n  ::set-output name=a::b\n##[error]x\n##vso[task.complete]",
    "section_start:1:x\r\x1b[0Ksection_end:1:x\r\x1b[0K",
    "[bold red]markup[/] [link=http://evil]x[/link]",
    "a" * 75 + " ::error::wrapped " + "b" * 300,
    "\ud800 half",
    "e" + "\u0301" * 1000,
)


def grade(words: str) -> ExerciseGrade:
    """One with these words wherever a learner's may stand."""
    text = Text.same(words)
    finding = Finding(
        text,
        text,
        text,
        text,
        words,
        Mistake("m", text),
        (text,),
        words,
        Parting((StepRow(words, words, words, True),), text),
    )
    check = CheckResult("c", text, True, Outcome.FAILED, 2, finding, (text,), (), (text,))
    run = RunRecord((CellRecord(1, words, words, 1, "", (text,)),), words, 9, (text,))
    return ExerciseGrade("rank", text, Status.GRADED, words, "", (text,), (check,), run)


@pytest.mark.parametrize("colours", [True, False])
@pytest.mark.parametrize("words", NASTY)
def test_a_grade_neither_steers_the_terminal_nor_commands_the_service(words, colours, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    with guarded():
        print_grade(Console(force_terminal=colours, width=80), grade(words), "en")
    screen = Screen.showing(out.getvalue())
    assert screen.steered == []
    assert commands(out.getvalue()) == []
    assert "0 of 2 points" in " ".join(screen.text.split())
    assert "markup" not in words or "[bold red]markup[/]" in screen.text


@pytest.mark.parametrize("words", NASTY)
def test_the_scan_would_have_seen_it(words):
    """Without the cleaning each of these does something, but markup, which only rich reads, and a tower of marks."""
    screen = Screen.showing(words)
    wrapped = re.sub("(.{76})", r"\1\n", words)
    assert screen.steered or commands(words) or commands(wrapped) or "markup" in words or "\u0301" * 9 in words


def test_messages_of_any_part_of_the_command_are_guarded(capfd):
    with guarded():
        click.echo("::error::x\x1b[2J")
        click.echo("##[error]\u202e", err=True)
        Console(stderr=True).print("::debug::y")
    out, err = capfd.readouterr()
    assert out == ": :error::x\n"
    assert err == "# #[error]\\u202e\n: :debug::y\n"


def test_the_progress_bar_and_colours_come_through():
    out = io.StringIO()
    console = Console(file=Guarded(out), force_terminal=True, width=60)
    with Progress(console=console) as progress:
        progress.add_task("grading", total=2)
        console.print("red", style="bold red")
    assert "\x1b[1;31mred\x1b[0m" in out.getvalue()
    ours = {"erase_in_line", "cursor_up", "set_mode", "reset_mode"}
    assert set(Screen.showing(out.getvalue()).steered) <= ours


def test_only_we_ourselves_empty_the_screen():
    out = io.StringIO()
    stream = Guarded(out)
    stream.write("\x1b[2J\x1b[H")
    assert "\x1b" not in out.getvalue()
    stream.clear()
    assert out.getvalue().endswith("\x1b[2J\x1b[H")


def test_a_terminal_that_lacks_a_letter_does_not_stop_the_command():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    Guarded(stream).write("✓ 김\ud800")
    assert raw.getvalue() == b"\\u2713 \\uae40\\ud800"


def test_click_does_not_go_past_it_where_the_terminal_speaks_ascii(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    with guarded():
        click.echo("::error::김")
        sys.stdout.buffer.write(b"::a file is written as it is")
    assert raw.getvalue() == b": :error::\\uae40\n::a file is written as it is"
