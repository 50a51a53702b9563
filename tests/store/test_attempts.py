"""Every run is recorded whole, and what each learner handed in over time can be read back."""

from __future__ import annotations

import contextlib
import json
import sqlite3

import jsonschema
import pytest

from grader.attempts import History
from grader.errors import FolderFault, StoreFault
from grader.grades import ClassGrade, LearnerGrade, Outcome
from grader.store.place import FILE, at_url
from grader.store.store import Store, history
from grader.text import Text
from reports.writing import json_bytes
from tests.reports.test_data_files import schema
from tests.store.made import CAPSULE, attempt, graded, run

PASSED, FAILED, FAULTED = Outcome.PASSED, Outcome.FAILED, Outcome.FAULTED


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        yield opened


def test_an_attempt_is_written_once_however_many_runs_see_it(store):
    ada = attempt("ada", PASSED)
    assert [store.record(run(n), [ada]) for n in range(3)] == [1, 2, 3]
    (only,) = store.history().attempts
    assert only.runs == (1, 2, 3)
    assert only.earned.points == 2


def test_another_file_or_another_grade_is_another_attempt_in_order(store):
    for n, (sha256, outcome) in enumerate([("aa", FAILED), ("bb", FAILED), ("bb", PASSED), ("aa", FAILED)]):
        store.record(run(n), [attempt("ada", outcome, sha256=sha256 * 32), attempt("bob", PASSED)])
    known = store.history()
    assert [(a.sha256[:2], a.earned.points, a.runs) for a in known.of("ada", "rank")] == [
        ("aa", 0, (1,)),
        ("bb", 0, (2,)),
        ("bb", 2, (3,)),
        ("aa", 0, (4,)),
    ]
    assert [a.learner for a in known.seen_in(2)] == ["bob", "ada"]
    assert [r.began[14:16] for r in known.runs] == ["00", "01", "02", "03"]


def test_a_run_of_one_exercise_leaves_the_attempts_at_others_alone(store):
    store.record(run(), [attempt("ada", PASSED), attempt("ada", FAILED, slug="matmul")])
    store.record(run(1), [attempt("ada", PASSED)])
    assert [(a.slug, a.runs) for a in store.history().attempts] == [("rank", (1, 2)), ("matmul", (1,))]


def test_what_a_history_holds_goes_to_json_and_back_and_fits_its_schema(store):
    store.record(run(), [attempt("ada", PASSED, FAULTED, key="")])
    data = json.loads(json_bytes(store.history().to_json()))
    jsonschema.validate(data, schema("attempts"))
    assert History.from_json(data) == store.history()


def test_a_record_that_was_changed_is_left_out(tmp_path, store):
    store.record(run(), [attempt("ada", FAILED), attempt("bob", FAILED)])
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute("UPDATE attempt SET body = replace(body, 'failed', 'passed') WHERE learner = 'ada'")
    assert [a.learner for a in store.history().attempts] == ["bob"]


def test_a_run_that_cannot_be_recorded_whole_is_not_recorded(tmp_path, store):
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute("CREATE TRIGGER no BEFORE INSERT ON part BEGIN SELECT raise(ABORT, 'broken'); END")
    with pytest.raises(FolderFault, match="broken"):
        store.record(run(), [attempt("ada", PASSED)])
    assert store.history() == History()


def test_a_grade_that_is_made_again_counts_for_nothing_until_it_is_there(store):
    store.put("k", graded(FAILED))
    store.grade_again(["k"])
    assert store.get("k") is None
    store.put("k", graded(PASSED))
    assert store.get("k") == graded(PASSED)


def test_a_grade_that_came_out_otherwise_stays_with_the_attempts_that_had_it(store):
    for n, outcome in enumerate([FAILED, PASSED, FAILED]):
        store.put("k", graded(outcome))
        store.record(run(n), [attempt("ada", outcome)])
    keys = [a.key for a in store.history().of("ada", "rank")]
    assert keys == ["k~1", "k~2", "k"]
    assert [store.get(key).grade.checks[0].outcome for key in keys] == [FAILED, PASSED, FAILED]


def test_the_same_grade_made_again_is_no_other_one(store):
    store.put("k", graded(PASSED))
    store.record(run(), [attempt("ada", PASSED)])
    store.put("k", graded(PASSED))
    store.record(run(1), [attempt("ada", PASSED)])
    assert [(a.key, a.runs) for a in store.history().attempts] == [("k", (1, 2))]


def test_a_history_is_read_while_a_grader_writes(tmp_path, store):
    store.record(run(), [attempt("ada", PASSED)])
    assert history(tmp_path) == history(tmp_path / FILE) == history(f"sqlite:///{tmp_path / FILE}") == store.history()


def test_where_there_is_no_store_none_is_made(tmp_path):
    with pytest.raises(FileNotFoundError):
        history(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_store_is_said_by_name(tmp_path):
    (tmp_path / FILE).write_text("something else", encoding="utf-8")
    with pytest.raises(StoreFault, match=FILE):
        history(tmp_path)


def test_a_store_elsewhere_is_locked_where_it_lies(tmp_path):
    url = f"sqlite:///{tmp_path / 'all' / 'class.sqlite'}"
    with Store(tmp_path / "one", url) as store:
        store.put("k", graded(PASSED))
        with pytest.raises(FolderFault, match=r"all is in use"):
            Store(tmp_path / "two", url)
    with Store(tmp_path / "two", url) as store:
        assert store.get("k") == graded(PASSED)
    assert not (tmp_path / "one" / FILE).exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no url", "wants the URL"),
        ("postgres:/secret@host", "wants the URL"),
        ("postgresql://ada:secret@host:port/db", "wants the URL"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("nothing://ada:secret@host/db", "nothing here speaks to nothing"),
        ("mysql+nodriver://ada:secret@host/db", "nothing here speaks to mysql"),
        (
            "postgresql://ada:secret@127.0.0.1:1/db",
            r"postgresql.*://ada:\*\*\*@127.0.0.1:1/db cannot be used \(.*refused",
        ),
        ("postgresql://ada@127.0.0.1:1/db?password=secret&color=blue", "cannot be used"),
        ("postgresql://ada:secret@127.0.0.1:1/db?connect_timeout=secret", "cannot be used"),
    ],
)
def test_a_store_that_cannot_be_had_is_said_without_its_password(tmp_path, url, words):
    with pytest.raises(FolderFault, match=words) as caught:
        Store(tmp_path, url)
    assert "secret" not in str(caught.value)
    Store(tmp_path).close()  # nothing stays locked


def test_an_empty_password_or_a_short_one_is_no_secret_in_every_word():
    assert "***" in str(at_url("postgresql://ada:x@host/db"))


def test_a_class_is_told_of_its_own_learners_and_exercises(store):
    store.record(run(), [attempt("ada", PASSED), attempt("ada", FAILED, slug="matmul")])
    store.record(run(1), [attempt("eve", PASSED)])
    klass = ClassGrade(Text.same(""), CAPSULE, (LearnerGrade("ada", "Ada", (graded(PASSED).grade,)),))
    told = store.history().within(klass)
    assert [(a.learner, a.slug) for a in told.attempts] == [("ada", "rank")]
    assert [r.number for r in told.runs] == [1]
