"""How the layers of a model are connected: read from Keras' own notes on who called whom with what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.text import say
from grader.wire.layers import is_number
from grader.wire.limits import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_CALLS = 64  # of one layer in one graph
PLACE = 3  # a place is written as layer, call, output


class NotRebuildable(Refused):
    """A model that is in order, but that we build no copy of; ``text`` says why."""


@dataclass(frozen=True)
class At:
    """The place of a tensor in a graph: which output of which call of which layer."""

    layer: str
    call: int
    output: int


@dataclass(frozen=True)
class Call:
    """One use of a layer in a graph. Arguments are `At`, numbers, None, or lists of these."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)

    def needs(self) -> Iterator[At]:
        """The tensors that must be there first."""
        return _places_in(self.args)


def _places_in(value: Any) -> Iterator[At]:
    if isinstance(value, At):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _places_in(part)


def read_calls(nodes: Any) -> tuple[Call, ...]:
    """The uses of one layer. Raises NotRebuildable."""
    if not isinstance(nodes, list) or len(nodes) > MAX_CALLS:
        raise no_graph()
    return tuple(map(_call, nodes))


def _call(node: Any) -> Call:
    if not isinstance(node, dict) or not isinstance(node.get("args"), list) or not isinstance(node.get("kwargs"), dict):
        raise no_graph()
    kwargs = {k: v for k, v in node["kwargs"].items() if v is not None}
    if any(k != "training" or type(v) is not bool for k, v in kwargs.items()):
        raise _strange_arguments()
    return Call(tuple(map(_argument, node["args"])), kwargs)


def _argument(value: Any) -> Any:
    if value is None or is_number(value):
        return value
    if isinstance(value, list):
        return [_argument(v) for v in value]
    if isinstance(value, dict) and "tensor" in value:
        return _place(value["tensor"])
    raise _strange_arguments()


def read_places(value: Any) -> tuple[At, ...]:
    """One place, a list of them, or a dict of them in the order in which Keras takes it. Raises NotRebuildable."""
    if isinstance(value, dict) and value:
        return tuple(_place(value[key]) for key in sorted(value))
    if isinstance(value, list) and value and isinstance(value[0], list):
        return tuple(map(_place, value))
    return (_place(value),)


def _place(value: Any) -> At:
    if not isinstance(value, list) or len(value) != PLACE:
        raise no_graph()
    name, call, output = value
    if not isinstance(name, str) or type(call) is not int or type(output) is not int or call < 0 or output < 0:
        raise no_graph()
    return At(name, call, output)


def no_graph() -> NotRebuildable:
    """The notes are missing or damaged: a layer of the learner's own need not keep them."""
    return NotRebuildable(say("its graph cannot be read"))


def _strange_arguments() -> NotRebuildable:
    return NotRebuildable(say("one of its layers is called with arguments that we do not know"))
