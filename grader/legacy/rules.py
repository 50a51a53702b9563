"""Every old spelling that the adviser knows from the source alone. A rule looks at one node and tells what it sees.

Each is measured: `tests/legacy/test_measured.py` runs an old and a new example of it on the installed versions.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.legacy.names import MODELS, optimizer_class
from grader.legacy.program import Program
from grader.legacy.sightings import Edit, Effect
from grader.legacy.tables import (
    FIT_GONE,
    FIT_KEYWORDS,
    KERAS_ENGINE,
    KERAS_GONE,
    KERAS_MODULES,
    KEYWORDS,
    MODEL_KEYWORDS,
    MODEL_RENAMED,
    NP_RENAMED,
    TF1_ONLY,
    TF1_OPTIMIZERS,
    TF1_START,
    TF_CASTS,
    TF_GONE,
    TF_RENAMED,
)
from grader.text import Text, say


@dataclass(frozen=True)
class Seen:
    """What a rule saw at a node."""

    rule: str
    node: ast.expr | ast.stmt | ast.keyword | ast.alias
    effect: Effect
    new: str | Text  # code, or a sentence's part
    edits: tuple[Edit, ...] = ()
    old: str = ""  # "" where the node's own words say it


Rule = Callable[[ast.AST, Program], Iterator[Seen]]

MAX_WORDS = 40  # of a learner's line in a sentence


def optimizer_arguments(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``SGD(lr=0.1, decay=1e-6)``"""
    if not isinstance(node, ast.Call) or not optimizer_class(file.names.of(node.func)):
        return
    for keyword in node.keywords:
        if keyword.arg == "lr":
            taken = bool(node.args) or any(k.arg == "learning_rate" for k in node.keywords)
            edits = () if taken else file.renamed(keyword, "learning_rate")
            yield Seen("lr", keyword, Effect.RAISES, "“learning_rate=”", edits, "lr=")
        if keyword.arg == "decay":
            new = say(
                "a schedule such as keras.optimizers.schedules.InverseTimeDecay as learning_rate, or leave it out"
            )
            yield Seen("decay", keyword, Effect.IGNORED, new, old="decay=")


def legacy_optimizers(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``tf.keras.optimizers.legacy.Adam``"""
    if isinstance(node, ast.Attribute) and file.names.of(node) == "keras.optimizers.legacy":
        yield Seen(
            "optimizers_legacy", node, Effect.RAISES, "keras.optimizers", (file.source.replace(node, file.source.of(node.value)),)
        )  # fmt: skip


def optimizer_members(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``optimizer.minimize(...)`` and ``optimizer.lr``"""
    if not isinstance(node, ast.Attribute) or not file.names.is_optimizer(node.value):
        return
    _, end = file.source.span(node)
    if node.attr == "minimize":
        new = say("tf.GradientTape for the gradients, then optimizer.apply_gradients(zip(gradients, variables))")
        yield Seen("minimize", node, Effect.RAISES, new, old="optimizer.minimize")
    if node.attr == "lr":
        edit = Edit(end - len("lr"), end, "learning_rate")
        yield Seen("optimizer_lr", node, Effect.RAISES, "optimizer.learning_rate", (edit,))


def metrics_as_text(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``compile(metrics='accuracy')``"""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
        for keyword in node.keywords:
            value = keyword.value
            if keyword.arg == "metrics" and isinstance(value, ast.Constant) and isinstance(value.value, str):
                new = f"[{file.source.of(value)}]"
                yield Seen("metrics_text", keyword, Effect.RAISES, f"metrics={new}", (file.source.replace(value, new),))


def model_members(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.fit_generator``, ``model.predict_classes``"""
    if not isinstance(node, ast.Attribute) or not file.names.is_model(node.value):
        return
    _, end = file.source.span(node)
    if node.attr in MODEL_RENAMED:
        heir = MODEL_RENAMED[node.attr]
        yield Seen(node.attr, node, Effect.RAISES, f"model.{heir}", (Edit(end - len(node.attr), end, heir),))
    if node.attr == "to_yaml":
        yield Seen("yaml", node, Effect.RAISES, "model.to_json")
    if node.attr == "predict_classes":
        new = say(
            "(model.predict(x) > 0.5).astype(int) for one output, np.argmax(model.predict(x), axis=1) for several"
        )
        yield Seen("predict_classes", node, Effect.RAISES, new)


def layer_shapes(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.layers[0].output_shape``, ``for layer in model.layers: layer.output_shape``"""
    if not isinstance(node, ast.Attribute) or node.attr not in ("output_shape", "input_shape"):
        return
    if file.names.is_layer(node.value):
        words = file.source.of(node.value)
        new = f"{words}.{node.attr.removesuffix('_shape')}.shape"
        yield Seen("layer_shape", node, Effect.RAISES, new, (file.source.replace(node, new),))


def arguments(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``fit(nb_epoch=5)``, ``Dense(init='uniform')``, ``Dropout(p=0.5)``"""
    if not isinstance(node, ast.Call):
        return
    renamed: dict[str, str] = {}
    if isinstance(node.func, ast.Attribute) and file.names.is_model(node.func.value):
        renamed = FIT_KEYWORDS.get(node.func.attr, {})
        for keyword in node.keywords:
            if renamed and keyword.arg in FIT_GONE:
                nothing = say("nothing in its place: Keras 3 no longer takes it")
                yield Seen(f"argument_{keyword.arg}", keyword, Effect.RAISES, nothing, old=f"{keyword.arg}=")
    dotted = file.names.of(node.func)
    if dotted.startswith(("keras.layers.", "pykeras.layers.")):
        renamed = KEYWORDS.get(dotted.rpartition(".")[2], {})
    if dotted in MODELS:
        renamed = MODEL_KEYWORDS
    for keyword in node.keywords:
        if keyword.arg in renamed:
            new = renamed[keyword.arg]
            free = all(k.arg != new for k in node.keywords)
            yield Seen(
                f"argument_{keyword.arg}",
                keyword,
                Effect.RAISES,
                f"“{new}=”",
                file.renamed(keyword, new) if free else (),
                f"{keyword.arg}=",
            )


def shapes_as_numbers(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``Input(2)``, ``Input(shape=2)``, ``Dense(4, input_shape=2)``"""
    if not isinstance(node, ast.Call):
        return
    dotted = file.names.of(node.func)
    values: list[ast.expr] = []
    if dotted in ("keras.Input", "keras.layers.Input", "keras.layers.InputLayer"):
        values = [*node.args[:1], *(k.value for k in node.keywords if k.arg in ("shape", "input_shape"))]
    elif dotted.startswith("keras.layers."):
        values = [k.value for k in node.keywords if k.arg == "input_shape"]
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, int):
            new = f"({file.source.of(value)},)"
            yield Seen(
                "shape_number", value, Effect.RAISES, new, (file.source.replace(value, new),), f"shape {value.value}"
            )


def lists_as_data(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.predict([[0, 1]])``, ``model.fit(x_list, y_list)``"""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr not in ("fit", "predict", "evaluate") or not file.names.is_model(node.func.value):
        return
    numpy = file.names.bound("np")
    wanted = [*node.args[:2], *(k.value for k in node.keywords if k.arg in ("x", "y"))]
    for value in wanted:
        if file.names.is_list(value):
            words = file.source.of(value)
            new = f"{numpy or 'np'}.array({words})"
            edits = (file.source.replace(value, new),) if numpy else ()
            yield Seen(
                "list_data",
                value,
                Effect.RAISES,
                new,
                edits,
                words if len(words) < MAX_WORDS else f"{words[:MAX_WORDS]}…",
            )


def history_keys(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``history.history['acc']`` after ``metrics=['accuracy']``"""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Constant):
        return
    key = node.slice.value
    if key in ("acc", "val_acc") and "history" in file.source.of(node.value) and _counts_accuracy(file):
        new = str(key).replace("acc", "accuracy")
        yield Seen("history_acc", node.slice, Effect.RAISES, f"'{new}'", (file.source.replace(node.slice, f"'{new}'"),))


def _counts_accuracy(file: Program) -> bool:
    """Whether every network is surely compiled with 'accuracy', under that name."""
    given = [
        keyword.value
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
        for keyword in node.keywords
        if keyword.arg == "metrics"
    ]
    names = [
        [e.value for e in ([v] if isinstance(v, ast.Constant) else v.elts) if isinstance(e, ast.Constant)]
        for v in given
        if isinstance(v, (ast.Constant, ast.List))
    ]
    return (
        bool(given)
        and len(names) == len(given)
        and any("accuracy" in n for n in names)
        and not any("acc" in n for n in names)
    )


def tensorflow_names(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``tf.log``, ``tf.to_float(x)``, ``tf.Session``"""
    if isinstance(node, ast.Call) and (kind := TF_CASTS.get(file.names.of(node.func))):
        start, end = file.source.span(node)
        function_start, function_end = file.source.span(node.func)
        module = file.names.bound("tf")
        if module and len(node.args) == 1 and not node.keywords:
            name = Edit(function_start, function_end, f"{module}.cast")
            kind_after = Edit(end - 1, end, f", {module}.{kind})")
            old = file.source.text[start:function_end]
            yield Seen("tf_cast", node, Effect.RAISES, f"tf.cast(x, tf.{kind})", (name, kind_after), old)
        return
    if not isinstance(node, ast.Attribute):
        return
    dotted = file.names.of(node)
    if new := TF_RENAMED.get(dotted):
        spelt = file.spelt(new)
        edits = (file.source.replace(node, spelt),) if spelt else ()
        yield Seen("tf_renamed", node, Effect.RAISES, new, edits)
    if gone := _gone(dotted, file):
        yield Seen("tf_gone", node, Effect.RAISES, gone)


def _gone(dotted: str, file: Program) -> str | Text | None:
    """What to write instead of a name of TensorFlow 1 that has no heir of its own."""
    graph = file.names.uses("tf1.disable_eager_execution") or file.names.uses("tf1.disable_v2_behavior")
    if dotted in TF1_ONLY and not graph:
        return say("the operation itself: TensorFlow 2 computes at once, and .numpy() reads the value")
    if dotted in TF1_START:
        return say("nothing in its place: a tf.Variable has its value at once")
    if dotted in TF1_OPTIMIZERS:
        name = f"keras.optimizers.{TF1_OPTIMIZERS[dotted]}"
        return say("{name} with tf.GradientTape and apply_gradients", name=name)
    if dotted == "tf.contrib":
        return say("what took its place in tf or keras")
    return TF_GONE.get(dotted)


def tensorflow_arguments(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``tf.reduce_sum(x, keep_dims=True)``, ``tf.argmax(x, dimension=1)``, ``tf.nn.dropout(x, keep_prob=0.8)``"""
    if not isinstance(node, ast.Call):
        return
    dotted = file.names.of(node.func)
    for keyword in node.keywords:
        new = None
        if dotted.startswith("tf.reduce_"):
            new = {"keep_dims": "keepdims", "reduction_indices": "axis"}.get(keyword.arg or "")
        if dotted in ("tf.argmax", "tf.argmin") and keyword.arg == "dimension":
            new = "axis"
        if new:
            yield Seen(
                "tf_argument", keyword, Effect.RAISES, f"“{new}=”", file.renamed(keyword, new), f"{keyword.arg}="
            )
        if dotted == "tf.nn.dropout" and keyword.arg == "keep_prob":
            words = file.source.of(keyword.value)
            simple = isinstance(keyword.value, (ast.Constant, ast.Name, ast.Attribute))
            new = f"rate=1 - {words}" if simple else f"rate=1 - ({words})"
            yield Seen("keep_prob", keyword, Effect.RAISES, new, (file.source.replace(keyword, new),), "keep_prob=")


def seeds(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``tf.random.set_seed(7)`` where Keras layers draw their weights from another generator"""
    if not isinstance(node, ast.Call) or file.names.of(node.func) != "tf.random.set_seed":
        return
    keras = file.spelt("keras.utils.set_random_seed")
    if keras and file.names.uses("keras.layers") and not file.names.uses("keras.utils.set_random_seed"):
        new = say("keras.utils.set_random_seed, which also fixes the first weights of Keras layers")
        yield Seen("seed", node.func, Effect.CHANGED, new, (file.source.replace(node.func, keras),))


def numpy_names(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``np.int``, ``np.mat``"""
    if not isinstance(node, ast.Attribute):
        return
    dotted = file.names.of(node)
    if new := NP_RENAMED.get(dotted):
        yield Seen("np_alias", node, Effect.RAISES, new, (file.source.replace(node, new),))
    if dotted == "np.mat":
        _, end = file.source.span(node)
        yield Seen("np_mat", node, Effect.RAISES, "np.asmatrix", (Edit(end - len("mat"), end, "asmatrix"),))


def moved_imports(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``from tensorflow.python.keras.layers import Dense``, ``from keras.layers.core import Dense``"""
    if not isinstance(node, ast.ImportFrom) or not node.module or node.level:
        return
    start, _ = file.source.span(node)
    at = file.source.text.index(node.module, start)
    if node.module.startswith("tensorflow.python.keras"):
        new = node.module.replace("tensorflow.python.keras", "tensorflow.keras")
        yield Seen("private_keras", node, Effect.RAISES, new, (Edit(at, at + len(node.module), new),), node.module)
    bare = node.module.removeprefix("tensorflow.")
    before = node.module[: len(node.module) - len(bare)]
    if target := KERAS_MODULES.get(bare):
        new = f"{before}keras.{target}"
        yield Seen("keras_module", node, Effect.RAISES, new, (Edit(at, at + len(node.module), new),), node.module)
    if bare == "keras.engine" or bare.startswith("keras.engine."):
        names = {alias.name for alias in node.names}
        home = next((place for place, known in KERAS_ENGINE.items() if names <= known), "")
        new = f"{before}keras.{home or 'layers'}"
        edits = (Edit(at, at + len(node.module), new),) if home else ()
        yield Seen("keras_engine", node, Effect.RAISES, new, edits, node.module)


def gone_imports(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``from tensorflow import Session``, ``from keras.utils import np_utils``, ``from keras.models import model_from_yaml``"""
    if not isinstance(node, ast.ImportFrom) or not node.module or node.level:
        return
    bare = node.module.removeprefix("tensorflow.")
    names = {alias.name for alias in node.names}
    for alias in node.names:
        new = TF_RENAMED.get(f"tf.{alias.name}") or _gone(f"tf.{alias.name}", file)
        if node.module == "tensorflow" and new:
            yield Seen("tf_imported", alias, Effect.RAISES, new)
        if heir := KERAS_GONE.get(f"{bare}.{alias.name}"):
            yield Seen("yaml", alias, Effect.RAISES, heir)
    if bare in ("keras.utils", "keras.utils.np_utils") and ("np_utils" in names or bare.endswith("np_utils")):
        yield Seen("np_utils", node, Effect.RAISES, "keras.utils.to_categorical", old="np_utils")
    if bare.startswith("keras.wrappers"):
        yield Seen("wrappers", node, Effect.RAISES, "scikeras.wrappers", old=node.module)
    if node.module.startswith("tensorflow.examples"):
        yield Seen("tutorials", node, Effect.RAISES, "keras.datasets.mnist.load_data()", old=node.module)
    if node.module == "sklearn.datasets" and "load_boston" in names:
        yield Seen("load_boston", node, Effect.RAISES, "keras.datasets.boston_housing.load_data()", old="load_boston")


RULES: tuple[Rule, ...] = (
    optimizer_arguments, legacy_optimizers, optimizer_members, metrics_as_text, model_members, layer_shapes, arguments,
    shapes_as_numbers, lists_as_data, history_keys, tensorflow_names, tensorflow_arguments, seeds, numpy_names, moved_imports, gone_imports,
)  # fmt: skip
