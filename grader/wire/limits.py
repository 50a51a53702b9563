"""What the wire refuses: the limits of a reply, and the readers that check one field each.

Whatever comes from a learner's session may be forged, so nothing is used before its type and size were seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.errors import GradeTapeError
from grader.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN_INT = 2**53  # larger ones travel as text, because not every JSON reader keeps them
NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


@dataclass(frozen=True)
class WireLimits:
    """How much one reply may hold. The probe cuts at the same numbers, so an honest reply never exceeds them."""

    depth: int = 20
    nodes: int = 10_000  # containers, arrays and everything else that is no plain number or string
    scalars: int = 200_000  # plain numbers, strings, None
    buffer_bytes: int = 64 * 2**20  # all buffers together
    text_chars: int = 100_000  # of one string
    all_chars: int = 4 * 2**20  # of all strings together
    repr_chars: int = 500
    int_bits: int = 8_192
    axes: int = 32  # of an array
    elements: int = 2**23  # of an array, counting an empty axis as 1: whoever walks along one shall come to its end
    layers: int = 500  # of a model, those of nested models included


class Refused(GradeTapeError):
    """A reply that is malformed, too big, too deep or unknown; ``text`` says which, for a learner to read."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def malformed(what: str) -> Refused:
    """A reply that no honest probe sends; ``what`` names the spot for whoever looks into it."""
    return Refused(say("the reply of the program is damaged ({what})", what=what))


def too_large(what: str) -> Refused:
    """A reply over a limit."""
    return Refused(say("the reply of the program is too large ({what})", what=what))


def mapping(value: object, what: str) -> Mapping[str, Any]:
    """A JSON object."""
    if type(value) is not dict:
        raise malformed(what)
    return value


def items(value: object, what: str, most: int) -> list[Any]:
    """A JSON array of at most ``most`` elements."""
    if type(value) is not list:
        raise malformed(what)
    if len(value) > most:
        raise too_large(what)
    return value


def exactly(count: int, value: object, what: str) -> list[Any]:
    """A JSON array of so many elements."""
    if type(value) is not list or len(value) != count:
        raise malformed(what)
    return value


def text(value: object, what: str, most: int) -> str:
    """A string that can be written to a file: no lone surrogates."""
    if type(value) is not str:
        raise malformed(what)
    if len(value) > most:
        raise too_large(what)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise malformed(what) from None
    return value


def whole(value: object, what: str, low: int = 0, high: int = PLAIN_INT) -> int:
    """An int in ``low..high``; bool is none."""
    if type(value) is not int or not low <= value <= high:
        raise malformed(what)
    return value


def truth(value: object, what: str) -> bool:
    """True or False."""
    if type(value) is not bool:
        raise malformed(what)
    return value


def finite(value: object, what: str) -> float:
    """A finite number as it stands in JSON."""
    if type(value) is int and abs(value) <= PLAIN_INT:
        return float(value)
    if type(value) is float and math.isfinite(value):
        return value
    raise malformed(what)


def real(value: object, what: str) -> float:
    """A number, or the name of one that JSON cannot write: "nan", "inf", "-inf"."""
    if type(value) is str and value in NOT_FINITE:
        return NOT_FINITE[value]
    return finite(value, what)
