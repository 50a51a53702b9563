"""The same promises with a real PostgreSQL: one writer, nothing lost, and no password in any message."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zlib

import pytest
from sqlalchemy import text

from grader.errors import StoreFault
from grader.grades import Outcome
from grader.store.lock import ServerLock
from grader.store.place import at_url
from grader.store.store import Store, history
from tests.store import postgresql
from tests.store.made import attempt, graded, run

PASSED, FAILED = Outcome.PASSED, Outcome.FAILED
pytestmark = pytest.mark.skipif(
    postgresql.binary("postgres") is None or postgresql.binary("initdb") is None,
    reason="this machine has no PostgreSQL to start",
)


@pytest.fixture(scope="module")
def server():
    with postgresql.server() as started:
        yield started


@pytest.fixture
def url(server, request):
    """A database of the test's own."""
    name = f"db{zlib.crc32(request.node.name.encode())}"
    engine = at_url(server.url()).engine()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.url(name)


def test_grades_runs_and_attempts_are_there_in_the_next_run(tmp_path, url):
    for n in range(2):
        with Store(tmp_path / f"out{n}", url) as store:
            assert (store.get("k") is None) == (n == 0)
            store.put("k", graded(PASSED, FAILED))
            store.record(run(n), [attempt("ada", PASSED, FAILED), attempt("김민준", FAILED)])
    assert not list(tmp_path.rglob("*.sqlite"))
    known = history(url)
    assert [(a.learner, a.runs) for a in known.attempts] == [("ada", (1, 2)), ("김민준", (1, 2))]
    with Store(tmp_path, url) as store:
        assert store.get("k") == graded(PASSED, FAILED)
        store.put("k", graded(FAILED))
        assert store.get("k~1") == graded(PASSED, FAILED)


def test_two_graders_do_not_share_a_database(tmp_path, url):
    with Store(tmp_path / "one", url), pytest.raises(StoreFault, match="in use: another grader"):
        Store(tmp_path / "two", url)
    Store(tmp_path / "two", url).close()


def test_a_locked_row_serves_where_there_is_no_advisory_lock(tmp_path, url, monkeypatch):
    Store(tmp_path, url).close()
    place = at_url(url)
    engines = [place.engine(), place.engine()]
    for engine in engines:
        monkeypatch.setattr(engine.dialect, "name", "another")
    first = ServerLock(place, engines[0])
    with pytest.raises(StoreFault, match="in use"):
        ServerLock(place, engines[1])
    first.close()
    ServerLock(place, engines[1]).close()
    for engine in engines:
        engine.dispose()


KILLED = """
import os, signal, sys
from pathlib import Path
from grader.grades import Outcome
from grader.store.store import Store
from tests.store.made import attempt, graded, run
store = Store(Path(sys.argv[1]), os.environ["URL"])
store.put("first", graded(Outcome.PASSED))
with store._writing() as db:
    from grader.store import rows
    rows.keep(db, "half", "rank", '{"grade": 1}')
    rows.record(db, run(), [attempt("ada", Outcome.PASSED)])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_grader_that_is_killed_loses_nothing_and_locks_nobody_out(tmp_path, url):
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], env={**os.environ, "URL": url}, check=False)
    assert done.returncode == -signal.SIGKILL
    with Store(tmp_path, url) as store:
        assert store.get("first") == graded(PASSED)
        assert store.get("half") is None
        assert store.history().runs == ()


def test_a_server_that_goes_away_is_said_and_the_next_run_goes_on(tmp_path, url, server):
    with Store(tmp_path, url) as store:
        store.put("first", graded(PASSED))
        server.stop()
        for use in (lambda: store.put("second", graded(PASSED)), lambda: store.get("first"), store.history):
            with pytest.raises(StoreFault, match=r"ada:\*\*\*@127.0.0.1") as caught:
                use()
            assert "s3cret" not in str(caught.value)
    server.start()
    with Store(tmp_path, url) as store:
        assert store.get("first") == graded(PASSED)


def test_a_wrong_password_is_said_without_it(tmp_path, url):
    wrong = url.replace(postgresql.QUOTED, "wr0ng")
    with pytest.raises(StoreFault, match="password authentication failed") as caught:
        Store(tmp_path, wrong)
    assert "wr0ng" not in str(caught.value)


def test_a_database_with_tables_of_something_else_is_left_alone(tmp_path, url):
    engine = at_url(url).engine()
    with engine.begin() as db:
        db.execute(text("CREATE TABLE run (distance integer)"))
    with pytest.raises(StoreFault, match=r"holds tables of something else.*run"):
        Store(tmp_path, url)
    with engine.begin() as db:
        assert db.scalar(text("SELECT count(*) FROM run")) == 0
        assert db.scalar(text("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")) == 1
    engine.dispose()
