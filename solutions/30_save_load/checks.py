"""Hidden checks of save_load."""

from dataclasses import replace

import numpy as np
from public_checks import (
    Bench,
    Room,
    expect_copied,
    expect_loaded,
    expect_network,
    expect_saved,
    expect_weights_from,
    expect_weights_travel,
)

from grader.authoring import Student, StudentModel, check, expect

NORMALIZED = (
    "keras.Sequential([keras.Input((4,)), keras.layers.Dense({units}, 'tanh'),"
    " keras.layers.BatchNormalization(), keras.layers.Dense(3, 'softmax')])"
)
WITH_SHORTCUT = (
    "(lambda x: keras.Model(x, keras.layers.Dense(2, 'sigmoid')(keras.layers.Concatenate()("
    "[x, keras.layers.BatchNormalization()(keras.layers.Dense({units}, 'elu')(x))]))))(keras.Input((5,)))"
)


@check(points=1, after="saves_after_training")
def saves_any_network(student: Student, rng: np.random.Generator) -> None:
    """Saves other networks too, over a file that is there already, and as .h5"""
    bench, room = Bench.beside(student, "train_and_save"), Room.beside(student)
    bench.put("twice.keras", room.saved(room.network(drawn(NORMALIZED, rng), rng), "twice.keras"))
    expect_saved(student, drawn(WITH_SHORTCUT, rng), "twice.keras", rng)
    expect_saved(student, drawn(NORMALIZED, rng), "older.h5", rng)


@check(points=1, after="loads_network")
def loads_any_network(student: Student, rng: np.random.Generator) -> None:
    """Loads the network that the file holds, whatever its architecture"""
    bench, room = Bench.beside(student, "load_network"), Room.beside(student)
    other = room.network(drawn(NORMALIZED, rng), rng)
    bench.put("other.keras", room.saved(other, "other.keras"))
    expect_loaded(student, drawn(WITH_SHORTCUT, rng), "shortcut.keras", rng)
    expect_network(student, expect.model(student.load_network("other.keras")), other, rng)


@check(points=1, after="loads_network")
def reads_older_files(student: Student, rng: np.random.Generator) -> None:
    """Reads .h5 files, also of a network compiled with loss="mse" """
    expect_loaded(student, drawn(NORMALIZED, rng), "old.h5", rng)


@check(points=1, after="weights_travel_alone")
def all_weights_travel(student: Student, rng: np.random.Generator) -> None:
    """The file holds all weights of any network, also those that are not trained"""
    expect_weights_travel(student, drawn(NORMALIZED, rng), "normalized.weights.h5", rng)
    bench, expression = Bench.beside(student, "save_weights"), drawn(WITH_SHORTCUT, rng)
    source, target = (bench.network(expression, rng) for _ in range(2))
    student.save_weights(source, "first.weights.h5")
    first = bench.expect_file("first.weights.h5", ())
    student.save_weights(target, "second.weights.h5")
    second = bench.expect_file("second.weights.h5", ())
    files = {"moved.weights.h5": first, "second.weights.h5": second}
    expect_weights_from(student, expression, files, "moved.weights.h5", source, rng)


@check(points=2, after="copies_network")
def copy_is_independent(student: Student, rng: np.random.Generator) -> None:
    """Changing the weights of a network leaves its copy as it is, and the other way round"""
    for expression in (NORMALIZED, WITH_SHORTCUT):
        bench = Bench.beside(student, "copy_network")
        source, copied = expect_copied(student, drawn(expression, rng), rng)
        expect_network(student, bench.now(source), source, rng)
        # A copy of a class of one's own tells no shapes.
        changed = replace(bench.planted(copied, rng), input_shapes=source.input_shapes)
        expect_unchanged(student, bench, source, changed, rng)
        bench.planted(source, rng)
        expect_unchanged(student, bench, changed, source, rng)


def expect_unchanged(
    student: Student, bench: Bench, model: StudentModel, other: StudentModel, rng: np.random.Generator
) -> None:
    """``model`` still has its weights, after those of ``other`` were changed."""
    expect_network(student, bench.now(model), model, rng, {"shared_weights": other.weights}, otherwise="shared_weights")


def drawn(expression: str, rng: np.random.Generator) -> str:
    """The network with as many hidden units as chance wants."""
    return expression.format(units=int(rng.integers(3, 12)))
