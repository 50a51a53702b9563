"""How much is fuzzed, and what every fuzz test holds to: no hang, no file outside, a verdict that names the file.

`make fuzz` sets GRADETAPE_FUZZ=long: then each test takes the larger of its two numbers, and seeds of its own.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

from grader.errors import BadSubmission
from grader.intake.sources import read_cells
from tests.intake.made import SLUGS, TINY, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.intake import Intake

LONG = os.environ.get("GRADETAPE_FUZZ") == "long"
MOST_CPU_S = 20  # of one example, which needs a hundredth of it


def examples(short: int, long: int) -> settings:
    """So many of them; the short run is the same every time."""
    return settings(
        max_examples=long if LONG else short,
        deadline=None,
        derandomize=not LONG,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    )


@contextlib.contextmanager
def no_hang() -> Iterator[None]:
    """By computing time, so that a busy machine does not decide."""
    began = time.process_time()
    yield
    assert time.process_time() - began < MOST_CPU_S


def taken(data: bytes, name: str = "class.zip") -> Intake:
    """From one file; makes sure that nothing was written, and that everything unread is named."""
    with tempfile.TemporaryDirectory() as place:
        box = Path(place) / "in" / name
        box.parent.mkdir()
        box.write_bytes(data)
        with no_hang():
            intake = take(box, limits=TINY)
        assert [str(p.relative_to(place)) for p in sorted(Path(place).rglob("*"))] == ["in", f"in/{name}"]
    sound(intake)
    return intake


def sound(intake: Intake) -> None:
    """Every learner has something graded or something said; every submission is read, or refused with its name."""
    ids = [one.id.casefold() for one in intake.learners]
    assert len(set(ids)) == len(ids)
    assert intake.learners or intake.messages
    for learner in intake.learners:
        assert learner.submissions or learner.messages
        slugs = [s.slug for s in learner.submissions]
        assert slugs == sorted(set(slugs), key=SLUGS.index)
        for submission in learner.submissions:
            assert (submission.data is None) == (submission.error is not None)
            assert "\n" not in submission.file
            if submission.data is not None:
                readable(submission.file, submission.data)


def readable(file: str, data: bytes) -> None:
    """Cells come out, or the refusal names the file."""
    with no_hang():
        try:
            cells = read_cells(file, data)
        except BadSubmission as bad:
            refused = bad.text
        else:
            assert len(cells.code) == len(cells.starts)
            for code in cells.code:
                code.encode("utf-8")
                assert not set(code) & set("\0\r")
            return
    assert file in refused.en
    assert file in refused.ko
