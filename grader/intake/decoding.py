"""Bytes of a learner's file to text, whatever it was saved as."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from grader.errors import BadSubmission
from grader.intake.shown import shown
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
HONOURED = re.compile(
    r"cp949|euc_kr|johab|iso2022_kr|cp125[0-2]|iso8859-1|iso8859-15|koi8-r|shift_jis|cp932|euc_jp|gbk|gb2312|gb18030|"
    r"big5|mac-roman"
)
MOST_BROKEN, SHARE_BROKEN = 3, 0.05  # characters; beyond both it is no text


@dataclass(frozen=True)
class Decoded:
    r"""Text with line ends as ``\\n``, and what is to be said about how it was saved."""

    text: str
    messages: tuple[Text, ...] = ()


def decode(file: str, data: bytes) -> Decoded:
    """The text of ``data``. Raises BadSubmission where it is none."""
    _refuse_other_kinds(file, data)
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(codec, errors="replace")
            return _decoded(file, text, "" if name == "UTF-8" else name)
    if b"\0" in data:
        return _decoded(file, data.decode(_utf16(file, data), errors="replace"), "UTF-16")
    try:
        return _decoded(file, data.decode("utf-8"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        return _decoded(file, *(_in_another_set(data, text) or (text,)))


def _utf16(file: str, data: bytes) -> str:
    """Code in UTF-16 without a mark has a NUL beside nearly each letter, always on the same side of it."""
    first, second = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(first, second) < len(data) / 6 or min(first, second) > len(data) / 40:
        raise BadSubmission(_no_text(file))
    return "utf-16-be" if first > second else "utf-16-le"


def _in_another_set(data: bytes, as_utf8: str) -> tuple[str, str] | None:
    """(text, character set) of ``data`` that is no UTF-8, or None where it is UTF-8 with damage."""
    cookie = COOKIE.search(b"\n".join(data.split(b"\n", 2)[:2]))
    codecs_to_try = [_codec(cookie[1].decode("ascii"))] if cookie else []
    if as_utf8.count("\ufffd") >= sum(c > "\x7f" and c != "\ufffd" for c in as_utf8):
        codecs_to_try.append("cp949")
    for codec in filter(None, codecs_to_try):
        try:
            return data.decode(codec), "EUC-KR" if codec in ("cp949", "euc_kr") else codec
        except UnicodeDecodeError:
            continue
    return None


def _decoded(file: str, text: str, saved_as: str = "") -> Decoded:
    odd = sum(text.count(c) for c in "\ufffd\1\2\3\4\5\6")
    if "\0" in text or odd > max(MOST_BROKEN, SHARE_BROKEN * len(text)):
        raise BadSubmission(_no_text(file))
    if not text.strip():
        raise BadSubmission(_empty(file))
    messages = (_saved_as(file, saved_as),) if saved_as else ()
    return Decoded(unix_lines(text), (*messages, *_broken(file, text)))


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ""
    return codec if HONOURED.fullmatch(codec) else ""


def unix_lines(text: str) -> str:
    r"""Line ends of Windows and of old Macs as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _saved_as(file: str, encoding: str) -> Text:
    return say(
        "{file} was saved as {encoding}. It was read all the same; save it as UTF-8.",
        file=shown(file),
        encoding=encoding,
    )


def _broken(file: str, text: str) -> tuple[Text, ...]:
    if "\ufffd" not in text:
        return ()
    line = unix_lines(text[: text.index("\ufffd")]).count("\n") + 1
    return (
        say(
            "{file} holds characters that cannot be read, first in line {line}. Save it as UTF-8.",
            file=shown(file),
            line=line,
        ),
    )


def _no_text(file: str) -> Text:
    return say(
        "{file} is no text: neither a Python file nor a notebook. Hand in the .py or .ipynb file itself.",
        file=shown(file),
    )


def _empty(file: str) -> Text:
    return say("{file} is empty. Save your work and hand it in again.", file=shown(file))


def _refuse_other_kinds(file: str, data: bytes) -> None:
    """Files of other kinds under a wrong name: say what they are."""
    if not data.strip():
        raise BadSubmission(_empty(file))
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
