"""Where the time went: on the instructor's page of a run that was asked, and nowhere else."""

from __future__ import annotations

import contextlib
import dataclasses
import json

import jsonschema
import pytest

import reports
from grader.grades import ExerciseSpent, Profile, Spent
from reports.spending import MAX_GRADINGS, shown, spending
from tests.reports.html_reader import read
from tests.reports.sample_class import timings
from tests.reports.test_data_files import schema

SPENT = Spent(4.0, 0.25, 0.5, 12.5, 0.75, 0.0, 0.125)
PROFILE = Profile(2, 30.25, Spent(6.5, 1, 2, 17, 3, 0.5, 0.25), (ExerciseSpent("rank", SPENT),), again=3)


class Account:
    """A ledger whose figures are known."""

    def __init__(self, klass):
        self.pictures, self.pages = 0, []
        self._timings = [dataclasses.replace(t, spent=SPENT if t.slug == "rank" else None) for t in timings(klass)]

    @contextlib.contextmanager
    def page(self, learner):
        self.pages.append(learner)
        yield

    @contextlib.contextmanager
    def picture(self):
        self.pictures += 1
        yield

    def account(self):
        return self._timings, PROFILE


@pytest.fixture(scope="module", params=["en", "ko"])
def profiled(request, klass, tmp_path_factory):
    account = Account(klass)
    folder = tmp_path_factory.mktemp("profiled")
    return reports.write(klass, folder, lang=request.param, timings=timings(klass), ledger=account), account


def test_the_class_page_has_a_picture_whose_words_say_the_same(profiled):
    page = read(profiled[0].index.read_text(encoding="utf-8"))
    section = page.by_id("spending").parent
    picture = next(e for e in section.all("svg") if e.attributes.get("role") == "img")
    said = picture.one("desc").text
    for seconds in ("6.50", "17.00", "12.50"):
        assert seconds in said
    assert len(picture.all("rect")) == 7 + 6  # a part of no length is not drawn


def test_its_tables_have_a_row_for_each_exercise_and_each_grading(profiled, klass):
    section = read(profiled[0].index.read_text(encoding="utf-8")).by_id("spending").parent
    exercises, gradings = section.all("table")
    head = [e.text for e in exercises.one("thead").all("th")]
    assert [e.text for e in exercises.one("tbody").all("tr")[0].all()][1:8] == [
        "4.00",
        "0.25",
        "0.50",
        "12.5",
        "0.75",
        "–",
        "0.12",
    ]
    assert len(head) == 9
    assert "30.2" in exercises.one("tfoot").text
    assert len(gradings.one("tbody").all("tr")) == len(klass.learners)


def test_learners_never_see_it(profiled, english):
    for page, plain in zip(profiled[0].learners, english.learners, strict=True):
        if profiled[0].index.read_text(encoding="utf-8").count('lang="en"'):
            assert page.read_bytes() == plain.read_bytes()
        assert "timings.json" not in page.read_text(encoding="utf-8")


def test_grades_are_the_same_bytes_with_and_without(profiled, english):
    assert profiled[0].grades_json.read_bytes() == english.grades_json.read_bytes()


def test_without_being_asked_no_page_speaks_of_it(english):
    assert 'id="spending"' not in english.index.read_text(encoding="utf-8")
    assert "profile" not in json.loads(english.timings_json.read_bytes())


def test_timings_with_it_fit_their_schema(profiled):
    data = json.loads(profiled[0].timings_json.read_bytes())
    jsonschema.validate(data, schema("timings"))
    assert Profile.from_json(data["profile"]) == PROFILE
    data["profile"]["spent"].pop("calls")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema("timings"))


def test_the_schema_has_the_fields_of_the_model():
    written = schema("timings")
    assert set(written["$defs"]["spent"]["properties"]) == {f.name for f in dataclasses.fields(Spent)}
    assert set(written["properties"]["profile"]["properties"]) == {f.name for f in dataclasses.fields(Profile)}


def test_every_page_and_picture_is_on_the_account(profiled, klass):
    written, account = profiled
    assert account.pages == [learner.id for learner in klass.learners]
    assert account.pictures == sum(p.read_text(encoding="utf-8").count("<figure") for p in written.learners) > 0


def test_of_a_large_class_the_slowest_are_shown(klass):
    many = [dataclasses.replace(timings(klass)[0], spent=Spent(calls=float(n))) for n in range(1, MAX_GRADINGS + 8)]
    view = spending(klass, many, PROFILE, "en")
    assert len(view.gradings) == MAX_GRADINGS
    assert view.gradings[0].total == "307.0"
    assert view.left_out == "7 quicker ones are in timings.json."


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, "–"), (0.004, "0.00"), (9.99, "9.99"), (9.996, "10.0"), (123.45, "123.5")]
)
def test_seconds_are_as_fine_as_they_are_worth(seconds, text):
    assert shown(seconds) == text
