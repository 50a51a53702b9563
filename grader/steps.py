"""A computation step by step: what each step gives, how it typically goes wrong, and where an answer parts from it.

Most functions hand back the end of a computation only. What stood in between is told from the end: of all ways to do a
step otherwise, the one that leads to this very answer. Where none does, the function's own variables are looked at.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.differences import Array, Mistakes, array_of, comparable, first, same
from grader.errors import WrongAnswer
from grader.grades import Parting, StepRow
from grader.text import Text, say

Rule = Callable[[Any], Any]
Inside = Callable[[], Mapping[str, Any]]
Shapes = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]  # two that met, and what they were broadcast to
LEFT_OUT = "left out"  # no name of a mistake has a blank
MOST_PAIRS = 400


@dataclass(frozen=True)
class Step:
    """One step: ``right`` computes it from the inputs and the steps before, by name."""

    name: str
    shown: str
    right: Rule
    otherwise: Mapping[str, tuple[Rule, ...]]


def step(name: str, shown: str, right: Rule, **otherwise: Rule | tuple[Rule, ...]) -> Step:
    """A step called ``name``, shown as ``shown``; ``otherwise``: mistake -> how this step is then computed.

    A rule is given all inputs and all steps before as attributes: ``lambda s: s.x @ s.w``.
    A mistake that several steps name is made in all of them.
    """
    rules = {key: rule if isinstance(rule, tuple) else (rule,) for key, rule in otherwise.items()}
    return Step(name, shown, right, rules)


def chain(inputs: Mapping[str, Any], *steps: Step, inside: Inside | None = None) -> Chain:
    """The steps of a computation on ``inputs``; ``inside``: `Student.inside`, the variables of the function that was called."""
    return Chain({k: np.asarray(v) for k, v in inputs.items()}, steps, inside)


@dataclass(frozen=True)
class _Way:
    """The values of all steps on one way through them, and the shapes that were broadcast at each."""

    values: tuple[Array, ...]
    broadcasts: tuple[tuple[Shapes, ...], ...]


@dataclass(frozen=True)
class Chain:
    """A computation in steps, on given inputs."""

    inputs: Mapping[str, Array]
    steps: tuple[Step, ...]
    inside: Inside | None = None

    @property
    def result(self) -> Array:
        """What the last step gives."""
        return self._way({}).values[-1]

    @property
    def mistakes(self) -> Mistakes:
        """What each mistake leads to; of a mistake that is made in several ways, the first that can be made."""
        return {key: functools.partial(self._end, key) for key in self._names()}

    def _end(self, key: str) -> Array:
        return self._way({key: 0}).values[-1]

    def parting(self, answer: Any, rtol: float, atol: float) -> tuple[str, Parting | None]:
        """The mistake, and the steps beside each other; "" and None where nothing is known of either."""
        got, right = comparable(answer), self._way({})
        if not same(got, right.values[-1], rtol, atol):
            for made in self._attempts():
                way = self._tried(made)
                if way and same(got, way.values[-1], rtol, atol):
                    key = next((k for k in made if LEFT_OUT not in k), "")
                    return key, self._beside(right, way, rtol, atol)
        return "", self._seen(right, answer, rtol, atol)

    def _names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for one in self.steps for key in one.otherwise))

    def _way(self, made: Mapping[str, int]) -> _Way:
        """Through all steps, each as ``made`` says: mistake -> which of its rules."""
        values, broadcasts = [], []
        found = SimpleNamespace(**self.inputs)
        for number, one in enumerate(self.steps):
            seen: list[Shapes] = []
            given = SimpleNamespace(**{k: _Traced.of(v, seen) for k, v in vars(found).items()})
            values.append(np.asarray(self._rule(number, made)(given)).view(np.ndarray))
            setattr(found, one.name, values[-1])
            broadcasts.append(tuple(dict.fromkeys(seen)))
        return _Way(tuple(values), tuple(broadcasts))

    def _rule(self, number: int, made: Mapping[str, int]) -> Rule:
        one = self.steps[number]
        if f"{LEFT_OUT} {one.name}" in made:
            before = self.steps[number - 1].name
            return lambda s: getattr(s, before)
        key = next((key for key in made if key in one.otherwise), "")
        return one.otherwise[key][min(made[key], len(one.otherwise[key]) - 1)] if key else one.right

    def _tried(self, made: Mapping[str, int]) -> _Way | None:
        try:
            with np.errstate(all="ignore"):
                return self._way(made)
        except Exception:  # a mistake that cannot be made on this input was not made
            return None

    def _attempts(self) -> Iterator[dict[str, int]]:
        """One mistake, one step left out, then two of these."""
        ways = {key: max(len(one.otherwise.get(key, ())) for one in self.steps) for key in self._names()}
        single = [{key: n} for key, count in ways.items() for n in range(count)]
        single += [{f"{LEFT_OUT} {one.name}": 0} for one in self.steps[1:]]
        yield from single
        pairs = ({**a, **b} for a, b in itertools.combinations(single, 2) if a.keys() != b.keys())
        yield from itertools.islice(pairs, MOST_PAIRS)

    def _beside(self, right: _Way, way: _Way, rtol: float, atol: float) -> Parting:
        alike = [same(a, b, rtol, atol) for a, b in zip(right.values, way.values, strict=True)]
        at = alike.index(False)
        rows = tuple(
            _row(one, target, value, marked=number == at)
            for number, (one, target, value) in enumerate(zip(self.steps, right.values, way.values, strict=True))
        )
        return Parting(rows, _broadcasting(right.broadcasts[at], way.broadcasts[at]))

    def _seen(self, right: _Way, answer: Any, rtol: float, atol: float) -> Parting | None:
        """The steps beside what the function's own variables hold; None where those tell of no step."""
        variables = dict(self.inside()) if self.inside else {}
        found = [_found(one, value, variables, rtol, atol) for one, value in zip(self.steps, right.values, strict=True)]
        known = any(value is not None for value in found[:-1])
        try:
            found[-1] = array_of(answer)
        except WrongAnswer:
            return None
        differ = [v is not None and _differ(v, t, rtol, atol) for v, t in zip(found, right.values, strict=True)]
        if not known or not any(differ):
            return None
        marks = [number == differ.index(True) for number in range(len(found))]
        rows = map(_row, self.steps, right.values, found, marks)
        return Parting(tuple(rows))


@dataclass(frozen=True)
class Listed:
    """A computation whose steps are the answer itself, one row after another, as the points of a descent."""

    names: tuple[str, ...]
    right: Array  # (steps, values)
    rows_of: Callable[[Any], Array | None]

    def parting(self, answer: Any, rtol: float, atol: float) -> tuple[str, Parting | None]:
        """No mistake, and the steps up to the first that differs; None where the answer has none, or all are right."""
        got = self.rows_of(answer)
        if got is None or got.shape[1:] != self.right.shape[1:]:
            return "", None
        count = min(len(got), len(self.right))
        off = ~np.isclose(got[:count], self.right[:count], rtol=rtol, atol=atol).all(axis=1)
        if not off.any() and len(got) >= len(self.right):
            return "", None
        at = int(off.argmax()) if off.any() else count
        shown = range(max(0, at - 2), min(at + 2, len(self.right)))
        rows = (
            StepRow(self.names[i], _numbers(self.right[i]), _numbers(got[i]) if i < len(got) else "–", parts=i == at)
            for i in shown
        )
        return "", Parting(tuple(rows))


def listed_steps(names: Iterable[str], right: Array, rows_of: Callable[[Any], Array | None]) -> Listed:
    """The steps of an answer that holds them all: ``right`` (steps, values), and how an answer gives rows like these."""
    return Listed(tuple(names), right, rows_of)


def _numbers(values: Array) -> str:
    return ", ".join(f"{value:.5g}" for value in values)


def _found(one: Step, target: Array, variables: Mapping[str, Any], rtol: float, atol: float) -> Array | None:
    """The variable that holds this step: by its value, else by its name."""
    held = {name: made for name, value in variables.items() if isinstance(made := comparable(value), np.ndarray)}
    return next((v for v in held.values() if same(v, target, rtol, atol)), held.get(one.name))


def _differ(value: Array, target: Array, rtol: float, atol: float) -> bool:
    """In shape, in the kind of numbers, or in a value."""
    return value.dtype.kind != target.dtype.kind or not same(value, target, rtol, atol)


def _row(one: Step, target: Array, value: Array | None, marked: bool) -> StepRow:
    """Both at the first place where they differ; at their first where the shapes do."""
    if value is None:
        return StepRow(one.shown, _at(target, (0,) * target.ndim), "")
    alike = value.shape == target.shape
    with np.errstate(all="ignore"):
        off = ~np.isclose(value, target, rtol=1e-4, atol=1e-6, equal_nan=True) if alike else np.zeros(0, bool)
    place = first(off) if off.any() else (0,) * target.ndim
    own = place if alike else (0,) * value.ndim
    return StepRow(one.shown, _at(target, place), _at(value, own), parts=marked)


def _at(array: Array, place: tuple[int, ...]) -> str:
    """Such as ``(3, 2) float32, [0, 1] = 4.5``."""
    if not array.size:
        return f"{array.shape} {array.dtype.name}"
    number = f"{array[place]:.5g}"
    return f"{array.shape} {array.dtype.name}, [{', '.join(map(str, place))}] = {number}" if array.ndim else number


def _broadcasting(right: tuple[Shapes, ...], way: tuple[Shapes, ...]) -> Text | None:
    """How the shapes met where the computations part; None where they did as they should."""
    other = next((shapes for shapes in way if shapes not in right), None)
    if other is None:
        return None
    met = say("{a} with {b} broadcasts to {c}.", a=other[0], b=other[1], c=other[2])
    if not right:
        return met
    wanted = say("It should be {a} with {b}.", a=right[0][0], b=right[0][1])
    return say("{met} {wanted}", met=met, wanted=wanted)


class _Traced(np.ndarray[Any, np.dtype[Any]]):
    """An array that notes which shapes were broadcast with it."""

    seen: list[Shapes]

    @classmethod
    def of(cls, value: Any, seen: list[Shapes]) -> _Traced:
        made = np.asarray(value).view(cls)
        made.seen = seen
        return made

    def __array_finalize__(self, source: Any) -> None:
        self.seen = getattr(source, "seen", [])

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        plain = [i.view(np.ndarray) if isinstance(i, _Traced) else i for i in inputs]
        out = tuple(o.view(np.ndarray) if isinstance(o, _Traced) else o for o in kwargs.pop("out", ()))
        made = getattr(ufunc, method)(*plain, **kwargs, **({"out": out} if out else {}))
        shapes = [np.shape(i) for i in plain]
        pair = method == "__call__" and ufunc.signature is None and len(shapes) == 2  # noqa: PLR2004
        if pair and shapes[0] != shapes[1] and () not in shapes:
            self.seen.append((shapes[0], shapes[1], np.shape(made)))
        return _Traced.of(made, self.seen)
