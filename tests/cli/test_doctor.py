"""``grader doctor``: what it says of this machine, and of machines that lack something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from grader import doctor
from grader.cli.options import the_tier
from grader.doctor.findings import State
from grader.doctor.sessions import session_item, try_out
from grader.engine import tiers
from grader.engine.tiers import Tier, TierReport
from grader.errors import GraderFault

LAYERS = {"namespaces": "new namespaces: [Errno 1] no", "landlock": "[Errno 38] no", "seccomp": "ok", "pidfd": "ok"}


@pytest.fixture
def poor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has neither namespaces nor Landlock."""
    monkeypatch.setattr("grader.engine.tiers.detect", lambda: TierReport(Tier.PROCESS, LAYERS))
    monkeypatch.setattr("grader.cli.options.detect", lambda: TierReport(Tier.PROCESS, LAYERS))


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_a_session_is_run_in_every_tier_that_should_work(grader) -> None:
    result = grader("doctor", "--json", "--jobs", 1)
    found = json.loads(result.stdout)
    states = {item["id"]: item["state"] for item in found["items"]}
    report = tiers.detect()
    assert {i for i in states if i.startswith("session.")} == {f"session.{tier}" for tier in report.given}
    assert {i: s for i, s in states.items() if s == "attention"} == {}
    assert (found["tier"], found["healthy"], result.exit_code) == (report.best, True, 0)
    assert all(item["said"]["en"] and item["said"]["ko"] for item in found["items"])


@pytest.mark.slow
def test_a_tier_that_lets_a_program_through_is_not_believed(zygote, monkeypatch) -> None:
    """The tiny program really tries: in the process tier all of it succeeds, and would be told of in another."""
    asked = []

    def fork_judge(entry, job):
        asked.append(job["tier"])
        return real(entry, {**job, "tier": "process"})

    real = zygote.fork_judge
    monkeypatch.setattr(zygote, "fork_judge", fork_judge)
    (item,) = try_out(zygote, [Tier.STRICT])
    assert asked == ["strict"]
    assert item.state is State.ATTENTION
    for what in ("reading a file", "writing a file", "reaching another process", "opening a network socket"):
        assert what in item.said.en


@pytest.mark.slow
def test_a_judge_that_fails_is_told_of(zygote, monkeypatch) -> None:
    monkeypatch.setattr("grader.doctor.sessions.JUDGE", "tests.engine.judges:raises")
    (item,) = try_out(zygote, [Tier.PROCESS])
    assert (item.state, "KeyError" in item.said.en) == (State.ATTENTION, True)


def test_an_engine_that_cannot_fork_is_told_of() -> None:
    class Broken:
        def fork_judge(self, *_: object) -> None:
            raise GraderFault("the zygote is gone")

    (item,) = try_out(Broken(), [Tier.STRICT])  # type: ignore[arg-type]
    assert item.said.en == "failed: the zygote is gone"


@pytest.mark.parametrize(
    ("tier", "said", "state"),
    [
        (Tier.STRICT, {"failed": "no kernel"}, State.ATTENTION),
        (Tier.STRICT, {"answer": [2.0, []], "ms": 1}, State.ATTENTION),
        (Tier.STRICT, {"answer": [3.0, ["reading a file outside"]], "ms": 1}, State.ATTENTION),
        (Tier.STRICT, {"answer": [3.0, []], "ms": 1}, State.OK),
        (Tier.PROCESS, {"answer": [3.0, ["reading a file outside"]], "ms": 1}, State.OK),
    ],
)
def test_what_a_session_told(tier: Tier, said: dict[str, object], state: State) -> None:
    assert session_item(tier, said).state is state


def test_without_sessions_it_says_what_the_layers_promise(grader, monkeypatch) -> None:
    monkeypatch.setattr(doctor, "Zygote", None)
    result = grader("doctor", "--quick", "--jobs", 1)
    assert result.exit_code == 0
    assert f"Grading works here, in the tier “{tiers.detect().best}”." in result.stdout
    assert "Sessions" not in result.stdout


def test_it_speaks_korean(grader) -> None:
    result = grader("doctor", "--quick", "--lang", "ko")
    assert "격리 수준" in result.stdout
    assert "여기서 채점할 수 있습니다." in result.stdout


@pytest.mark.usefixtures("poor")
def test_a_poor_machine_grades_but_not_in_the_tier_demanded(grader) -> None:
    assert grader("doctor", "--quick").exit_code == 0
    result = grader("doctor", "--quick", "--isolation", "strict")
    assert result.exit_code == 1
    assert "Needs attention: 2, marked ✗ above." in result.stdout
    assert "     → " in result.stdout


@pytest.mark.usefixtures("poor")
def test_isolation_refuses_to_grade_below_it_and_says_what_to_do(grader, course, school, tmp_path) -> None:
    for command in (
        ["grade", school, "--out", tmp_path / "r"],
        ["check"],
        ["verify"],
        ["demo", "--out", tmp_path / "d"],
    ):
        with pytest.raises(click.UsageError, match="cannot be had here, only “process”"):
            grader(*command, "--course", course, "--isolation", "strict")
    assert list(tmp_path.glob("[rd]")) == []
    with pytest.raises(click.UsageError, match="격리 수준 “landlock” 대신 “process”만"):
        grader("grade", school, "--out", tmp_path / "r", "--course", course, "--isolation", "landlock", "--lang", "ko")
    assert the_tier("process") is the_tier(None) is Tier.PROCESS


def test_a_better_tier_than_demanded_will_do(monkeypatch) -> None:
    report = TierReport(Tier.STRICT, {**LAYERS, "namespaces": "ok"})
    monkeypatch.setattr("grader.cli.options.detect", lambda: report)
    assert the_tier("landlock") is Tier.STRICT, "Landlock cannot be had alone, but strict is more"
    assert the_tier("process") is Tier.PROCESS, "who asks for less gets it"


@pytest.mark.slow
@pytest.mark.usefixtures("warm", "poor")
def test_only_who_grades_others_is_warned_that_nothing_is_confined(
    grader, course, school, tmp_path, monkeypatch
) -> None:
    result = grader("grade", school, "--out", tmp_path / "report", "--course", course)
    assert "confines nothing" in result.stderr
    assert "isolation: process" in result.stdout
    monkeypatch.chdir(school / "ada")
    result = grader("check", "--course", course)
    assert "confines nothing" not in result.stderr + result.stdout
    assert "isolation: process" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_another_system_falls_back_to_plain_processes_and_says_so(tmp_path: Path, system: str) -> None:
    """As far as it can be shown on Linux: the name of the system is another one. It never ran on those systems."""
    code = f"""
import sys, asyncio, click, jupytext, rich.console, rich.progress  # these look for Windows' own modules
sys.platform, sys.argv = {system!r}, ["grader", "doctor", "--quick"]
import grader.cli
grader.cli.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    assert {"darwin": "macOS", "win32": "Windows"}[system] in done.stdout
    assert "in the tier “process”" in done.stdout
