"""Calls into a learner's program: arguments, results, changes in place, errors, references, seeds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader import values
from grader.values import Source, Tensor
from grader.wire.reply import Answer, Failure, Frame
from tests.wire.session import Session


def failure(reply, kind):
    assert isinstance(reply, Failure), reply
    assert reply.kind == kind
    return reply


# ---- what went wrong ----


def test_an_exception_is_told_by_the_learners_own_lines():
    session = Session("import json\ndef load(s):\n    return json.loads(s)\ndef outer(s):\n    return load(s)\n")
    reply = failure(session.call("outer", "{"), "raised")
    assert reply.type == "JSONDecodeError"
    assert reply.frames == (
        Frame("cell 1", 5, "outer", "return load(s)"),
        Frame("cell 1", 3, "load", "return json.loads(s)"),
    )


def test_messages_hold_no_folder_address_or_colour():
    source = "def f():\n    raise ValueError('\\x1b[1min /usr/lib/python3/site-packages/keras/src/a.py: <X object at 0x7f01>')"
    assert failure(Session(source).call("f"), "raised").message == "in a.py: <X object>"


def test_an_exception_that_cannot_be_shown():
    source = "class E(Exception):\n    def __str__(self):\n        raise RuntimeError\ndef f():\n    raise E"
    reply = failure(Session(source).call("f"), "raised")
    assert (reply.type, reply.message) == ("E", "")


@pytest.mark.parametrize("statement", ["raise SystemExit", "raise KeyboardInterrupt", "exit_now()"])
def test_nothing_ends_the_session(statement):
    session = Session(
        f"import sys\ndef exit_now():\n    sys.exit(3)\ndef f():\n    {statement}\ndef g():\n    return 1"
    )
    failure(session.call("f"), "raised")
    assert session.answer("g") == 1


def test_endless_recursion_is_an_exception_with_few_lines():
    reply = failure(Session("def f():\n    return f()").call("f"), "raised")
    assert reply.type == "RecursionError"
    assert len(reply.frames) == 20


def test_long_messages_are_cut():
    assert len(failure(Session("def f():\n    raise ValueError('x' * 10**6)").call("f"), "raised").message) <= 2_000


def test_a_missing_name_comes_with_those_spelled_alike():
    reply = failure(Session("def multiply():\n    pass\n_multiplx = 1").call("multipy"), "missing")
    assert (reply.name, reply.names) == ("multipy", ("multiply",))


def test_a_builtin_is_not_the_learners():
    failure(Session().call("print", 1), "missing")


def test_a_missing_value():
    failure(Session().ask({"op": "value", "name": "x"}), "missing")


def test_what_is_no_function():
    reply = failure(Session("double = 2").call("double", 1), "not_callable")
    assert (reply.name, reply.type) == ("double", "int")


def test_wrong_arguments():
    assert failure(Session("def f(a):\n    pass").call("f"), "raised").type == "TypeError"


def test_an_unknown_request_is_answered_all_the_same():
    failure(Session().ask({"op": "nonsense"}), "unreadable")


def test_an_answer_that_breaks_while_it_is_read_stays_as_a_handle():
    source = (
        "import numpy as np\nclass L(list):\n    def __init__(self):\n        super().__init__([self.Odd(self)])\n"
        "    class Odd:\n        def __init__(self, o):\n            self.o = o\n        def __repr__(self):\n"
        "            self.o.append(1)\n            return 'odd'\ndef f():\n    return L()"
    )
    assert len(Session(source).answer("f")) == 2


def test_an_interrupt_while_an_answer_is_read_is_reported():
    source = "class C:\n    def __repr__(self):\n        raise KeyboardInterrupt\ndef f():\n    return C()"
    assert failure(Session(source).call("f"), "unreadable").type == "KeyboardInterrupt"


# ---- names and values ----


def test_names_with_their_types():
    session = Session("import math\nx = 1\n_hidden = 2\ndef f():\n    pass")
    session.names["In"] = []
    answer = session.ask({"op": "names"})
    assert answer.names == {"math": "module", "x": "int", "f": "function"}


def test_values_of_variables():
    assert Session("x = [1, 2.5]").value("x") == [1, 2.5]


# ---- arguments ----


def test_arguments_come_as_what_they_are():
    source = "def kinds(*args, **kwargs):\n    return [type(a).__name__ for a in (*args, *kwargs.values())]"
    given = (None, True, 1, 1.5, 1j, "a", b"b", [1], (1,), {1: 2}, {1}, np.zeros(2), np.float32(1), np.int64(2))
    kinds = Session(source).answer("kinds", *given, last=frozenset([1]))
    assert kinds == [*(type(a).__name__ for a in given), "frozenset"]


def test_tensors_come_as_tensors_and_variables_as_variables():
    source = (
        "import tensorflow as tf, keras\n"
        "def kinds(*args):\n    return [isinstance(a, k) for a, k in zip(args, (tf.Tensor, tf.Variable, keras.Variable))]"
    )
    array = np.ones(2, "float32")
    given = (Tensor(array), Tensor(array, "Variable"), Tensor(array, "KerasVariable"))
    assert Session(source).answer("kinds", *given) == [True, True, True]


def test_a_text_tensor_and_a_bfloat16_tensor_can_be_handed_over():
    source = "def kinds(*args):\n    return [a.dtype.name for a in args]"
    given = (Tensor(np.array("a")), Tensor(np.array([1.5], "float32"), note="bfloat16"))
    assert Session(source).answer("kinds", *given) == ["string", "bfloat16"]


def test_a_function_can_be_handed_over_as_its_source():
    session = Session("def at(f, x):\n    return f(x)")
    assert session.answer("at", Source("lambda x: np.sqrt(x) + math.pi * 0"), 9) == np.float64(3)


# ---- what a call changes ----


def test_changes_in_place_are_told_with_the_new_values():
    session = Session("def f(a, b, *, c, d):\n    b[0] = 7\n    c.append(1)\n    return a")
    answer = session.call("f", np.zeros(2), np.zeros(2), c=[0], d=[0])
    assert answer.mutated == (1, "c")
    assert answer.after[1].tolist() == [7, 0]
    assert answer.after["c"] == [0, 1]


def test_a_change_of_dtype_free_nan_is_no_change():
    assert Session("def f(a):\n    return a + 1").call("f", np.array([np.nan])).mutated == ()


def test_a_variable_that_is_assigned_to():
    session = Session("def f(v):\n    v.assign([1, 2])\n    return v")
    answer = session.call("f", Tensor(np.zeros(2, "float32"), "Variable"))
    assert answer.mutated == (0,)
    assert answer.same == 0
    assert answer.after[0].numpy().tolist() == [1, 2]
    assert answer.value.dtype == np.float32


def test_another_view_of_the_same_variable_counts_as_the_same():
    session = Session("def f(v):\n    return v.assign_add([1., 1.])")
    assert session.call("f", Tensor(np.zeros(2, "float32"), "Variable")).same == 0


@pytest.mark.parametrize(
    ("expression", "same"), [("a", 0), ("a.copy()", None), ("a[:]", None), ("k", "k"), ("1", None), ("n", None)]
)
def test_which_argument_came_back(expression, same):
    session = Session(f"def f(a, n, k):\n    return {expression}")
    assert session.call("f", np.zeros(2), 1, k=[1]).same == same


# ---- references ----


def test_a_handle_can_be_used_and_asked():
    source = (
        "class Mul:\n    factor = 3\n    def forward(self, x):\n        return x * self.factor\n"
        "    def __call__(self, x):\n        return -x\n    @property\n    def bad(self):\n        raise ValueError('b')\n"
        "def make():\n    return Mul()\ndef use(m, x):\n    return m.forward(x)\n"
    )
    session = Session(source)
    made = session.answer("make")
    assert session.answer("use", made, 2) == 6
    assert session.reach(["ref", made.id, "forward"], 2).value == 6
    assert session.reach(["ref", made.id, ""], 2).value == -2
    assert session.ask({"op": "value", "ref": made.id, "name": "factor"}).value == 3
    assert failure(session.ask({"op": "value", "ref": made.id, "name": "factr"}), "missing").names == ("factor",)
    failure(session.ask({"op": "value", "ref": made.id, "name": "bad"}), "raised")
    failure(session.reach(["ref", made.id, "forwards"], 2), "missing")


def test_the_same_object_has_the_same_handle():
    session = Session("x = object()\ny = [x, x]")
    assert len({h.id for h in [session.value("x"), *session.value("y")]}) == 1


def test_a_variable_handed_back_is_the_learners_own():
    session = Session("import tensorflow as tf\nv = tf.Variable(1.0)\ndef mine(w):\n    return w is v")
    assert session.answer("mine", session.value("v"))


def test_a_handle_of_another_session_is_lost_and_never_something_else():
    first, second = (Session("x = object()\ndef f(x):\n    return 1") for _ in range(2))
    stale = first.value("x")
    second.value("x")
    reply = failure(second.call("f", stale), "lost")
    assert reply.type == "ReferenceError"
    failure(second.reach(["ref", stale.id, ""]), "lost")


def test_dropped_references_are_gone():
    session = Session("x = object()")
    made = session.value("x")
    assert isinstance(session.ask({"op": "drop", "refs": [made.id, 12345]}), Answer)
    failure(session.reach(["ref", made.id, ""]), "lost")
    assert session.value("x").id != made.id


# ---- seeds ----


def test_a_seed_fixes_python_numpy_tensorflow_and_keras():
    source = (
        "import random, numpy as np, tensorflow as tf, keras\ndef draw():\n"
        "    return [random.random(), np.random.rand(), float(tf.random.uniform([])),\n"
        "            float(keras.random.uniform([])), keras.layers.Dense(1).get_config()['name'] != '']"
    )
    session = Session(source)
    assert session.answer("draw", seed=5) == session.answer("draw", seed=5)
    assert session.answer("draw", seed=6) != session.answer("draw", seed=5)


# ---- robustness against what a program does to its surroundings ----


SABOTAGE = """
import builtins, os
import numpy as np
from grader.engine.probe import Probe
probe = Probe({"x": [np.float32(1.5), np.ones(2), {"a": (1, None)}, Probe], "f": lambda: 1 / 0})
for name in ("len", "isinstance", "type", "list", "dict", "sum", "max", "repr", "id", "any", "str"):
    setattr(builtins, name, None)
np.asarray = np.array = np.dtype = np.ndarray = None
reply, buffers = probe.answer({"op": "value", "name": "x"}, [])
failed, _ = probe.answer({"op": "call", "target": ["global", "f"], "arguments": EMPTY}, [])
fine = reply["ok"] is True and [v["k"] for v in reply["value"]["v"]][2:] == ["dict", "handle"]
os._exit(0 if fine and failed["error"]["type"] == "ZeroDivisionError" else 1)
"""


def test_replaced_builtins_and_numpy_do_not_stop_the_probe():
    code = SABOTAGE.replace("EMPTY", repr(EMPTY))
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_the_probe_works_after_our_modules_are_hidden(monkeypatch):
    session = Session("import keras\nx = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])")
    for name in [n for n in sys.modules if n.split(".")[0] == "grader"]:
        monkeypatch.delitem(sys.modules, name)
    reply, _ = session.probe.answer({"op": "value", "name": "x"}, [])
    assert reply["value"]["k"] == "model"


def test_cells_of_a_notebook_are_told_by_their_number():
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    from grader.engine.probe import Probe

    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    try:
        shell.run_cell("x = 1", store_history=True)
        shell.run_cell("%matplotlib --list\ndef f():\n    return 1 / 0", store_history=True)
        reply, _ = Probe(shell.user_ns).answer({"op": "call", "target": ["global", "f"], "arguments": EMPTY}, [])
    finally:
        InteractiveShell.clear_instance()
    assert reply["error"]["lines"] == [["cell 2", 3, "f", "return 1 / 0"]]


EMPTY = {"k": "list", "v": [{"k": "list", "v": []}, {"k": "dict", "v": []}]}


def test_a_value_of_grader_type_in_the_program_means_nothing():
    session = Session("x = 1", forged=values.Handle(1, "t", "r"))
    assert isinstance(session.value("forged"), values.Handle)
    assert session.value("forged").type_name == "grader.Handle"
