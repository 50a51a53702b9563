"""Old spellings that still work today and only warn: an input's shape as an argument of the first layer, models in HDF5."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.legacy.file_rules import compiled_with_short_name, model_path, only_as_model_path
from grader.legacy.program import Program
from grader.legacy.rules import Rule, Seen
from grader.legacy.sightings import Edit, Effect

_ARGUMENTS = ("input_shape", "input_dim", "batch_input_shape")
_SEQUENTIAL = ("keras.Sequential", "keras.models.Sequential")


def input_arguments(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``Sequential([Dense(8, input_shape=(2,))])``, ``model.add(Dense(8, input_dim=2))``"""
    if not isinstance(node, ast.Call) or not file.names.of(node.func).startswith("keras.layers."):
        return
    keyword = next((k for k in node.keywords if k.arg in _ARGUMENTS), None)
    if keyword is None:
        return
    keras_input = file.spelt("keras.Input") or "keras.Input"
    made = f"{keras_input}({_shape(keyword, file)})"
    edits = _before(node, made, file) if file.spelt("keras.Input") else ()
    if edits:
        edits = (*edits, _without(node, keyword, file))
    yield Seen("input_shape", keyword, Effect.WARNS, made, edits, f"{keyword.arg}=")


def _shape(keyword: ast.keyword, file: Program) -> str:
    given = file.source.of(keyword.value)
    if keyword.arg == "input_dim":
        return f"shape=({given},)"
    return f"batch_shape={given}" if keyword.arg == "batch_input_shape" else f"shape={given}"


def _before(layer: ast.Call, made: str, file: Program) -> tuple[Edit, ...]:
    """The input as a layer of its own in front of ``layer``; nothing where it stands in no plain list and no add()."""
    start, _ = file.source.span(layer)
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and file.names.of(node.func) in _SEQUENTIAL and node.args:
            layers = node.args[0]
            if isinstance(layers, ast.List) and layers.elts and layers.elts[0] is layer:
                return (Edit(start, start, f"{made}, "),)
        if isinstance(node, ast.Call) and node.args[:1] == [layer] and _adds(node, file):
            before = file.source.offset(node.lineno, node.col_offset)
            indent = " " * node.col_offset
            return (Edit(before, before, f"{file.source.of(node.func)}({made})\n{indent}"),)
    return ()


def _adds(node: ast.Call, file: Program) -> bool:
    """``model.add(...)`` as a line of its own."""
    alone = any(isinstance(n, ast.Expr) and n.value is node for n in ast.walk(file.tree))
    adds = node.func
    return alone and isinstance(adds, ast.Attribute) and adds.attr == "add" and file.names.is_model(adds.value)


def _without(layer: ast.Call, keyword: ast.keyword, file: Program) -> Edit:
    """``layer`` without the argument, and without the comma that parted it from its neighbour."""
    parts = sorted([*map(file.source.span, layer.args), *map(file.source.span, layer.keywords)])
    start, end = file.source.span(keyword)
    at = parts.index((start, end))
    if at:
        return Edit(parts[at - 1][1], end, "")
    return Edit(start, parts[1][0] if len(parts) > 1 else end, "")


def hdf5_files(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save('m.h5')``, and where that is loaded"""
    path = model_path(node, file)
    name = str(path.value) if path else ""
    if path is None or not name.endswith((".h5", ".hdf5")) or not _saved_here(file, name):
        return
    if compiled_with_short_name(file):  # then it does not load, which is said instead
        return
    new = repr(f"{name.rpartition('.')[0]}.keras")
    edits = (file.source.replace(path, new),) if only_as_model_path(file, name) else ()
    yield Seen("h5_file", path, Effect.WARNS, new, edits, repr(name))


def _saved_here(file: Program, name: str) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "save"
        and (path := model_path(node, file)) is not None
        and path.value == name
        for node in ast.walk(file.tree)
    )


WARNED: tuple[Rule, ...] = (input_arguments, hdf5_files)
