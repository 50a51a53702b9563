"""A session runs a learner's cells and answers for them."""

from __future__ import annotations

import pytest

from grader.engine import environment, fastfit
from tests.engine.conftest import Runs


def test_a_cell_that_raises_does_not_stop_the_next(run_cells: Runs) -> None:
    said = run_cells("x = 1", "y = x + z", "def answer():\n    return x + 41", calls=["answer"])
    assert said["answers"] == [{"value": 42}]
    assert [c["error"] for c in said["run"]["cells"]] == ["", "NameError: name 'z' is not defined", ""]


def test_an_error_shows_the_learners_own_lines_only(run_cells: Runs) -> None:
    cell = "import keras\n\ndef build():\n    return keras.layers.Dense('many')\n\nbuild()"
    record = run_cells(cell)["run"]["cells"][0]
    assert record["line"] == 6
    assert record["traceback"].splitlines()[:4] == [
        "cell 1, line 6",
        "    build()",
        "cell 1, line 4, in build",
        "    return keras.layers.Dense('many')",
    ]
    assert "site-packages" not in record["traceback"]


def test_a_syntax_error_names_the_line(run_cells: Runs) -> None:
    record = run_cells("a = 1\nif a = 1:\n    pass")["run"]["cells"][0]
    assert record["line"] == 2
    assert record["error"].startswith("SyntaxError: invalid syntax")
    assert "cell 1, line 2" in record["traceback"]


def test_a_cause_is_shown_with_its_effect(run_cells: Runs) -> None:
    cell = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('no') from error"
    traceback = run_cells(cell)["run"]["cells"][0]["traceback"]
    assert traceback.index("ZeroDivisionError") < traceback.index("because of") < traceback.index("ValueError: no")


def test_blank_cells_count(run_cells: Runs) -> None:
    record = run_cells("", "  \n", "1 / 0")["run"]["cells"][2]
    assert (record["number"], record["line"]) == (3, 1)
    assert "cell 3, line 1" in record["traceback"]


@pytest.mark.parametrize(
    "leave", ["import sys; sys.exit()", "quit()", "exit(0)", "raise SystemExit", "get_ipython().ask_exit()"]
)
def test_leaving_early_without_an_error_is_no_error(run_cells: Runs, leave: str) -> None:
    said = run_cells(f"def answer():\n    return 1\n{leave}", calls=["answer"])
    assert said["run"]["cells"][0]["error"] == ""
    assert said["run"]["output"] == ""
    assert said["answers"] == [{"value": 1}]


def test_leaving_with_an_error_is_one(run_cells: Runs) -> None:
    assert run_cells("import sys; sys.exit('no data')")["run"]["cells"][0]["error"] == "SystemExit: no data"


def test_input_is_refused_with_advice(run_cells: Runs) -> None:
    said = run_cells("name = input('Name? ')", "def answer():\n    return input()", calls=["answer"])
    record = said["run"]["cells"][0]
    assert record["error"].startswith("StdinNotImplementedError")
    assert "fixed values" in record["advice"][0]["en"]
    assert said["answers"][0]["error"]["type"] == "StdinNotImplementedError"


def test_what_is_printed_keeps_its_order_on_both_streams(run_cells: Runs) -> None:
    cell = "import sys\nfor i in range(5):\n    print(i, 'out')\n    print(i, 'err', file=sys.stderr)"
    lines = run_cells(cell)["run"]["output"].splitlines()
    assert lines == [f"{i} {where}" for i in range(5) for where in ("out", "err")]


def test_printing_of_calls_is_appended(run_cells: Runs) -> None:
    said = run_cells("print('file')\ndef answer():\n    print('call')", calls=["answer", "answer"])
    assert said["run"]["output"] == "file\ncall\ncall\n"
    assert said["run"]["output_bytes"] == 15


def test_five_megabytes_of_printing_are_graded_and_cut(run_cells: Runs) -> None:
    cell = "for i in range(50_000):\n    print('x' * 99)\nprint('last')\ndef answer():\n    return 1"
    said = run_cells(cell, "print('y' * 5_000_000)", calls=["answer"])
    assert said["answers"] == [{"value": 1}]
    assert said["run"]["output_bytes"] == 50_000 * 100 + 5 + 5_000_001
    assert len(said["run"]["output"]) < 20_100
    assert all(c["error"] == "" for c in said["run"]["cells"])


def test_progress_bars_and_colours_come_out_plain(run_cells: Runs) -> None:
    cell = "for i in range(101):\n    print(f'\\r{i}%', end='')\nprint()\nprint('\\x1b[31mred\\x1b[0m\\x07')"
    assert run_cells(cell)["run"]["output"] == "100%\nred\n"


def test_showing_a_figure_does_nothing_and_says_nothing(run_cells: Runs) -> None:
    cell = "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint(plt.get_fignums())"
    said = run_cells(cell)
    assert said["run"]["cells"][0]["error"] == ""
    assert said["run"]["output"] == "[1]\n"


def test_the_last_value_of_a_cell_is_not_printed(run_cells: Runs) -> None:
    assert run_cells("object()", "display(object())")["run"]["output"] == ""


def test_top_level_await_works(run_cells: Runs) -> None:
    cell = "import asyncio\nasync def two():\n    await asyncio.sleep(0)\n    return 2\nx = await two()\ndef answer():\n    return x"
    assert run_cells(cell, calls=["answer"])["answers"] == [{"value": 2}]


def test_threads_and_child_processes_work(run_cells: Runs) -> None:
    cell = """
import os, subprocess, sys, threading
seen = []
thread = threading.Thread(target=lambda: (seen.append(1), print('thread')))
thread.start(); thread.join()
pid = os.fork()
if pid == 0:
    print('never shown')
    os._exit(3)
seen.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
seen.append(subprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True, text=True).stdout)
def answer():
    return seen
"""
    said = run_cells(cell, calls=["answer"])
    assert said["run"]["cells"][0]["error"] == ""
    assert said["answers"] == [{"value": [1, 3, "42\n"]}]
    assert said["run"]["output"] == "thread\n"


def test_a_child_that_comes_back_into_the_cell_says_nothing(run_cells: Runs) -> None:
    said = run_cells(
        "import os\npid = os.fork()\nprint('parent' if pid else 'child')",
        "def answer():\n    return 1",
        calls=["answer"],
    )
    assert said["run"]["output"] == "parent\n"
    assert said["answers"] == [{"value": 1}]


def test_multiprocessing_works(run_cells: Runs) -> None:
    cell = "import multiprocessing as mp\ndef square(x):\n    return x * x\ndef answer():\n    with mp.Pool(2) as pool:\n        return pool.map(square, [1, 2, 3])"
    assert run_cells(cell, calls=["answer"])["answers"] == [{"value": [1, 4, 9]}]


def test_files_lie_beside_the_program(run_cells: Runs) -> None:
    said = run_cells(
        "print(open('data/a.txt').read())",
        "import helper\nprint(helper.N)",
        files={"data/a.txt": "hello", "helper.py": "N = 7\n"},
    )
    assert said["run"]["output"] == "hello\n7\n"


def test_a_program_can_save_and_load_a_model(run_cells: Runs) -> None:
    cell = """
import keras, numpy as np
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.save('m.keras')
again = keras.models.load_model('m.keras')
def answer():
    return bool(np.array_equal(model.get_weights()[0], again.get_weights()[0]))
"""
    assert run_cells(cell, calls=["answer"])["answers"] == [{"value": True}]


def test_the_seed_decides_every_random_draw(run_cells: Runs) -> None:
    cell = """
import random, numpy as np, tensorflow as tf, keras
def answer():
    w = keras.layers.Dense(1); w.build((None, 1))
    return [random.random(), float(np.random.rand()), float(tf.random.normal(())), float(w.kernel[0, 0])]
"""
    first, second, other = (run_cells(cell, calls=["answer"], seed=s)["answers"][0]["value"] for s in (5, 5, 6))
    assert first == second
    assert all(a != b for a, b in zip(first, other, strict=True))


def test_a_warning_or_words_on_stderr_are_no_error(run_cells: Runs) -> None:
    said = run_cells("import warnings, os\nwarnings.warn('old')\nos.write(2, b'raw')")
    assert said["run"]["cells"][0]["error"] == ""
    assert "UserWarning: old" in said["run"]["output"]


def test_no_folder_of_this_machine_is_named(run_cells: Runs) -> None:
    said = run_cells("import keras\nprint(keras.__file__)", "import warnings\nkeras.layers.Dense(1, input_shape=(2,))")
    assert said["run"]["output"].startswith("keras/__init__.py\n")
    assert "UserWarning" in said["run"]["output"]
    assert "site-packages" not in said["run"]["output"]


def test_an_exception_that_cannot_be_shown_is_still_an_error(run_cells: Runs) -> None:
    cell = "class Bad(Exception):\n    def __str__(self):\n        raise ValueError('no')\nraise Bad()"
    said = run_cells(cell, "x = 1", "def answer():\n    return x", calls=["answer"])
    assert said["run"]["cells"][0]["error"].startswith("Bad")
    assert said["answers"] == [{"value": 1}]


def test_what_differs_from_run_to_run_is_not_in_the_record(run_cells: Runs) -> None:
    cell = """
import keras, numpy as np
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer="zeros")])
model.compile("sgd", "mse")
model.fit(np.ones((8, 2)), np.zeros((8, 1)), epochs=2, batch_size=1)
print(object())
"""
    output = run_cells(cell)["run"]["output"].splitlines()
    assert output[:2] == ["Epoch 1/2", f"8/8 {'━' * 20} loss: 0.0000e+00"]
    assert output[-1] == "<object object at 0x…>"


def test_the_notebooks_own_checks_do_nothing_in_the_sandbox(run_cells: Runs) -> None:
    """Released notebooks ask ``check("rank")`` after each task; a submission with those cells runs like one without."""
    said = run_cells(
        'from grader import check, hint\ncheck("rank", "rank_of", lang="ko")', "hint('rank')\nx = 1", calls=[]
    )
    assert [cell["error"] for cell in said["run"]["cells"]] == ["", ""]
    assert said["run"]["output"] == ""


TRAINS = """
import gc
import keras, numpy as np, tensorflow as tf
from tensorflow.python.framework import func_graph
traced, iterators = [], []
trace, iterate = func_graph.func_graph_from_py_func, tf.data.Dataset.__iter__
func_graph.func_graph_from_py_func = lambda name, *a, **k: (traced.append(name), trace(name, *a, **k))[1]
tf.data.Dataset.__iter__ = lambda self: (iterators.append(1), iterate(self))[1]

def weights(seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="tanh"), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.eye(2), np.ones(2), epochs=5, verbose=0)
    return model.get_weights()[0].tolist()

def starts():
    return [weights(seed) for seed in (1, 2, 1)]

def work():
    return [traced.count("multi_step_on_iterator"), len(iterators)]

def collects():
    return [gc.isenabled(), gc.get_freeze_count() > 100_000]
"""


@pytest.mark.skipif(not fastfit.status()[0], reason="Keras does all trainings itself with these versions")
def test_three_trainings_of_networks_that_are_alike_are_traced_once_and_differ_by_their_starts(run_cells: Runs) -> None:
    one, work = (a["value"] for a in run_cells(TRAINS, calls=["starts", "work"])["answers"])
    assert one[0] == one[2] != one[1]
    assert work == [1, 3]  # Keras traces the step twice for each, and makes two iterators for each epoch


def test_a_program_finds_its_garbage_collected_but_what_was_loaded_before_it(run_cells: Runs) -> None:
    said = run_cells(TRAINS, calls=["collects"])
    assert said["answers"] == [{"value": [True, not environment.plain()]}]
