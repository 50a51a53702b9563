"""Pictures: what is drawn where, what a reader without eyes is told, and what happens to figures that do not fit."""

from __future__ import annotations

import dataclasses
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.grades import Picture, PictureKind
from grader.text import Text
from reports.pictures import draw
from reports.pictures.axes import labels, span, ticks
from reports.pictures.bars import distribution
from reports.pictures.contour import lines, regions
from reports.pictures.svg import el, px
from tests.reports.html_reader import Element, read
from tests.reports.sample_pictures import activation, surface, sweep, training
from tests.reports.sample_pictures import distribution as sample_histogram

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy
FINITE = st.floats(allow_nan=False, allow_infinity=False)
SAMPLES = [activation(True), training(1), sweep(True), surface(True), surface(False), sample_histogram(True)]


def svgs(picture: Picture, lang: str = "en") -> list[Element]:
    return [read(d.svg).children[0] for d in draw(picture, "k", lang).drawings]


def curves(*series: dict, **labels_: str) -> Picture:
    data = {"x_label": "x", "y_label": "y", "series": list(series)} | labels_
    return Picture(PictureKind.CURVES, Text.same("Title"), Text.same("Description"), data)


def line(x: list, y: list, role: str = "actual", *, marks: bool = False, name: object = "line") -> dict:
    return {"name": name, "x": x, "y": y, "role": role, "marks": marks}


@pytest.mark.parametrize("picture", SAMPLES)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_kind_is_drawn_with_title_and_description(picture, lang):
    for svg in svgs(picture, lang):
        assert svg.one("title").text.startswith(picture.title.in_language(lang))
        assert svg.one("desc").text == picture.description.in_language(lang)
        assert svg.attributes["role"] == "img"


@pytest.mark.parametrize("picture", SAMPLES)
def test_every_coordinate_is_a_number_on_the_paper(picture):
    for svg in svgs(picture):
        width, height = map(float, svg.attributes["viewbox"].split()[2:])
        for element in svg:
            for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", element.attributes.get("d", "")):
                x, y = map(float, pair)
                assert -1 <= x <= width + 1
                assert -1 <= y <= height + 1
        assert "nan" not in str(svg)


def test_theirs_is_solid_and_the_expected_one_dashed_and_drawn_on_top():
    (svg,) = svgs(activation(False))
    groups = [g for g in svg.all("g") if "series" in g.classes]
    assert [g.classes[1] for g in groups] == ["actual", "expected"]


def test_a_gap_breaks_the_line():
    (svg,) = svgs(curves(line([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, None, 1.0, 0.0])))
    path = next(e for e in svg.all("path", "line")).attributes["d"]
    assert path.count("M") == 2


def test_a_single_point_between_gaps_is_marked():
    (svg,) = svgs(curves(line([0.0, 1.0, 2.0], [None, 1.0, None])))
    assert len(svg.all("circle", "mark")) == 1


def test_lines_of_others_differ_without_colour_too():
    drawn = draw(curves(*(line([0.0, 1.0], [n, n], "other", marks=True, name=str(n)) for n in range(4))), "k", "en")
    looks = {(e.name, str(e.sample)) for e in drawn.legend}
    assert len(looks) == 4
    shapes = {re.sub(r'class="series[^"]*"', "", str(e.sample)) for e in drawn.legend}
    assert len(shapes) == 4


def test_the_legend_names_each_line_once_for_all_panels():
    drawn = draw(sweep(False), "k", "ko")
    assert [e.name for e in drawn.legend] == ["내 답", "기댓값"]
    assert len(drawn.drawings) == 4
    assert drawn.drawings[1].caption == "학습률 0.1"


def test_words_in_figures_cannot_be_markup():
    (svg,) = svgs(curves(line([0.0, 1.0], [0.0, 1.0]), x_label="<script>x</script>"))
    assert not svg.all("script")
    assert "<script>x</script>" in svg.text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"x_label": "x", "y_label": "y", "series": [line([0.0], [0.0, 1.0])]},
        {"x_label": "x", "y_label": "y", "series": [line(["a"], [0.0])]},
        {"x_label": "x", "y_label": "y", "series": None},
        {"x_label": "x", "y_label": "y", "series": [[]]},
    ],
)
def test_figures_that_do_not_fit_say_so_and_stop_nothing(data):
    picture = Picture(PictureKind.CURVES, Text.same("T"), Text.same("D"), data)
    assert draw(picture, "k", "en").broke


@pytest.mark.parametrize("kind", [k for k in PictureKind if k is not PictureKind.CURVES])
def test_every_kind_takes_figures_of_another_kind_as_broken(kind):
    assert draw(dataclasses.replace(activation(False), kind=kind), "k", "en").broke


@pytest.mark.parametrize("y", [[5.0, 5.0], [0.0, 0.0], [1e308, -1e308], [1e-320, 0.0], [None, None], []])
def test_flat_empty_and_enormous_lines_are_drawn(y):
    assert not draw(curves(line([float(n) for n in range(len(y))], y)), "k", "en").broke


def test_a_histogram_of_nothing_is_drawn():
    data = {"x_label": "x", "edges": [0.0, 1.0], "series": [{"name": "a", "counts": [0], "role": "actual"}]}
    assert not draw(Picture(PictureKind.HISTOGRAM, Text.same("T"), Text.same("D"), data), "k", "en").broke


def test_the_surface_puts_row_zero_below_and_labels_its_points():
    (svg,) = svgs(surface(False))
    points = {p.text: p for p in svg.all("g", "point")}
    assert set(points) == {"0", "1"}
    zero = svg.all("g", "p0")[0].one("circle").attributes  # the point (0, 0)
    one = svg.all("g", "p1")[1].one("rect").attributes  # the point (0, 1): above it
    assert float(one["y"]) < float(zero["cy"])


def test_a_surface_shows_where_its_values_lie():
    """A step along y: the border between the classes is one level line."""
    axis = [0.0, 1.0, 2.0, 3.0]
    data = {
        "x": axis,
        "y": axis,
        "z": [[v] * 4 for v in (0.0, 0.0, 1.0, 1.0)],
        "points": [],
        "x_label": "x",
        "y_label": "y",
    }
    picture = Picture(PictureKind.SURFACE, Text.same("T"), Text.same("D"), data)
    (svg,) = svgs(picture)
    heights = {float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", svg.one("path", "border").attributes["d"])}
    assert len(heights) == 1


def area(ring: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def test_regions_enclose_what_is_high():
    grid = [[0.0] * 5 for _ in range(5)]
    grid[2][2] = 1.0
    (ring,) = regions(grid, 0.5)
    assert abs(area(ring)) == pytest.approx(0.5)  # a diamond of half a step
    (everything,) = regions([[1.0] * 3] * 3, 0.5)
    assert abs(area(everything)) == pytest.approx(4)


@pytest.mark.parametrize(("middle", "pieces"), [(0.7, 1), (0.4, 2)])
def test_a_saddle_is_joined_where_its_middle_is_high(middle, pieces):
    low = 2 * middle - 1
    assert len(regions([[1.0, low], [low, 1.0]], 0.5)) == pieces


@UNHURRIED
@given(st.lists(st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0]), min_size=4, max_size=4), min_size=2, max_size=6))
def test_every_border_of_a_region_is_closed_and_none_is_lost(grid):
    rings = regions(grid, 0.5)
    assert all(ring[0] == ring[-1] for ring in rings)
    high = sum(value >= 0.5 for row in grid for value in row)
    assert bool(rings) == bool(high)
    for path in lines(grid, 0.5):
        ends = (path[0], path[-1])
        on_edge = [x in (0, 3) or y in (0, len(grid) - 1) for x, y in ends]
        assert path[0] == path[-1] or all(on_edge)


@UNHURRIED
@given(st.lists(FINITE, min_size=1, max_size=20))
def test_a_span_holds_its_numbers_and_is_never_empty(values):
    low, high = span(values)
    assert low < high
    assert all(low <= max(-1e300, min(1e300, v)) <= high for v in values)


@UNHURRIED
@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12))
def test_ticks_are_few_inside_and_told_apart(low, width):
    high = low + width
    if high - low < 1e-9 * max(abs(low), abs(high)):
        return
    places = ticks(low, high)
    slack = (high - low) * 1e-6
    assert 2 <= len(places) <= 7
    assert all(low - slack <= t <= high + slack for t in places)


@pytest.mark.parametrize(
    ("places", "written"),
    [
        ([0.0, 0.5, 1.0], ["0.0", "0.5", "1.0"]),
        ([-2.0, 0.0, 2.0], ["−2", "0", "2"]),
        ([-0.0, 0.25], ["0.00", "0.25"]),
        ([0.0, 200000.0], ["0", "2e5"]),
        ([0.0, 0.0002], ["0", "2e−4"]),
    ],
)
def test_labels_are_short(places, written):
    assert labels(places) == written


def test_the_distribution_of_a_class_counts_every_learner():
    svg = read(distribution((2, 0, 0, 0, 0, 0, 0, 0, 0, 3), "Spread", "en"))
    assert [t.text for t in svg.all("text", "count")] == ["2", "3"]
    assert "0–9 %: 2" in svg.one("desc").text
    assert "90–100 %: 3" in svg.one("desc").text


def test_elements_escape_words_and_values():
    assert el("text", "<&>", class_='"x"') == '<text class="&#34;x&#34;">&lt;&amp;&gt;</text>'
    assert el("g", el("path", d="M0 0", stroke_width=2.0)) == '<g><path d="M0 0" stroke-width="2"/></g>'


@UNHURRIED
@given(FINITE.filter(lambda v: abs(v) < 1e6))
def test_coordinates_are_short_and_near(value):
    assert math.isclose(float(px(value)), value, abs_tol=0.051)
    assert px(value) != "-0"
