"""The learner's program as a check sees it: ask for values and calls, forget the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from grader import silent, wire
from grader.advice import advise, at_limit
from grader.differences import array_of
from grader.engine.limits import Limits
from grader.errors import AuthorError, BrokenProgram
from grader.grades import Finding
from grader.own_models import demand_weights
from grader.show import as_python, kind_of
from grader.text import Text, say
from grader.values import Figure, Handle, History, StudentModel, Tensor
from grader.wire.reply import Answer, Failure, read_reply
from grader.witness import Witness

MESSAGE_CHARS = 500
MAX_FRAMES = 8


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
    request: tuple[dict[str, Any], Sequence[bytes]] | None = None  # of that call
    answer: Answer = field(default_factory=Answer)
    notes: list[Text] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    honest: set[int] = field(default_factory=set)  # handles of models that were seen to follow from their weights


@dataclass
class Student:
    """Calls ``student.name(...)`` run in the learner's session; answers come back as plain values.

    Raises BrokenProgram where the learner's program raises or has no such name, LimitReached at a limit.
    """

    session: Session
    seed: int | None = None
    limits: Limits = field(default_factory=Limits)
    memory: _Memory = field(default_factory=_Memory)
    opens: Callable[[str | None], Session] | None = None
    witness: Witness = field(default_factory=Witness)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._call(["global", name], name, args, kwargs)

    def seeded(self, seed: int) -> Student:
        """The same program; every call sets Python's, NumPy's and Keras' random seeds to ``seed`` first."""
        return replace(self, seed=seed)

    def elsewhere(self, program: str | None = None) -> Student:
        """A sandbox of its own that has run ``program`` and nothing of the learner's; None: their file once more.

        For whatever a program must not say of itself: what a file holds that it has written, for one. The same
        program is the same sandbox for all checks. Raises AuthorError where there is none to be had.
        """
        if self.opens is None:
            raise AuthorError("there is no second sandbox here: whoever makes the Student has to say how one is opened")
        return Student(self.opens(program), limits=self.limits)

    def value(self, name: str) -> Any:
        """A variable of the learner's file."""
        self.memory.call = name
        self.memory.names.add(name)
        return self._ask({"op": "value", "name": name}).value

    def has(self, name: str) -> bool:
        """Whether the learner's file defines ``name``."""
        return name in self._ask({"op": "names"}).names

    def method(self, owner: StudentModel | Handle, name: str, *args: Any, **kwargs: Any) -> Any:
        """Calls a method of something that came back, in the learner's session; "" calls the thing itself.

        Whatever came back may be passed as ``owner``: raises BrokenProgram where it is plain data.
        """
        handle: object = owner.handle if isinstance(owner, (StudentModel, Tensor)) else owner
        if not isinstance(handle, Handle):
            message = say(
                "A part of the answer should be an object of your program; it is {kind}.", kind=kind_of(owner)
            )
            raise BrokenProgram(Finding(message, call=self.memory.call))
        return self._call(["ref", handle.id, name], f"model.{name}" if name else "model", args, kwargs)

    def predict(self, model: StudentModel, x: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What ``model`` answers to ``x`` (batch first), in inference mode.

        By the grader's own Keras where the model can be rebuilt from its description;
        else by the learner's, which the grade then says.
        """
        if not model.not_rebuildable:
            from grader.wire import model as wire_model  # noqa: PLC0415 - loads Keras, which most checks need not

            try:
                answer: npt.NDArray[Any] = wire_model.predict(model, x)
            except wire.Refused as refused:
                message = say("The model cannot be asked: {why}.", why=refused.text)
                raise BrokenProgram(Finding(message)) from refused
            return answer
        note = say(
            "Answered by your own model object: it cannot be rebuilt from its description ({why}).",
            why=model.not_rebuildable,
        )
        self._note([note])
        inputs = Tensor(np.asarray(x, dtype="float32"))
        answered = self._own_answer(model, inputs)
        if model.handle.id not in self.memory.honest:
            call, came = self.memory.call, self.memory.answer
            demand_weights(self, model, answered, lambda: self._own_answer(model, inputs))
            self.memory.call, self.memory.answer = call, came
            self.memory.honest.add(model.handle.id)
        return answered

    def _own_answer(self, model: StudentModel, inputs: Tensor) -> npt.NDArray[Any]:
        return array_of(self._call(["ref", model.handle.id, ""], "model", (inputs,), {"training": False}))

    def mutated(self) -> bool:
        """Whether the last call changed one of its array arguments in place."""
        return bool(self.memory.answer.mutated)

    def inside(self) -> Mapping[str, Any]:
        """The own variables of the function that was called last, when it returned. Calls it once more; {} where that fails."""
        if self.memory.request is None:
            return {}
        request, buffers = self.memory.request
        try:
            found = self._ask({**request, "inside": True}, buffers).inside
        except BrokenProgram:  # it did not answer the same call again: nothing is known of its inside
            return {}
        return {str(name): value for name, value in found.items()}

    def figure(self) -> Figure | None:
        """The figure that the last call left open; None where it drew none."""
        if not self.memory.answer.figures:
            return None
        found = self._ask({"op": "figure", "index": self.memory.answer.figures - 1}).value
        return found if isinstance(found, Figure) else None

    def last_call(self) -> str:
        """The last call as Python, for the report."""
        return self.memory.call

    def asked_for(self) -> frozenset[str]:
        """The names that the check at hand has called or read."""
        return frozenset(self.memory.names)

    def begin_check(self) -> None:
        """Forgets what the check before did."""
        self.memory = _Memory()

    def notes(self) -> tuple[Text, ...]:
        """What the grade should say about how this check was answered."""
        return tuple(self.memory.notes)

    def _call(self, target: list[Any], shown: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        given = [as_python(a) for a in args] + [f"{k}={as_python(v)}" for k, v in kwargs.items()]
        self.memory.names.add(shown)
        self.memory.call = f"{shown}({', '.join(given)})"
        tree, buffers = wire.encode([list(args), dict(kwargs)])
        request = {"op": "call", "target": target, "arguments": tree, "seed": self.seed}
        self.memory.request = request, buffers
        self.memory.answer = self._ask(request, buffers)
        return self.memory.answer.value

    def _ask(self, request: dict[str, Any], buffers: Sequence[bytes] = ()) -> Answer:
        try:
            answer = read_reply(*self.session.ask(request, buffers))
        except wire.Refused as refused:
            message = say("The answer cannot be taken over: {why}.", why=refused.text)
            raise BrokenProgram(Finding(message, call=self.memory.call)) from refused
        if isinstance(answer, Failure):
            raise BrokenProgram(broken(answer, self.memory.call, self.limits))
        for part in _parts_of(answer.value):
            if isinstance(part, StudentModel):
                self._note(silent.of_model(part))
                self.witness.model(part, self.memory.call, self.seed)
            elif isinstance(part, History):
                self._note(silent.of_history(part))
                self.witness.history(part, self.memory.call, self.seed)
        return answer

    def _note(self, notes: Iterable[Text]) -> None:
        self.memory.notes += [note for note in notes if note not in self.memory.notes]


def _parts_of(value: Any) -> Iterator[Any]:
    """An answer itself, or what a tuple or dict of several answers holds."""
    if isinstance(value, tuple):
        yield from value
    elif isinstance(value, dict):
        yield from value.values()
    else:
        yield value


def broken(failure: Failure, call: str, limits: Limits) -> Finding:
    """What a learner reads when their program gave no answer."""
    name, kind = failure.name, failure.type
    if failure.kind == "missing":
        near = "”, “".join(failure.names)
        message = (
            say("There is no “{name}” in your file. Did you mean “{near}”?", name=name, near=near)
            if near
            else say("There is no “{name}” in your file, or the cell that makes it did not run to its end.", name=name)
        )
        return Finding(message, call=call)
    if failure.kind == "not_callable":
        return Finding(say("“{name}” should be a function; it is {kind}.", name=name, kind=kind), call=call)
    if failure.kind == "lost":
        return Finding(say("What this needs was lost when your program had to be started again."), call=call)
    if kind == "NotImplementedError" and failure.frames and failure.message in ("", failure.frames[-1].function):
        return Finding(say("This is not written yet."), call=call)
    words = failure.message[:MESSAGE_CHARS]
    message = (
        say("The answer breaks when it is read: {type}: {words}", type=kind, words=words)
        if failure.kind == "unreadable"
        else say("The call raised {type}: {words}", type=kind, words=words)
    )
    error = f"{kind}: {words}"
    advice = (*advise(error), *at_limit(error, limits))
    return Finding(message, call=call, traceback=traceback_of(failure), advice=advice)


def traceback_of(failure: Failure) -> str:
    """The learner's own frames, one below the other, the innermost last."""
    frames = failure.frames[-MAX_FRAMES:]
    return "\n".join(f"{f.place}, line {f.line}, in {f.function}\n    {f.source.strip()}" for f in frames)
