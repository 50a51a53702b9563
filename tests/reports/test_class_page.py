"""The class page: how the class did, check by check, and who needs a look."""

from __future__ import annotations

import dataclasses

import pytest

from grader.grades import ClassGrade, Status, Timing
from grader.text import Text
from reports.analysis import Attempt, analyse
from reports.class_page import ClassPage, class_page
from reports.pages import Pages
from reports.pictures.items import Dot, item_map
from reports.statistics import Tally, exercise_statistics, spread
from tests.reports.sample_class import BY_SLUG, CAPSULE, absent, graded, learner
from tests.reports.sample_course import COURSE

RANK = BY_SLUG["rank"]


def of(*learners) -> ClassGrade:
    return ClassGrade(COURSE, CAPSULE, learners)


def view(*learners) -> ClassPage:
    return class_page(of(*learners), "en")


WRONG = learner("b", "B", {"rank": graded(RANK, {"counts_axes": "size_for_rank", "names_kinds": "none"})})
ALSO = learner("c", "C", {"rank": graded(RANK, {"counts_axes": "size_for_rank"})})
AWAY = learner("d", "D", {"rank": absent(RANK)})
FAULT = learner("e", "E", {"rank": graded(RANK, {"counts_axes": "fault"})})
RIGHT = learner("a", "A")


def test_a_pass_rate_counts_work_that_came_and_could_be_judged():
    row = view(RIGHT, WRONG, ALSO, AWAY, FAULT).exercises[0].checks[1]
    assert (row.rate, row.percent) == ("1 / 3", 33)
    assert {(o.kind, o.count) for o in row.others} == {("failed", 2), ("faulted", 1)}


def test_the_commonest_wrong_answers_stand_by_name_with_their_number():
    rows = view(RIGHT, WRONG, ALSO).exercises[0].checks
    assert [(c.text, c.count) for c in rows[1].common] == [("That is the number of elements, not the rank.", 2)]
    assert rows[3].common == ()  # a message that came once is no pattern


def test_the_matrix_has_a_cell_for_each_check_and_a_word_for_each_cell(klass):
    page = class_page(klass, "en")
    width = sum(len(e.checks) for e in page.exercises)
    assert width == sum(len(t.items) for t in BY_SLUG.values())
    for row, grade in zip(page.learners, klass.learners, strict=True):
        cells = [kind for group in row.outcomes for kind in group]
        assert len(cells) == width
        assert set(cells) <= set(page.cell_words)
        for group, exercise in zip(row.outcomes, grade.exercises, strict=True):
            if exercise.status is Status.GRADED:
                assert group == tuple(c.outcome.value for c in exercise.checks)


def test_work_that_did_not_come_is_told_apart_from_work_that_is_wrong():
    row = view(RIGHT, AWAY).learners[1]
    assert row.outcomes[0] == ("missing",) * 5
    assert (row.exercises[0].text, row.exercises[0].word) == ("–", "Not handed in")


def test_an_exercise_that_a_learner_does_not_have_is_missing():
    shorter = learner("s", "S")
    shorter = type(shorter)(shorter.id, shorter.name, shorter.exercises[1:])
    page = view(RIGHT, shorter)
    assert page.learners[1].outcomes[0] == ("missing",) * 5
    assert exercise_statistics(of(RIGHT, shorter))[0].tally.passed == 5


def test_the_checks_that_fewest_pass_come_first():
    page = view(RIGHT, WRONG, ALSO)
    assert [s.check.title for s in page.stumbles] == [
        "Counts axes, not elements",
        "Names scalar, vector, matrix and n-D tensor",
    ]
    assert view(RIGHT).stumbles == ()


def test_what_needs_a_look_names_learner_exercise_and_trouble(klass):
    page = class_page(klass, "en")
    said = {(n.name, n.exercise, n.badge.kind) for n in page.notices}
    assert ("Léa Dubois", "The rank of a tensor", "unreadable") in said
    assert ("Léa Dubois", "", "note") in said
    assert ("Noah Schmidt", "Sweeping the learning rate", "errored") in said
    assert ("이서연", "Matrix multiplication", "note") in said
    assert {n.name for n in page.faults} == {"이서연", "최유진"}
    assert not page.notices_folded


def test_many_notices_stand_folded():
    away = [learner(f"l{n}", "L", {"rank": absent(RANK, Status.UNREADABLE, Text.same("why"))}) for n in range(13)]
    page = view(*away)
    assert page.notices_folded
    assert page.notices_count == "13 messages"
    assert view(*away[:1]).notices_count == "1 message"


def test_the_shade_of_points_is_extreme_only_where_they_are():
    nearly = {"rank": graded(RANK, {"names_kinds": "none"})}
    little = {"rank": graded(RANK, {i.id: "none" for i in RANK.items[1:]})}
    none = {"rank": graded(RANK, {i.id: "none" for i in RANK.items})}
    rows = view(RIGHT, learner("n", "N", nearly), learner("l", "L", little), learner("0", "0", none)).learners
    assert [r.exercises[0].level for r in rows] == [4, 3, 1, 0]


@pytest.mark.parametrize(
    ("percents", "bins"),
    [([0], (1, 0, 0, 0, 0, 0, 0, 0, 0, 0)), ([100, 99, 90], (0,) * 9 + (3,)), ([9, 10], (1, 1) + (0,) * 8)],
)
def test_the_spread_counts_every_learner_once(percents, bins):
    assert spread(percents).bins == bins
    assert spread(percents).full == percents.count(100)


def test_points_beyond_all_are_full_marks():
    assert spread([100, 112, 99]).full == 2


def test_tallies_add():
    total = Tally(1, 2, 3, 4, 5, 6) + Tally(1, 1, 1, 1, 1, 1)
    assert total == Tally(2, 3, 4, 5, 6, 7)
    assert total.judged == 14


def test_the_page_says_what_the_grades_depend_on(klass):
    capsule = dict(class_page(klass, "en").capsule)
    assert capsule["Seed"] == "20240611"
    assert capsule["Isolation"] == "strict"
    assert capsule["tensorflow"] == "2.21.0"


def many(count: int, **wrong: dict) -> list:
    return [learner(f"l{n:02}", f"L {n}", {s: graded(BY_SLUG[s], w) for s, w in wrong.items()}) for n in range(count)]


def test_a_check_that_nobody_passes_is_pointed_out_with_what_to_do():
    flags = view(*many(6, rank={"counts_axes": "size_for_rank", "names_kinds": "skip"})).analysis.flags
    assert [(f.kind, f.checks[0].number) for f in flags] == [
        ("nobody", "1.2"),
        ("unreached", "1.4"),
        ("everybody", "1.1"),
    ]
    assert "grader verify" in flags[0].advice
    assert len(flags[2].checks) == sum(len(t.items) for t in BY_SLUG.values()) - 2


def test_of_very_few_learners_nothing_is_said_that_so_few_cannot_show():
    for count in (1, 3):
        page = view(*many(count, rank={"counts_axes": "size_for_rank"}))
        assert page.analysis.flags == ()
        assert page.analysis.no_flags.startswith("Fewer than 5 learners were judged")
        assert page.exercises[0].checks[1].figure.text == "–"
        assert "fewer than 20" in page.exercises[0].checks[1].figure.why
        assert not page.analysis.map


def test_answers_in_common_name_who_gave_them_and_how_many_more():
    page = view(*many(8, rank={"counts_axes": "size_for_rank"}))
    (answer,) = page.analysis.answers
    assert (answer.number, answer.actual, answer.expected, answer.people.count) == ("1.2", "6", "2", 8)
    assert [p.name for p in answer.people.first] == [f"L {n}" for n in range(5)]
    assert answer.people.more == "and 3 more"
    assert page.analysis.mistakes[0].people.count == 8


def test_without_timings_the_page_says_that_it_cannot_tell_time_and_memory():
    assert view(RIGHT).analysis.costs == ""
    assert Pages().render("class.html", view(RIGHT)).count("There are no timings of these grades") == 1


def test_the_pictures_say_in_words_what_they_show():
    klass = of(*many(12), *many(12, rank={"counts_axes": "none", "names_kinds": "none"}))
    klass = dataclasses.replace(
        klass, learners=tuple(dataclasses.replace(p, id=str(n)) for n, p in enumerate(klass.learners))
    )
    times = [Timing(p.id, "rank", 400 if n == 23 else 0.5, 0.25, 300) for n, p in enumerate(klass.learners)]
    tries = [Attempt(p.id, "rank", n, 4 + n, 8) for p in klass.learners for n in (1, 2)]
    shown = class_page(klass, "en", None, analyse(klass, times, tries)).analysis
    assert "longest 400" in shown.costs
    assert ">100</text>" in shown.costs, "beyond thirty times, by powers of ten"
    assert "first 62.5, last 75" in shown.progress_map
    assert shown.progress[0].better == 24


def test_checks_are_drawn_by_share_and_discrimination():
    dots = [Dot("1.1", 0.5, 0.4, public=True), Dot("1.2", 0.9, -0.1, public=False), Dot("1.3", 1.0, 0.05, public=True)]
    drawn = item_map(dots, "Map", "en")
    assert "1.2: 90 %, −0.10" in drawn
    assert drawn.count('class="mark"') == 3
