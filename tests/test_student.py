"""`grader.student` asks a session and trusts nothing in its replies."""

from __future__ import annotations

import numpy as np
import pytest

from grader.engine.limits import Limits
from grader.errors import AuthorError, BrokenProgram
from grader.local import LocalSession
from grader.student import Student, broken, traceback_of
from grader.values import Tensor
from grader.wire.reply import Failure, Frame

MODEL = """
import keras, numpy as np

def build():
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])

class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1, kernel_initializer="ones")
        self.scale = 1.5

    def call(self, x):
        return self.dense(x) * self.scale

def own():
    model = Own()
    model(np.zeros((1, 2), "float32"))
    return model

def draw():
    import matplotlib.pyplot as plt
    plt.plot([1, 2])

def luck():
    return float(np.random.rand())

here = 3
"""


@pytest.fixture(scope="module")
def session():
    made = LocalSession({})
    made.run_cells("answer.py", MODEL.encode())
    assert made.errors == []
    return made


@pytest.fixture
def student(session):
    return Student(session)


class Liar:
    """A session whose program replies what it likes."""

    def __init__(self, reply):
        self.reply = reply

    def ask(self, request, buffers, *, limit_s=None):
        return self.reply, []


def test_a_model_is_asked_by_the_graders_own_keras(student):
    model = student.build()
    x = np.ones((3, 2), "float32")
    expected = x @ model.weights[0] + model.weights[1]
    assert np.allclose(student.predict(model, x), expected)
    assert student.notes() == ()


def test_a_model_of_ones_own_class_answers_itself_and_the_grade_says_so(student):
    model = student.own()
    # The first time it is seen whether the answers follow from the weights, which stay what they were.
    for _ in range(2):
        assert np.allclose(student.predict(model, np.ones((3, 2))), 3.0)
    (note,) = student.notes()
    assert "your own model object" in note.en


def test_a_model_for_other_inputs_is_the_learners_matter(student):
    with pytest.raises(BrokenProgram, match="cannot be asked"):
        student.predict(student.build(), np.ones((3, 5)))


def test_methods_of_what_came_back_can_be_called(student):
    model = student.build()
    assert student.method(model, "count_params") == 3
    assert student.last_call() == "model.count_params()"


def test_a_seeded_call_repeats(student):
    assert student.seeded(3).luck() == student.seeded(3).luck() != student.seeded(4).luck()


def test_values_and_names_are_read(student):
    assert student.value("here") == 3
    assert student.has("here")
    assert not student.has("there")


def test_a_figure_that_was_left_open_is_found(student):
    assert student.draw() is None
    assert len(student.figure().axes) == 1
    student.luck()
    assert student.figure() is None


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"ok": "true"},
        {"ok": True, "value": {"t": "nonsense"}},
        {"ok": True, "value": []},
        {"ok": False},
        {"ok": False, "error": 3},
        {"ok": False, "error": {"kind": "missing", "names": 3}},
        {"ok": False, "error": {"kind": "raised", "type": 3, "message": {}, "lines": "x"}},
        {"ok": True, "value": {"t": "none"}, "figures": "many", "mutated": 3},
    ],
    ids=str,
)
def test_a_reply_that_makes_no_sense_is_a_broken_program_and_no_fault_of_ours(reply):
    with pytest.raises(BrokenProgram):
        Student(Liar(reply)).anything()


def test_the_innermost_frames_are_shown():
    frames = tuple(Frame("cell 1", n, "f", " x = 1 ") for n in range(20))
    shown = traceback_of(Failure("raised", frames=frames)).split("\n")
    assert len(shown) == 16
    assert shown[-2:] == ["cell 1, line 19, in f", "    x = 1"]


def test_a_long_message_is_cut():
    assert len(broken(Failure("raised", type="E", message="m" * 2000), "f()", Limits()).message.en) < 600


@pytest.mark.parametrize(("kind", "words"), [("unreadable", "breaks when it is read"), ("lost", "started again")])
def test_an_answer_that_cannot_be_had_says_why(kind, words):
    assert words in broken(Failure(kind, type="ValueError"), "f()", Limits()).message.en


def test_an_answer_that_raises_when_it_is_read_is_the_learners_matter(session):
    session.run_cells(
        "more.py", b"class Bad(list):\n    __slots__ = ()\n\ndef bad():\n    x = []\n    x.append(x)\n    return x\n"
    )
    assert Student(session).bad() is not None


def test_another_sandbox_is_opened_for_a_program_of_the_check(session):
    opened = []

    def opens(program):
        made = LocalSession({})
        made.run_cells("room.py", (program or "").encode())
        opened.append(program)
        return made

    student = Student(session, opens=opens)
    assert student.seeded(3).elsewhere("def double(x):\n    return 2 * x\n").double(4) == 8
    assert opened == ["def double(x):\n    return 2 * x\n"]


def test_a_second_sandbox_wants_somebody_who_opens_it(student):
    with pytest.raises(AuthorError, match="second sandbox"):
        student.elsewhere()


@pytest.mark.parametrize("answer", [3, "x", None, [1], np.zeros(2), Tensor(np.zeros(2))])
def test_plain_data_has_no_methods_to_call(student, answer):
    with pytest.raises(BrokenProgram, match="should be an object of your program"):
        student.method(answer, "get_weights")
