"""Writes a class's grades as pages and files; one call, nothing is run."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.grades import BESIDE_FORMAT, ClassGrade, LearnerGrade, Picture, Profile, Timing
from grader.harmless import escaped
from grader.wholefile import put
from reports.analysis import analyse
from reports.analysis.attempts import attempts_in
from reports.class_page import class_page
from reports.learner_page import learner_page
from reports.pages import Pages
from reports.pictures import Figure, draw
from reports.spending import spending
from reports.tables import csv_text

_UNSAFE = ("/", "\\", "\0", ":")


@dataclass(frozen=True)
class Written:
    """Where everything is."""

    index: Path
    learners: tuple[Path, ...]  # in the order of the class
    grades_json: Path
    grades_csv: Path
    analysis_json: Path
    timings_json: Path | None  # None where there were no timings


class Ledger(Protocol):
    """Whoever keeps account of the time that the reports take."""

    def page(self, learner: str) -> AbstractContextManager[None]:
        """Around the making of a learner's page."""

    def picture(self) -> AbstractContextManager[None]:
        """Around the drawing of a picture on it."""

    def account(self) -> tuple[Sequence[Timing], Profile]:
        """The timings and the profile of the whole run up to now."""


def write(
    klass: ClassGrade, out: Path, *, lang: str, timings: Sequence[Timing] = (), ledger: Ledger | None = None
) -> Written:
    """Writes ``index.html``, ``learners/<id>.html``, ``grades.json``, ``grades.csv``, ``analysis.json`` and, given timings, ``timings.json``.

    A ``ledger`` says where the time went, on the class page and in ``timings.json``; its timings replace the others.
    Each file is replaced as a whole, so that a reader never meets half of one. The same grades give the same bytes.
    Raises ValueError where a learner's id cannot be a file name or is there twice, and OSError where ``out`` cannot be written.
    """
    _demand_file_names([learner.id for learner in klass.learners])
    (out / "learners").mkdir(parents=True, exist_ok=True)
    pages = Pages()
    learners = []
    for learner in klass.learners:
        path = out / "learners" / f"{learner.id}.html"
        put(path, _learner_page(pages, klass, learner, lang, ledger))
        learners.append(path)
    written = Written(
        index=out / "index.html",
        learners=tuple(learners),
        grades_json=out / "grades.json",
        grades_csv=out / "grades.csv",
        analysis_json=out / "analysis.json",
        timings_json=out / "timings.json" if timings else None,
    )
    put(written.grades_json, json_bytes(klass.to_json()))
    put(written.grades_csv, csv_text(klass).encode("utf-8-sig"))  # spreadsheets take it for Latin-1 without the mark
    timings, profile = ledger.account() if ledger else (timings, None)
    if written.timings_json:
        put(written.timings_json, json_bytes(_timings(timings, profile)))
    else:
        (out / "timings.json").unlink(missing_ok=True)  # one of an earlier run would belong to other grades
    analysis = analyse(klass, timings, attempts_in(out / "attempts.json"))
    put(written.analysis_json, json_bytes(analysis.to_json()))
    spent = spending(klass, timings, profile, lang) if profile else None
    put(written.index, pages.render("class.html", class_page(klass, lang, spent)).encode())
    return written


def _learner_page(pages: Pages, klass: ClassGrade, learner: LearnerGrade, lang: str, ledger: Ledger | None) -> bytes:
    if ledger is None:
        return pages.render("learner.html", learner_page(klass, learner, lang)).encode()

    def draw_on_account(picture: Picture, key: str, lang: str) -> Figure:
        with ledger.picture():
            return draw(picture, key, lang)

    with ledger.page(learner.id):
        return pages.render("learner.html", learner_page(klass, learner, lang, draw_on_account)).encode()


def _timings(timings: Sequence[Timing], profile: Profile | None) -> dict[str, Any]:
    data = {"format": BESIDE_FORMAT, "timings": [t.to_json() for t in timings]}
    return {**data, "profile": profile.to_json()} if profile else data


def json_bytes(data: dict[str, Any]) -> bytes:
    """JSON with sorted keys, a line for each entry of the outer lists; what is no number becomes null.

    What nobody can see in it is escaped, so that whoever prints the file to a terminal sees it as it is. The same data give the same bytes, and two versions can be compared line by line.
    """
    entries = [f"{_dumped(key)}: {_lines(_finite(data[key]))}" for key in sorted(data)]
    text = "{\n" + ",\n".join(entries) + "\n}\n"
    return escaped(text).encode()


def _lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_dumped, value)) + "\n]"
    return _dumped(value)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _finite(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data


def _demand_file_names(ids: list[str]) -> None:
    for name in ids:
        if not name or name.startswith(".") or any(c in name for c in _UNSAFE):
            raise ValueError(f"the id {name!r} cannot be a file name")
    if len({name.casefold() for name in ids}) < len(ids):  # one file where case makes no difference
        raise ValueError("two learners have the same id")
