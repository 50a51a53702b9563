"""Writes what was taken in as a clean folder: nbgrader's ``submitted/<student>/<assignment>/``, and a roster."""

from __future__ import annotations

import csv
from pathlib import Path

from grader.intake.matching import take_apart
from grader.intake.nbgrader import LATE, STAMP, SUBMITTED, WORDS
from grader.intake.submissions import Intake, LearnerFiles

HEADER = ("student id", "name", "email", "login", "canvas id", "github username")
SYSTEMS = ("login", "canvas", "github")
FORMULA = ("=", "+", "-", "@", "\t")


def write_out(intake: Intake, folder: Path) -> int:
    """How many files were written. A learner's folder is called after the id. Raises OSError."""
    count = 0
    for learner in intake.learners:
        home = folder / SUBMITTED / learner.id
        home.mkdir(parents=True, exist_ok=True)
        for one in learner.submissions:
            if one.data is None:
                continue
            place = home / one.slug
            place.mkdir(exist_ok=True)
            (place / f"{one.slug}{take_apart(one.file).ending}").write_bytes(one.data)
            if one.submitted_at:
                (place / STAMP).write_text(f"{one.submitted_at}\n", encoding="utf-8")
            if one.late is not None:
                (place / LATE).write_text(f"{WORDS[one.late]}\n", encoding="utf-8")
            count += 1
    with (folder / "roster.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_row(learner) for learner in intake.learners)
    return count


def _row(learner: LearnerFiles) -> list[str]:
    ids = dict(learner.ids)
    cells = [learner.id, learner.name, learner.email, *(ids.get(system, "") for system in SYSTEMS)]
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]  # no spreadsheet computes a name
