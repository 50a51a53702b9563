"""Silent bugs that only the source shows: what is done to the data before a model sees them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grader.legacy.names import Names
from grader.legacy.program import Program, read
from grader.silent.shapes import Shapes
from grader.text import Text, say

_DIFFERENCES = ("np.subtract", "tf.subtract", "tf.math.subtract", "tf.math.squared_difference")
_SCALERS = (
    "StandardScaler",
    "MinMaxScaler",
    "RobustScaler",
    "MaxAbsScaler",
)  # a Normalizer learns nothing from the data
_TEST = re.compile(r"(?:^|_|^[xyXY])(?:test|Test|TEST|te)(?=$|_|\d|[A-Z])|[a-z]Test(?=$|_|\d|[A-Z])")
_TRAIN = re.compile(r"(?:^|_|^[xyXY])(?:train|Train|TRAIN|tr)(?=$|_|\d|[A-Z])|[a-z]Train(?=$|_|\d|[A-Z])")
_TRAINED_OTHERWISE = tuple(
    f"keras.layers.{name}"
    for name in ("Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianNoise", "BatchNormalization")
)  # what training=True changes
_JOINS = ("concatenate", "concat", "vstack", "append")
_SHUFFLES = ("shuffle", "permutation", "shuffled", "sample")
_IN_ORDER = ("LSTM", "GRU", "SimpleRNN", "TimeseriesGenerator", "timeseries_dataset_from_array")
_MEASURES = re.compile(r"mean|sum|square|loss|error|mse|mae|rmse|cost|sqrt", re.IGNORECASE)


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
        if _TEST.search(given):
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
    for call, given, scaled in [*_scaled(tree, names), *_scaled_by_hand(tree)]:
        if _TRAIN.search(given):  # what is split off then is for validation
            continue
        if any(s.lineno > call.lineno and scaled & {a.id for a in s.args if isinstance(a, ast.Name)} for s in splits):
            yield (
                call,
                say(
                    "the scaling is fitted on all data, and they are split afterwards: the test data have a part in it. "
                    "Split first, then fit the scaling on the training data alone."
                ),
            )


def _scaled(tree: ast.Module, names: Names) -> Iterator[tuple[ast.expr, str, set[str]]]:
    """What scales, the variable it is fitted on, and the variables that hold what comes of it."""
    for call, given in _scalings(tree, names):
        yield call, given, _parts_of(tree, {given, *_targets_of(tree, call)}, call.lineno)


def _scaled_by_hand(tree: ast.Module) -> Iterator[tuple[ast.expr, str, set[str]]]:
    """``x = (x - x.mean(axis=0)) / x.std(axis=0)``"""
    for difference, name, target in _centred(tree):
        yield difference, name, _parts_of(tree, {target} if target else set(), difference.lineno)


def _parts_of(tree: ast.Module, scaled: set[str], line: int) -> set[str]:
    """The variables, and those that are cut out of them further below: ``X = data[:, :3]``."""
    found = set(scaled)
    assigned = sorted((n for n in ast.walk(tree) if isinstance(n, ast.Assign)), key=lambda n: n.lineno)
    for node in assigned:
        value: ast.expr = node.value
        while isinstance(value, (ast.Subscript, ast.Attribute)):
            value = value.value
        if node.lineno > line and isinstance(value, ast.Name) and value.id in found:
            found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return found


def normalised_with_test_statistics(tree: ast.Module, names: Names) -> Found:
    """``x_test = (x_test - x_test.mean(axis=0)) / x_test.std(axis=0)``"""
    del names
    for difference, name, target in _centred(tree):
        if target and _TEST.search(name):
            yield (
                difference,
                say(
                    "the test data (“{name}”) are centred with their own mean. Use the mean and spread of the training data.",
                    name=name,
                ),
            )


def _centred(tree: ast.Module) -> Iterator[tuple[ast.expr, str, str]]:
    """Differences of a variable and its own mean, its name, and the variable that holds the scaled values; "" where none does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub) and isinstance(node.target, ast.Name):
            if _is_mean_of(node.value, node.target.id):
                yield node.value, node.target.id, node.target.id
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            scaled = (
                node.value.left
                if isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.Div)
                else node.value
            )
            if isinstance(scaled, ast.BinOp) and isinstance(scaled.op, ast.Sub) and isinstance(scaled.left, ast.Name):
                name = scaled.left.id
                if _is_mean_of(scaled.right, name) and (scaled is not node.value or node.targets[0].id == name):
                    yield scaled, name, node.targets[0].id


def _is_mean_of(node: ast.expr, name: str) -> bool:
    mean = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "mean"
    return mean and name in _names_in(node)


def not_shuffled(tree: ast.Module, names: Names) -> Found:
    """``model.fit(..., shuffle=False)``"""
    if any(_last_name(call.func) in (*_SHUFFLES, *_IN_ORDER) for call in _calls(tree)):  # by hand, or order is wanted
        return
    for call in _calls(tree):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "fit" and names.is_model(call.func.value)):
            continue
        if any(k.arg == "batch_size" and re.search(r"len\(|shape\[0\]", ast.unparse(k.value)) for k in call.keywords):
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
        if pair and {shapes.of(pair[0]), shapes.of(pair[1])} == {"column", "row"} and _measured(tree, node, shapes):
            assert isinstance(node, ast.expr)
            yield (
                node,
                say(
                    "one side has the shape (n, 1), the other (n,). Their difference is broadcast to (n, n), and an error "
                    "measured on it is not 0 even for perfect predictions. Give both the same shape, for example with reshape(-1)."
                ),
            )


def _measured(tree: ast.Module, difference: ast.AST, shapes: Shapes) -> bool:
    """Whether it is part of an error: of predictions, or averaged. A table of all differences is wanted elsewhere."""
    assert isinstance(difference, (ast.BinOp, ast.Call))
    if any(shapes.predicts(part) for part in ast.walk(difference) if isinstance(part, ast.expr)):
        return True
    around = [n for n in ast.walk(tree) if isinstance(n, (ast.Call, ast.Assign)) and difference in ast.walk(n)]
    words = [ast.unparse(n.func) if isinstance(n, ast.Call) else " ".join(map(ast.unparse, n.targets)) for n in around]
    return any(map(_MEASURES.search, words))


def _subtracted(node: ast.AST, names: Names) -> tuple[ast.expr, ast.expr] | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return node.left, node.right
    if isinstance(node, ast.Call) and len(node.args) >= 2 and names.of(node.func) in _DIFFERENCES:  # noqa: PLR2004 - two sides
        return node.args[0], node.args[1]
    return None


def training_flag_left_on(tree: ast.Module, names: Names) -> Found:
    """``model(x_test, training=True)``, ``Dropout(0.5)(x, training=True)``"""
    if not any(map(names.uses, _TRAINED_OTHERWISE)):
        return
    unsure = _called_later_or_often(tree)
    for call in _calls(tree):
        if not any(map(_is_on, call.keywords)) or _in_tape(tree, call):
            continue
        tested = any(_TEST.search(name) for a in call.args[:1] for name in _names_in(a))
        if names.is_model(call.func) and (tested or id(call) not in unsure):
            yield (
                call,
                say(
                    "training=True is left on outside of training: Dropout goes on dropping values and BatchNormalization uses the "
                    "batch at hand, so the answers change with the batch. Use training=False, or model.predict."
                ),
            )


def training_flag_built_in(tree: ast.Module, names: Names) -> Found:
    """``x = Dropout(0.5)(x, training=True)`` in a network that is built of such calls"""
    for scope in _scopes(tree):
        calls = list(_calls(scope))
        if not any(_last_name(call.func) == "Input" for call in calls):
            continue  # a layer that is called on numbers does this once
        for call in calls:
            layer = names.of(call.func.func) if isinstance(call.func, ast.Call) else ""
            if layer in _TRAINED_OTHERWISE and any(_is_on(keyword) for keyword in call.keywords):
                yield (
                    call,
                    say(
                        "training=True is built into the network: model(x) still drops values (Dropout) or uses the batch at hand "
                        "(BatchNormalization) when the training is over. Leave training= to Keras."
                    ),
                )


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    """The functions, and what stands outside of them."""
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    yield ast.Module([n for n in tree.body if not isinstance(n, (ast.FunctionDef, ast.ClassDef))], [])


def _is_on(keyword: ast.keyword) -> bool:
    return keyword.arg == "training" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True


def _called_later_or_often(tree: ast.Module) -> set[int]:
    """What stands in a function, which a tape may call, or is repeated, as for the spread that Dropout gives."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.For, ast.While)
    return {id(inner) for node in ast.walk(tree) if isinstance(node, kinds) for inner in ast.walk(node)}


def _scalings(tree: ast.Module, names: Names) -> Iterator[tuple[ast.Call, str]]:
    """Calls that fit a scaler, and the variable that it is fitted on."""
    for call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("fit", "fit_transform") and call.args:
            given = call.args[0]
            if _is_scaler(call.func.value, names) and isinstance(given, ast.Name):
                yield call, given.id
            elif (
                _is_scaler(call.func.value, names) and isinstance(given, ast.Call) and _last_name(given.func) in _JOINS
            ):
                yield call, next((name for name in sorted(_names_in(given)) if _TEST.search(name)), "")


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.Call))


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


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
    training_flag_left_on, training_flag_built_in,
)  # fmt: skip
