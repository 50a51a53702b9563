"""An exception as its own program's frames tell it. Runs in the kernel, beside the learner's code."""

from __future__ import annotations

import ast
import linecache
import re
import traceback
from types import TracebackType
from typing import Any

_CELL = re.compile(r"cell \d+")
_MOST_FRAMES = 20
_MOST_CAUSES = 5
_MOST_CHARS = 4000


def describe(
    kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
) -> dict[str, Any]:
    """The content of a Jupyter error message, with ``line``: where in the cell it was raised, or None."""
    name = kind.__name__ if kind is not None else "Exception"
    try:
        described = traceback.TracebackException(kind, error, trace, compact=True)  # type: ignore[arg-type]
        words = _words(error)
        stopped = kind is not None and issubclass(kind, KeyboardInterrupt)
        lines, line = _stopped_in(described) if stopped else (_lines(described), _line(described))
    except Exception as broken:
        words, lines, line = f"(its text cannot be shown: {type(broken).__name__})", [], None
    return {"ename": name, "evalue": words, "traceback": lines, "line": line}


def _words(error: BaseException | None) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)[:_MOST_CHARS]
    return str(error)[:_MOST_CHARS]


def _own(described: traceback.TracebackException) -> list[traceback.FrameSummary]:
    return [f for f in described.stack if _CELL.fullmatch(f.filename) or not f.filename.startswith(("/", "<"))]


def _line(described: traceback.TracebackException) -> int | None:
    """The line in the outermost cell frame: the cell that ran, not a function of an earlier one."""
    own = [f.lineno for f in described.stack if _CELL.fullmatch(f.filename)]
    if own:
        return own[0]
    return int(described.lineno) if getattr(described, "lineno", None) else None  # type: ignore[arg-type]


def _stopped_in(described: traceback.TracebackException) -> tuple[list[str], int | None]:
    """The loop that a stopped program was in. Its first line, not the one that chance stopped it at: that differs by the run."""
    lines: list[str] = []
    first: int | None = None
    for frame in (f for f in described.stack if _CELL.fullmatch(f.filename)):
        loop = _loop_around(frame.filename, frame.lineno or 1)
        number = loop or frame.lineno or 1
        first = first or number
        where = f"{frame.filename}, line {number}"
        lines.append(where if frame.name == "<module>" else f"{where}, in {frame.name}")
        lines.append(f"    {linecache.getline(frame.filename, number).strip()[:200]}")
        if loop:
            break
    return [*lines, "KeyboardInterrupt"], first


def _loop_around(cell: str, line: int) -> int | None:
    """The first line of the outermost loop around ``line``, in the same function."""
    tree = ast.parse("".join(linecache.getlines(cell)))
    functions = [
        n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)) and _spans(n, line)
    ]
    inside: ast.AST = max(functions, key=lambda n: n.lineno) if functions else tree
    loops = [
        n.lineno for n in ast.walk(inside) if isinstance(n, (ast.While, ast.For, ast.AsyncFor)) and _spans(n, line)
    ]
    return min(loops, default=None)


def _spans(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _lines(described: traceback.TracebackException) -> list[str]:
    lines: list[str] = []
    chain: list[tuple[str, traceback.TracebackException]] = [("", described)]
    while len(chain) < _MOST_CAUSES:
        last = chain[-1][1]
        if last.__cause__ is not None:
            chain.append(("That was raised because of the exception above:", last.__cause__))
        elif last.__context__ is not None and not last.__suppress_context__:
            chain.append(("That was raised while the exception above was handled:", last.__context__))
        else:
            break
    for position, (joint, one) in enumerate(reversed(chain)):
        lines += _one(one)
        following = chain[len(chain) - 1 - position][0]
        if following:
            lines += ["", joint, ""]
    return lines


def _one(described: traceback.TracebackException) -> list[str]:
    lines: list[str] = []
    for frame in _own(described)[-_MOST_FRAMES:]:
        where = f"{frame.filename}, line {frame.lineno}"
        lines.append(where if frame.name == "<module>" else f"{where}, in {frame.name}")
        if frame.line:
            lines.append(f"    {frame.line[:200]}")
    text = "".join(described.format_exception_only())[:_MOST_CHARS]
    return lines + [re.sub(r'^  File "(cell \d+)", line', r"\1, line", part) for part in text.splitlines()]
