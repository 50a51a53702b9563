"""The page on similar submissions: both sides, careful words, harmless, and no way to it from a learner's page."""

from __future__ import annotations

import json
import re
from importlib import resources

import jsonschema
import pytest

import reports
from grader.alike.model import (
    Cell,
    Code,
    Common,
    Compared,
    Group,
    Item,
    Kind,
    Pair,
    Passage,
    Person,
    Similarity,
    Work,
    Worth,
)
from grader.text import Text
from reports.similarity import MOST_LISTED, similarity_page, write_similarity
from reports.similarity_code import MOST_COLUMNS, lines_of

SCRIPT = "import os\n\n\ndef f(x):\n    return x + 1\n"
NASTY = "<script>alert(1)</script>\x1b[31m\u202ex"


def person(name):
    return Person(name, name.title(), "twice.py")


def pair(left="ada", right="bob", *, code=True, common=()):
    passage = (Passage(1, 0, SCRIPT.index("return"), SCRIPT.index("return") + 12, 2),)
    shared = Code(40, 80, 60, 90, 100, 50, 66, passage, passage) if code else None
    return Pair("twice", person(left), person(right), shared, tuple(common), 3)


def similarity(pairs=None, works=None, groups=()):
    kinds = [Common(k, Worth.STRONG, 9, (Item(NASTY, 3, 0, 2),), seeded=k is Kind.CURVE) for k in Kind]
    pairs = (pair(common=kinds),) if pairs is None else tuple(pairs)
    works = [Work(x, "twice", x == "bob", (Cell(1, SCRIPT),)) for x in ("ada", "bob")] if works is None else works
    text = Text("Twice", "두 배")
    return Similarity(text, 20, (Compared("twice", text, 20, 5, 3, 1),), pairs, tuple(groups), tuple(works), 40, 50)


@pytest.fixture(params=["en", "ko"])
def page(request, tmp_path):
    groups = [
        Group("twice", kind, NASTY, (person("ada"), person("eve")), 45) for kind in ("same_code", "trained", "answer")
    ]
    return write_similarity(similarity(groups=groups), tmp_path, lang=request.param).read_text(encoding="utf-8")


def test_the_data_fit_their_schema_and_are_read_back_as_they_were(tmp_path):
    found = similarity()
    write_similarity(found, tmp_path, lang="en")
    data = json.loads((tmp_path / "similarity.json").read_bytes())
    schema = json.loads((resources.files(reports) / "schema" / "similarity-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert Similarity.from_json(data) == found


def test_both_learners_their_lines_and_the_marked_passage_stand_on_the_page(page):
    assert page.count("return x + 1</mark>") == 2
    assert "Ada" in page
    assert "Bob" in page
    assert re.search(r"line 5|5행", page)
    assert re.search(r"at most 2 of 20|20명 중 많아야 2명", page)


def test_every_kind_of_evidence_says_what_it_is_worth(page):
    assert len(re.findall(r'<section class="common strong">', page)) == len(Kind)
    assert page.count("Alike does not mean copied") + page.count("비슷하다고 해서 베낀 것은 아닙니다") == 1


def test_no_word_on_the_page_accuses_anybody(page):
    assert not re.search(r"(?i)plagiari|cheat|guilt|표절|부정행위|컨닝", page)


def test_what_learners_wrote_does_no_harm_on_the_page(page):
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page


def test_all_links_of_the_page_lead_somewhere_and_none_to_learners_pages(page):
    targets = re.findall(r'href="([^"#]*)(?:#([\w-]+))?"', page)
    for file, anchor in targets:
        assert file == "similarity.json" or file.startswith("data:") or (not file and f'id="{anchor}"' in page)


def test_learners_pages_and_the_class_page_do_not_lead_here(tmp_path, klass):
    written = reports.write(klass, tmp_path, lang="en")
    for path in written.learners:
        assert "similar" not in path.read_text(encoding="utf-8").lower().replace("spelled similar", "")
    assert not (tmp_path / "similarity.html").exists()


def test_nothing_found_is_said():
    found = similarity(pairs=(), works=())
    assert similarity_page(found, "en").pairs == ()


def test_a_page_without_pairs_says_so(tmp_path):
    page = write_similarity(similarity(pairs=(), works=()), tmp_path, lang="en").read_text(encoding="utf-8")
    assert "No two submissions share more than is usual." in page


def test_a_pair_without_kept_code_is_listed_without_sides():
    (view,) = similarity_page(similarity(works=()), "en").pairs
    assert view.sides == ()
    assert view.code == "40 tokens: 80 % and 60 % of their rare code"


def test_a_pair_whose_code_is_not_alike_is_shown_by_its_evidence(tmp_path):
    found = similarity(pairs=[pair(code=False, common=(Common(Kind.CLOCK, Worth.STRONG, 1, (Item("x", 1, 1, 2),)),))])
    page = write_similarity(found, tmp_path, lang="en").read_text(encoding="utf-8")
    assert "The two share too little rare code to say anything about it." in page
    assert "<mark>" not in page


def test_of_very_many_pairs_the_page_lists_the_first_and_counts_the_others():
    view = similarity_page(similarity(pairs=[pair()] * (MOST_LISTED + 7)), "en")
    assert (len(view.pairs), view.left_out) == (MOST_LISTED, 7)


def test_a_long_program_is_folded_around_its_passages():
    text = "\n".join(f"line{n} = {n}" for n in range(400))
    at = text.index("line200")
    lines, rest = lines_of(Work("ada", "twice", False, (Cell(1, text),)), (Passage(1, 0, at, at + 7, 2),))
    assert [line.skipped for line in lines if line.skipped] == [197, 196]
    assert [line.number for line in lines if line.parts] == list(range(198, 205))
    assert rest == 0


def test_one_endless_line_is_cut():
    work = Work("ada", "twice", False, (Cell(1, "x" * 100_000),))
    (line,), _ = lines_of(work, (Passage(1, 0, 0, 100_000, 2),))
    assert sum(len(part.text) for part in line.parts) <= MOST_COLUMNS + 2


def test_a_passage_over_several_cells_names_them_and_one_over_marks_does_not():
    cells = (Cell(1, "a = 1"), Cell(3, "b = 2"))
    passages = (Passage(1, 0, 0, 5, 2), Passage(1, 1, 0, 5, 2))
    notebook, script = (Work(x, "twice", x == "bob", cells) for x in ("bob", "ada"))
    both = Pair("twice", person("ada"), person("bob"), Code(40, 80, 60, 9, 9, 9, 9, passages, passages), (), 2)
    (view,) = similarity_page(similarity(pairs=[both], works=[notebook, script]), "en").pairs
    assert view.passages[0].left == "lines 1 to 3"
    assert view.passages[0].right == "cell 1, line 1; cell 2, line 3"
