"""Hidden checks of gates."""

import numpy as np
from public_checks import LABELS, expect_best, expect_labels, expect_learned, outputs_of, weights_of

from grader.authoring import Fairness, Student, check, expect


@check(points=1, after="labels_of_or_and_and")
def labels_of_nand_and_xor(student: Student) -> None:
    """Knows the labels of NAND and XOR"""
    for name in ("NAND", "XOR"):
        expect_labels(student.gate_labels(name), name)


@check(points=1, after="learns_or")
def learns_and(student: Student, rng: np.random.Generator, fair: Fairness) -> None:
    """Training gets AND right, from one random start as from the next"""
    first, *_ = expect_learned("AND", student, rng, fair)
    trained, now = first.weights, expect.arrays(student.method(first, "get_weights"))
    same = not trained or all(map(np.array_equal, trained, now))
    expect.that(same, "trained_on", mistake="same_network_again")


@check(points=2, after="learns_or")
def learns_nand(student: Student, rng: np.random.Generator, fair: Fairness) -> None:
    """Training gets NAND right, from one random start as from the next"""
    expect_learned("NAND", student, rng, fair)


@check(points=1, after="learns_or")
def trains_a_single_layer(student: Student, rng: np.random.Generator) -> None:
    """What is trained is a single layer: XOR stays out of its reach"""
    model = expect.model(student.train_gate("XOR", int(rng.integers(1, 2**31 - 1))))
    outputs = outputs_of(student, model)
    count = sum(w.size for w in weights_of(student, model))
    # One without a bias is a single layer as well; what it cannot do is for the other checks.
    expect.that(count <= 3, "trained_weight_count", expected=3, actual=count, mistake="more_than_one_unit", got=count)
    expect.that(not np.array_equal(outputs > 0.5, LABELS["XOR"]), "xor_by_a_line", actual=outputs)


@check(points=1, after="best_on_xor")
def best_on_the_other_gates(student: Student, rng: np.random.Generator) -> None:
    """Knows how far a single layer gets on the other gates"""
    for name in ("OR", "AND", "NAND", "XOR"):
        expect_best(student.seeded(int(rng.integers(1, 2**31 - 1))).single_layer_best(name), name)
