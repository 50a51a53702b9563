"""Bytes of a learner's file to text, whatever it was saved as."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from grader.errors import BadSubmission
from grader.shown import shown
from grader.text import Text, say

# Longest first: the mark of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.MULTILINE)  # PEP 263
# Codecs that a cookie may name. Others of Python's are no character sets, and some are slow on purpose-made input.
HONOURED = frozenset(
    "cp949 euc_kr johab iso2022_kr cp1252 iso8859-1 iso8859-15 cp1250 cp1251 koi8-r shift_jis cp932 euc_jp gbk gb2312 "
    "gb18030 big5 mac-roman".split(),
)
SHARE_BROKEN = 0.05  # of the characters; beyond it is no text


@dataclass(frozen=True)
class Decoded:
    """Text with line ends as ``\\n``, and what is to be said about how it was saved."""

    text: str
    messages: tuple[Text, ...] = ()


def decode(file: str, data: bytes) -> Decoded:
    """The text of ``data``. Raises BadSubmission where it is none."""
    _refuse_other_kinds(file, data)
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _marked(file, data[len(mark) :], codec, name)
    if b"\0" in data:
        raise BadSubmission(_no_text(file))
    try:
        return Decoded(_lines(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        return _in_another_set(file, data, error)


def _marked(file: str, data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, errors="replace")
    _refuse_no_text(file, text)
    if name == "UTF-8":
        return Decoded(_lines(text), _broken(file, text))
    return Decoded(_lines(text), (_saved_as(file, name),))


def _in_another_set(file: str, data: bytes, error: UnicodeDecodeError) -> Decoded:
    cookie = COOKIE.search(b"\n".join(data.splitlines()[:2]))
    named = [_codec(cookie[1].decode("ascii", errors="replace"))] if cookie else []
    for codec in (*named, "cp949"):
        try:
            text = data.decode(codec) if codec else ""
        except (UnicodeDecodeError, LookupError):
            continue
        if codec:
            _refuse_no_text(file, text)
            return Decoded(_lines(text), (_saved_as(file, "EUC-KR" if codec in ("cp949", "euc_kr") else codec),))
    text = data.decode("utf-8", errors="replace")
    _refuse_no_text(file, text)
    return Decoded(_lines(text), _broken(file, text, data.count(b"\n", 0, error.start) + 1))


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ""
    return codec if codec in HONOURED else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _saved_as(file: str, encoding: str) -> Text:
    return say(
        "{file} was saved as {encoding}. It was read all the same; save it as UTF-8.",
        file=shown(file),
        encoding=encoding,
    )


def _broken(file: str, text: str, line: int | None = None) -> tuple[Text, ...]:
    if "\ufffd" not in text:
        return ()
    line = line or text.count("\n", 0, text.index("\ufffd")) + 1
    return (
        say(
            "{file} holds characters that cannot be read, first in line {line}. Save it as UTF-8.",
            file=shown(file),
            line=line,
        ),
    )


def _refuse_no_text(file: str, text: str) -> None:
    odd = sum(text.count(c) for c in "\ufffd\0\1\2\3\4\5\6")
    if odd > max(3, SHARE_BROKEN * len(text)) or "\0" in text:
        raise BadSubmission(_no_text(file))


def _no_text(file: str) -> Text:
    return say(
        "{file} is no text: neither a Python file nor a notebook. Hand in the .py or .ipynb file itself.",
        file=shown(file),
    )


def _refuse_other_kinds(file: str, data: bytes) -> None:
    """Files of other kinds under a wrong name: say what they are."""
    if not data.strip():
        raise BadSubmission(say("{file} is empty. Save your work and hand it in again.", file=shown(file)))
    kinds = {b"PK\x03\x04": "zip, docx, hwpx", b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}
    for start, kind in kinds.items():
        if data.startswith(start):
            raise BadSubmission(
                say(
                    "{file} is of another kind ({kind}) in spite of its name. Hand in the .py or .ipynb file itself.",
                    file=shown(file),
                    kind=kind,
                )
            )
    if re.match(rb"(?i)\s*<(!doctype|html|\?xml)", data.removeprefix(codecs.BOM_UTF8)):
        raise BadSubmission(
            say(
                "{file} is a web page, not the file that it shows. Download the file itself (Raw, Download).",
                file=shown(file),
            )
        )
