"""Answers the grader's questions inside a learner's session; the only code of ours beside learner code.

Knows no check and no expected value: whatever a learner does to it, they only change their own answers.
Imports nothing of ours but its parts (``probe_*``), and takes its references before learner code runs.

Requests (JSON, with the arguments' arrays as buffers):

    {"op": "names"}
    {"op": "value", "name": name}          a global; with "ref": id an attribute of something kept
    {"op": "call", "target": target, "arguments": tree of [list, dict], "seed": int | null, "inside": bool}
        target: ["global", name] | ["ref", id, method], method "" calls the thing itself
    {"op": "figure", "index": i, "of": "call" | "cells", "png": bool}
    {"op": "drop", "refs": [id, ...]}

Replies, each with "ok": true:

    names            "names": {name: type}, "figures": how many the cells left open
    value, figure    "value": tree
    call             "value": tree, "mutated": [argument, ...], "after": dict of what these are now,
                     "same": the argument that came back as it is, or null, "figures": how many the call left open,
                     "inside", where asked for: dict of the function's own variables when it returned

or {"ok": false, "error": {"kind", "name", "type", "message", "lines": [[cell or file, line, function, source], ...],
"names": [spelled alike]}}, where kind is raised, missing, not_callable, unreadable (the answer itself breaks when it is
read) or lost (a reference into a session that was ended).
"""

from __future__ import annotations

import builtins
import os
from random import seed as seed_python
from sys import modules as loaded
from typing import TYPE_CHECKING, Any

from numpy.random import seed as seed_numpy

from grader.engine import probe_errors as errors
from grader.engine.probe_arguments import Builder, MissingReferenceError
from grader.engine.probe_export import Exporter, Snapshot, Writer
from grader.engine.probe_figures import figure_node, figure_writers, take_open_figures
from grader.engine.probe_frames import pandas_writers
from grader.engine.probe_inside import watched
from grader.engine.probe_models import keras_writers
from grader.engine.probe_tensors import tensorflow_writers
from grader.engine.probe_text import NAME_CHARS, clean, type_name
from grader.engine.probe_values import PYTHON_WRITERS

if TYPE_CHECKING:
    from collections.abc import Sequence

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

Reply = tuple[dict[str, Any], list[bytes]]
MAX_NAMES = 1_000
MAX_FIGURES = 50
OF_IPYTHON = {"In", "Out", "exit", "quit", "get_ipython", "open"}
ABSENT = object()
UNCHANGING = (int, float, complex, str, bytes, bool, tuple, frozenset, type(None))


class Probe:
    """One learner's session: its table of references, and the answers."""

    def __init__(self, user_ns: dict[str, Any]) -> None:
        self.user_ns = user_ns
        # Ids differ from session to session: a handle of one that was ended finds nothing, instead of another thing.
        self._next_ref = int.from_bytes(os.urandom(4), "big") << 20
        self._refs: dict[int, Any] = {}
        self._ids: dict[int, int] = {}
        self._figures: dict[str, list[Any]] = {"cells": [], "call": []}
        self._ops = {
            "names": self._names,
            "value": self._value,
            "call": self._call,
            "figure": self._figure,
            "drop": self._drop,
        }

    def answer(self, content: dict[str, Any], buffers: Sequence[Any]) -> Reply:
        """One request -> its reply. Raises nothing, whatever the learner's program does."""
        try:
            return self._ops[content["op"]](content, buffers)
        except MissingReferenceError:
            return {"ok": False, "error": errors.lost()}, []
        except BaseException as error:
            return {"ok": False, "error": {**errors.raised(error, self.user_ns), "kind": "unreadable"}}, []

    # ---- operations ----

    def _names(self, _: dict[str, Any], __: Sequence[Any]) -> Reply:
        mine = [n for n in self.user_ns if type(n) is str and not n.startswith("_") and n not in OF_IPYTHON]
        names = {clean(n)[:NAME_CHARS]: type_name(self.user_ns[n]) for n in mine[:MAX_NAMES]}
        return {"ok": True, "names": names, "figures": len(self._figures["cells"])}, []

    def _value(self, content: dict[str, Any], _: Sequence[Any]) -> Reply:
        name, owner = content["name"], self.held(content["ref"]) if "ref" in content else None
        try:
            found = self.user_ns.get(name, ABSENT) if owner is None else getattr(owner, name, ABSENT)
        except Exception as error:  # a property of a class of the learner's own
            return {"ok": False, "error": errors.raised(error, self.user_ns)}, []
        if found is ABSENT:
            return {"ok": False, "error": errors.missing(name, self.user_ns if owner is None else dir(owner))}, []
        out = self._exporter()
        return {"ok": True, "value": out.answer(found)}, out.buffers

    def _call(self, content: dict[str, Any], buffers: Sequence[Any]) -> Reply:
        name, function = self._target(content["target"])
        if function is ABSENT:
            return {"ok": False, "error": errors.missing(name, self.user_ns)}, []
        if not callable(function):
            return {"ok": False, "error": errors.not_callable(name, type_name(function))}, []
        args, kwargs = Builder(buffers, self.held).value(content["arguments"])
        before = self._snapshot(args, kwargs)
        self.end_of_cell()
        self._figures["call"] = []
        if content.get("seed") is not None:
            seed_everything(content["seed"])
        inside: dict[str, Any] | None = {} if content.get("inside") else None
        try:
            result = function(*args, **kwargs) if inside is None else watched(function, args, kwargs, inside)
        except BaseException as error:
            return {"ok": False, "error": errors.raised(error, self.user_ns)}, []
        return self._reply_of_call(result, args, kwargs, before, inside)

    def _figure(self, content: dict[str, Any], _: Sequence[Any]) -> Reply:
        kept, index = self._figures[content.get("of", "call")], content["index"]
        if not 0 <= index < len(kept):
            return {"ok": False, "error": errors.missing("figure", ())}, []
        out = self._exporter()
        return {"ok": True, "value": figure_node(out, kept[index], png=content.get("png", False))}, out.buffers

    def end_of_cell(self) -> None:
        """Takes the figures that a cell left open, so that the next cell draws on a new one, as in any notebook."""
        self._figures["cells"] += take_open_figures()
        del self._figures["cells"][:-MAX_FIGURES]

    def _drop(self, content: dict[str, Any], _: Sequence[Any]) -> Reply:
        for ref in content["refs"]:
            self._ids.pop(id(self._refs.pop(ref, None)), None)
        return {"ok": True}, []

    # ---- their parts ----

    def _target(self, target: list[Any]) -> tuple[str, Any]:
        if target[0] == "global":
            return target[1], self.user_ns.get(target[1], ABSENT)
        owner, method = self.held(target[1]), target[2]
        return (method, getattr(owner, method, ABSENT)) if method else (type_name(owner), owner)

    def _snapshot(self, args: list[Any], kwargs: dict[str, Any]) -> dict[Any, Any]:
        found = {}
        for key, value in [*enumerate(args), *kwargs.items()]:
            out = Snapshot(id, {**PYTHON_WRITERS, **tensorflow_writers()})
            found[key] = (out.answer(value), out.buffers)
        return found

    def _reply_of_call(
        self,
        result: Any,
        args: list[Any],
        kwargs: dict[str, Any],
        before: dict[Any, Any],
        inside: dict[str, Any] | None,
    ) -> Reply:
        self._figures["call"] = take_open_figures()
        given: dict[Any, Any] = {**dict(enumerate(args)), **kwargs}
        after = self._snapshot(args, kwargs)
        mutated = [key for key in given if before[key] != after[key]]
        out = self._exporter()
        reply = {
            "ok": True,
            "value": out.answer(result),
            "mutated": mutated,
            "after": out.answer({key: given[key] for key in mutated}),
            "same": next((key for key, value in given.items() if same(value, result)), None),
            "figures": len(self._figures["call"]),
        }
        if inside is not None:
            reply["inside"] = out.answer(inside)
        return reply, out.buffers

    def _exporter(self) -> Exporter:
        return Exporter(self.keep, self._known())

    def _known(self) -> dict[type, Writer]:
        """What travels depends on what the learner's program has imported by now."""
        return {**PYTHON_WRITERS, **tensorflow_writers(), **keras_writers(), **figure_writers(), **pandas_writers()}

    # ---- the table of references ----

    def keep(self, value: object) -> int:
        """The id of something that stays here; the same id for the same object."""
        known = self._ids.get(id(value))
        if known is not None:
            return known
        self._next_ref += 1
        self._refs[self._next_ref] = value
        self._ids[id(value)] = self._next_ref
        return self._next_ref

    def held(self, ref: int) -> Any:
        """What an earlier answer left here. Raises MissingReferenceError."""
        if ref not in self._refs:
            raise MissingReferenceError
        return self._refs[ref]


def same(given: Any, result: Any) -> bool:
    """Whether the answer is the argument itself; ``v.assign(...)`` gives another view of the same variable."""
    if given is result:
        return not isinstance(given, UNCHANGING)
    if not (hasattr(type(given), "assign") and hasattr(type(result), "assign")):
        return False
    handles = (getattr(given, "handle", None), getattr(result, "handle", None))
    return handles[0] is not None and handles[0] is handles[1]


def seed_everything(seed: int) -> None:
    """Python, NumPy, TensorFlow and Keras, as far as they are there."""
    keras = loaded.get("keras")
    if keras is not None and hasattr(keras, "utils"):
        keras.utils.set_random_seed(seed)
        return
    seed_python(seed)
    seed_numpy(seed)  # noqa: NPY002 - the generator that learners use
