"""A program as the tokens that count when two are compared: names of one's own, comments, types and layout do not."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, Punctuation, String, _TokenType

MOST_CHARS = 60_000  # of one submission; a program of 1,500 lines, and ten times what an exercise asks for
MOST_TOKENS = 6_000
MOST_LINE = 2_000  # characters; a longer line is data or an attack on whoever reads it
MOST_TYPE = 60  # tokens of a type; more is no type
WORD = re.compile(r"[A-Za-z_][\w./-]{0,30}")  # a string that chooses something: "relu", "he_normal"
FIRST_CHAR, CHARS = 0x10000, 0xF0000  # one character for each token: copydetect compares text
OPENING, CLOSING = "([{", ")]}"
SEPARATORS = frozenset(",:;.")


@dataclass(frozen=True)
class Place:
    """Where a stretch of code stands: its cell (from 0) and the characters within."""

    cell: int
    start: int
    end: int


@dataclass(frozen=True)
class Tokens:
    """One submission's tokens, a character each, and where they stand; and its comments with their lines."""

    text: str = ""
    places: tuple[Place, ...] = ()
    comments: tuple[tuple[str, Place], ...] = ()
    cut: bool = False  # too long: the rest was not compared


@dataclass(frozen=True)
class _Raw:
    kind: _TokenType
    text: str
    place: Place


@dataclass
class _Program:
    """What is known of a program while its tokens are read one after another."""

    kept: frozenset[str]  # names that the stub has given: they are nobody's own
    imported: set[str] = field(default_factory=set)
    brackets: int = 0
    header: int = -1  # brackets around the `def` whose header is being read; -1 outside of one


def tokens_of(cells: Sequence[str], kept: frozenset[str] = frozenset()) -> Tokens:
    """The tokens of a program's cells; whatever Python thinks of it. ``kept`` are names that stand for themselves."""
    raw, cut = _read(cells)
    comments = tuple((c.text, c.place) for c in raw if c.kind in Comment)
    code = [t for t in raw if t.kind not in Comment]
    program = _Program(kept)
    made = list(_symbols(_strings(_without_imports(code, program)), program))
    cut = cut or len(made) > MOST_TOKENS
    text = "".join(_char(symbol) for symbol, _ in made[:MOST_TOKENS])
    return Tokens(text, tuple(place for _, place in made[:MOST_TOKENS]), comments, cut)


def _read(cells: Sequence[str]) -> tuple[list[_Raw], bool]:
    lexer, left, cut, found = PythonLexer(), MOST_CHARS, False, []
    for number, cell in enumerate(cells):
        source = re.sub(rf"[^\n]{{{MOST_LINE},}}", lambda line: " " * len(line[0]), cell[: max(0, left)])
        cut = cut or len(cell) > left
        left -= len(cell)
        for start, kind, text in lexer.get_tokens_unprocessed(f"{source}\n"):
            if kind in Literal.String.Doc or (not text.strip() and "\n" not in text):
                continue
            found.append(_Raw(kind, text, Place(number, start, start + len(text))))
    return found, cut


def _without_imports(raw: Sequence[_Raw], program: _Program) -> Iterator[_Raw]:
    """All but import statements, whose names are noted; a whole line's end parts statements and is dropped too."""
    importing, depth = False, 0
    for token in raw:
        if token.kind in Keyword.Namespace:
            importing = True
        if importing:
            depth += (token.text == "(") - (token.text == ")")
            importing = not ("\n" in token.text and depth <= 0)
            if token.kind in Name:
                program.imported.add(token.text)
        elif token.text.strip():
            yield token


def _strings(raw: Iterator[_Raw]) -> Iterator[_Raw]:
    """The pieces of a string as one token: quotes, escapes and contents come apart."""
    pieces: list[_Raw] = []
    for token in raw:
        if token.kind in String and token.kind not in String.Interpol:
            pieces.append(token)
            continue
        if pieces:
            yield _joined(pieces)
            pieces = []
        yield token
    if pieces:
        yield _joined(pieces)


def _joined(pieces: Sequence[_Raw]) -> _Raw:
    inner = "".join(p.text for p in pieces).strip("\"'rRbBuUfF")
    text = "".join(p.text for p in pieces).strip("\"'") if WORD.fullmatch(inner) else '""'
    first, last = pieces[0].place, pieces[-1].place
    return _Raw(String, text, Place(first.cell, first.start, last.end if last.cell == first.cell else first.end))


def _symbols(raw: Iterator[_Raw], program: _Program) -> Iterator[tuple[str, Place]]:
    """What each token stands for. A name out of a library is its last part, however it was imported."""
    tokens = list(raw)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        _count_brackets(token, program)
        if program.header >= 0 and (skipped := _annotation(tokens, at, program)) > at:
            at = skipped
            continue
        chain = at
        while _is_name(token) and token.text in program.imported and _continues(tokens, chain):
            chain += 2
        if symbol := _symbol(tokens, at, chain, program):
            end = tokens[chain].place
            yield symbol, Place(token.place.cell, token.place.start, max(token.place.end, end.end))
        at = chain + 1


def _is_name(token: _Raw) -> bool:
    return token.kind in Name and token.kind not in Name.Builtin


def _continues(tokens: Sequence[_Raw], at: int) -> bool:
    """Whether ``.name`` follows in the same cell."""
    return (
        at + 2 < len(tokens)
        and tokens[at + 1].text == "."
        and tokens[at + 2].kind in Name
        and tokens[at + 2].place.cell == tokens[at].place.cell
    )


def _count_brackets(token: _Raw, program: _Program) -> None:
    if token.kind in Punctuation:
        program.brackets += (token.text in OPENING) - (token.text in CLOSING)
    if token.kind in Keyword and token.text == "def":
        program.header = program.brackets
    elif program.header >= 0 and token.text == ":" and program.brackets <= program.header:
        program.header = -1


def _annotation(tokens: Sequence[_Raw], at: int, program: _Program) -> int:
    """Where the type that begins at ``at`` in a function's header ends; ``at`` where none begins."""
    inside = program.brackets == program.header + 1
    if not (inside and tokens[at].text == ":") and not (not inside and tokens[at].text == "->"):
        return at
    depth, end = 0, at + 1
    while end < min(len(tokens), at + MOST_TYPE):
        text = tokens[end].text
        if depth == 0 and (text in (",", "=") or text in CLOSING if inside else text == ":"):
            return end
        depth += (text in OPENING) - (text in CLOSING)
        end += 1
    return at


def _symbol(tokens: Sequence[_Raw], at: int, last: int, program: _Program) -> str:
    token = tokens[last]
    if token.kind in Punctuation or token.kind in Operator or token.kind in Keyword:
        return "" if token.text in SEPARATORS else token.text
    if token.kind in String or token.kind in Number or token.kind in Name.Builtin:
        return token.text.lower()
    if not _is_name(token):
        return token.text.strip()
    after_dot = at > 0 and tokens[at - 1].text == "."
    if last > at or after_dot or token.text in program.kept or token.text in program.imported:
        return f"{token.text} "  # a library's name, or one that everybody was given
    named = program.brackets > 0 and program.header < 0 and last + 1 < len(tokens) and tokens[last + 1].text == "="
    return f"{token.text}=" if named else "V"


def _char(symbol: str) -> str:
    return chr(FIRST_CHAR + zlib.crc32(symbol.encode("utf-8", "replace")) % CHARS)
