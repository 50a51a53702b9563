"""A model that only its own program can answer for has to compute with its weights."""

from __future__ import annotations

import numpy as np
import pytest

from grader.errors import WrongAnswer
from grader.own_models import demand_weights
from grader.values import Handle, StudentModel

MODEL = StudentModel(Handle(1, "Own", ""), "Own")
POINTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)


class Program:
    """A learner's program with one model in it: ``answer`` of the weights and of how often it was asked."""

    def __init__(self, answer, weights):
        self.answer, self.weights, self.asked = answer, weights, 0

    def method(self, owner, name, *args):
        if name == "get_weights":
            return self.weights
        assert name == "set_weights"
        self.weights = args[0]
        return None

    def ask(self):
        self.asked += 1
        return np.asarray(self.answer(self.weights, self.asked), np.float32)

    def judged(self):
        demand_weights(self, MODEL, self.ask(), self.ask)


def unit(weights, _):
    return np.maximum(POINTS @ weights[0] + weights[1], 0)


WEIGHTS = [np.zeros((2, 1), np.float32), np.zeros(1, np.float32)]


def test_a_model_that_computes_with_its_weights_is_fine_and_keeps_them():
    program = Program(unit, WEIGHTS)
    program.judged()
    assert all(map(np.array_equal, program.weights, WEIGHTS))


def two_steps(weights, _):
    hidden = POINTS @ weights[0] + weights[1] > 0
    return (hidden.sum(axis=1, keepdims=True) * weights[0][0, 0] + weights[1][0] > 0) * 1.0


@pytest.mark.parametrize("start", range(12))
@pytest.mark.parametrize(
    "answer",
    [
        unit,
        two_steps,
        lambda w, _: np.tanh(9 * (POINTS @ w[0] + w[1])),
        lambda w, _: POINTS @ w[0] + (POINTS @ w[0] + w[1] > 0),
        lambda w, _: 100 + POINTS @ w[0] * 9,
    ],
)
def test_steep_networks_and_thresholds_are_not_taken_for_pretending(answer, start):
    rng = np.random.default_rng(start)
    Program(answer, [rng.normal(size=(2, 1)).astype(np.float32), rng.normal(size=1).astype(np.float32)]).judged()


OWN = [np.array([[-0.4], [0.3]], np.float32), np.array([0.1], np.float32)]


def pretends(tolerance):
    def answer(weights, _):
        own = all(np.allclose(a, b, rtol=0, atol=tolerance) for a, b in zip(weights, OWN, strict=True))
        return np.array([[0], [1], [1], [1]]) if own else np.tanh(POINTS @ weights[0] + weights[1])

    return answer


@pytest.mark.parametrize(
    ("answer", "weights", "words"),
    [
        (lambda *_: [[0], [1], [1], [1]], WEIGHTS, "with any others it answers the same"),
        (lambda *_: [[np.nan]] * 4, WEIGHTS, "with any others it answers the same"),
        (lambda w, n: unit(w, n) + n, WEIGHTS, "asked again with the same ones"),
        (lambda w, n: unit(w, n)[: 5 - n], WEIGHTS, "asked again with the same ones"),
        (pretends(0), OWN, "hardly differ"),
        (pretends(0.3), OWN, "hardly differ"),
        (lambda w, n: [[0], [1], [1], [1]] if n in (1, 6) else np.tanh(POINTS @ w[0] + w[1]), OWN, "hardly differ"),
        (lambda *_: [[0]], [], "has no weights"),
        (lambda *_: [[0]], 3, "a list of arrays"),
        (lambda *_: [[0]], [np.zeros((2, 1), np.int64)], "with any others it answers the same"),
    ],
)
def test_a_model_that_does_not_is_a_wrong_answer(answer, weights, words):
    with pytest.raises(WrongAnswer, match=words):
        Program(answer, weights).judged()
