"""A program that runs into a limit is stopped; what is still right after it is still asked."""

from __future__ import annotations

import pytest

from tests.engine.conftest import Runs

ANSWER = "def answer():\n    return 1\n"
STUBBORN = """
def stubborn():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""


def test_an_endless_loop_ends_its_cell_and_names_its_line(run_cells: Runs) -> None:
    cell = ANSWER + "n = 0\nwhile True:\n    n += 1\n    n -= 1"
    said = run_cells(cell, "x = 1", calls=["answer"], limits={"cell_s": 0.5})
    first, second = said["run"]["cells"]
    assert (first["limit"], first["line"], first["error"]) == ("cpu", 4, "KeyboardInterrupt")
    assert first["traceback"].splitlines()[:2] == ["cell 1, line 4", "    while True:"]
    assert second["error"] == ""
    assert said["answers"] == [{"value": 1}]
    assert said["run"]["notes"][0]["en"].startswith("Cell 1: Your program was stopped after 0.5 s of computing.")
    assert 0.5 <= said["cpu_s"] < 1.4


def test_an_endless_call_is_stopped_and_the_next_is_answered(run_cells: Runs) -> None:
    cell = ANSWER + "def endless():\n    while True:\n        pass"
    said = run_cells(cell, calls=["endless", "answer"], limits={"call_s": 0.5})
    assert said["answers"][0]["limit"] == "cpu"
    assert "0.5 s of computing" in said["answers"][0]["message"]
    assert said["answers"][1] == {"value": 1}


def test_a_program_that_only_waits_is_stopped(run_cells: Runs) -> None:
    cell = ANSWER + "import time\ndef waits():\n    time.sleep(100)"
    said = run_cells(cell, "time.sleep(100)", calls=["waits", "answer"], limits={"call_s": 0.5, "cell_s": 0.5})
    assert said["run"]["cells"][1]["limit"] == "idle"
    assert said["answers"][0]["limit"] == "idle"
    assert said["answers"][1] == {"value": 1}
    assert said["cpu_s"] < 0.5


def test_a_program_that_will_not_be_interrupted_is_killed_and_comes_back(run_cells: Runs) -> None:
    said = run_cells(ANSWER + STUBBORN, calls=["stubborn", "answer", "stubborn", "answer"], limits={"call_s": 0.3})
    assert [a.get("limit", a.get("value")) for a in said["answers"]] == ["cpu", 1, "cpu", 1]


def test_after_two_restarts_nothing_more_is_asked(run_cells: Runs) -> None:
    said = run_cells(ANSWER + "import os\ndef leave():\n    os._exit(0)", calls=["leave", "leave", "leave", "answer"])
    assert all("ended its own process" in a["broken"] for a in said["answers"][:3])
    assert said["answers"][3] == {"broken": "Your program ended its process too often; nothing more was asked of it."}


def test_cells_before_and_after_one_that_kills_the_process_count(run_cells: Runs) -> None:
    said = run_cells(
        "print('once')\nx = 1",
        "import os; os._exit(0)",
        "y = x + 1",
        "def answer():\n    return x + y",
        calls=["answer"],
    )
    assert [c["error"] for c in said["run"]["cells"]] == ["", "the process ended", "", ""]
    assert said["answers"] == [{"value": 3}]
    assert said["run"]["output"] == "once\n"
    assert said["run"]["notes"][0]["en"].startswith("Cell 2: Your program ended its own process.")


@pytest.mark.parametrize(
    "end",
    [
        "import ctypes; ctypes.string_at(0)",
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    ],
)
def test_a_crash_is_the_programs_own_end(run_cells: Runs, end: str) -> None:
    said = run_cells(ANSWER, end, calls=["answer"], limits={"cell_s": 1})
    assert said["run"]["cells"][1]["error"] in {
        "the process ended",
        "",
    }  # the first process of a namespace ignores signals
    assert said["answers"] == [{"value": 1}]


def test_too_much_memory_ends_the_program(run_cells: Runs) -> None:
    cell = "import mmap\nm = mmap.mmap(-1, 2 << 30)\nfor i in range(0, 2 << 30, 4096):\n    m[i] = 1"
    said = run_cells(ANSWER, cell, "x = 1", calls=["answer"], limits={"memory_mb": 600})
    assert said["run"]["cells"][1]["limit"] == "memory"
    assert said["run"]["cells"][2]["error"] == ""
    assert said["answers"] == [{"value": 1}]
    assert "600 MB of memory" in said["run"]["notes"][0]["en"]
    assert said["peak_mb"] > 600


def test_an_array_that_is_far_too_large_is_an_ordinary_error(run_cells: Runs) -> None:
    said = run_cells("import numpy as np\nnp.ones((1 << 20, 1 << 14))")
    assert "MemoryError" in said["run"]["cells"][0]["error"]


def test_a_flood_of_output_is_stopped(run_cells: Runs) -> None:
    said = run_cells(ANSWER, "while True:\n    print('x' * 10_000)", calls=["answer"])
    assert said["run"]["cells"][1]["limit"] == "output"
    assert "printed more than 64 MB" in said["run"]["notes"][0]["en"]
    assert said["answers"] == [{"value": 1}]


def test_a_fork_bomb_harms_nobody(run_cells: Runs) -> None:
    cell = "import os, time\ntry:\n    while True:\n        if os.fork() == 0:\n            time.sleep(100)\n            os._exit(0)\nexcept OSError:\n    pass"
    said = run_cells(ANSWER, cell, calls=["answer", "answer"], limits={"processes": 20, "cell_s": 2})
    assert said["answers"][1] == {"value": 1}


def test_an_exercises_time_can_be_used_up(run_cells: Runs) -> None:
    cell = ANSWER + "def endless():\n    while True:\n        pass"
    limits = {"call_s": 0.5, "exercise_s": 0.8}
    said = run_cells(cell, calls=["endless", "endless", "answer"], limits=limits)
    assert [a["limit"] for a in said["answers"]] == ["cpu", "cpu", "cpu"]
    assert "all that this exercise allows" in said["answers"][2]["message"]


def test_what_was_printed_before_the_stop_is_cut_to_its_beginning(run_cells: Runs) -> None:
    said = run_cells("print('first')", "i = 0\nwhile True:\n    print(i)\n    i += 1", limits={"cell_s": 0.5})
    lines = said["run"]["output"].splitlines()
    assert lines[:4] == ["first", "0", "1", "2"]
    assert said["run"]["output_bytes"] == len("first\n") + 2_000


def test_a_program_that_meddles_with_its_channel_breaks_only_itself(run_cells: Runs) -> None:
    cell = (
        ANSWER
        + "def meddle():\n    get_ipython().kernel.shell_stream.socket.send_multipart([b'a', b'b'])\n    s = get_ipython().kernel\n    s.iopub_thread.socket.send_multipart([b'<IDS|MSG>', b'0', b'{', b'', b'', b''])"
    )
    said = run_cells(cell, calls=["meddle", "answer"])
    assert "cannot be read" in said["answers"][0]["broken"]
    assert said["answers"][1] == {"value": 1}


def test_an_answer_that_would_fill_the_judge_ends_the_kernel(run_cells: Runs) -> None:
    """Frames are bounded; here is one message of 60 of them."""
    cell = ANSWER + (
        "def flood():\n    stream = get_ipython().kernel.shell_stream\n    part = b'x' * (64 << 20)\n"
        "    stream.socket.send_multipart([IDENT, *[part] * 60], copy=False)\n"
        "import inspect\n"
        "def find():\n    global IDENT\n    IDENT = get_ipython().kernel._shell_parent_ident.get()[0]\n    return 1\n"
    )
    said = run_cells(cell, calls=["find", "flood", "answer"])
    assert "cannot be read" in said["answers"][1]["broken"]
    assert said["answers"][2] == {"value": 1}


def test_a_kernel_that_floods_its_judge_between_two_calls_ran_into_the_limit_of_output(run_cells: Runs) -> None:
    """Nobody reads then: what comes is the learner's doing, and no fault of ours."""
    cell = ANSWER + (
        "import threading, time\n"
        "def later():\n"
        "    kernel = get_ipython().kernel\n"
        "    to, part = kernel._shell_parent_ident.get()[0], b'x' * (64 << 20)\n"
        "    def flood():\n        time.sleep(0.3)\n"
        "        kernel.shell_stream.socket.send_multipart([to, *[part] * 60], copy=False)\n"
        "    threading.Thread(target=flood).start()\n    return 1\n"
    )
    said = run_cells(cell, calls=["later", "wait for its end", "answer", "answer"])
    assert said["answers"][0] == {"value": 1}
    assert said["answers"][2]["limit"] == "output"
    assert said["answers"][3] == {"value": 1}


def test_chatter_that_answers_nothing_is_a_flood_too(run_cells: Runs) -> None:
    cell = ANSWER + (
        "def chatter():\n    kernel = get_ipython().kernel\n    while True:\n"
        "        kernel.session.send(kernel.iopub_socket, 'noise', {'text': 'x' * 1_000_000})\n"
    )
    said = run_cells(cell, calls=["chatter", "answer"])
    assert said["answers"] == [{"limit": "output", "message": said["answers"][0]["message"]}, {"value": 1}]
