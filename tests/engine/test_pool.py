"""Kernels that wait: nothing of one session is seen in another, nothing is left of them, and their answers are the same."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.engine import linux, pages, pool, processes
from grader.engine.client import Zygote
from grader.engine.pool import Kind, Pool
from grader.engine.tiers import Tier, TierReport
from tests.engine.test_lifetimes import alive, below, wait_until

JUDGES = "tests.engine.judges"
SMALL, LARGE = Kind(Tier.STRICT, 16), Kind(Tier.STRICT, 256)

# ---- the pool itself ----


@pytest.fixture
def forked() -> Iterator[list[tuple[Kind, socket.socket]]]:
    made: list[tuple[Kind, socket.socket]] = []
    yield made
    for _, theirs in made:
        theirs.close()


@pytest.fixture
def shelf(forked: list[tuple[Kind, socket.socket]]) -> Iterator[Pool]:
    def fork(kind: Kind) -> socket.socket:
        ours, theirs = socket.socketpair()
        forked.append((kind, theirs))
        return ours

    one = Pool(fork, most=2)
    yield one
    for port in one.ports():
        port.close()


def test_a_pool_holds_what_was_asked_for_last_and_no_more_than_its_size(
    shelf: Pool, forked: list[tuple[Kind, socket.socket]]
) -> None:
    assert shelf.refill() is None  # nobody has asked for anything yet
    shelf.take(SMALL).close()
    waiting = [shelf.refill(), shelf.refill()]
    assert None not in waiting
    assert (shelf.refill(), shelf.wait_s(), len(forked)) == (None, None, 3)
    shelf.take(LARGE).close()
    assert [kind for kind, _ in forked] == [SMALL, SMALL, SMALL, LARGE]
    assert shelf.wait_s() is not None
    third = shelf.refill()
    assert third in shelf.ports()
    assert shelf.surplus() is waiting[0]
    assert shelf.surplus() is None
    for port in waiting:
        assert port is not None
        port.close()


def test_each_is_given_once_the_oldest_first(shelf: Pool) -> None:
    shelf.take(SMALL).close()
    waiting = [shelf.refill(), shelf.refill()]
    given = [shelf.take(SMALL) for _ in range(3)]
    assert given[:2] == waiting
    assert len({port.fileno() for port in given}) == 3
    for port in given:
        port.close()


def test_what_has_died_is_replaced_but_not_at_once(shelf: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.take(SMALL).close()
    port = shelf.refill()
    assert port is not None
    shelf.lost(port)
    assert (shelf.ports(), shelf.refill()) == ([], None)
    monkeypatch.setattr(pool.time, "monotonic", lambda: shelf.not_before + 0.1)
    assert shelf.refill() is not None


def test_left_to_itself_it_waits_for_an_idle_processor_and_for_memory(
    shelf: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.most, shelf.judges = None, 1
    shelf.take(SMALL).close()
    for idle, free_mb in ((False, 100_000), (True, 100)):
        monkeypatch.setattr(pool, "a_core_is_idle", lambda idle=idle: idle)
        monkeypatch.setattr(pool, "available_mb", lambda free_mb=free_mb: free_mb)
        assert shelf.refill() is None
    monkeypatch.setattr(pool, "available_mb", lambda: 100_000)
    assert shelf.refill() is not None


def test_only_the_strict_tier_fixes_the_size_of_the_folder() -> None:
    assert Kind.of(Tier.PROCESS, 16) == Kind.of(Tier.PROCESS, 256) != Kind.of(Tier.STRICT, 256)


def test_the_machine_tells_what_is_free() -> None:
    assert 0 < pool.available_mb() < 1 << 30
    assert pool.a_core_is_idle() in (True, False)
    assert linux.may_raise_priority() in (True, False)


def test_gathered_memory_holds_what_it_held() -> None:
    block = bytearray(os.urandom(1 << 20) * 8)
    before = bytes(block)
    assert any(start <= id(pages) < end for start, end in pages.writable())
    assert pages.gather() >= 0
    assert block == before


# ---- kernels that wait ----


@pytest.fixture(scope="module")
def warm() -> Iterator[Zygote]:
    with Zygote.start(preload=[JUDGES], warm=1) as started:
        yield started


def waits(zygote: Zygote) -> list[int]:
    """The pids of a supervisor and its kernel that wait; empty where there are none, or more is going on."""
    found = sorted(below(zygote.pid))
    return found if len(found) == 2 and not any(processes.activity(found[1:]).at_work for _ in range(3)) else []


def ready(zygote: Zygote) -> list[int]:
    assert wait_until(lambda: bool(waits(zygote)))
    return waits(zygote)


def dumped(record: dict[str, Any]) -> str:
    return json.dumps(record)


def session(zygote: Zygote, tier: Tier, *cells: str, **job: Any) -> dict[str, Any]:
    with zygote.fork_judge(f"{JUDGES}:session", {"cells": cells, "tier": tier, **job}) as judge:
        said = judge.recv(60)
        assert said is not None, judge.fault or zygote.log_tail()
        return said


LEAVES = """
import builtins, os, sys, tempfile
import numpy as np
builtins.left = np.left = 1
sys.modules['left'] = np
os.environ['LEFT'] = '1'
open('left', 'w').write('x')
open(os.path.join(tempfile.gettempdir(), 'left'), 'w').write('x')
"""
FINDS = """
import builtins, os, sys, tempfile
import numpy as np
def answer():
    return [hasattr(builtins, 'left'), hasattr(np, 'left'), 'left' in sys.modules, 'LEFT' in os.environ,
            os.path.exists('left'), os.path.exists(os.path.join(tempfile.gettempdir(), 'left'))]
"""


@pytest.mark.parametrize("tier", [None, Tier.PROCESS])
def test_a_kernel_serves_one_session_and_the_next_was_waiting(
    warm: Zygote, isolation: TierReport, tier: Tier | None
) -> None:
    tier = tier or isolation.best
    used = {session(warm, tier, LEAVES)["kernel"]}
    for _ in range(2):
        waiting = ready(warm)
        said = session(warm, tier, FINDS, calls=["answer"])
        assert said["answers"] == [{"value": [False] * 6}]
        assert said["kernel"] in waiting
        assert said["kernel"] not in used
        used.add(said["kernel"])


def test_preparing_is_nobodys_to_pay(warm: Zygote, isolation: TierReport) -> None:
    session(warm, isolation.best, "x = 1")
    ready(warm)
    said = session(warm, isolation.best, "x = 1", limits={"cell_s": 0.5, "exercise_s": 0.5})
    assert said["run"]["cells"][0]["error"] == ""
    assert said["cpu_s"] < 0.1


def test_the_limits_of_a_session_hold_in_a_kernel_that_waited(warm: Zygote, isolation: TierReport) -> None:
    session(warm, isolation.best, "x = 1")
    ready(warm)
    cell = "import resource\ndef answer():\n    return [resource.getrlimit(k)[1] for k in (resource.RLIMIT_FSIZE, resource.RLIMIT_CPU)]"
    said = session(warm, isolation.best, cell, calls=["answer"], limits={"exercise_s": 7})
    assert said["answers"] == [{"value": [256 << 20, 130]}]


@pytest.mark.parametrize("which", [0, 1])
def test_one_that_is_killed_while_it_waits_costs_nobody_anything(
    warm: Zygote, isolation: TierReport, which: int
) -> None:
    session(warm, isolation.best, "x = 1")
    family = ready(warm)
    os.kill(family[which], signal.SIGKILL)
    said = session(warm, isolation.best, "def answer():\n    return 1", calls=["answer"])
    assert said["answers"] == [{"value": 1}]
    assert said["kernel"] not in family
    assert wait_until(lambda: not any(map(alive, family)))
    assert not set(ready(warm)) & set(family)


def test_one_that_waits_holds_no_file_of_anybodys(warm: Zygote, isolation: TierReport) -> None:
    session(warm, isolation.best, "x = 1")
    supervisor, kernel = ready(warm)
    if os.geteuid() != 0:
        pytest.skip("nobody but root may look")
    sockets = [
        [fd for fd in Path(f"/proc/{pid}/fd").iterdir() if "socket" in str(fd.readlink())]
        for pid in (supervisor, kernel)
    ]
    # orders and the line between the two; asyncio's two pairs of its own; nothing that anybody could connect to
    assert [len(found) for found in sockets] == [2, 1 + 2 * 2]


# ---- the same answers, whether a kernel waited or not ----

DRAWS = """
import random, numpy as np, tensorflow as tf, keras
tf.config.threading.set_intra_op_parallelism_threads(2)
tf.config.set_soft_device_placement(False)
draws = [random.random(), float(np.random.rand()), tf.random.normal((3,)), tf.random.uniform((2,), seed=4),
         tf.random.Generator.from_seed(3).normal((2,)), tf.random.stateless_normal((2,), seed=(1, 2)),
         keras.random.normal((2,)), keras.random.uniform((2,), seed=keras.random.SeedGenerator(5)),
         tf.random.shuffle(tf.range(9)), list(tf.data.Dataset.range(9).shuffle(9).as_numpy_iterator())]
print(draws)
"""
TRAINS = """
x = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]], 'float32')
y = np.array([[0.], [1.], [1.], [0.]], 'float32')
def build():
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(4, 'relu'), keras.layers.Dropout(0.2), keras.layers.Dense(1, 'sigmoid')])
models = [build(), build()]
for model in models:
    model.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
    print(model.name, [layer.name for layer in model.layers], [w.path for w in model.weights])
    print([w.tolist() for w in model.get_weights()])
    print(model.fit(x, y, epochs=3, batch_size=3, verbose=2).history)
    print([w.tolist() for w in model.get_weights()], model.predict(x, verbose=0).tolist())
print(keras.layers.Dense(1).name, tf.Variable(1.0), keras.Variable(1.0).path, tf.Variable(1.0, name='mine').name)
@tf.function
def f(x):
    return tf.linalg.inv(x)
print(f.get_concrete_function(tf.ones((2, 2))).name)
"""
FAILS = "models[0](tf.ones((4, 7)))"
SINGULAR = "f(tf.zeros((2, 2)))"


def test_a_kernel_that_waited_gives_what_a_fresh_one_and_an_untouched_one_give(
    warm: Zygote, isolation: TierReport
) -> None:
    """The third has not run one operation when the learner's program begins, as in plain Python."""
    cells = (DRAWS, TRAINS, FAILS, SINGULAR)
    warm.rest()
    said = [session(warm, isolation.best, *cells, seed=7)]
    waiting = ready(warm)
    said.append(session(warm, isolation.best, *cells, seed=7))
    assert said[1]["kernel"] in waiting
    with Zygote.start(preload=[JUDGES, "tests.engine.unwarmed"], warm=0) as untouched:
        said.append(session(untouched, isolation.best, *cells, seed=7))
    fresh, waited, plain = (one["run"] for one in said)
    assert [cell["error"].partition(":")[0] for cell in plain["cells"]] == [
        "",
        "",
        "ValueError",
        "InvalidArgumentError",
    ]
    assert "sequential_1" in plain["output"]
    assert [*map(dumped, plain["cells"])] == [*map(dumped, waited["cells"])] == [*map(dumped, fresh["cells"])]
    assert fresh == waited == plain
