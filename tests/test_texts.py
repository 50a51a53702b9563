"""Every sentence a learner can meet exists in English and Korean: the code's in the catalogue, the course's in its files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from grader.cli import Commands, cli
from grader.cli.spoken import LEARNERS, paragraphs
from grader.course import default_root, load_checks, load_course
from grader.text import Text, catalogue, say

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "grader" / "locale" / "ko" / "LC_MESSAGES" / "grader.po"
PARTS = re.compile(r"\{(\w*)")
COURSE = load_course(default_root())


def helped() -> set[str]:
    """What `--help` says, by itself and of the commands that learners type."""
    commands = [cli, *(Commands().get_command(click.Context(cli), name) for name in LEARNERS)]
    helps = [command.help for command in commands if command]
    helps += [o.help for c in commands if c for o in c.params if isinstance(o, click.Option)]
    return {part for words in helps if words for part in paragraphs(words)}


def said() -> set[str]:
    """Every literal that the code says."""
    return helped() | {
        message
        for folder in ("grader", "reports")
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, [("**.py", "python")], keywords={"say": None})
    }


def translated() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {m.id: m.string for m in read_po(file, locale="ko") if m.id}


def test_every_sentence_of_the_code_has_its_korean():
    missing = sorted(said() - {english for english, korean in translated().items() if korean})
    assert missing == [], "run `make texts`, then translate what is empty in grader.po"


def test_the_catalogue_has_no_sentence_that_nobody_says():
    assert sorted(set(translated()) - said()) == [], "run `make texts`"


def test_a_translation_has_the_same_parts_as_its_original():
    for english, korean in translated().items():
        assert set(PARTS.findall(english)) == set(PARTS.findall(korean)), english


def test_what_is_said_is_a_literal_so_that_it_can_be_translated():
    for path in [*(ROOT / "grader").rglob("*.py"), *(ROOT / "reports").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"


def test_korean_sentences_end_politely():
    """합니다, 하세요, 까요: the plain polite form, never 한다."""
    for english, korean in translated().items():
        assert not re.search(r"[가-힣](?<![니십시])다\.", korean), english


def test_no_particle_waits_in_brackets_for_the_word_before_it():
    """“{name}을(를)” reads as a form letter: such a sentence is worded so that it needs no particle there."""
    course = [p.read_text("utf-8") for folder in ("exercises", "solutions") for p in (ROOT / folder).rglob("*.toml")]
    lines = [*translated().values(), *(line for text in course for line in text.splitlines())]
    assert [line for line in lines if re.search(r"\((을|를|은|는|이|가|과|와|으|이라|라)\)", line)] == []


def test_a_part_may_itself_be_a_text():
    part = Text("one", "하나")
    assert say("{part}!", part=part) == Text("one!", "하나!")


def test_what_learners_write_is_never_formatted_again():
    assert say("{words}", words="{oops}").en == "{oops}"


def test_english_needs_no_catalogue():
    assert catalogue("en") == {}


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda e: e.slug)
def test_the_words_of_an_exercise_exist_in_both_languages(exercise):
    texts = exercise.texts
    for check in load_checks(exercise):
        assert re.search("[가-힣]", texts.title(check.id, check.title).ko)
        assert all(re.search("[가-힣]", hint.ko) for hint in texts.hints(check.id))
    for key in texts.sections["mistakes"]:
        assert re.search("[가-힣]", texts.mistake(key).ko)
    for key, entry in texts.sections["messages"].items():
        assert set(PARTS.findall(entry["en"])) == set(PARTS.findall(entry["ko"])), key
    for key in texts.sections["pictures"]:
        assert re.search("[가-힣]", texts.picture(key)[1].ko)
