"""What a notebook remembers of the machine it ran on: printed losses and times, pictures, ids and moments.

Nothing here is run again: learners' own machines are seeded by nobody, so that two of them print the same rarely.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader.alike.model import Kind
from grader.errors import BadSubmission
from grader.intake.decoding import decode
from grader.intake.notebooks import looks_like_notebook, raw_cells

MOST_SIGNS = 400  # of one kind in one notebook
MOST_OUTPUT = 400_000  # characters of what a notebook printed
MOST_SHOWN = 160
LEAST_IMAGE = 500  # bytes; less is an icon
LOSSES, TIMES = 5, 6  # in a row
LEAST_TIMES, LEAST_LOSSES = 4, 3  # of them that differ, else they say nothing
LEAST_DIGITS = 8  # of a line that measures a time

SEEDS = re.compile(
    r"set_random_seed|set_seed|random\.seed|manual_seed|(?:default_rng|RandomState|PRNGKey)\(\s*\d|seed\s*="
)
LOSS = re.compile(r"\bloss\b\s*[:=]?\s*(\d+\.\d{3,}(?:e[-+]?\d+)?)")
STEP = re.compile(r"\d+\s?(?:us|µs|ms|s)/(?:step|epoch|sample)")
MEASURED = re.compile(r"CPU times: .*|Wall time: .*|.*± .* per loop.*")
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d{6,}(?:e[-+]?\d+)?")
BAR = re.compile(r"[━=>.]{4,}|\x1b\[[0-9;]*m|\s+")
ID = re.compile(r"(?=[^a-zA-Z]*[a-zA-Z])(?=\D*\d)[\w-]{8,64}")  # made by a machine: letters and figures
WORDS = re.compile(r"[a-z]{5}|[A-Z]{5}|-\d{1,3}$")  # made by a person: "matmul-3"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,}Z?|1\d{12}")


@dataclass(frozen=True)
class Sign:
    """Something that a submission holds and another might hold too."""

    kind: Kind
    key: str  # the same for the same thing
    shown: str
    cell: int = 0  # from 1 among code cells; 0: none


def signs_in(file: str, data: bytes) -> tuple[Sign, ...]:
    """The signs of a notebook; none of a program, nor of what cannot be read."""
    try:
        text = decode(file, data).text
        cells = raw_cells(file, text) if looks_like_notebook(text) else ()
    except BadSubmission:
        return ()
    found = list(itertools.chain(_of_metadata(cells), _of_outputs(cells), _of_counts(cells)))
    by_kind = {kind: [s for s in found if s.kind is kind][:MOST_SIGNS] for kind in Kind}
    return tuple(itertools.chain.from_iterable(by_kind.values()))


def _of_metadata(cells: Sequence[dict[str, Any]]) -> Iterator[Sign]:
    for number, cell in enumerate(cells, 1):
        about = cell.get("metadata")
        about = about if isinstance(about, dict) else {}
        for given in (cell.get("id"), about.get("id")):
            if isinstance(given, str) and ID.fullmatch(given) and not WORDS.search(given):
                yield Sign(Kind.CELL_ID, given, given, number)
        ran = about.get("executionInfo")
        ran = ran if isinstance(ran, dict) else {}
        user = ran.get("user")
        if isinstance(user, dict) and isinstance(user.get("userId"), str) and user["userId"]:
            yield Sign(Kind.ACCOUNT, _sum(user["userId"].encode("utf-8", "replace")), "", number)
        for moment in _moments(ran.get("timestamp"), about.get("execution"), about.get("ExecuteTime")):
            yield Sign(Kind.CLOCK, moment, moment, number)


def _moments(*places: object) -> Iterator[str]:
    """Moments to the millisecond: as Colab, JupyterLab and an extension write them."""
    for place in places:
        for value in place.values() if isinstance(place, dict) else (place,):
            if isinstance(value, (str, int)) and MOMENT.fullmatch(str(value)[:40]):
                yield str(value)


def _of_outputs(cells: Sequence[dict[str, Any]]) -> Iterator[Sign]:
    left = MOST_OUTPUT
    for number, cell in enumerate(cells, 1):
        outputs = cell.get("outputs")
        shown = [o for o in outputs if isinstance(o, dict)] if isinstance(outputs, list) else []
        text = "\n".join(map(_printed, shown))[:left]
        left -= len(text)
        yield from _of_text(text, number)
        for output in shown:
            yield from _of_images(output, number)


def _printed(output: dict[str, Any]) -> str:
    data = output.get("data")
    return _joined(output.get("text")) or _joined(data.get("text/plain") if isinstance(data, dict) else None)


def _joined(value: object) -> str:
    if isinstance(value, list):
        return "".join(v for v in value if isinstance(v, str))
    return value if isinstance(value, str) else ""


def _of_text(text: str, number: int) -> Iterator[Sign]:
    lines = [BAR.sub(" ", line).strip() for line in re.split(r"[\r\n\x08]+", text)]
    timed = [line[:MOST_SHOWN] for line in dict.fromkeys(lines) if STEP.search(line[:MOST_SHOWN])]
    for run in _runs(timed, TIMES):
        if len({m for line in run for m in STEP.findall(line)}) >= LEAST_TIMES:
            yield Sign(Kind.TIMING, "\n".join(run), f"{run[0]} … {run[-1]}", number)
    for line in (line[:MOST_SHOWN] for line in lines):
        if MEASURED.fullmatch(line) and sum(c.isdigit() for c in line) >= LEAST_DIGITS:
            yield Sign(Kind.TIMING, line, line, number)
    losses = [m[1] for line in dict.fromkeys(lines) if (m := LOSS.search(line[:MOST_SHOWN]))]
    for run in _runs(losses, LOSSES):
        if len(set(run)) >= LEAST_LOSSES:
            yield Sign(Kind.CURVE, " ".join(run), "loss " + ", ".join(run), number)
    for found in dict.fromkeys(NUMBER.findall(text)):
        yield Sign(Kind.NUMBER, found, found[:MOST_SHOWN], number)


def _runs(values: Sequence[str], length: int) -> Iterable[Sequence[str]]:
    return (values[i : i + length] for i in range(len(values) - length + 1))


def _of_images(output: dict[str, Any], number: int) -> Iterator[Sign]:
    data = output.get("data")
    for kind, body in (data if isinstance(data, dict) else output).items():
        if kind in ("image/png", "image/jpeg", "png", "jpeg"):
            try:
                image = base64.b64decode(_joined(body), validate=False)
            except (binascii.Error, ValueError):
                continue
            if len(image) >= LEAST_IMAGE:
                yield Sign(Kind.IMAGE, _sum(image), f"{len(image)} bytes", number)


def _of_counts(cells: Sequence[dict[str, Any]]) -> Iterator[Sign]:
    """In which order cells were run, where that was not simply from top to bottom."""
    counts = [c for cell in cells if isinstance(c := cell.get("execution_count"), int) and not isinstance(c, bool)]
    gaps = sum(b - a != 1 for a, b in itertools.pairwise(counts))
    if gaps > 1 and len(counts) > LOSSES:
        shown = " ".join(map(str, counts))
        yield Sign(Kind.COUNTS, shown, shown[:MOST_SHOWN])


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
