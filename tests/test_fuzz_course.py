"""Course files that were good once: whatever an author's slip makes of them, the file and the repair are named."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import skeleton, text
from grader.course import default_root, load_checks, load_course, load_exercise, read_course
from grader.errors import AuthorError
from grader.lint import broken_rules
from grader.release import release
from tests.intake.fuzzing import examples, no_hang

SLUG = "twice"
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "swap", "cut", "insert", "value", "name", "bytes"]),
        st.integers(0, 400),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=4,
)
VALUES = (
    "1", "-1", "true", "nan", "1e999", '""', '"x"', "[]", "{}", "[[]]", "{ en = 1, ko = 2 }", '{ en = "{x}", ko = "{" }', "1979-05-27",
    '"../x"', "9" * 5000, "[" * 2000, '"\\ud800"', "'''", "[1, 'a']", '"a\\u0000b"',
)  # fmt: skip
INSERTED = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"[x]\n", b"]]", b"=", b"\r", b"def f(:\n", b"raise SystemExit\n", b"1/0\n",
    b"import nothing_like_this\n", b"@check(points=0)\n", b"(" * 300, b"    ", b"\t", b"# -*- coding: utf-99 -*-\n", b"'''", b"\xc2\x85",
)  # fmt: skip


def changed(data: bytes, changes: list[tuple[str, int, int]]) -> bytes:
    for kind, first, second in changes:
        lines = data.splitlines(keepends=True) or [b""]
        one, other = first % len(lines), second % len(lines)
        match kind:
            case "drop":
                del lines[one]
            case "double":
                lines.insert(other, lines[one])
            case "swap":
                lines[one], lines[other] = lines[other], lines[one]
            case "cut":
                lines = [data[: (first * 401 + second) % (len(data) + 1)]]
            case "insert":
                lines.insert(one, INSERTED[second % len(INSERTED)])
            case "value" if b"=" in lines[one]:
                key = lines[one].partition(b"=")[0]
                lines[one] = key + b"= " + VALUES[second % len(VALUES)].encode() + b"\n"
            case "name":
                lines[one] = lines[one].replace(b"_", b"-", 1).replace(b"en ", b"e ", 1)
            case "bytes" if data:
                place = (first * 401 + second) % len(data)
                lines = [data[:place] + bytes([first % 256]) + data[place + 1 :]]
        data = b"".join(lines)
    return data


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    (root / "exercises").mkdir()
    (root / "exercises" / "course.toml").write_text('title = { en = "Course", ko = "강의" }\n', encoding="utf-8")
    skeleton.write(load_course(root), SLUG)
    skeleton.write(load_course(root), "thrice")
    words = root / "exercises" / f"01_{SLUG}" / "exercise.toml"
    more = '[messages.m]\nen = "{a}"\nko = "{a}"\n[pictures.p]\ntitle = { en = "t", ko = "t" }\ndescription = { en = "d", ko = "d" }\n'
    more += '[labels]\nx = { en = "x", ko = "x" }\n[training.t]\nthreshold = 0.9\nsuccesses = 3\ntries = 5\nmeasured = "20 of 20"\n'
    words.write_text(words.read_text(encoding="utf-8") + more, encoding="utf-8")
    return root


def course_with(made: Path, place: str, file: str, data: bytes) -> Path:
    path = Path(place) / file
    path.parent.mkdir(parents=True)
    root = Path(place)
    for other in made.rglob("*"):
        target = root / other.relative_to(made)
        if other.is_file() and target != path:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(other, target)
    path.write_bytes(data)
    return root


def used(exercise: Any) -> None:
    """All that a grading asks of the words."""
    texts = exercise.texts
    for check in load_checks(exercise):
        texts.title(check.id, check.title)
        texts.hints(check.id)
        texts.training(check.id)
    for section, ask in {
        "mistakes": texts.mistake,
        "messages": lambda key: texts.message(key, {"a": 1}),
        "pictures": texts.picture,
        "labels": texts.label,
        "training": texts.training,
    }.items():
        for key in texts.sections[section]:
            ask(key)


def named(wrong: AuthorError, root: Path) -> None:
    said = str(wrong)
    assert str(root) in said or "exercise.toml" in said or f"01_{SLUG}" in said or "check " in said, said


def says(wrong: AuthorError, part: str) -> None:
    assert part in str(wrong)


TOMLS = (f"exercises/01_{SLUG}/exercise.toml", f"solutions/01_{SLUG}/exercise.toml", "exercises/course.toml")


@examples(40, 1500)
@given(st.sampled_from(TOMLS), CHANGES)
def test_fuzz_the_words_of_a_course(made: Path, file: str, changes: Any) -> None:
    with tempfile.TemporaryDirectory() as place, no_hang():
        root = course_with(made, place, file, changed((made / file).read_bytes(), changes))
        try:
            course = read_course(root)
        except AuthorError as wrong:
            named(wrong, root)
            return
        assert "thrice" in course.slugs  # no other exercise suffers
        assert len(course.sha256) == 64
        for exercise in course.exercises:
            try:
                used(load_exercise(root, exercise.slug))
            except AuthorError as wrong:
                named(wrong, root)
                assert exercise.slug == SLUG
            else:
                assert not exercise.broken


CODES = (f"exercises/01_{SLUG}/checks.py", f"solutions/01_{SLUG}/checks.py")


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@examples(30, 1000)
@given(st.sampled_from(CODES), CHANGES)
def test_fuzz_the_checks_of_a_course(made: Path, file: str, changes: Any) -> None:
    with tempfile.TemporaryDirectory() as place, no_hang():
        root = course_with(made, place, file, changed((made / file).read_bytes(), changes))
        try:
            used(read_course(root).exercise(SLUG))
        except AuthorError as wrong:
            named(wrong, root)


SOLUTIONS = (
    f"solutions/01_{SLUG}/{SLUG}.py",
    f"solutions/01_{SLUG}/right/adds.py",
    f"solutions/01_{SLUG}/wrong/squares.py",
)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@examples(10, 300)
@given(st.sampled_from(SOLUTIONS), CHANGES)
def test_fuzz_solutions_and_variants(made: Path, file: str, changes: Any) -> None:
    with tempfile.TemporaryDirectory() as place, no_hang():
        root = course_with(made, place, file, changed((made / file).read_bytes(), changes))
        exercise = load_course(root).exercise(SLUG)
        assert all(broken_rules(exercise))
        try:
            release(exercise)
        except AuthorError as wrong:
            named(wrong, root)


@examples(20, 400)
@given(
    st.lists(
        st.sampled_from(
            ["", "course.toml", "01_twice", "01_twice/", "02_", "1_x/", "9_a b/", "03_q/exercise.toml", "x_y/"]
        )
    )
)
def test_fuzz_the_layout_of_a_course(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        top = Path(place) / "exercises"
        for name in names:
            path = top / name
            if name.endswith("/") and not path.is_file():
                path.mkdir(parents=True, exist_ok=True)
            elif name and not path.exists() and not path.parent.is_file():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text('title = { en = "t", ko = "t" }', encoding="utf-8")
        try:
            course = read_course(Path(place))
        except AuthorError as wrong:
            says(wrong, place)
        else:
            assert len(course.problems) >= len(course.exercises)


PO = (text.LOCALE_DIR / "ko" / "LC_MESSAGES" / "grader.po").read_bytes()


@examples(8, 400)
@given(CHANGES)
def test_fuzz_the_catalogue_of_texts(changes: Any) -> None:
    """A sentence that is lost, or has lost its parts, is said in English."""
    start = PO.index(b'msgid "{file} is empty')
    data = PO[: PO.index(b"\n\n")] + b"\n\n" + changed(PO[start : start + 2000], changes)
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch, no_hang():
        path = Path(place) / "ko" / "LC_MESSAGES" / "grader.po"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        patch.setattr(text, "LOCALE_DIR", Path(place))
        text.catalogue.cache_clear()
        try:
            said = text.say("{file} is empty. Save your work and hand it in again.", file="rank.py")
        except AuthorError as wrong:
            says(wrong, str(path))
        else:
            assert said.en == "rank.py is empty. Save your work and hand it in again."
            assert said.ko
        finally:
            text.catalogue.cache_clear()


def test_the_course_that_comes_with_us_is_sound() -> None:
    assert read_course(default_root()).problems == ()
