"""Whatever a learner prints or names is shown harmlessly: in pages, tables, JSON, exports, terminals and CI logs."""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from jinja2 import Environment, PackageLoader
from rich.console import Console

import reports
from grader.cli.stream import guarded
from grader.cli.terminal import print_grade, say_line
from grader.course import default_root, load_course
from grader.grades import ClassGrade, ExerciseGrade, LearnerGrade
from reports.formats import FORMATS, Wishes
from reports.learner_page import learner_page
from tests.hostile import names
from tests.hostile.attack import every
from tests.hostile.conftest import Batches
from tests.hostile.pages import CANARY, misdeeds
from tests.hostile.screen import Screen, commands
from tests.reports.browser import Browser, chromium
from tests.reports.sample_class import CAPSULE
from tests.reports.test_data_files import schema

MOODLE = "Identifier,Full name,Grade,Maximum Grade,Grade can be changed,When,Feedback comments\n"
META = dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), "x") | {
    "submission": "submit/1", "datetime": "2026-11-22T01:02:03Z", "assignment_type": "individual"
}  # fmt: skip
FORMULA = re.compile(r"""^[\s'"]*[=+\-@＝＋－＠]""")
NUMBER = re.compile(r"-?\d+(\.\d+)?|-")
STRANGE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.fixture(scope="session")
def klass(batches: Batches, tmp_path_factory: pytest.TempPathFactory) -> ClassGrade:
    """Every attack's grade, handed in by learners with nasty names, their files named nastily too."""
    folder = tmp_path_factory.mktemp("names")
    slugs = load_course(default_root()).slugs
    learners = [*names.zipped(folder, slugs), *names.on_disk(folder, slugs)]
    assert len(learners) >= 2 * len(names.NASTY) - 4
    batch = next(b for b in batches.values() if any(name.startswith("showing/") for name in b.came))
    grades = [
        ExerciseGrade.from_json(c.grade) for _, c in sorted(batch.came.items(), key=lambda i: "showing" not in i[0])
    ]
    made = []
    for n, (who, grade) in enumerate(zip(itertools.cycle(learners), grades, strict=False)):
        nasty = who.submissions[0].file if who.submissions else who.name
        made.append(LearnerGrade(f"{n}-{who.id}", who.name, (dataclasses.replace(grade, file=nasty),), who.messages))
    for who in learners[len(made) :]:
        made.append(LearnerGrade(f"n-{len(made)}-{who.id}", who.name, (grades[0],), who.messages))
    return ClassGrade(reports_title(), CAPSULE, tuple(made))


def reports_title():
    return load_course(default_root()).title


@pytest.fixture(scope="session")
def shown(klass: ClassGrade) -> list[LearnerGrade]:
    """Those that attack by what they show."""
    count = sum(a.group == "showing" for a in every())
    assert count >= 15
    return list(klass.learners[:count])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_in_a_browser_nothing_runs_nothing_leaves_and_nothing_is_covered(lang, klass, shown, browser, tmp_path):
    small = dataclasses.replace(klass, learners=tuple(shown))
    written = reports.write(small, tmp_path, lang=lang)
    found = {path.name: misdeeds(browser, path, width=360) for path in (written.index, *written.learners)}
    assert {name: deeds for name, deeds in found.items() if deeds} == {}


def test_in_a_browser_every_name_is_harmless(klass, browser, tmp_path):
    written = reports.write(klass, tmp_path, lang="en")
    links = set()
    for path in (written.index, *sorted((tmp_path / "lists").glob("*.html"))):
        assert misdeeds(browser, path) == []
        with browser.open(path) as page:
            links |= set(page.evaluate("[...document.querySelectorAll('a[href*=\"learners/\"]')].map(a => a.href)"))
            if path == written.index:  # the rows that the script makes, not those that were written
                page.evaluate("document.querySelector('.sort').click(), document.querySelector('#see-checks').click()")
                links |= set(page.evaluate("[...document.querySelectorAll('tbody th a')].map(a => a.href)"))
                assert page.complaints() == []
    assert links == {path.absolute().as_uri() for path in written.learners}


@pytest.mark.parametrize("policy", [True, False])
def test_the_scan_sees_what_a_page_without_escaping_does(policy, klass, shown, browser, tmp_path):
    """The same templates without escaping, with and without the content security policy."""
    bare = Environment(loader=PackageLoader("reports"), autoescape=False, trim_blocks=True)
    nasty = next(x for x in shown if "</pre></details><script>" in x.exercises[0].run.output)
    source = bare.get_template("learner.html").render(page=learner_page(klass, nasty, "en"))
    if not policy:
        source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    source = source.replace("http-equiv=refresh", "")  # else it is gone before it was looked at
    (tmp_path / "bare.html").write_text(source, encoding="utf-8", errors="replace")
    deeds = "\n".join(misdeeds(browser, tmp_path / "bare.html"))
    wanted = ["handler", "scripts that are not", "foreign elements", "leads to", "went to about:srcdoc"]
    wanted += ["console: "] if policy else [f"alert {CANARY}", "request: http://canary.invalid/"]
    assert [word for word in wanted if word not in deeds] == [], deeds


def cells(text: str, delimiter: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter):
        yield from row


def tables(klass: ClassGrade, tmp_path) -> dict[str, str]:
    """Every table that we write, as text."""
    people = "".join(f'Participant {n},"{n}",,10,Yes,-,\n' for n, _ in enumerate(klass.learners))
    made = {
        name: FORMATS[name]
        .export(klass, Wishes(given=MOODLE + people if name == "moodle-worksheet" else ""))
        .files[0]
        .text
        for name in ("canvas", "moodle-gradebook", "nbgrader", "moodle-worksheet")
    }
    return {**made, "grades.csv": reports.write(klass, tmp_path, lang="en").grades_csv.read_text(encoding="utf-8-sig")}


def test_no_cell_of_a_table_computes_hides_or_breaks_a_row(klass, tmp_path):
    for name, text in tables(klass, tmp_path).items():
        for cell in cells(text, ","):
            computes = FORMULA.match(cell) and not cell.startswith("'") and not NUMBER.fullmatch(cell)
            assert not computes, (name, cell)
            assert not {unicodedata.category(c) for c in cell} & STRANGE, (name, cell)


def test_a_table_computes_nothing_where_semicolons_part_cells(klass, tmp_path):
    text = tables(klass, tmp_path)["grades.csv"]
    assert [
        c
        for c in cells(text, ";")
        if FORMULA.match(c) and not c.lstrip("\"' ,").startswith("'") and not c.startswith("'")
    ] == []


def test_the_scan_sees_a_cell_without_its_guard(klass):
    out = io.StringIO()
    csv.writer(out).writerows([[x.name, x.exercises[0].file] for x in klass.learners])
    assert sum(FORMULA.match(c) is not None for c in cells(out.getvalue(), ",")) >= 5


def test_grades_json_is_utf_8_fits_its_schema_and_hides_nothing(klass, tmp_path):
    data = reports.write(klass, tmp_path, lang="en").grades_json.read_bytes().decode("utf-8", "strict")
    jsonschema.validate(json.loads(data), schema("grades"))
    assert {unicodedata.category(c) for c in data if c != "\n"} & STRANGE == set()
    assert commands(data) == []


@pytest.mark.parametrize("name", ["gradescope", "github-classroom", "classroom50", "junit", "markdown"])
def test_what_other_systems_read_is_well_formed_and_hides_nothing(name, klass):
    for learner in klass.learners:
        alone = dataclasses.replace(klass, learners=(learner,))
        text = FORMATS[name].export(alone, Wishes(meta=META)).files[0].text
        strange = {c for c in text if unicodedata.category(c) in STRANGE} - {"\n", "\u2060", "\u200c", "\u200d"}
        assert not strange, (learner.id, strange)
        if name == "junit":
            assert ET.fromstring(text).tag == "testsuites"
        elif name == "markdown":
            assert not re.search(r"(?<!\\)[<>]|(?<!\\)\]\(|(?<![\\&])!\[", text.replace("\n> ", "\n"))
        else:
            assert json.loads(text)["tests"]


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("colours", [True, False])
def test_the_terminal_is_not_steered_and_the_service_not_commanded(lang, colours, klass, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    with guarded():
        console = Console(force_terminal=colours, width=80)
        for learner in klass.learners:
            for message in learner.messages:
                say_line(console, message, lang)
            print_grade(console, learner.exercises[0], lang)
    assert commands(out.getvalue()) == []
    assert Screen.showing(out.getvalue()).steered == []


def test_the_scan_sees_what_the_same_grades_do_to_a_bare_terminal(shown):
    bare = "\n".join(json.dumps(x.to_json(), ensure_ascii=False) for x in shown)
    words = bare.replace("\\u001b", "\x1b").replace("\\n", "\n").replace("\\\\", "\\")
    assert len(set(commands(words))) >= 5
    assert len(set(Screen.showing(words).steered)) >= 3
