"""What becomes of gradings on a cluster when workers lie, die, differ or never come. No process is started here."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from distributed.scheduler import KilledWorker

from grader.cluster import crew
from grader.cluster import run as cluster_run
from grader.cluster.access import Access
from grader.cluster.run import TRIES, ClusterRun
from grader.course import load_course
from grader.engine.tiers import Tier
from grader.errors import ClusterFault
from grader.grading import Options, plan
from grader.intake import take_in
from grader.store.store import Store
from tests.cli.conftest import RIGHT, SLUG
from tests.cluster.dask import Cluster, good, hangs, right

LEARNERS = 6


@pytest.fixture
def graded(made_course, tmp_path, monkeypatch):
    """Grades six learners on a cluster -> the grades in order, the run, what was told."""
    for n in range(LEARNERS):
        (tmp_path / "class" / f"l{n}").mkdir(parents=True)
        (tmp_path / "class" / f"l{n}" / f"{SLUG}.py").write_text(f"# {n}\n{RIGHT}", encoding="utf-8")
    course = load_course(made_course)
    options = Options(1, Tier.STRICT)
    planned = plan(take_in([tmp_path / "class"], course.slugs), course, options)
    monkeypatch.setattr(cluster_run, "ROLL_S", 0.01)

    def run(cluster, store=None, **how):
        monkeypatch.setattr(cluster_run, "connected", cluster.connected)
        told: list[str] = []
        ran = ClusterRun(Access("tcp://cluster:1"), course, options, tell=told.append, **{"wait_s": 0.05, **how})
        done = ran.grade(planned, store)
        return [done[p.key].grade for p in planned], ran, told

    return run


def points(grades):
    return [(g.score.points, g.score.max_points) for g in grades]


def test_the_work_is_spread_over_all_workers_and_each_is_told_that_it_has_ended(graded):
    cluster = Cluster(a=good, b=good)
    grades, run, told = graded(cluster)
    assert points(grades) == [(2, 2)] * LEARNERS
    assert {len(files) for files in cluster.graded.values()} == {3}
    assert sorted(cluster.left) == ["a", "b"]
    assert (run.faults, told) == ([], [])


def test_the_course_goes_to_each_worker_once(graded):
    cluster = Cluster(a=good, b=good)
    graded(cluster)
    assert [len(sent) for sent in cluster.parcels.values()] == [1, 1]
    (((sha256, data),), ((other, same),)) = cluster.parcels.values()
    assert (sha256, data) == (other, same)


def test_no_more_run_at_a_time_than_was_asked_for(graded):
    cluster = Cluster(a=good, b=good)
    cluster.there = {"a": 4, "b": 4}
    graded(cluster, most=3)
    assert cluster.most == 3


def test_a_worker_with_threads_grades_as_many_at_a_time(graded):
    cluster = Cluster(a=good)
    cluster.there = {"a": 4}
    graded(cluster)
    assert cluster.most == 4


def test_what_a_worker_had_that_died_is_graded_by_another(graded):
    cluster = Cluster(dying=hangs, b=good)
    grades, run, _ = graded(cluster)
    assert points(grades) == [(2, 2)] * LEARNERS
    assert [("was lost with worker dying: the worker is gone" in fault) for fault in run.faults] == [True]


def test_a_task_that_dask_gives_up_is_graded_again(graded):
    deaths = []

    def dies_once(cluster, job):
        if not deaths:
            deaths.append(1)
            raise KilledWorker("task", type("W", (), {"address": "a"})(), 3)
        return right(job)

    grades, run, _ = graded(Cluster(a=dies_once))
    assert points(grades) == [(2, 2)] * LEARNERS
    assert "KilledWorker" in run.faults[0]


@pytest.mark.parametrize(
    "answer",
    [b"", b"{", b"[]", b'{"graded": {}}', b'{"something": 1}'],
    ids=["nothing", "half", "list", "no grade", "other"],
)
def test_a_worker_whose_answers_are_none_is_dismissed_and_costs_nobody_anything(graded, answer):
    grades, run, told = graded(Cluster(a=lambda *_: answer, b=good))
    assert points(grades) == [(2, 2)] * LEARNERS
    assert "worker a is refused: 3 answers were none" in told[0]
    assert run.faults


def test_a_file_that_no_worker_can_grade_is_our_fault_and_never_zero_points(graded):
    def not_the_first(cluster, job):
        return b"" if job["cells"][0].startswith("# 0") else right(job)

    cluster = Cluster(a=not_the_first, b=not_the_first)
    grades, run, _ = graded(cluster)
    assert points(grades) == [(0, 0)] + [(2, 2)] * (LEARNERS - 1)
    assert [g.faulted for g in grades] == [True] + [False] * (LEARNERS - 1)
    assert sum(map(len, cluster.graded.values())) == LEARNERS - 1 + TRIES
    assert "was lost with worker" in run.faults[0]


def test_the_grade_of_another_file_is_no_answer(graded):
    _, run, told = graded(Cluster(a=lambda _, job: right({**job, "sha256": "0" * 64}), b=good))
    assert "worker a is refused" in told[0]
    assert "the grade of something else" in run.faults[0]


def test_a_worker_whose_disk_is_full_gets_no_more_and_another_goes_on(graded):
    cluster = Cluster(a=lambda *_: {"broken": "no room in /tmp"}, b=good)
    grades, _, told = graded(cluster)
    assert points(grades) == [(2, 2)] * LEARNERS
    assert told == ["worker a is refused: no room in /tmp"]


def test_a_worker_that_has_forgotten_the_run_is_made_ready_again(graded):
    forgot = []

    def forgets_once(cluster, job):
        if not forgot:
            forgot.append(1)
            return {"absent": "it has ended what it began for this run"}
        return right(job)

    cluster = Cluster(a=forgets_once)
    grades, run, _ = graded(cluster)
    assert points(grades) == [(2, 2)] * LEARNERS
    assert len(cluster.parcels["a"]) == 2
    assert run.faults == []


def test_a_worker_with_another_tensorflow_is_refused_by_name(graded):
    cluster = Cluster(old=good, b=good)
    cluster.terms["old"] = {
        **cluster.terms["b"],
        "versions": {**cluster.terms["b"]["versions"], "tensorflow": "2.16.1"},
    }
    grades, _, told = graded(cluster)
    assert points(grades) == [(2, 2)] * LEARNERS
    assert "old" not in cluster.graded
    assert len(told) == 1
    assert told[0].startswith("worker old is refused: tensorflow 2.16.1 there, ")


def test_a_worker_without_the_tier_or_without_gradetape_is_refused_and_with_no_other_the_run_says_so(graded):
    cluster = Cluster(open=good, bare=good)
    cluster.terms["open"] = {**cluster.terms["open"], "layers": {"namespaces": "EPERM"}}
    cluster.terms["bare"] = ModuleNotFoundError("No module named 'grader'")
    with pytest.raises(ClusterFault) as raised:
        graded(cluster)
    assert "open: isolation strict is not given there (namespaces: EPERM)" in str(raised.value)
    assert "bare: ModuleNotFoundError: No module named 'grader'" in str(raised.value)
    assert cluster.graded == {}


def test_a_worker_that_hangs_when_it_is_told_that_the_run_goes_on_holds_nobody_up(graded, monkeypatch):
    monkeypatch.setattr(crew, "RENEW_S", 0)

    async def slowly(cluster, job):
        await asyncio.sleep(0.02)
        return right(job)

    cluster = Cluster(a=slowly)
    grades, _, _ = graded(cluster)
    assert points(grades) == [(2, 2)] * LEARNERS
    assert cluster.renewed == 1
    assert cluster.left == ["a"]


def test_a_cluster_without_workers_is_waited_for_and_then_said(graded):
    with pytest.raises(ClusterFault, match="no worker at tcp://cluster:1 can grade \\(there is none\\)"):
        graded(Cluster())


def test_a_worker_that_comes_late_is_put_to_work(graded):
    async def calls_the_other(cluster, job):
        cluster.there["late"] = 1
        await asyncio.sleep(0.05)
        return right(job)

    cluster = Cluster(a=calls_the_other, late=good)
    del cluster.there["late"]
    graded(cluster)
    assert cluster.graded["late"]


def test_where_the_scheduler_is_lost_what_was_graded_is_kept_and_the_next_run_finishes(graded, tmp_path: Path):
    def loses_the_third(cluster, job):
        if len(cluster.graded["a"]) == 2:
            cluster.status = "connecting"
            raise ConnectionError("gone")
        return right(job)

    cluster = Cluster(a=loses_the_third)
    with Store(tmp_path / "out") as store:
        with pytest.raises(ClusterFault, match="the scheduler at tcp://cluster:1 is gone"):
            graded(cluster, store)
        again = Cluster(a=good)
        grades, _, _ = graded(again, store)
    assert points(grades) == [(2, 2)] * LEARNERS
    assert len(again.graded["a"]) == LEARNERS - 2
