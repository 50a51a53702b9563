"""What pandas has, as it crosses, where the learner's program imported it: the values, without the labels."""

from __future__ import annotations

import builtins
from sys import modules as loaded
from typing import TYPE_CHECKING, Any

from numpy import asarray

from grader.engine.probe_values import array_node

if TYPE_CHECKING:
    from grader.engine.probe_export import Exporter, Tree, Writer

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one


def write_frame(out: Exporter, value: Any, _: int) -> Tree:
    """A column or a table as an array; one of mixed kinds stays."""
    node = array_node(out, asarray(value.to_numpy()))
    return out.handle(value) if node is None else node


def pandas_writers() -> dict[type, Writer]:
    """Empty where pandas was not imported."""
    pandas = loaded.get("pandas")
    if pandas is None or not hasattr(pandas, "DataFrame"):
        return {}
    return {pandas.Series: write_frame, pandas.DataFrame: write_frame, pandas.Index: write_frame}
