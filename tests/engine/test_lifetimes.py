"""Nothing is left behind: no process, no socket file, no folder."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.engine.client import JudgeHandle, Zygote
from grader.engine.tiers import Tier
from grader.errors import GraderFault
from tests.engine.conftest import Runs


def wait_until(true: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def below(pid: int) -> set[int]:
    """All descendants of a process."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {pid}
    while more := {p for p, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def hold(zygote: Zygote, tier: Tier) -> tuple[JudgeHandle, int, Path]:
    """A judge that holds a kernel -> the judge, the kernel's pid and its scratch folder."""
    judge = zygote.fork_judge("tests.engine.judges:holds_a_kernel", {"tier": tier})
    said = judge.recv(60)
    assert said is not None, judge.fault or zygote.log_tail()
    assert alive(said["kernel"])
    return judge, said["kernel"], Path(said["scratch"])


def at_rest(zygote: Zygote) -> bool:
    """Whether nothing is left below the zygote but what waits for the next session, which is let go of first."""
    zygote.rest()
    return not below(zygote.pid)


def test_a_closed_session_leaves_nothing(run_cells: Runs, zygote: Zygote) -> None:
    cell = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(300)\nopen('x', 'w').write('x')\nprint(os.getcwd())"
    for tier in (None, Tier.PROCESS):
        said = run_cells(cell, tier=tier)
        assert wait_until(lambda: at_rest(zygote))
        assert tier is None or not Path(said["run"]["output"].strip()).exists()


@pytest.mark.parametrize("tier", [None, Tier.PROCESS])
def test_a_killed_judge_takes_its_kernels_with_it(zygote: Zygote, strict: Tier, tier: Tier | None) -> None:
    judge, kernel, scratch = hold(zygote, tier or strict)
    judge.kill()
    assert wait_until(lambda: not alive(kernel) and at_rest(zygote) and not scratch.exists())
    assert judge.recv(1) is None


def test_closing_the_zygote_ends_judges_and_kernels() -> None:
    with Zygote.start() as zygote:
        judge, kernel, scratch = hold(zygote, Tier.PROCESS)
        pid = zygote.pid
    assert wait_until(lambda: not alive(pid) and not alive(judge.pid) and not alive(kernel) and not scratch.exists())
    with pytest.raises(GraderFault, match="gone"):
        zygote.fork_judge("tests.engine.judges:raises", {"words": "x"})
    judge.kill()


def test_a_killed_zygote_takes_everything_with_it_also_what_waits_for_a_session() -> None:
    with Zygote.start(warm=1) as zygote:
        judge, kernel, scratch = hold(zygote, Tier.PROCESS)
        assert wait_until(lambda: len(below(zygote.pid)) == 5)  # a judge, and two kernels with their supervisors
        family = below(zygote.pid)
        os.kill(zygote.pid, signal.SIGKILL)
        assert judge.recv(20) is None
        assert wait_until(lambda: not any(map(alive, family)) and not scratch.exists())
        assert kernel in family
        judge.kill()


def test_a_judges_own_fault_is_told(zygote: Zygote) -> None:
    with zygote.fork_judge("tests.engine.judges:raises", {"words": "broken check"}) as judge:
        assert judge.recv(20) is None
        assert "RuntimeError: broken check" in judge.fault


def test_a_judge_can_compute_and_the_zygote_still_forks(zygote: Zygote) -> None:
    for count in (3, 4):
        with zygote.fork_judge("tests.engine.judges:runs_an_operation", {"count": count}) as judge:
            assert judge.recv(60) == {"sum": float(count)}


def test_a_judge_that_says_nothing_times_out(zygote: Zygote) -> None:
    with zygote.fork_judge("tests.engine.judges:holds_a_kernel", {"tier": Tier.PROCESS}) as judge:
        assert judge.recv(60) is not None
        with pytest.raises(TimeoutError):
            judge.recv(0.05)


def test_a_zygote_that_ran_an_operation_does_not_start_and_says_why() -> None:
    """One operation before a fork and every child hangs; so there is no child."""
    with pytest.raises(GraderFault, match="a TensorFlow operation ran in the zygote"):
        Zygote.start(preload=["tests.engine.operation"])


def test_memory_and_files_of_the_zygote_stay_flat(run_cells: Runs, zygote: Zygote) -> None:
    def resident() -> int:
        return int(Path(f"/proc/{zygote.pid}/statm").read_text().split()[1])

    def files() -> int:
        return len(list(Path(f"/proc/{zygote.pid}/fd").iterdir())) if os.geteuid() == 0 else 0  # nobody else may look

    run_cells("x = 1")
    zygote.rest()
    memory, open_files = resident(), files()
    for _ in range(5):
        run_cells("x = 1")
    zygote.rest()
    assert resident() <= memory * 1.02
    assert wait_until(lambda: files() <= open_files)
