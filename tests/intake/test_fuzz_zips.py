"""Zips whose headers lie: names, sizes, methods, flags, offsets, counts; and archives of other kinds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.intake.fuzzing import examples, no_hang, sound, taken
from tests.intake.made import TINY, folder, notebook, take, zipped
from tests.intake.raw_zip import Archive, File

NAMES = st.sampled_from(
    [
        b"kim/rank.py", b"lee/01_rank.ipynb", b"rank.py", b"../rank.py", b"/etc/rank.py", b"C:\\rank.py", b"a\\..\\rank.py",
        b"kim\0/rank.py", "김/rank.py".encode("cp949"), "김/rank.py".encode(), b"\xff\xfe/rank.py", b"kim/", b"", b"/", b".",
        b"kim/rank.py/", b"kim//rank.py", b"inner.zip", b"kim/inner.zip", b"\x1b[31m/rank.py", "\u202e/rank.py".encode(),
        b"a/" * 40 + b"rank.py", b"x" * 3000 + b".py", b"__MACOSX/._rank.py", b"kim/rank.py\n", b"CON/rank.py", b"kim/RANK.PY",
    ]
)  # fmt: skip
DATA = st.sampled_from(
    [b"", b"x = 1\n", b"x = 1\n" * 5000, b"0" * 1_500_000, notebook("x = 1"), b"\0\xff", zipped({"rank.py": b"x = 1"}),
     zipped({"a.zip": zipped({"rank.py": b"x"})}), b"PK\x03\x04"]
)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, 7, 8, 9, 12, 14, 95, 99, 0x800, 0xFFFF, 30, 1000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF])
FIELDS = [
    "flags",
    "method",
    "crc",
    "packed",
    "size",
    "name",
    "extra",
    "comment",
    "disk",
    "inner",
    "outer",
    "offset",
    "date",
]
LINK = ("central", "outer", 0o120777 << 16)
LIES = st.lists(
    st.one_of(st.just(LINK), st.tuples(st.sampled_from(["local", "central"]), st.sampled_from(FIELDS), NUMBERS)),
    max_size=3,
)
EXTRAS = st.sampled_from(
    [b"", struct.pack("<HHQQ", 1, 16, 5, 5), struct.pack("<HHQQ", 1, 16, 2**63, 2**63), struct.pack("<HH", 1, 200), b"\1",
     struct.pack("<HHBI", 0x7075, 10, 1, 0) + b"other"]
)  # fmt: skip
FILES = st.builds(
    File,
    name=NAMES,
    data=DATA,
    method=st.sampled_from([0, 8, 8, 8, 12, 14, 93, 99]),
    flags=st.sampled_from([0, 0, 0x800, 1, 0x41, 0x20]),
    extra=EXTRAS,
    descriptor=st.booleans(),
    lies=LIES.map(tuple),
)
ENDS = st.lists(
    st.tuples(st.sampled_from(["disk", "first", "here", "entries", "length", "offset"]), NUMBERS), max_size=2
)
BYTES = st.sampled_from([b"", b"", b"MZ", b"PK\x05\x06", b"PK\x01\x02" * 3, b"\0" * 50, b"x" * 70_000])
ARCHIVES = st.builds(
    Archive,
    files=st.lists(FILES, max_size=4).map(tuple),
    before=BYTES,
    between=BYTES,
    after=BYTES,
    comment=BYTES.map(lambda data: data[:60_000]),
    lies=ENDS.map(tuple),
    zip64=st.booleans(),
)


@examples(120, 4000)
@given(ARCHIVES)
def test_fuzz_a_zip_whose_headers_lie(archive: Archive) -> None:
    taken(archive.written())


def test_the_archive_writer_writes_zips() -> None:
    files = (File(b"kim/rank.py", b"x = 1\n"), File(b"lee/rank.py", b"y = 1\n", method=0, descriptor=True))
    for zip64 in (False, True):
        assert {one.name for one in taken(Archive(files, zip64=zip64).written()).learners} == {"kim", "lee"}


def test_two_entries_that_share_their_bytes_are_read_like_two_files() -> None:
    first = File(b"kim/rank.py", b"x = 1\n")
    shared = File(b"lee/rank.py", b"x = 1\n", lies=(("central", "offset", 0),))
    intake = taken(Archive((first, shared)).written())
    assert {one.name for one in intake.learners} == {"kim", "lee"}


def tarred(name: str, data: bytes, mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


OTHERS = {
    "tar": tarred("rank.py", b"x = 1", "w"),
    "tgz": tarred("../rank.py", b"x = 1", "w:gz"),
    "tbz": tarred("rank.py", b"x = 1", "w:bz2"),
    "gz": gzip.compress(b"x = 1\n"),
    "bz2": bz2.compress(b"x = 1\n"),
    "xz": lzma.compress(b"x = 1\n"),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(50),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "docx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}),
    "pdf": b"%PDF-1.7\n" + bytes(40),
    "sqlite": b"SQLite format 3\0" + bytes(100),
    "elf": b"\x7fELF" + bytes(100),
    "h5": b"\x89HDF\r\n\x1a\n" + bytes(100),
    "pickle": b"\x80\x04\x95\x00.",
}
CALLED = ("rank.zip", "rank.py", "rank.ipynb", "rank.tar.gz", "rank.rar", "rank.docx", "rank", "kim.zip", "rank.py.gz")


@examples(60, 600)
@given(st.sampled_from(sorted(OTHERS)), st.sampled_from(CALLED), st.integers(0, 400), st.binary(max_size=4))
def test_fuzz_archives_and_documents_of_other_kinds(kind: str, name: str, place: int, new: bytes) -> None:
    data = OTHERS[kind]
    data = data[: place % len(data)] + new + data[place % len(data) + len(new) :]
    with tempfile.TemporaryDirectory() as home:
        files = {f"class/kim/{name}": data, "class/lee/rank.py": b"x = 1\n", "class/park/rank.py": b"x = 2\n"}
        root = folder(Path(home), files)
        with no_hang():
            intake = take(root / "class", limits=TINY)
        assert sorted(str(p.relative_to(home)) for p in Path(home).rglob("*") if p.is_file()) == sorted(files)
    sound(intake)
    assert {"lee", "park"} <= {one.name for one in intake.learners}
