"""What a confined program cannot do, tier by tier."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from grader.engine.environment import exposed, package_root
from grader.engine.tiers import OK, Tier, TierReport
from tests.engine.conftest import Runs

TRY = """
import ctypes, os, socket
def tried(action):
    try:
        return repr(action())
    except BaseException as error:
        return f"refused {type(error).__name__}"
"""


@pytest.fixture(params=[Tier.STRICT, Tier.LANDLOCK])
def tier(request: pytest.FixtureRequest, isolation: TierReport) -> Tier:
    wanted = Tier(request.param)
    layer = "namespaces" if wanted is Tier.STRICT else "landlock"
    if isolation.layers[layer] != OK or isolation.layers["seccomp"] != OK:
        pytest.skip(f"no {wanted} tier here: {isolation.layers}")
    return wanted


def got_through(run_cells: Runs, tier: Tier, *actions: str) -> list[str]:
    """Those of the actions that were not refused, and what they gave."""
    found = attempt(run_cells, tier, *actions)
    return [
        f"{action} -> {gave}" for action, gave in zip(actions, found, strict=True) if not gave.startswith("refused")
    ]


def attempt(run_cells: Runs, tier: Tier, *actions: str) -> list[str]:
    body = TRY + "def answer():\n    return [" + ", ".join(f"tried(lambda: {a})" for a in actions) + "]"
    said = run_cells(body, calls=["answer"], tier=tier)
    answers: list[str] = said["answers"][0]["value"]
    return answers


def test_the_tier_runs_an_ordinary_program(run_cells: Runs, tier: Tier) -> None:
    cell = "import tensorflow as tf\nopen('mine.txt', 'w').write('x')\ndef answer():\n    return float(tf.reduce_sum(tf.ones(3))), open('mine.txt').read()"
    assert run_cells(cell, calls=["answer"], tier=tier)["answers"] == [{"value": [3.0, "x"]}]


def test_the_checkout_and_the_home_cannot_be_read(run_cells: Runs, tier: Tier) -> None:
    root = package_root()
    actions = [
        f"open({str(p)!r}).read()" for p in (root / "pyproject.toml", root / "grader" / "judge.py", "/etc/shadow")
    ]
    actions += [f"os.listdir({str(p)!r})" for p in (root / "solutions", "/root", "/home", "/var")]
    prefix = Path(sys.prefix)  # an environment in the checkout, as `make` sets it up, may be seen; nothing beside it
    seen = set(prefix.relative_to(root).parts[:1]) if prefix.is_relative_to(root) else set()
    actions.append(f"set(os.listdir({str(root)!r})) - {seen!r} or 1 / 0")
    assert got_through(run_cells, tier, *actions) == []
    assert not exposed(root / "solutions")


def test_our_own_modules_are_gone(run_cells: Runs, tier: Tier) -> None:
    actions = ["__import__('grader.engine')", "[m for m in __import__('sys').modules if m.startswith('grader.')]"]
    found = attempt(run_cells, tier, *actions)
    assert found == ["refused ModuleNotFoundError", "[]"]


def test_nothing_outside_can_be_written(run_cells: Runs, tier: Tier, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    folders = [str(tmp_path), "/etc", "/usr", "/var/tmp", str(Path(os.__file__).parent)]
    assert got_through(run_cells, tier, *(f"open({d + '/evil'!r}, 'w')" for d in folders)) == []
    assert list(tmp_path.iterdir()) == []


def test_there_is_no_network(run_cells: Runs, tier: Tier) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        actions = [
            f"socket.create_connection(('127.0.0.1', {port}), 2)",
            "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
            "socket.socket(socket.AF_INET6)",
            "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        ]
        assert got_through(run_cells, tier, *actions) == []


def test_other_kernels_and_judges_cannot_be_reached(run_cells: Runs, tier: Tier) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        name = f"gradetape-test-{os.getpid()}"
        server.bind(f"\0{name}")
        server.listen()
        actions = [
            f"socket.socket(socket.AF_UNIX).connect('\\0{name}')",
            f"os.kill({os.getpid()}, 0)",
            f"open('/proc/{os.getpid()}/environ').read()",
            f"open('/proc/{os.getpid()}/mem', 'rb').read(1)",
            f"os.readlink('/proc/{os.getpid()}/fd/0')",
        ]
        assert got_through(run_cells, tier, *actions) == []


def test_dangerous_system_calls_are_refused(run_cells: Runs, tier: Tier) -> None:
    call = "(lambda r: r if r >= 0 else 1 / 0)(ctypes.CDLL(None).syscall({}))"
    numbers = [
        "101, 0, 0, 0, 0",
        "272, 0x10000000",
        "165, b'x', b'/tmp', b'tmpfs', 0, 0",
        "321, 0, 0, 0",
        "425, 1, 0",
        "250, 0, -3, 0",
        "323, 0",
    ]
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers are those of x86_64")
    assert got_through(run_cells, tier, *(call.format(n) for n in numbers)) == []


def test_there_are_no_privileges(run_cells: Runs, tier: Tier) -> None:
    status = "[l.split()[1] for l in open('/proc/self/status') if l.startswith(('CapEff', 'CapPrm', 'NoNewPrivs', 'Seccomp:'))]"
    kept = (
        [0, 4] if tier is Tier.LANDLOCK else [0]
    )  # reading, where Python lies in a closed folder: see drop_privileges
    assert attempt(run_cells, tier, status)[0] in [f"['{n:016x}', '{n:016x}', '1', '2']" for n in kept]
    assert attempt(run_cells, tier, "os.setuid(0) or os.getuid() or 1/0")[0] != "0"


def test_the_environment_holds_no_secret(run_cells: Runs, tier: Tier) -> None:
    """The zygote was started with an allow-list; this very test runner's variables are not there."""
    found = attempt(
        run_cells,
        tier,
        "sorted(k for k in os.environ if k.startswith('PYTEST'))",
        "b'PYTEST' in open('/proc/self/environ', 'rb').read()",
    )
    assert found[0] == "[]"
    assert found[1] in {"False", "refused PermissionError"}


def test_no_open_file_of_ours_is_left(run_cells: Runs, tier: Tier) -> None:
    listing = "sorted(os.readlink(f'/proc/self/fd/{f}').split(':')[0] for f in os.listdir('/proc/self/fd') if os.path.lexists(f'/proc/self/fd/{f}'))"
    (found,) = attempt(run_cells, tier, listing)
    kinds = set(eval(found))
    assert kinds <= {"/dev/null", "anon_inode", "socket", "pipe", f"/proc/{0}/fd"} | {
        k for k in kinds if k.startswith("/proc/")
    }


def test_scratch_has_a_size(run_cells: Runs, tier: Tier) -> None:
    cell = "def answer():\n    with open('big', 'wb') as f:\n        for _ in range(64):\n            f.write(b'x' * (1 << 20))"
    said = run_cells(cell, calls=["answer"], tier=tier, limits={"scratch_mb": 16})
    assert "OSError" in str(said["answers"]) or "too large" in str(said["answers"])


def test_the_process_tier_runs_the_same_program(run_cells: Runs) -> None:
    cell = "open('mine.txt', 'w').write('x')\ndef answer():\n    return open('mine.txt').read()"
    assert run_cells(cell, calls=["answer"], tier=Tier.PROCESS)["answers"] == [{"value": "x"}]


def test_a_tier_that_cannot_be_had_is_our_fault_and_loud(run_cells: Runs, isolation: TierReport) -> None:
    if isolation.layers["landlock"] == OK:
        pytest.skip("every tier can be had here")
    with pytest.raises(AssertionError, match="GraderFault: no kernel"):
        run_cells("x = 1", tier=Tier.LANDLOCK)
