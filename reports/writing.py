"""Writes a class's grades as pages and files; one call, nothing is run."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.grades import BESIDE_FORMAT, ClassGrade, LearnerGrade, Picture, Profile, Record, Timing
from grader.harmless import escaped
from grader.text import Text
from grader.wholefile import put, put_pieces
from reports.analysis import analyse
from reports.analysis.attempts import attempts_in
from reports.class_page import class_page
from reports.learner_page import learner_page
from reports.learner_rows import list_links, list_pages
from reports.pages import Pages
from reports.pictures import Figure, draw
from reports.spending import spending
from reports.statistics import exercise_statistics
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
    fields = {f.name: getattr(klass, f.name) for f in dataclasses.fields(klass)}
    put_pieces(written.grades_json, json_lines(fields))
    put(written.grades_csv, csv_text(klass).encode("utf-8-sig"))  # spreadsheets take it for Latin-1 without the mark
    timings, profile = ledger.account() if ledger else (timings, None)
    if written.timings_json:
        put(written.timings_json, json_bytes(_timings(timings, profile)))
    else:
        (out / "timings.json").unlink(missing_ok=True)  # one of an earlier run would belong to other grades
    analysis = analyse(klass, timings, attempts_in(out / "attempts.json"))
    put(written.analysis_json, json_bytes(analysis.to_json()))
    spent = spending(klass, timings, profile, lang) if profile else None
    put(written.index, pages.render("class.html", class_page(klass, lang, spent, analysis)).encode())
    _write_lists(pages, klass, out / "lists", lang)
    return written


def _write_lists(pages: Pages, klass: ClassGrade, folder: Path, lang: str) -> None:
    """Plain pages of all learners, where the class page does not hold them; those of an earlier run are taken away."""
    wanted = {link.href for link in list_links(len(klass.learners))}
    for old in folder.glob("*.html") if folder.is_dir() else ():
        if old.name not in wanted and old.stem.isdecimal():
            old.unlink()
    if not wanted:
        with suppress(OSError):
            folder.rmdir()
        return
    folder.mkdir(exist_ok=True)
    for page in list_pages(klass, exercise_statistics(klass), lang):
        put(folder / f"{page.number}.html", pages.render("list.html", page).encode())


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


def json_bytes(data: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, a line for each entry of the outer lists; what is no number becomes null.

    What nobody can see in it is escaped, so that whoever prints the file to a terminal sees it as it is. The same data give the same bytes, and two versions can be compared line by line.
    """
    return b"".join(json_lines(data))


def json_lines(data: Mapping[str, Any]) -> Iterator[bytes]:
    """The same piece by piece; of records, each is turned into JSON when its turn comes, so that a large class fits."""
    for n, key in enumerate(sorted(data)):
        yield f"{',' if n else '{'}\n{_dumped(key)}: ".encode()
        yield from _value(data[key])
    yield b"\n}\n" if data else b"{\n\n}\n"


def _value(value: Any) -> Iterator[bytes]:
    if not isinstance(value, (list, tuple)) or not value:
        yield _line(value)
        return
    for n, entry in enumerate(value):
        yield b",\n" if n else b"[\n"
        yield _line(entry)
    yield b"\n]"


def _line(value: Any) -> bytes:
    return escaped(_dumped(value.to_json() if isinstance(value, (Record, Text)) else value)).encode()


def _dumped(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    except ValueError:  # seldom, so it is not looked for beforehand
        return json.dumps(_finite(value), ensure_ascii=False, sort_keys=True, allow_nan=False)


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
