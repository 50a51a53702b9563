"""Public checks of save_load.

The networks and their weights are made by the check itself, so nothing can be known beforehand, and saving and loading
are judged apart from each other. Files go from one sandbox to another: what a program only remembers is not there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.authoring import BrokenProgram, Handle, Source, Student, StudentModel, check, expect

Weights = Sequence[np.ndarray]
NO_MISTAKES: Mapping[str, Weights] = {}
TASKS = ("train_and_save", "load_network", "save_weights", "load_weights", "copy_network")
ROOM = """
import keras

def network(expression):
    made = eval(expression, {"keras": keras})
    made.compile(optimizer="sgd", loss="mse")
    return made

def saved(network, path):
    network.save(path)
    with open(path, "rb") as file:
        return file.read()

def read(path, data):
    with open(path, "wb") as file:
        file.write(data)
    try:
        return keras.models.load_model(path, compile=False)
    except Exception:
        return None
"""
TWO_LAYERS = "keras.Sequential([keras.Input((3,)), keras.layers.Dense(5, 'relu'), keras.layers.Dense(2)])"


@check(points=1)
def saves_after_training(student: Student, rng: np.random.Generator) -> None:
    """Trains a network, then saves the whole of it to a .keras file"""
    expect_saved(student, TWO_LAYERS, "trained.keras", rng)


@check(points=1)
def loads_network(student: Student, rng: np.random.Generator) -> None:
    """Loads a network from a .keras file: a new object that predicts the same"""
    expect_loaded(student, TWO_LAYERS, "network.keras", rng)


@check(points=1)
def weights_travel_alone(student: Student, rng: np.random.Generator) -> None:
    """Saves only the weights, and loads them into another network of the same architecture"""
    expect_weights_travel(student, TWO_LAYERS, "layers.weights.h5", rng)


@check(points=1)
def copies_network(student: Student, rng: np.random.Generator) -> None:
    """Makes a second network with the same architecture and weights"""
    expect_copied(student, TWO_LAYERS, rng)


@dataclass(frozen=True)
class Bench:
    """The check's own work in the learner's session, which no report shows as a call of theirs."""

    own: Student
    carrier: Handle

    @classmethod
    def beside(cls, student: Student, task: str) -> Bench:
        """For a check of ``task``. Raises BrokenProgram where the learner's file has no such name."""
        own = Student(student.session)
        first = own.value(task)
        if is_function(first):
            return cls(own, first)
        others = (own.value(name) for name in TASKS if own.has(name))
        return cls(own, next(filter(is_function, others), first))

    def evaluate(self, expression: str) -> Any:
        """What a Python expression is over there: as the object of a bound method it comes back unchanged."""
        bound = expect.handle(self.own.method(self.carrier, "__get__", Source(expression)))
        return self.own.method(bound, "__getattribute__", "__self__")

    def network(self, expression: str, rng: np.random.Generator) -> StudentModel:
        """A new network with weights that nobody knows beforehand, compiled as most are."""
        model = expect.model(self.evaluate(expression))
        # Keras there may be anything by now: what it has made may have several inputs, unknown or enormous ones.
        shapes = (model.input_shape, model.output_shape)
        known = all(s is not None and None not in s[1:] and math.prod(s[1:]) < 100 for s in shapes)
        expect.that(model.plan is not None and known, "other_shapes", actual=model)
        self.own.method(model, "compile", optimizer="sgd", loss="mse")
        return self.planted(model, rng)

    def planted(self, model: StudentModel, rng: np.random.Generator) -> StudentModel:
        """The same object with other random weights."""
        weights = tuple(drawn_like(w, rng) for w in model.weights)
        self.own.method(model, "set_weights", list(weights))
        return replace(model, weights=weights)

    def now(self, model: StudentModel) -> StudentModel:
        """The same object with the weights that it has by now."""
        return replace(model, weights=expect.arrays(self.own.method(model, "get_weights"), what="get_weights()"))

    def built(self, model: StudentModel, like: StudentModel) -> StudentModel:
        """The same object, called once where it has no weights yet, as a Sequential of finished layers has not."""
        if model.weights or not like.weights:
            return model
        try:
            self.own.method(model, "", np.zeros((1, *like.input_shape[1:]), np.float32))
        except BrokenProgram:
            return model
        return expect.model(self.own.method(self.evaluate("lambda model: model"), "", model))

    def put(self, path: str, data: bytes) -> None:
        """Lays a file into the learner's folder."""
        self.own.method(
            self.evaluate("lambda path, data: __import__('pathlib').Path(path).write_bytes(data)"), "", path, data
        )

    def data(self, path: str) -> bytes:
        """What a file in the learner's folder holds; b"" where there is none."""
        found = self.evaluate(
            f"(lambda p: p.read_bytes() if p.is_file() else b'')(__import__('pathlib').Path({path!r}))"
        )
        return found if isinstance(found, bytes) else b""

    def files(self) -> tuple[str, ...]:
        """What lies in the learner's folder."""
        return expect.texts(self.evaluate("sorted(__import__('os').listdir())"), what="os.listdir()")

    def expect_file(self, path: str, before: Sequence[str]) -> bytes:
        """What the last call has written to ``path``; names the mistake by what it has written instead."""
        if data := self.data(path):
            return data
        new = [name for name in self.files() if name not in before]
        alone = any("weight" in name for name in new) and "weights" not in path
        expect.that(bool(new), "nothing_saved", expected=path, mistake="no_file", path=path)
        folder = self.evaluate(f"__import__('os').path.isdir({path!r})")
        expect.that(folder or path not in new, "empty_file", expected=path, mistake="empty_file", path=path)
        mistake = "folder_not_file" if folder else "weights_without_architecture" if alone else "another_file"
        expect.that(False, "no_file", expected=path, actual=new, mistake=mistake, path=path, new=", ".join(new))
        return b""


@dataclass(frozen=True)
class Room:
    """A sandbox with nothing of the learner's in it, where Keras itself writes and reads the files."""

    keras: Student

    @classmethod
    def beside(cls, student: Student) -> Room:
        """One for all checks."""
        return cls(student.elsewhere(ROOM))

    def network(self, expression: str, rng: np.random.Generator) -> StudentModel:
        """A new network with weights that nobody knows beforehand."""
        model = expect.model(self.keras.network(expression))
        weights = tuple(drawn_like(w, rng) for w in model.weights)
        self.keras.method(model, "set_weights", list(weights))
        return replace(model, weights=weights)

    def saved(self, model: StudentModel, path: str) -> bytes:
        """The file that Keras writes of it."""
        data: bytes = self.keras.saved(model, path)
        return data

    def read(self, path: str, data: bytes) -> StudentModel | None:
        """The network in a file, as Keras loads it; None where it holds none."""
        found = self.keras.read(path, data)
        return found if isinstance(found, StudentModel) else None


def expect_saved(student: Student, expression: str, path: str, rng: np.random.Generator) -> None:
    """What train_and_save leaves in the file is the network as it is after its training."""
    bench = Bench.beside(student, "train_and_save")
    model = bench.network(expression, rng)
    x, y = (rng.normal(size=(8, *shape[1:])).astype(np.float32) for shape in (model.input_shape, model.output_shape))
    before = bench.files()
    student.train_and_save(model, x, y, path)
    trained = bench.now(model)
    data = bench.expect_file(path, [name for name in before if name != path])
    expect.that(not same(trained.weights, model.weights), "not_trained", mistake="not_trained")
    saved = Room.beside(student).read(path, data)
    if saved is None:
        expect.that(False, "no_network_in_file", mistake=held_by(data), path=path)
    else:
        mistakes = {"saved_before_training": model.weights}
        expect_network(student, saved, trained, rng, mistakes, otherwise="saved_too_early")


def expect_loaded(student: Student, expression: str, path: str, rng: np.random.Generator) -> None:
    """load_network makes a network of what Keras has written, each time a new one."""
    bench, room = Bench.beside(student, "load_network"), Room.beside(student)
    saved = room.network(expression, rng)
    bench.put(path, room.saved(saved, path))
    loaded = expect.model(student.load_network(path))
    again = expect.model(student.load_network(path))
    expect.that(loaded.handle.id != again.handle.id, "one_object", mistake="old_object")
    expect_network(student, loaded, saved, rng, otherwise="not_from_the_file")


def expect_weights_travel(student: Student, expression: str, path: str, rng: np.random.Generator) -> None:
    """What save_weights writes, load_weights puts into another network, whatever became of the first."""
    bench = Bench.beside(student, "save_weights")
    source, target = (bench.network(expression, rng) for _ in range(2))
    before = bench.files()
    student.save_weights(source, path)
    data = bench.expect_file(path, before)
    expect.that(Room.beside(student).read(path, data) is None, "whole_network", mistake="whole_network", path=path)
    changed = bench.planted(source, rng)
    student.load_weights(target, path)
    mistakes = {"weights_not_loaded": target.weights, "not_from_the_file": changed.weights}
    expect_network(student, bench.now(target), source, rng, mistakes)
    expect_weights_from(student, expression, {path: data}, path, source, rng)


def expect_weights_from(
    student: Student,
    expression: str,
    files: Mapping[str, bytes],
    path: str,
    source: StudentModel,
    rng: np.random.Generator,
) -> None:
    """The learner's program, started once more, gets the weights of ``source`` out of the file alone."""
    later = student.elsewhere()
    bench = Bench.beside(later, "load_weights")
    for name, data in files.items():
        bench.put(name, data)
    target = bench.network(expression, rng)
    later.load_weights(target, path)
    mistakes = {"weights_not_loaded": target.weights}
    expect_network(later, bench.now(target), source, rng, mistakes, otherwise="not_from_the_file")


def expect_copied(student: Student, expression: str, rng: np.random.Generator) -> tuple[StudentModel, StudentModel]:
    """copy_network makes another network with the same weights. Returns both."""
    bench = Bench.beside(student, "copy_network")
    source = bench.network(expression, rng)
    copied = bench.built(expect.model(student.copy_network(source)), source)
    expect.that(copied.handle.id != source.handle.id, "model_itself", actual=copied, mistake="model_itself")
    expect_network(student, copied, source, rng, otherwise="without_weights")
    return source, copied


def expect_network(
    student: Student,
    got: StudentModel,
    wanted: StudentModel,
    rng: np.random.Generator,
    mistakes: Mapping[str, Weights] = NO_MISTAKES,
    otherwise: str = "",
) -> None:
    """``got`` has the weights of ``wanted``, bit for bit, and answers as it does.

    mistakes: id -> the weights that this mistake leads to; ``otherwise`` names any other weights.
    Where the first weight has come along and a later one has not, some were left out.
    """
    shapes, target = ([w.shape for w in model.weights] for model in (got, wanted))
    expect.that(shapes == target, "other_shapes", expected=target, actual=shapes, mistake="other_architecture")
    for i, (actual, weight) in enumerate(zip(got.weights, wanted.weights, strict=True)):
        wrong = {} if i else {key: lambda w=weights: w[0] for key, weights in mistakes.items()}
        if actual.shape == weight.shape and np.allclose(actual, weight, rtol=1e-3, atol=1e-5):
            wrong["digits_lost"] = lambda a=actual: a
        rest = "weights_left_out" if i else otherwise
        wrong |= {rest: lambda a=actual: a} if rest else {}
        expect.tensor(actual, weight, what=f"get_weights()[{i}]", rtol=0, atol=0, mistakes=wrong)
    x = rng.normal(scale=3, size=(20, *wanted.input_shape[1:])).astype(np.float32)
    answers, right = student.predict(got, x), student.predict(wanted, x)
    # With the same weights the last digit may still differ where one of them is nested in another.
    equal = answers.shape == right.shape and np.allclose(answers, right, rtol=1e-4, atol=1e-5)
    expect.that(equal, "other_answers", expected=right, actual=answers, mistake="other_architecture")


def held_by(data: bytes) -> str:
    """The mistake by which a file holds no network."""
    if data.lstrip()[:1] in (b"{", b'"'):
        return "architecture_only"
    pickled = data.startswith(b"\x80") and b"keras" in data
    return "pickled_network" if pickled else "weights_without_architecture"


def is_function(value: Any) -> bool:
    """Whether it is a function of the learner's file."""
    return isinstance(value, Handle) and value.type_name.endswith("function")


def same(one: Weights, other: Weights) -> bool:
    """Whether all weights are equal."""
    return len(one) == len(other) and all(map(np.array_equal, one, other))


def drawn_like(weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Random weights of this shape: in a kernel some of each sign, so that no activation can hide.

    What is no kernel is positive, as it may be a variance.
    """
    if weight.ndim < 2:
        return rng.uniform(0.1, 0.9, size=weight.shape).astype(np.float32)
    kernel = rng.normal(size=weight.shape)
    return np.float32(kernel - kernel.mean(axis=0))
