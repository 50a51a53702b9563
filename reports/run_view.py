"""What a learner's file did when it ran, as their page shows it: where it stopped, and what it printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.grades import CellRecord, RunRecord
from grader.text import Text, say
from reports.plain import cut, head_and_tail

MAX_SENTENCE = 1_500
MAX_TRACEBACK = 4_000
MAX_OUTPUT = 20_000  # characters of a learner's printing; the rest is seldom read and makes pages heavy
MAX_STOPS = 2  # more stand folded: the later ones mostly follow from the first

KILO, MEGA = 1_000, 1_000_000
NOT_RUN = "not run"  # what the engine says of a cell that was never started
PROCESS_ENDED = "the process ended"


@dataclass(frozen=True)
class Stop:
    """A cell that did not run through."""

    title: str
    error: str
    traceback: str
    advice: tuple[str, ...]


@dataclass(frozen=True)
class RunView:
    """What the file did when it ran; "" and () where there is nothing to say."""

    stops: tuple[Stop, ...]
    more_stops: tuple[Stop, ...]
    more_title: str
    notes: tuple[str, ...]
    output: str
    output_tail: str  # "" where the whole output is shown
    output_size: str
    left_out: str


def run_view(run: RunRecord, lang: str) -> RunView:
    """The view of one run in one language."""
    output, tail = head_and_tail(run.output, MAX_OUTPUT)
    stops = tuple(_stop(cell, lang) for cell in stopped_cells(run))
    more = len(stops) - MAX_STOPS
    return RunView(
        stops=stops[:MAX_STOPS],
        more_stops=stops[MAX_STOPS:],
        more_title=say("{n} more cells did not run to their end", n=more).in_language(lang) if more > 0 else "",
        notes=sentences([*run.notes, *_not_run(run), *_said_of_cells(run)], lang),
        output=output,
        output_tail=tail,
        output_size=_size(max(run.output_bytes, len(run.output.encode(errors="replace")))),
        left_out=say("The middle is left out here.").in_language(lang) if tail else "",
    )


def _said_of_cells(run: RunRecord) -> list[Text]:
    """What is to be said of cells that ran to their end: old spellings, silent bugs."""
    stopped = {cell.number for cell in stopped_cells(run)}
    return [
        say("Cell {number}. {text}", number=cell.number, text=text)
        for cell in run.cells
        if cell.number not in stopped
        for text in cell.advice
    ]


def stopped_cells(run: RunRecord) -> list[CellRecord]:
    """Those that began and did not run to their end."""
    return [cell for cell in run.cells if (cell.error or cell.limit) and cell.error != NOT_RUN]


def stop_title(cell: CellRecord) -> Text:
    """Which cell stopped where, and at which limit if at one."""
    limits = {
        "cpu": say("Cell {number} was stopped: it computed for too long.", number=cell.number),
        "idle": say("Cell {number} was stopped: it waited for too long.", number=cell.number),
        "memory": say("Cell {number} was stopped: it needed too much memory.", number=cell.number),
        "output": say("Cell {number} was stopped: it printed too much.", number=cell.number),
        "processes": say("Cell {number} was stopped: it started too many processes.", number=cell.number),
        "disk": say("Cell {number} was stopped: it wrote too many files.", number=cell.number),
    }
    if cell.limit in limits:
        return limits[cell.limit]
    if cell.error == PROCESS_ENDED:
        return say("Cell {number} ended the whole program.", number=cell.number)
    if cell.line is None:
        return say("Cell {number} did not run to its end.", number=cell.number)
    return say("Cell {number} stopped at line {line}.", number=cell.number, line=cell.line)


def stop_error(cell: CellRecord) -> str:
    """The exception; "" where the title says it all."""
    return "" if cell.limit or cell.error == PROCESS_ENDED else cut(cell.error, MAX_SENTENCE)


def sentences(texts: Iterable[Text], lang: str) -> tuple[str, ...]:
    """Each in ``lang``, and none longer than anyone reads."""
    return tuple(cut(text.in_language(lang), MAX_SENTENCE) for text in texts)


def _stop(cell: CellRecord, lang: str) -> Stop:
    return Stop(
        title=stop_title(cell).in_language(lang),
        error=stop_error(cell),
        traceback=cut(cell.traceback, MAX_TRACEBACK),
        advice=sentences(cell.advice, lang),
    )


def _not_run(run: RunRecord) -> list[Text]:
    numbers = [str(cell.number) for cell in run.cells if cell.error == NOT_RUN]
    return [say("Not run any more: cell {numbers}.", numbers=", ".join(numbers))] if numbers else []


def _size(size_bytes: int) -> str:
    if size_bytes >= MEGA:
        return f"{size_bytes / MEGA:.1f} MB"
    return f"{size_bytes / KILO:.0f} kB" if size_bytes >= KILO else f"{size_bytes} B"
