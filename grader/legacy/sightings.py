"""What the adviser has seen in a source file: where, what was meant, what happens today, and the change that it offers."""

from __future__ import annotations

import ast
import enum
import re
from dataclasses import dataclass

from grader.text import Text, say


class Effect(enum.StrEnum):
    """What the old spelling does on TensorFlow 2.21 and Keras 3.15."""

    RAISES = "raises"
    WARNS = "warns"  # works as it did, with a warning
    IGNORED = "ignored"  # accepted, without any effect and without a word
    CHANGED = "changed"  # runs, and does something else than it did


@dataclass(frozen=True, order=True)
class Edit:
    """Replaces the characters from ``start`` to ``end`` of the source, counted from 0."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Sighting:
    """One old spelling. ``edits`` is empty where only the author can know what to write."""

    rule: str
    cell: int  # counted from 0; a script is one
    line: int  # in the cell, counted from 1
    column: int
    effect: Effect
    old: str  # as it stands in the file, or its gist
    text: Text  # the whole sentence: line, old, what happens, new
    edits: tuple[Edit, ...] = ()
    new: str | Text = ""  # what to write instead


_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # as `ast` counts them: a form feed begins no line


class Source:
    """A parsed file, with character offsets for its nodes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self._lines = _LINE.findall(text)
        starts, at = [], 0
        for line in self._lines:
            starts.append(at)
            at += len(line)
        self._starts = starts

    def offset(self, line: int, utf8_column: int) -> int:
        """The character at a line (from 1) and a column in bytes, as `ast` counts."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:utf8_column].decode())

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> tuple[int, int]:
        """Where a node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def indent(self, offset: int) -> str | None:
        """The blanks or tabs before a character; None where something else stands before it in its line."""
        before = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        return before if not before.strip(" \t") else None

    def of(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias) -> str:
        """The words of a node as they stand in the file."""
        start, end = self.span(node)
        return self.text[start:end]

    def replace(self, node: ast.expr | ast.stmt | ast.keyword | ast.alias, text: str) -> Edit:
        """The edit that puts ``text`` in the place of a node."""
        start, end = self.span(node)
        return Edit(start, end, text)


def sentence(line: int, old: str, effect: Effect, new: str | Text) -> Text:
    """What a learner reads about one sighting."""
    happens = {
        Effect.RAISES: say("it raises an error today"),
        Effect.WARNS: say("it still works today, with a warning"),
        Effect.IGNORED: say("it is silently ignored today"),
        Effect.CHANGED: say("it runs, but no longer does what it did"),
    }[effect]
    return say("Line {line}: “{old}” is an old spelling; {happens}. Write {new}.", line=line, old=old, happens=happens, new=new)  # fmt: skip
