"""Old spellings that still work today and only warn: an input's shape as an argument of the first layer, models in HDF5."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.legacy.file_rules import compiled_with_short_name
from grader.legacy.names import key_of
from grader.legacy.paths import model_use
from grader.legacy.program import Program
from grader.legacy.rules import Rule, Seen
from grader.legacy.sightings import Edit, Effect
from grader.text import say

_ARGUMENTS = ("input_shape", "input_dim", "batch_input_shape")
_OWN_MEANING = ("keras.layers.InputLayer", "keras.layers.Embedding")  # there the same words mean something else
_SEQUENTIAL = ("keras.Sequential", "keras.models.Sequential")


def input_arguments(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``Sequential([Dense(8, input_shape=(2,))])``, ``model.add(Dense(8, input_dim=2))``"""
    if not isinstance(node, ast.Call) or not (layer := file.names.of(node.func)).startswith("keras.layers."):
        return
    keyword = next((k for k in node.keywords if k.arg in _ARGUMENTS), None)
    if keyword is None or layer in _OWN_MEANING:
        return
    if _further(node, file):
        new = say("nothing in its place: only the first layer needs the shape of the input")
        yield Seen("input_shape", keyword, Effect.WARNS, new, (without(node, keyword, file),), f"{keyword.arg}=")
        return
    keras_input = file.spelt("keras.Input") or "keras.Input"
    made = f"{keras_input}({_shape(keyword, file)})"
    edits = _before(node, made, file) if file.spelt("keras.Input") else ()
    if edits:
        edits = (*edits, without(node, keyword, file))
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
        if isinstance(node, ast.Call) and _place_in_list(layer, node, file) == 0:
            return (Edit(start, start, f"{made}, "),)
        if isinstance(node, ast.Call) and node.args[:1] == [layer] and _adds(node, file):
            before = file.source.offset(node.lineno, node.col_offset)
            indent = file.source.indent(before)
            if indent is None or _adds_before(node, file) is not False:
                return ()
            return (Edit(before, before, f"{file.source.of(node.func)}({made})\n{indent}"),)
    return ()


def _further(layer: ast.Call, file: Program) -> bool:
    """Whether it surely is a layer behind another one."""
    calls = [n for n in ast.walk(file.tree) if isinstance(n, ast.Call)]
    listed = any((_place_in_list(layer, call, file) or 0) > 0 for call in calls)
    return listed or any(
        call.args[:1] == [layer] and _adds(call, file) and _adds_before(call, file) is True for call in calls
    )


def _place_in_list(layer: ast.Call, maker: ast.Call, file: Program) -> int | None:
    """Where in ``Sequential([...])`` the layer stands."""
    layers = maker.args[0] if maker.args and file.names.of(maker.func) in _SEQUENTIAL else None
    plain = isinstance(layers, ast.List) and not any(isinstance(e, ast.Starred) for e in layers.elts)
    return layers.elts.index(layer) if isinstance(layers, ast.List) and plain and layer in layers.elts else None


def _adds(node: ast.Call, file: Program) -> bool:
    """``model.add(...)`` as a line of its own."""
    alone = any(isinstance(n, ast.Expr) and n.value is node for n in ast.walk(file.tree))
    adds = node.func
    return alone and isinstance(adds, ast.Attribute) and adds.attr == "add" and file.names.is_model(adds.value)


def _adds_before(node: ast.Call, file: Program) -> bool | None:
    """Whether the network already has a layer where this one is added; None where that is not sure, as in a loop."""
    for block in _blocks(file.tree):
        places = [i for i, statement in enumerate(block) if isinstance(statement, ast.Expr) and statement.value is node]
        if places and isinstance(node.func, ast.Attribute):
            return _filled(block[: places[0]], node.func.value, file)
    return None


def _filled(before: list[ast.stmt], model: ast.expr, file: Program) -> bool | None:
    for statement in reversed(before):
        if isinstance(statement, ast.Assign) and key_of(model) in map(key_of, statement.targets):
            made = statement.value
            empty = isinstance(made, ast.Call) and file.names.of(made.func) in _SEQUENTIAL and not made.args
            return False if empty else None
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "add":
            if key_of(call.func.value) == key_of(model):
                return True
        elif any(isinstance(n, ast.expr) and key_of(n) == key_of(model) for n in ast.walk(statement)):
            return None  # something else is done with it, a loop that adds layers perhaps
    return None


def _blocks(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield block


def without(call: ast.Call, keyword: ast.keyword, file: Program) -> Edit:
    """``call`` without the argument, and without the comma that parted it from its neighbour."""
    parts = sorted([*map(file.source.span, call.args), *map(file.source.span, call.keywords)])
    start, end = file.source.span(keyword)
    at = parts.index((start, end))
    if at:
        return Edit(parts[at - 1][1], end, "")
    return Edit(start, parts[1][0] if len(parts) > 1 else end, "")


def hdf5_files(node: ast.AST, file: Program) -> Iterator[Seen]:
    """``model.save('m.h5')``, and where that is loaded"""
    use = model_use(node, file)
    if use is None or not use.name.endswith((".h5", ".hdf5")) or not use.writers(file):
        return
    if compiled_with_short_name(file):  # then it does not load, which is said instead
        return
    new = f"{use.name.rpartition('.')[0]}.keras"
    yield Seen("h5_file", use.given, Effect.WARNS, repr(new), use.renamed(new, file), repr(use.name))


WARNED: tuple[Rule, ...] = (input_arguments, hdf5_files)
