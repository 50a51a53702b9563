"""The learner's program as a check sees it: ask for values and calls, forget the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from grader import wire
from grader.advice import advise
from grader.differences import array_of
from grader.errors import BrokenProgram
from grader.grades import Finding
from grader.show import as_python
from grader.text import Text, say
from grader.values import Figure, Handle, StudentModel, Tensor

FRAME_PARTS = 4  # cell or file, line number, function, source


class Session(Protocol):
    """Whoever answers: a confined kernel, or this very process."""

    def ask(
        self, request: dict[str, Any], buffers: Sequence[bytes], *, limit_s: float | None = None
    ) -> tuple[dict[str, Any], list[bytes]]:
        """One request of the probe's protocol -> its reply."""


@dataclass
class _Memory:
    """What one check did so far; a new one for each check."""

    call: str = ""
    mutated: bool = False
    figures: int = 0
    notes: list[Text] = field(default_factory=list)


@dataclass
class Student:
    """Calls ``student.name(...)`` run in the learner's session; answers come back as plain values.

    Raises BrokenProgram where the learner's program raises or has no such name, LimitReached at a limit.
    """

    session: Session
    seed: int | None = None
    memory: _Memory = field(default_factory=_Memory)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._call(["global", name], name, args, kwargs)

    def seeded(self, seed: int) -> Student:
        """The same program; every call sets Python's, NumPy's and Keras' random seeds to ``seed`` first."""
        return replace(self, seed=seed)

    def value(self, name: str) -> Any:
        """A variable of the learner's file."""
        self.memory.call = name
        return self._answer(*self._ask({"op": "value", "name": name}, []))

    def has(self, name: str) -> bool:
        """Whether the learner's file defines ``name``."""
        reply, _ = self._ask({"op": "names"}, [])
        return name in reply.get("names", ())

    def method(self, owner: StudentModel | Handle, name: str, *args: Any, **kwargs: Any) -> Any:
        """Calls a method of something that came back, in the learner's session; "" calls the thing itself."""
        handle = owner.handle if isinstance(owner, StudentModel) else owner
        return self._call(["ref", handle.id, name], f"model.{name}" if name else "model", args, kwargs)

    def predict(self, model: StudentModel, x: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What ``model`` answers to ``x`` (batch first), in inference mode.

        By the grader's own Keras where the model can be rebuilt from its description;
        else by the learner's, which the grade then says.
        """
        if not model.not_rebuildable:
            from grader import wire_model  # noqa: PLC0415 - loads Keras, which most checks need not

            answer: npt.NDArray[Any] = wire_model.predict(model, x)
            return answer
        note = say(
            "Answered by your own model object: it cannot be rebuilt from its description ({why}).",
            why=model.not_rebuildable,
        )
        if note not in self.memory.notes:
            self.memory.notes.append(note)
        inputs = Tensor(np.asarray(x, dtype="float32"))
        return array_of(self._call(["ref", model.handle.id, ""], "model", (inputs,), {"training": False}))

    def mutated(self) -> bool:
        """Whether the last call changed one of its array arguments in place."""
        return self.memory.mutated

    def figure(self) -> Figure | None:
        """The figure that the last call left open; None where it drew none."""
        if not self.memory.figures:
            return None
        answer = self._answer(*self._ask({"op": "figure", "index": self.memory.figures - 1}, []))
        return answer if isinstance(answer, Figure) else None

    def last_call(self) -> str:
        """The last call as Python, for the report."""
        return self.memory.call

    def begin_check(self) -> None:
        """Forgets what the check before did."""
        self.memory = _Memory()

    def notes(self) -> tuple[Text, ...]:
        """What the grade should say about how this check was answered."""
        return tuple(self.memory.notes)

    def _call(self, target: list[Any], shown: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        given = [as_python(a) for a in args] + [f"{k}={as_python(v)}" for k, v in kwargs.items()]
        self.memory.call = f"{shown}({', '.join(given)})"
        tree, buffers = wire.encode([list(args), dict(kwargs)])
        request = {"op": "call", "target": target, "arguments": tree, "seed": self.seed}
        reply, parts = self._ask(request, buffers)
        self.memory.mutated = bool(reply.get("mutated"))
        self.memory.figures = int(reply.get("figures", 0))
        return self._answer(reply, parts)

    def _ask(self, request: dict[str, Any], buffers: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        reply, parts = self.session.ask(request, buffers)
        if reply.get("ok") is not True:
            raise BrokenProgram(broken(reply.get("error"), self.memory.call))
        return reply, parts

    def _answer(self, reply: dict[str, Any], parts: Sequence[bytes]) -> Any:
        try:
            return wire.decode(reply.get("value", {}), parts)
        except wire.Refused as refused:
            message = say("The answer cannot be taken over: {why}.", why=str(refused))
            raise BrokenProgram(Finding(message, call=self.memory.call)) from refused


def broken(error: Any, call: str) -> Finding:
    """What a learner reads when their program raised; ``error`` is the probe's word, so nothing in it is trusted."""
    error = error if isinstance(error, dict) else {}
    kind, name = str(error.get("kind", "")), str(error.get("name", ""))[:80]
    if kind == "missing":
        near = [str(n)[:80] for n in list(error.get("names") or ())[:3]]
        message = (
            say("There is no “{name}” in your file. Did you mean “{near}”?", name=name, near="”, “".join(near))
            if near
            else say("There is no “{name}” in your file, or the cell that makes it did not run to its end.", name=name)
        )
        return Finding(message, call=call)
    if kind == "not_callable":
        return Finding(
            say("“{name}” should be a function; it is {kind}.", name=name, kind=str(error.get("type"))[:80]), call=call
        )
    type_name, words = str(error.get("type", "Exception"))[:80], str(error.get("message", ""))[:500]
    where = traceback_of(error.get("lines"))
    if type_name == "NotImplementedError":
        return Finding(say("This is not written yet."), call=call)
    message = say("The call raised {type}: {words}", type=type_name, words=words)
    return Finding(message, call=call, traceback=where, advice=advise(f"{type_name}: {words}"))


def traceback_of(lines: Any) -> str:
    """The learner's own frames, one below the other; whatever else the probe sent is left out."""
    shown = []
    for line in lines if isinstance(lines, list) else ():
        if isinstance(line, (list, tuple)) and len(line) == FRAME_PARTS:
            place, number, function, source = (str(part)[:200] for part in line)
            shown.append(f"{place}, line {number}, in {function}\n    {source.strip()}")
    return "\n".join(shown[-8:])
