"""Silent bugs that only the source shows: what is done to the data before a model sees them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grader.legacy.names import Names
from grader.legacy.program import Program, read
from grader.silent.shapes import Shapes
from grader.text import Text, say

_DIFFERENCES = ("np.subtract", "tf.subtract", "tf.math.subtract", "tf.math.squared_difference")
_SCALERS = ("StandardScaler", "MinMaxScaler", "RobustScaler", "MaxAbsScaler", "Normalizer")


@dataclass(frozen=True)
class Suspicion:
    """What was seen, and where."""

    cell: int  # counted from 0
    line: int  # in the cell, from 1
    text: Text


def of_source(cells: Sequence[str]) -> tuple[Suspicion, ...]:
    """An explanation for each silent bug in the cells, in the order of their lines."""
    return suspicions(read(cells))


def suspicions(program: Program) -> tuple[Suspicion, ...]:
    """The same, in a program that was read already."""
    found = [(node, text) for rule in _RULES for node, text in rule(program.tree, program.names)]
    placed = [_placed(*program.place(node.lineno), text) for node, text in found]
    return tuple(sorted(placed, key=lambda s: (s.cell, s.line)))


def _placed(cell: int, line: int, text: Text) -> Suspicion:
    return Suspicion(cell, line, say("Line {line}: {text}", line=line, text=text))


Found = Iterator[tuple[ast.expr, Text]]


def scaled_with_test_data(tree: ast.Module, names: Names) -> Found:
    """``scaler.fit_transform(x_test)``"""
    for call, given in _scalings(tree, names):
        if "test" in given.lower():
            yield (
                call,
                say(
                    "the scaling is fitted on test data (“{name}”). Mean and spread must come from the training data alone: "
                    "fit on those, and use transform on the test data.",
                    name=given,
                ),
            )


def scaled_before_the_split(tree: ast.Module, names: Names) -> Found:
    """``scaler.fit_transform(x)`` and only then ``train_test_split(x)``"""
    splits = [
        c for c in _calls(tree) if names.of(c.func).endswith("train_test_split") or _named(c.func, "train_test_split")
    ]
    for call, given in _scalings(tree, names):
        scaled = {given, *_targets_of(tree, call)}
        if any(s.lineno > call.lineno and scaled & {a.id for a in s.args if isinstance(a, ast.Name)} for s in splits):
            yield (
                call,
                say(
                    "the scaling is fitted on all data, and they are split afterwards: the test data have a part in it. "
                    "Split first, then fit the scaling on the training data alone."
                ),
            )


def normalised_with_test_statistics(tree: ast.Module, names: Names) -> Found:
    """``(x_test - x_test.mean(axis=0)) / x_test.std(axis=0)``"""
    del names
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.left, ast.Name):
            name, right = node.left.id, node.right
            mean = isinstance(right, ast.Call) and isinstance(right.func, ast.Attribute) and right.func.attr == "mean"
            if mean and isinstance(right, ast.Call) and "test" in name.lower() and name in _names_in(right):
                yield (
                    node,
                    say(
                        "the test data (“{name}”) are centred with their own mean. Use the mean and spread of the training data.",
                        name=name,
                    ),
                )


def not_shuffled(tree: ast.Module, names: Names) -> Found:
    """``model.fit(..., shuffle=False)``"""
    for call in _calls(tree):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "fit" and names.is_model(call.func.value)):
            continue
        for keyword in call.keywords:
            if keyword.arg == "shuffle" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False:
                yield (
                    call,
                    say(
                        "shuffle=False gives the rows in the same order in every epoch. Where the order means something, such as rows "
                        "sorted by label, the network forgets the first ones; leave it out."
                    ),
                )


def column_against_row(tree: ast.Module, names: Names) -> Found:
    """``y = np.array([0, 1, 1, 0])`` and ``model(x)`` of one unit in one difference"""
    shapes = Shapes(tree, names)
    for node in ast.walk(tree):
        pair = _subtracted(node, names)
        if pair and {shapes.of(pair[0]), shapes.of(pair[1])} == {"column", "row"}:
            assert isinstance(node, ast.expr)
            yield (
                node,
                say(
                    "one side has the shape (n, 1), the other (n,). Their difference is broadcast to (n, n), and an error "
                    "measured on it is not 0 even for perfect predictions. Give both the same shape, for example with reshape(-1)."
                ),
            )


def _subtracted(node: ast.AST, names: Names) -> tuple[ast.expr, ast.expr] | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return node.left, node.right
    if isinstance(node, ast.Call) and len(node.args) >= 2 and names.of(node.func) in _DIFFERENCES:  # noqa: PLR2004 - two sides
        return node.args[0], node.args[1]
    return None


def training_flag_left_on(tree: ast.Module, names: Names) -> Found:
    """``model(x_test, training=True)``, ``model.predict(...)`` with Dropout called so"""
    for call in _calls(tree):
        for keyword in call.keywords:
            on = keyword.arg == "training" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            if on and names.is_model(call.func) and not _in_tape(tree, call):
                yield (
                    call,
                    say(
                        "training=True is left on outside of training: Dropout goes on dropping values and BatchNormalization uses the "
                        "batch at hand, so the answers change with the batch. Use training=False, or model.predict."
                    ),
                )


def _scalings(tree: ast.Module, names: Names) -> Iterator[tuple[ast.Call, str]]:
    """Calls that fit a scaler, and the variable that it is fitted on."""
    for call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("fit", "fit_transform") and call.args:
            given = call.args[0]
            if _is_scaler(call.func.value, names) and isinstance(given, ast.Name):
                yield call, given.id


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.Call))


def _named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_scaler(node: ast.expr, names: Names) -> bool:
    return any(isinstance(v, ast.Call) and names.of(v.func).rpartition(".")[2] in _SCALERS for v in names.values(node))


def _targets_of(tree: ast.Module, value: ast.expr) -> set[str]:
    return {
        t.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Assign) and n.value is value
        for t in n.targets
        if isinstance(t, ast.Name)
    }


def _names_in(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _in_tape(tree: ast.Module, call: ast.Call) -> bool:
    """Whether the call stands in a `with` block: the tape of a training loop."""
    return any(isinstance(n, ast.With) and call in ast.walk(n) for n in ast.walk(tree))


_RULES: tuple[Callable[[ast.Module, Names], Found], ...] = (
    scaled_with_test_data, scaled_before_the_split, normalised_with_test_statistics, not_shuffled, column_against_row,
    training_flag_left_on,
)  # fmt: skip
