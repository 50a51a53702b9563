"""What holds for every page, in both languages: links, landmarks, names for what is seen, nothing from outside."""

from __future__ import annotations

import dataclasses
import json
import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

import reports
from reports import analysis_view, class_page, learner_page, learner_rows, words
from reports.learner_rows import LISTED, ROWS
from reports.pages import Pages
from tests.reports.crowd import crowd
from tests.reports.html_reader import Document, read
from tests.reports.sample_class import large_class


def every(pages: dict) -> list[tuple[str, Document]]:
    return [(path.name, page) for path, page in pages.items()]


def test_every_link_resolves(pages):
    for path, page in pages.items():
        for link in page.all("a"):
            place, _, anchor = unquote(link.attributes["href"]).partition("#")
            target = (path.parent / place).resolve() if place else path
            assert target.exists(), link.attributes
            assert not anchor or pages[target].by_id(anchor)


def test_the_class_page_links_to_every_learner(pages, written):
    index = pages[written.index]
    links = {unquote(a.attributes["href"]) for a in index.all("a")}
    assert {f"learners/{p.name}" for p in written.learners} <= links


def test_a_learners_page_leads_nowhere_and_names_nobody_else(pages, written, klass):
    for path in written.learners:
        assert all(a.attributes["href"].startswith("#") for a in pages[path].all("a"))
        others = [learner for learner in klass.learners if learner.id != path.stem]
        assert not [o.id for o in others if o.id in pages[path].source or o.name in pages[path].text]


def test_names_of_elements_are_unique_and_what_refers_to_them_finds_them(pages):
    for name, page in every(pages):
        ids = [e.attributes["id"] for e in page if "id" in e.attributes]
        assert len(set(ids)) == len(ids), name
        refers = [e.attributes[a] for e in page for a in ("aria-labelledby", "aria-describedby") if a in e.attributes]
        assert {i for value in refers for i in value.split()} <= set(ids), name
        assert {e.attributes["href"][1:] for e in page.all("use")} <= set(ids)


def test_nothing_runs_but_the_class_pages_own_script_and_nothing_is_fetched(pages, written):
    for name, page in every(pages):
        scripts = [e.text for e in page.all("script")]
        assert scripts == ([scripts[0], class_page.own_script()] if name == written.index.name else []), name
        for element in page:
            assert not [a for a in element.attributes if a.startswith("on") or a in ("src", "srcset", "action")], name
            assert not element.attributes.get("href", "").lower().startswith(("http", "//", "javascript:")), name
        assert not re.search(r"@import|url\(", page.one("style").text), name


def test_the_policy_lets_that_one_script_run_and_none_make_markup(pages, written):
    """By its hash, and with the sinks that turn text into markup closed."""
    for name, page in every(pages):
        policy = page.one("head").all("meta")[1].attributes["content"]
        if name == written.index.name:
            code = b64encode(sha256(page.all("script")[1].text.encode()).digest()).decode()
            assert re.findall(r"script-src ([^;]*);", policy) == [f"'sha256-{code}'"]
            assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
        else:
            assert "script" not in policy, name


def test_the_script_makes_elements_of_text_only():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(", class_page.own_script())


def test_no_name_ends_the_data_of_the_script(pages, written):
    data = pages[written.index].by_id("data").text
    assert not set(data) & set("<>&\u2028\u202e\x1b")
    assert "<script>" in json.loads(data)["rows"][9][1]


def test_a_rule_against_everything_else_comes_before_all_content(pages):
    for name, page in every(pages):
        head = [c for c in page.one("head").children if not isinstance(c, str)]
        rule = head[1].attributes
        assert rule["http-equiv"] == "Content-Security-Policy", name
        for part in ("default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "form-action 'none'"):
            assert part in rule["content"]


def test_headings_go_down_one_at_a_time_from_a_single_first(pages):
    for name, page in every(pages):
        levels = [int(e.tag[1]) for e in page if re.fullmatch("h[1-6]", e.tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(b - a <= 1 for a, b in pairwise(levels)), name


def test_there_is_one_main_part_a_way_to_it_and_a_language(pages):
    for name, page in every(pages):
        assert page.one("main").attributes["id"] == "main", name
        assert page.one(class_="skip").attributes["href"] == "#main"
        assert page.one("html").attributes["lang"] in ("en", "ko")
        assert page.one("head").one("title").text.strip()
        assert page.all("header")
        assert page.all("footer")


def test_every_table_header_says_what_it_is_for(pages):
    for name, page in every(pages):
        for header in page.all("th"):
            assert header.attributes.get("scope") in ("col", "row", "colgroup", "rowgroup"), name
        for table in page.all("table"):
            assert table.all("th"), name


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(pages):
    for name, page in every(pages):
        for region in [*page.all(class_="region"), *page.all("pre", "scrolls")]:
            assert region.attributes["tabindex"] == "0", name
            assert region.attributes["role"] in ("region", "group")
            assert region.attributes.get("aria-label") or region.attributes.get("aria-labelledby")


def test_every_picture_says_in_words_what_it_shows(pages):
    drawn = 0
    for name, page in every(pages):
        for svg in page.all("svg"):
            if svg.attributes.get("role") == "img":
                drawn += 1
                assert svg.all("title")[0].text, name
                assert svg.all("desc")[0].text, name
            else:
                assert (
                    svg.attributes.get("aria-hidden") == "true" or svg.parent.attributes.get("aria-hidden") == "true"
                ), name
    assert drawn > 50


def test_every_fold_says_first_what_is_in_it(pages):
    for name, page in every(pages):
        for fold in page.all("details"):
            first = next(c for c in fold.children if not isinstance(c, str))
            assert first.tag == "summary", name
            assert first.text.strip()


def test_colour_is_never_the_only_sign(pages, written):
    """An outcome is a word as well, in each row of checks, each badge and each cell of the matrix."""
    for name, page in every(pages):
        for mark in page.all(class_="badge") + page.all(class_="word"):
            assert mark.text.strip(), name
    matrix = pages[written.index].one("table", "matrix")
    assert all(cell.text.strip() for cell in matrix.all("td"))


def test_the_pages_are_in_the_language_that_was_asked_for(klass):
    page = class_page.class_page(klass, "ko")
    assert page.title == klass.course_title.ko
    learner = learner_page.learner_page(klass, klass.learners[1], "ko")
    assert learner.exercises[1].checks[0].mistake == klass.learners[1].exercises[1].checks[0].finding.mistake.text.ko


@pytest.mark.parametrize(
    ("template", "make"),
    [("learner", words.learner_words), ("class", words.class_words), ("analysis", analysis_view._words)],
)
def test_every_word_of_a_page_is_used_by_it(template, make):
    environment = Pages()._templates
    sources = {n: environment.loader.get_source(environment, n)[0] for n in environment.list_templates(["html"])}
    own = {
        "learner": ["learner", "exercise", "check", "stop"],
        "class": ["class", "list", "policy"],
        "analysis": ["analysis", "class"],
    }[template]
    text = "".join(sources[f"{n}.html"] for n in [*own, "base", "parts"])
    python = "".join(
        p.read_text(encoding="utf-8") for p in map(_file, (class_page, learner_page, learner_rows, analysis_view))
    )
    shared = set(words.shared_words("en"))
    unused = {
        w
        for w in make("en")
        if not re.search(rf"\b(w|s|words|page\.words)\.{w}\b", text) and not re.search(rf'words.*"{w}"', python)
    }
    assert unused - shared == set()
    own_name = "s" if template == "analysis" else "w"
    assert not {w for w in re.findall(rf"\b{own_name}\.(\w+)", text) if w not in make("en")}


def _file(module) -> Path:
    return Path(module.__file__)


@pytest.mark.parametrize("size", [300, 10_000])
def test_the_page_of_a_large_class_stays_below_3_mb_and_holds_everybody(size):
    """A row for each of the first learners; all of them as data for the script."""
    klass = crowd(size)
    source = Pages().render("class.html", class_page.class_page(klass, "ko"))
    assert len(source.encode()) < 3_000_000
    page = read(source)
    assert len(page.one("table", "matrix").all("tr")) == ROWS + 2
    assert len(page.one("table", "points").all("tr")) == ROWS + 1
    assert len(json.loads(page.by_id("data").text)["rows"]) == size


def test_a_large_class_is_listed_in_full_without_scripts(tmp_path):
    """Page by page, each with a link to every learner of its part and back."""
    klass = crowd(LISTED + 20)
    bare = dataclasses.replace(
        klass, learners=tuple(dataclasses.replace(p, exercises=p.exercises[:1]) for p in klass.learners)
    )
    written = reports.write(bare, tmp_path, lang="en")
    lists = [tmp_path / "lists" / f"{n}.html" for n in (1, 2)]
    assert sorted((tmp_path / "lists").iterdir()) == lists
    listed = [
        unquote(a.attributes["href"])
        for path in lists
        for a in read(path.read_text(encoding="utf-8")).one("tbody").all("a")
    ]
    assert listed == [f"../learners/{p.name}" for p in written.learners]
    index = read(written.index.read_text(encoding="utf-8"))
    assert [a.attributes["href"] for a in index.one("p", "lists").all("a")] == ["lists/1.html", "lists/2.html"]
    small = reports.write(dataclasses.replace(bare, learners=bare.learners[:2]), tmp_path, lang="en")
    assert not (tmp_path / "lists").exists()
    assert "lists/" not in small.index.read_text(encoding="utf-8")


def test_a_learners_page_stays_small():
    klass = large_class(1)
    learner = Pages().render("learner.html", learner_page.learner_page(klass, klass.learners[0], "en"))
    assert len(learner.encode()) < 300_000


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", css))


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    high, low = sorted((_light(a), _light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(theme):
    """At least 4.5 to 1 (WCAG 2.2 AA) for every colour of text on every ground that it is used on."""
    environment = Pages()._templates
    css = environment.loader.get_source(environment, "base.css")[0]
    light, _, dark = css.partition("@media screen and (prefers-color-scheme: dark)")
    colours = _colours(light) if theme == "light" else _colours(dark)
    for text in ("ink", "soft", "accent", "passed", "failed", "errored", "skipped", "faulted"):
        for ground in ("paper", "card", "sunk", *([f"{text}-soft"] if f"{text}-soft" in colours else [])):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (theme, text, ground)
    assert _contrast(colours["mark-ink"], colours["mark"]) >= 4.5
