"""Writes zips field by field, so that each may lie (APPNOTE.TXT of PKWARE, sections 4.3 and 4.4)."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

LOCAL = "<4sHHHHHIIIHH"  # version flags method time date crc packed size name extra
CENTRAL = "<4sHHHHHHIIIHHHHHII"  # made version flags method time date crc packed size name extra comment disk inner outer offset
END = "<4sHHHHIIH"  # disk first here entries length offset comment
WIDTHS = {"H": 0xFFFF, "I": 0xFFFFFFFF}


@dataclass(frozen=True)
class File:
    """An entry; ``lies`` are (where, field, value): local or central, and what it says instead of the truth."""

    name: bytes
    data: bytes
    method: int = 8
    flags: int = 0
    extra: bytes = b""
    descriptor: bool = False
    lies: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Archive:
    """Entries, and lies about their number and place."""

    files: tuple[File, ...]
    before: bytes = b""
    between: bytes = b""
    after: bytes = b""
    comment: bytes = b""
    lies: tuple[tuple[str, int], ...] = ()
    zip64: bool = False
    order: tuple[int, ...] = field(default=())

    def written(self) -> bytes:
        """The bytes."""
        body, table = bytearray(self.before), bytearray()
        for file in self.files:
            offset = len(body)
            local, central = _headers(file, offset)
            body += local + self.between
            table += central
        count, start = len(self.files), len(body)
        end = {"disk": 0, "first": 0, "here": count, "entries": count, "length": len(table), "offset": start}
        end.update(self.lies)
        tail = bytes(table)
        if self.zip64:
            tail += struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(table), start)
            tail += struct.pack("<4sIQI", b"PK\x06\x07", 0, start + len(table), 1)
        tail += _packed(END, b"PK\x05\x06", [*end.values(), len(self.comment)]) + self.comment
        return bytes(body) + tail + self.after


def _headers(file: File, offset: int) -> tuple[bytes, bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(file.data) + packer.flush() if file.method == 8 else file.data
    crc = zlib.crc32(file.data)
    flags = file.flags | (8 if file.descriptor else 0)
    common: dict[str, Any] = {"version": 20, "flags": flags, "method": file.method, "time": 0, "date": 33, "crc": crc}
    common |= {"packed": len(packed), "size": len(file.data), "name": len(file.name), "extra": len(file.extra)}
    local = common | ({"crc": 0, "packed": 0, "size": 0} if file.descriptor else {})
    central = {"made": 0x31E, **common, "comment": 0, "disk": 0, "inner": 0, "outer": 0o644 << 16, "offset": offset}
    for where, what, value in file.lies:
        chosen = local if where == "local" else central
        if what in chosen:
            chosen[what] = value
    tail = struct.pack("<4sIII", b"PK\x07\x08", crc, len(packed), len(file.data)) if file.descriptor else b""
    return (
        _packed(LOCAL, b"PK\x03\x04", list(local.values())) + file.name + file.extra + packed + tail,
        _packed(CENTRAL, b"PK\x01\x02", list(central.values())) + file.name + file.extra,
    )


def _packed(form: str, mark: bytes, values: list[int]) -> bytes:
    widths = form[3:].replace("s", "")
    return struct.pack(form, mark, *(value & WIDTHS[width] for value, width in zip(values, widths, strict=True)))
