"""Old ways to save, load and draw: what a file name ends in decides today."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.legacy.paths import model_use, use_of
from grader.legacy.program import Program
from grader.legacy.rules import Rule, Seen
from grader.legacy.sightings import Effect
from grader.text import say

_MODEL_ENDINGS = (".keras", ".h5", ".hdf5")
_WEIGHTS = ".weights.h5"
_RELOADED = (".keras", ".h5", ".hdf5")  # load_weights reads these, also as Keras 2 wrote them


def saved_models(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save('folder')`` and the `load_model` of it; ``model.save('m.h5')`` after ``compile(loss='mse')``"""
    use = model_use(node, file)
    if use is None:
        return
    name = use.name
    if not name.endswith(_MODEL_ENDINGS):
        new = f"{name.rstrip('/')}.keras"
        if use.writers(file):
            yield Seen(
                "save_folder", use.given, Effect.RAISES, repr(new), use.renamed(new, file), f"model file {name!r}"
            )
        else:
            why = say("a file that ends in .keras: a saved folder of Keras 2 does not load, so save the model anew")
            yield Seen("save_folder", use.given, Effect.RAISES, why, (), f"model file {name!r}")
    elif name.endswith((".h5", ".hdf5")) and use.writers(file) and compiled_with_short_name(file):
        new = f"{name.rpartition('.')[0]}.keras"
        why = say("{new}: an .h5 file of a model compiled with 'mse' or 'mae' saves but does not load", new=repr(new))
        yield Seen("h5_mse", use.given, Effect.RAISES, why, use.renamed(new, file), repr(name))


def saved_weights(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save_weights('w.h5')``"""
    use = use_of(node, file)
    if use is None or not use.kind.endswith("weights") or use.name.endswith(_WEIGHTS):
        return
    written = any(kind.endswith("weights") for kind in use.writers(file))
    if use.kind == "load_weights" and use.name.endswith(_RELOADED) and not written:
        return
    stem = use.name
    for ending in (".h5", ".hdf5", ".ckpt", ".keras", ".weights"):
        stem = stem.removesuffix(ending)
    edits = use.renamed(stem + _WEIGHTS, file) if written else ()
    yield Seen("weights_name", use.given, Effect.RAISES, repr(stem + _WEIGHTS), edits, f"weights file {use.name!r}")


def checkpoints(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``ModelCheckpoint('best.hdf5')``"""
    use = use_of(node, file)
    if use is None or use.kind != "checkpoint" or use.name.endswith(".keras"):
        return
    new = f"{use.name.removesuffix('.h5').removesuffix('.hdf5')}.keras"
    yield Seen(
        "checkpoint_name", use.given, Effect.RAISES, repr(new), use.renamed(new, file), f"checkpoint {use.name!r}"
    )


def save_format(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save(path, save_format='tf')``"""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("save"):
        for keyword in node.keywords:
            if keyword.arg == "save_format" and file.names.is_model(node.func.value):
                new = say("a file name that ends in .keras, and no save_format")
                yield Seen("save_format", keyword, _of_format(node, keyword), new, old="save_format=")


def _of_format(call: ast.Call, keyword: ast.keyword) -> Effect:
    """model.save only warns where the name, or else the format, is that of a file."""
    path = call.args[0] if call.args else None
    known = isinstance(path, ast.Constant) and str(path.value).endswith((".keras", ".h5", ".hdf5"))
    named = not isinstance(path, ast.Constant) and getattr(keyword.value, "value", "") in ("h5", "keras")
    whole = isinstance(call.func, ast.Attribute) and call.func.attr == "save"
    return Effect.WARNS if whole and (known or named) else Effect.RAISES


def plot_styles(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``plt.style.use('seaborn')``"""
    if isinstance(node, ast.Call) and file.names.of(node.func) == "plt.style.use" and node.args:
        style = node.args[0]
        if (
            isinstance(style, ast.Constant)
            and str(style.value).startswith("seaborn")
            and "v0_8" not in str(style.value)
        ):
            new = repr(str(style.value).replace("seaborn", "seaborn-v0_8", 1))
            yield Seen(
                "plot_style", style, Effect.RAISES, new, (file.source.replace(style, new),), f"style {style.value!r}"
            )


def compiled_with_short_name(file: Program) -> bool:
    """Whether some model is compiled with loss='mse' or 'mae', the names that .h5 files do not load."""
    return any(
        isinstance(loss, ast.Constant) and loss.value in ("mse", "MSE", "mae", "MAE")
        for node in ast.walk(file.source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
        for loss in [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "loss")]
    )


FILE_RULES: tuple[Rule, ...] = (saved_models, saved_weights, checkpoints, save_format, plot_styles)
