"""Many at the same time, or one alone."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.turns import Turns

WAIT_S = 30


def test_many_are_inside_at_the_same_time():
    turns, all_in = Turns(), threading.Barrier(3)

    def work():
        with turns.together():
            all_in.wait(WAIT_S)  # none of them goes on before all are inside

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(work) for _ in range(3)]:
            done.result()


def test_whoever_is_alone_is_alone():
    turns, inside, most = Turns(), [], []

    def work(number):
        alone = number % 3 == 0
        with turns.alone() if alone else turns.together():
            inside.append(number)
            most.append((alone, len(inside)))
            inside.remove(number)

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(work, number) for number in range(300)]:
            done.result()
    assert {count for alone, count in most if alone} == {1}


@pytest.mark.parametrize("way", ["alone", "together"])
def test_an_exception_lets_the_next_one_in(way):
    turns = Turns()
    with pytest.raises(ValueError, match="inside"), getattr(turns, way)():
        raise ValueError("inside")
    with turns.alone():
        pass
