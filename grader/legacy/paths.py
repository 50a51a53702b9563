"""Where a program writes and reads models: the names of the files, and whether one can be changed everywhere at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.legacy.program import Program
from grader.legacy.sightings import Edit

_LOADERS = ("keras.models.load_model", "keras.saving.load_model")
_METHODS = {"save": "save_model", "save_weights": "save_weights", "load_weights": "load_weights"}
_WRITERS = ("save_model", "save_weights", "checkpoint", "checkpoint_weights")


@dataclass(frozen=True)
class Use:
    """A path that a call is ``given``, as words of its own or in a variable that never holds other words."""

    kind: str  # save_model | load_model | save_weights | load_weights | checkpoint | checkpoint_weights
    given: ast.expr
    words: ast.Constant

    @property
    def name(self) -> str:
        """The path."""
        return str(self.words.value)

    def writers(self, file: Program) -> set[str]:
        """How this very program writes the file; empty where it was there before."""
        return {other.kind for other in uses(file) if other.kind in _WRITERS and other.name == self.name}

    def renamed(self, new: str, file: Program) -> tuple[Edit, ...]:
        """The edits of all its uses; none where it stands for something else too, or is a file of weights here and a model there."""
        same = [other for other in uses(file) if other.name == self.name]
        weights = {other.kind.endswith("weights") for other in same}
        if len(weights) > 1 and not new.endswith(".keras"):
            return ()
        places = {id(other.words): other.words for other in same}
        every = [n for n in ast.walk(file.tree) if isinstance(n, ast.Constant) and n.value == self.name]
        if any(id(words) not in places for words in every) or not _only_given(same, file):
            return ()
        return tuple(file.source.replace(words, repr(new)) for words in places.values())


def _only_given(same: list[Use], file: Program) -> bool:
    """Whether a variable that holds the path is used for nothing else."""
    given = {id(use.given) for use in same}
    names = {use.given.id for use in same if isinstance(use.given, ast.Name)}
    return all(
        id(node) in given
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
    )


def uses(file: Program) -> Iterator[Use]:
    """Every use of a path in the program."""
    return (use for node in ast.walk(file.tree) if (use := use_of(node, file)))


def model_use(node: ast.AST, file: Program) -> Use | None:
    """The path to which a whole model is saved or from which one is loaded."""
    use = use_of(node, file)
    return use if use and use.kind in ("save_model", "load_model") else None


def use_of(node: ast.AST, file: Program) -> Use | None:
    """The path that a call saves to or loads from, where the source tells it."""
    if not isinstance(node, ast.Call):
        return None
    kind = _kind(node, file)
    given = next(iter([*node.args[:1], *(k.value for k in node.keywords if k.arg == "filepath")]), None)
    if not kind or given is None:
        return None
    values = file.names.values(given)
    if len(values) != 1 or not isinstance(values[0], ast.Constant) or not isinstance(values[0].value, str):
        return None
    return Use(kind, given, values[0])


def _kind(call: ast.Call, file: Program) -> str:
    dotted = file.names.of(call.func)
    if dotted in _LOADERS:
        return "load_model"
    if dotted == "keras.callbacks.ModelCheckpoint":
        only = next((k.value for k in call.keywords if k.arg == "save_weights_only"), None)
        if only is None or (isinstance(only, ast.Constant) and not only.value):
            return "checkpoint"
        return "checkpoint_weights" if isinstance(only, ast.Constant) else ""
    if isinstance(call.func, ast.Attribute) and file.names.is_model(call.func.value):
        return _METHODS.get(call.func.attr, "")
    return ""
