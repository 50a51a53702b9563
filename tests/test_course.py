"""Reading a course, releasing it, and proving its variants; on a course made by ``grader new``."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest

from grader import skeleton
from grader.checking import run_checks
from grader.course import load_checks, load_course, load_exercise, read_course
from grader.errors import AuthorError
from grader.grades import CheckResult, ExerciseGrade, Finding, Mistake, Outcome, Status
from grader.lint import broken_rules
from grader.local import LocalSession
from grader.release import release, with_docstrings, without_solutions
from grader.student import Student
from grader.text import Text
from grader.texts import Texts
from grader.variants import Variant, broken_promises, variants_of

SLUG = "twice"


@pytest.fixture
def course(tmp_path):
    top = tmp_path / "exercises"
    top.mkdir()
    (top / "course.toml").write_text('title = { en = "Course", ko = "강의" }\n', encoding="utf-8")
    skeleton.write(load_course(tmp_path), SLUG)
    made = load_course(tmp_path)
    for path, text in release(made.exercise(SLUG)).items():
        path.write_text(text, encoding="utf-8")
    return made


def graded(exercise, path):
    session = LocalSession({})
    session.run_cells(path.name, path.read_bytes())
    checks = tuple(run_checks(load_checks(exercise), Student(session), exercise.texts, slug=SLUG, seed=1))
    return ExerciseGrade(SLUG, exercise.title, Status.GRADED, checks=checks)


def test_a_new_exercise_is_proved_by_its_own_variants(course):
    exercise = course.exercise(SLUG)
    found = variants_of(exercise)
    assert [v.name for v in found] == ["stub", "stub", "solution", "right/adds", "wrong/squares"]
    for variant in found:
        assert list(broken_promises(variant, graded(exercise, variant.path))) == []


def test_a_new_exercise_needs_more_before_it_is_complete(course):
    rules = list(broken_rules(course.exercise(SLUG)))
    assert any("wrong variants" in rule for rule in rules)
    assert any("no wrong variant fails doubles_any_vector" in rule for rule in rules)


def test_a_stub_that_the_solution_does_not_make_is_named_with_the_repair(course):
    exercise = course.exercise(SLUG)
    exercise.stub().write_text("old", encoding="utf-8")
    assert any(f"run: grader release {SLUG}" in rule for rule in broken_rules(exercise))


@pytest.mark.parametrize("slug", [SLUG, "Twice", "two words", "class", "3d"])
def test_a_slug_that_cannot_be_is_refused(course, slug):
    with pytest.raises(AuthorError):
        skeleton.write(course, slug)


def test_checks_come_public_first_and_know_it(course):
    assert [(c.id, c.public, c.points) for c in load_checks(course.exercise(SLUG))] == [
        ("doubles_one_vector", True, 4),
        ("doubles_any_vector", False, 6),
    ]


def test_the_stub_holds_no_solution_and_runs(course):
    text = course.exercise(SLUG).stub().read_text(encoding="utf-8")
    assert "2 * np" not in text
    assert "SOLUTION" not in text
    session = LocalSession({})
    session.run_cells("twice.py", text.encode())
    assert session.errors == []


def test_the_notebook_holds_the_cells_of_the_script_and_asks_after_each_task(course):
    notebook = nbformat.reads(course.exercise(SLUG).stub(".ipynb").read_text(encoding="utf-8"), as_version=4)
    nbformat.validate(notebook)
    assert [c.cell_type for c in notebook.cells] == ["markdown", "code", "code", "code"]
    script = course.exercise(SLUG).stub().read_text(encoding="utf-8")
    assert [cell.source in script for cell in notebook.cells[1:]] == [True, True, False]
    assert notebook.cells[-1].source.splitlines()[-1] == 'check("twice", "double")'
    assert "check(" not in script


def test_the_korean_stub_speaks_korean_in_prose_and_docstrings(course):
    text = course.exercise(SLUG).stub(".py", "ko").read_text(encoding="utf-8")
    assert "두 배" in text
    assert "Twice ``x``" not in text


def test_releasing_twice_gives_the_same_bytes(course):
    exercise = course.exercise(SLUG)
    assert release(exercise) == release(exercise)
    json.loads(release(exercise)[exercise.stub(".ipynb")])


@pytest.mark.parametrize(
    "code",
    [
        "### BEGIN SOLUTION\nx = 1\n",
        "### END SOLUTION\n",
        "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n",
    ],
)
def test_marks_that_do_not_pair_are_an_authors_error(code):
    with pytest.raises(AuthorError, match="SOLUTION"):
        without_solutions(code, "twice")


def test_a_stub_line_of_ones_own_takes_the_place_of_the_solution():
    code = "### BEGIN SOLUTION: best = None\nbest = 3\n### END SOLUTION\nprint(best)"
    assert without_solutions(code, "x") == "best = None\nprint(best)"


def test_only_the_named_docstrings_are_replaced():
    code = 'def f(x):\n    """One."""\n    return x\n\ndef g(x):\n    """Two."""\n    return x'
    assert with_docstrings(code, {"f": "하나."}) == code.replace("One.", "하나.")


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("exercise.toml", "number = ", "is not valid TOML"),
        ("exercise.toml", "number = 1", "is missing or unknown"),
    ],
)
def test_a_broken_course_file_is_named(course, file, text, words):
    (course.exercise(SLUG).folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError, match=words):
        load_course(course.root)


def test_a_folder_that_is_no_course_says_which_option_names_one(tmp_path):
    with pytest.raises(AuthorError, match="--course"):
        load_course(tmp_path)


def test_an_exercise_that_is_not_there_is_named(course):
    assert load_exercise(course.root, SLUG).slug == SLUG
    with pytest.raises(AuthorError, match="nothing"):
        load_exercise(course.root, "nothing")


def test_a_missing_exercise_file_says_what_writes_one(course):
    (course.exercise(SLUG).folder / "exercise.toml").unlink()
    with pytest.raises(AuthorError, match="grader new"):
        load_course(course.root)


def test_two_exercises_of_one_name_are_refused(course):
    shutil.copytree(course.exercise(SLUG).folder, course.root / "exercises" / f"09_{SLUG}")
    with pytest.raises(AuthorError, match="two exercises"):
        load_course(course.root)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ('\n@check(points=1)\ndef doubles_one_vector():\n    """Again"""\n', "two checks"),
        ('\n@check(points=1, after="later")\ndef early():\n    """Early"""\n', "does not stand before"),
    ],
)
def test_checks_that_clash_are_an_authors_error(course, extra, words):
    exercise = course.exercise(SLUG)
    secret = exercise.solutions / "checks.py"
    secret.write_text(secret.read_text(encoding="utf-8") + extra, encoding="utf-8")
    with pytest.raises(AuthorError, match=words):
        load_checks(exercise)


def test_hidden_checks_may_use_what_public_ones_define(course):
    exercise = course.exercise(SLUG)
    secret = exercise.solutions / "checks.py"
    secret.write_text(
        "from public_checks import np, doubles_one_vector\n" + secret.read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert [c.id for c in load_checks(exercise)] == ["doubles_one_vector", "doubles_any_vector"]


def test_a_text_that_is_missing_in_one_language_is_named(course):
    path = course.exercise(SLUG).folder / "exercise.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('ko = "두 배가 아니라 제곱입니다."', ""), encoding="utf-8")
    with pytest.raises(AuthorError, match=r"mistakes\.squared"):
        load_course(course.root).exercise(SLUG).texts.mistake("squared")


def test_the_seed_of_a_course_follows_from_its_hidden_checks(course):
    before = course.seed
    secret = course.exercise(SLUG).solutions / "checks.py"
    secret.write_text(secret.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert load_course(course.root).seed != before


@pytest.mark.parametrize(
    "head", ["x = 1\n", "# variant: right\n# fails: a\n", "# variant: wrong\nx = 1\n"], ids=["none", "right", "wrong"]
)
def test_a_variant_without_a_proper_header_is_refused(course, head):
    exercise = course.exercise(SLUG)
    kind = "right" if "right" in head else "wrong"
    (exercise.solutions / kind / "bad.py").write_text(head, encoding="utf-8")
    with pytest.raises(AuthorError, match=r"bad\.py"):
        variants_of(exercise)


def result(name, outcome, mistake=""):
    finding = Finding(Text.same("why"), mistake=Mistake(mistake, Text.same(mistake)) if mistake else None)
    return CheckResult(name, Text.same(name), True, outcome, 2, finding)


@pytest.mark.parametrize(
    ("variant", "outcomes", "words"),
    [
        (Variant(None, "stub"), {"a": Outcome.PASSED}, "should get none"),
        (Variant(None, "solution"), {"a": Outcome.FAILED}, "a is failed: why"),
        (Variant(None, "wrong", frozenset("a")), {"a": Outcome.PASSED}, "it should fail"),
        (Variant(None, "wrong", frozenset("a")), {"a": Outcome.FAILED, "b": Outcome.ERRORED}, "b fails"),
        (Variant(None, "wrong", frozenset("a"), "m"), {"a": Outcome.FAILED}, "mistake m is not named"),
        (Variant(None, "wrong", frozenset("a")), {"a": Outcome.FAULTED}, "grader itself broke"),
    ],
)
def test_a_broken_promise_is_said(variant, outcomes, words):
    checks = tuple(result(name, outcome) for name, outcome in outcomes.items())
    problems = list(broken_promises(variant, ExerciseGrade(SLUG, Text.same(""), Status.GRADED, checks=checks)))
    assert any(words in problem for problem in problems)


def test_a_skipped_check_needs_no_mention():
    checks = (result("a", Outcome.FAILED), result("b", Outcome.SKIPPED))
    variant = Variant(None, "wrong", frozenset("a"))
    assert list(broken_promises(variant, ExerciseGrade(SLUG, Text.same(""), Status.GRADED, checks=checks))) == []


def exercise_toml(course):
    return course.exercise(SLUG).folder / "exercise.toml"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("number = 1", "number = true", "number is missing or unknown: it wants a whole number"),
        ("number = 1", "number = -1", "number is missing or unknown"),
        ("number = 1", f"number = {'9' * 5000}", "is not valid TOML"),
        (f'slug = "{SLUG}"', "slug = 5", "slug is missing or unknown: it wants words"),
        (f'slug = "{SLUG}"', 'slug = "../x"', "it wants lower-case letters"),
        (f'slug = "{SLUG}"', 'slug = "other"', "rename one of them"),
        ('title = { en = "Twice"', 'title = { fr = "Deux"', "title.en is missing"),
        ("call_s = 5", 'call_s = "5"', "limits.call_s is missing or unknown: it wants a number of seconds"),
        ("call_s = 5", "call_s = 0", "more than 0"),
        ("call_s = 5", "call_s = nan", "more than 0"),
        ("call_s = 5", "memory_mb = 1.5", "it wants a whole number"),
        ("call_s = 5", "speed = 5", "another name: cell_s"),
        (
            "[tasks.double]",
            '[tasks.double]\nkind = "class"',
            "tasks.double.kind is missing or unknown: it wants function",
        ),
        ("[tasks.double]", "[jobs.double]", "tasks is missing"),
        ("[mistakes.squared]", "[mistakes]\nsquared = 1\n[mistakes.x]", "mistakes.squared is missing or unknown"),
        ("number = 1", "number = 1\nx = " + "[" * 5000, "nested too deep"),
        ("number = 1", "number = 1 # " + "x" * 1_000_001, "is larger than"),
    ],
)
def test_a_wrong_entry_is_named_with_what_belongs_there(course, old, new, words):
    path = exercise_toml(course)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AuthorError, match=words) as caught:
        load_course(course.root)
    assert str(path) in str(caught.value)


def test_a_broken_exercise_leaves_the_others_alone(course):
    skeleton.write(course, "thrice")
    exercise_toml(course).write_bytes(b"\xff\xfe")
    found = read_course(course.root)
    assert [(e.slug, bool(e.broken)) for e in found.exercises] == [(SLUG, True), ("thrice", False)]
    assert len(found.problems) == 1
    assert str(exercise_toml(course)) in found.problems[0]
    with pytest.raises(AuthorError, match="is not valid TOML"):
        load_exercise(course.root, SLUG)


def test_a_folder_that_says_not_even_its_name_is_a_problem_and_no_exercise(course):
    (course.root / "exercises" / "02_Not a Slug").mkdir()
    found = read_course(course.root)
    assert found.slugs == (SLUG,)
    assert "02_Not a Slug" in found.problems[0]


@pytest.mark.parametrize("file", ["exercise.toml", "checks.py"])
@pytest.mark.parametrize("top", ["exercises", "solutions"])
def test_a_folder_where_a_file_should_be_is_named(course, top, file):
    path = course.root / top / f"01_{SLUG}" / file
    path.unlink()
    path.mkdir()
    found = read_course(course.root)
    assert f"{path} cannot be read" in found.problems[0]
    assert len(found.sha256) == 64


def test_missing_checks_are_named(course):
    path = course.exercise(SLUG).folder / "checks.py"
    path.unlink()
    with pytest.raises(AuthorError, match=r"checks\.py is missing"):
        load_course(course.root)


@pytest.mark.parametrize(
    "text", ["", "title = 5", "[title]\nen = 1\nko = 2", "title = {"], ids=["empty", "number", "numbers", "no TOML"]
)
def test_a_broken_course_toml_is_named(course, text):
    (course.root / "exercises" / "course.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError, match=r"course\.toml"):
        read_course(course.root)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import nothing_of_this_name", "line 1: ModuleNotFoundError"),
        ("x = 1\ndef f(:\n", "line 2: SyntaxError"),
        ("x = 1\n\nraise SystemExit(3)", "line 3: SystemExit: 3"),
        ("import json\n\njson.loads('{')", "line 3: JSONDecodeError"),
        ("x = '\0'", "null bytes"),
    ],
)
@pytest.mark.parametrize("top", ["exercises", "solutions"])
def test_checks_that_cannot_be_run_are_named_with_the_line(course, top, code, words):
    path = course.root / top / f"01_{SLUG}" / "checks.py"
    path.write_text(code, encoding="utf-8")
    with pytest.raises(AuthorError, match=words) as caught:
        load_checks(course.exercise(SLUG))
    assert str(path) in str(caught.value)
    assert f"grader verify {SLUG}" in str(caught.value)


def texts(**sections):
    return Texts("exercise.toml", sections)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: texts(checks={"a": {}}).title("a", "A"), "wants title_ko"),
        (lambda: texts(checks={"a": {"title_ko": 5}}).title("a", "A"), "wants title_ko"),
        (lambda: texts(checks={"a": {"hints": 5}}).hints("a"), "are a list"),
        (lambda: texts(checks={"a": {"hints": ["x"]}}).hints("a"), "wants en and ko"),
        (lambda: texts(mistakes={"a": {"en": 1, "ko": 2}}).mistake("a"), "wants en and ko"),
        (lambda: texts(messages={"a": {"en": "{b}", "ko": ""}}).message("a", {"c": 1}), r"can have {c}"),
        (lambda: texts(messages={"a": {"en": "{", "ko": ""}}).message("a", {}), r"no {parts}"),
        (lambda: texts(messages={"a": {"en": "{c:%}", "ko": ""}}).message("a", {"c": "x"}), r"can have {c}"),
        (lambda: texts(messages={"a": {"en": "{c.d}", "ko": ""}}).message("a", {"c": "x"}), r"can have {c}"),
        (lambda: texts(pictures={"a": {}}).picture("a"), "wants en and ko"),
        (lambda: texts(training={"a": {"tries": 5}}).training("a"), "wants threshold"),
        (
            lambda: texts(training={"a": {"threshold": "1", "successes": 1, "tries": 1, "measured": ""}}).training("a"),
            "wants threshold",
        ),
    ],
)
def test_words_that_are_missing_or_of_another_kind_are_named(ask, words):
    with pytest.raises(AuthorError, match=words):
        ask()
