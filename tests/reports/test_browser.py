"""The pages as Chromium shows them: on a desk, on a phone, in the dark, on paper, by keyboard, to a screen reader."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

import reports
from tests.reports.browser import REPAIR, Browser, chromium

pytestmark = pytest.mark.slow
LEARNERS = ("seoyeon-lee", "script-oneil", "omar-khaled", "haeun-jeong")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def looked_at(written: reports.Written) -> list[Path]:
    """The class page and learners' pages of every sort."""
    return [written.index, *(p for p in written.learners if p.stem in LEARNERS)]


def colours(png: bytes) -> list[tuple[int, tuple[int, ...]]]:
    """How often each colour is there."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return sorted(image.getcolors(maxcolors=1 << 24) or [], reverse=True)


def test_pages_show_something_complain_of_nothing_and_ask_for_nothing(browser, looked_at):
    for path in looked_at:
        with browser.open(path) as page:
            assert len(colours(page.screenshot())) > 50, path.name
            assert page.complaints() == [], path.name
            assert [url for url in page.requests() if not url.startswith("data:")] == [path.absolute().as_uri()]


def test_nothing_that_a_learner_wrote_runs(browser, written):
    path = next(p for p in written.learners if p.stem == "script-oneil")
    with browser.open(path) as page:
        assert page.evaluate("document.title").startswith("<script>")
        assert page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_a_page_is_never_wider_than_the_window(browser, looked_at, width):
    """Wide tables scroll inside their own region, with everything unfolded too."""
    for path in looked_at:
        with browser.open(path, width=width) as page:
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def test_on_a_phone_text_is_large_enough_and_what_is_touched_far_enough_apart(browser, written):
    smallest = "Math.min(...[...document.querySelectorAll('p, dd, dt, li, td, th, pre, summary')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
    lowest = "Math.min(...[...document.querySelectorAll('summary, nav a')].map(e => e.getBoundingClientRect().height))"
    with browser.open(written.learners[1], width=360) as page:
        assert page.evaluate(smallest) >= 12.5
        assert page.evaluate(lowest) >= 24


def test_in_the_dark_the_ground_is_dark_and_the_words_are_light(browser, looked_at):
    for path in looked_at:
        with browser.open(path, height=500) as light, browser.open(path, height=500, dark=True) as dark:
            (_, day), (_, night) = colours(light.screenshot())[0], colours(dark.screenshot())[0]
        assert min(day) > 220, path.name
        assert max(night) < 50, path.name


def test_on_paper_hints_are_open_and_long_output_stays_folded(browser, written):
    path = next(p for p in written.learners if p.stem == "seoyeon-lee")
    shown = "[...document.querySelectorAll('details{0} > *:last-child')].some(e => e.checkVisibility({{contentVisibilityAuto: true}}))"
    with browser.open(path, media="print") as page:
        assert page.evaluate(shown.format(".hint")) is True
        assert page.evaluate(shown.format(".output")) is False
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).display") == "none"
    with browser.open(path) as page:
        assert page.evaluate(shown.format(".hint")) is False


def test_the_first_tab_leads_past_the_head_and_the_focus_is_seen(browser, written):
    with browser.open(written.learners[1]) as page:
        for kind in ("keyDown", "keyUp"):
            browser.ask(
                "Input.dispatchKeyEvent", page.session, type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9
            )
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_screen_reader_hears_outcomes_headers_and_names(browser, written):
    with browser.open(written.index) as page:
        nodes = browser.ask("Accessibility.getFullAXTree", page.session)["nodes"]
    heard = [
        (n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored") and "role" in n
    ]
    roles = {role for role, _ in heard}
    assert {"main", "banner", "contentinfo", "region", "table", "columnheader", "rowheader", "image"} <= {
        "image" if r in ("img", "image") else r for r in roles
    }
    assert not [role for role, name in heard if role in ("link", "region", "image", "img") and not name]
    symbols = {"✓", "✗", "∅"}
    assert not [name for role, name in heard if name in symbols], "a sign is read out beside its word"


def test_without_chromium_the_test_says_what_installs_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(RuntimeError, match="make browser"), chromium():
        raise AssertionError(REPAIR)
