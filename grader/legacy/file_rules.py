"""Old ways to save, load and draw: what a file name ends in decides today."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.legacy.program import Program
from grader.legacy.rules import Rule, Seen
from grader.legacy.sightings import Effect
from grader.text import say

_MODEL_ENDINGS = (".keras", ".h5", ".hdf5")
_LOADERS = ("keras.models.load_model", "keras.saving.load_model")


def saved_models(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save('folder')`` and the `load_model` of it; ``model.save('m.h5')`` after ``compile(loss='mse')``"""
    path = model_path(node, file)
    if path is None:
        return
    name = str(path.value)
    if not name.endswith(_MODEL_ENDINGS):
        new = f"{name.rstrip('/')}.keras"
        edits = (file.source.replace(path, repr(new)),) if only_as_model_path(file, name) else ()
        yield Seen("save_folder", path, Effect.RAISES, repr(new), edits, f"model file {name!r}")
    elif name.endswith((".h5", ".hdf5")) and compiled_with_short_name(file):
        new = f"{name.rpartition('.')[0]}.keras"
        edits = (file.source.replace(path, repr(new)),) if only_as_model_path(file, name) else ()
        why = say("{new}: an .h5 file of a model compiled with 'mse' or 'mae' saves but does not load", new=repr(new))
        yield Seen("h5_mse", path, Effect.RAISES, why, edits, repr(name))


def saved_weights(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save_weights('w.h5')``"""
    path = _path_of(node, file, "save_weights", ()) or _path_of(node, file, "load_weights", ())
    if path is None or str(path.value).endswith(".weights.h5"):
        return
    name = str(path.value)
    stem = name.removesuffix(".h5").removesuffix(".hdf5").removesuffix(".ckpt")
    new = repr(f"{stem}.weights.h5")
    yield Seen("weights_name", path, Effect.RAISES, new, (file.source.replace(path, new),), f"weights file {name!r}")


def checkpoints(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``ModelCheckpoint('best.hdf5')``"""
    if not isinstance(node, ast.Call) or file.names.of(node.func) != "keras.callbacks.ModelCheckpoint":
        return
    weights = any(k.arg == "save_weights_only" for k in node.keywords)
    path = next(iter([*node.args[:1], *(k.value for k in node.keywords if k.arg == "filepath")]), None)
    if weights or not isinstance(path, ast.Constant) or str(path.value).endswith(".keras"):
        return
    new = repr(f"{str(path.value).removesuffix('.h5').removesuffix('.hdf5')}.keras")
    yield Seen(
        "checkpoint_name", path, Effect.RAISES, new, (file.source.replace(path, new),), f"checkpoint {path.value!r}"
    )


def save_format(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save(path, save_format='tf')``"""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("save"):
        for keyword in node.keywords:
            if keyword.arg == "save_format" and file.names.is_model(node.func.value):
                new = say("a file name that ends in .keras, and no save_format")
                yield Seen("save_format", keyword, Effect.RAISES, new, old="save_format=")


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


def model_path(node: ast.AST, file: Program) -> ast.Constant | None:
    """The path, as plain words, to which a model is saved or from which one is loaded."""
    return _path_of(node, file, "save", _LOADERS)


def _path_of(node: ast.AST, file: Program, method: str, functions: tuple[str, ...]) -> ast.Constant | None:
    """The path that a call of a model's ``method``, or of one of ``functions``, is given as plain words."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return None
    if not isinstance(node.args[0].value, str):
        return None
    of_model = (
        isinstance(node.func, ast.Attribute) and node.func.attr == method and file.names.is_model(node.func.value)
    )
    return node.args[0] if of_model or file.names.of(node.func) in functions else None


def only_as_model_path(file: Program, name: str) -> bool:
    """Whether the words stand in the file only where a model is saved or loaded, so that all can be changed together."""
    everywhere = sum(isinstance(n, ast.Constant) and n.value == name for n in ast.walk(file.source.tree))
    as_path = sum(path.value == name for n in ast.walk(file.source.tree) if (path := model_path(n, file)))
    return everywhere == as_path


def compiled_with_short_name(file: Program) -> bool:
    """Whether some model is compiled with loss='mse' or 'mae', the names that .h5 files do not load."""
    return any(
        keyword.arg == "loss"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value in ("mse", "MSE", "mae", "MAE")
        for node in ast.walk(file.source.tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
    )


FILE_RULES: tuple[Rule, ...] = (saved_models, saved_weights, checkpoints, save_format, plot_styles)
