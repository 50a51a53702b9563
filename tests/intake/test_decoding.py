"""Whatever a file was saved as, it is read, and the repair is named."""

from __future__ import annotations

import codecs

import pytest

from grader.errors import BadSubmission
from grader.intake.sources import read_cells
from tests.intake.made import notebook, words

TEXT = "# 행렬의 곱셈을 계산합니다\nx = '안녕하세요, 텐서'\n"
KOREAN = TEXT.rstrip("\n")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode("utf-8"), ""),
        (TEXT.encode("utf-8-sig"), ""),
        (TEXT.encode("cp949"), "EUC-KR"),
        (TEXT.encode("euc-kr"), "EUC-KR"),
        (b"# -*- coding: euc-kr -*-\n" + TEXT.encode("euc-kr"), "EUC-KR"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp949 :\n" + TEXT.encode("cp949"), "EUC-KR"),
        (b"# coding: johab\n" + TEXT.encode("johab"), "johab"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "UTF-32"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_a_program_is_read_and_the_repair_named(data: bytes, name: str) -> None:
    cells = read_cells("rank.py", data)
    assert cells.code[0].endswith(KOREAN)
    expected = f"rank.py was saved as {name}. It was read all the same; save it as UTF-8." if name else ""
    assert words(cells.messages) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_a_notebook_is_read_alike(encoding: str) -> None:
    text = notebook("x = 1").decode().replace("x = 1", "x = '안녕'")
    assert read_cells("rank.ipynb", text.encode(encoding)).code == ("x = '안녕'",)


def test_a_cookie_that_lies_does_not_spoil_utf_8() -> None:
    data = b"# -*- coding: euc-kr -*-\n" + TEXT.encode()
    assert read_cells("rank.py", data).code[0].endswith(KOREAN)


@pytest.mark.parametrize("codec", ["unicode_escape", "idna", "punycode", "utf-7", "rot13", "nonsense", "zip", "hex"])
def test_a_cookie_that_names_no_character_set_is_passed_over(codec: str) -> None:
    data = f"# coding: {codec}\n".encode() + TEXT.encode("cp949")
    assert read_cells("rank.py", data).code[0].endswith(KOREAN)


def test_western_text_with_a_cookie() -> None:
    assert read_cells("rank.py", "# coding: latin-1\nx = 'é'\n".encode("latin-1")).code[0].endswith("x = 'é'")


def test_a_broken_character_does_not_cost_the_file() -> None:
    data = TEXT.encode().replace("행".encode(), "행".encode()[:2]) * 3
    cells = read_cells("rank.py", data)
    assert "안녕하세요" in cells.code[0]
    assert words(cells.messages) == "rank.py holds characters that cannot be read, first in line 1. Save it as UTF-8."


def test_a_single_foreign_letter_does_not_cost_the_file() -> None:
    cells = read_cells("rank.py", b"x = 1\n# caf\xe9\ny = 2\n")
    assert "y = 2" in cells.code[0]
    assert "first in line 2" in words(cells.messages) or "saved as" in words(cells.messages)


@pytest.mark.parametrize(
    ("data", "words_"),
    [
        (b"PK\x03\x04" + bytes(100), "of another kind (zip, docx, hwpx)"),
        (b"%PDF-1.7 \n", "of another kind (PDF)"),
        (b"\x89PNG\r\n\x1a\n", "of another kind (PNG)"),
        (b"<!DOCTYPE html>\n<html>", "is a web page"),
        (b"\xef\xbb\xbf \n<html lang=ko>", "is a web page"),
        (bytes(range(256)) * 10, "is no text"),
        (b"\xa7\r\r\n\x00\x00\x00\x00" + bytes(range(200)), "is no text"),
        (b"\x93NUMPY\x01\x00v\x00" + b"\xff\x00\x81" * 50, "is no text"),
        (b"\x80\x81\x82\xff" * 100, "is no text"),
        (b"x\0y", "is no text"),
    ],
)
@pytest.mark.parametrize("file", ["rank.py", "rank.ipynb"])
def test_what_is_no_text_is_refused_and_named(data: bytes, words_: str, file: str) -> None:
    with pytest.raises(BadSubmission) as caught:
        read_cells(file, data)
    assert words_ in caught.value.text.en
    assert file in caught.value.text.en
