"""Frozen dataclasses that go to JSON and back by the types of their fields."""

from __future__ import annotations

import dataclasses
import enum
import functools
import types
import typing
from collections.abc import Hashable
from fractions import Fraction
from typing import Any, Self

from grader.text import Text


class Record:
    """A frozen dataclass that goes to JSON and back by its field types."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types, every field by its name."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reverse of `to_json`; a field that an older format lacks has its default.

        Raises KeyError, TypeError or ValueError where ``data`` does not fit.
        """
        hints = _hints(typing.cast("Hashable", cls))
        fields = [f for f in dataclasses.fields(cls) if f.name in data or _required(f)]  # type: ignore[arg-type]
        return cls(**{f.name: _typed(data[f.name], hints[f.name]) for f in fields})


def plain_number(value: int | Fraction) -> int | float:
    """For JSON. A float holds enough of hundredths to be read back as they were."""
    return value.numerator if value.denominator == 1 else float(value)


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    """Asked once for each kind of record: a class has thousands of each."""
    return typing.get_type_hints(kind)


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _plain(value: Any) -> Any:
    if isinstance(value, (Record, Text)):
        return value.to_json()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Fraction):
        return plain_number(value)
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _typed(value: Any, kind: Any) -> Any:
    if isinstance(kind, types.UnionType):  # only ever "X | None"
        some = next(k for k in typing.get_args(kind) if k is not type(None))
        return None if value is None else _typed(value, some)
    if typing.get_origin(kind) is tuple:
        return tuple(_typed(v, typing.get_args(kind)[0]) for v in value)
    if kind is Fraction:
        return Fraction(str(value))
    if isinstance(kind, type) and issubclass(kind, (Record, Text)):
        return kind.from_json(value)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(value)
    return value
