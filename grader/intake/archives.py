"""Zip archives of learners, read as hostile: nothing is written to disk, sizes are counted while inflating."""

from __future__ import annotations

import functools
import io
import stat
import zipfile
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from grader.errors import BadSubmission
from grader.intake.folders import (
    GIT,
    Branch,
    Counter,
    Entry,
    Folder,
    ignored,
    link_refused,
    too_deep,
    too_large,
    too_many,
    unreadable,
)
from grader.intake.shown import shown
from grader.intake.submissions import MB, IntakeLimits
from grader.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable

CENTRAL = b"PK\x01\x02"  # begins every entry of a zip's table of contents
CHUNK = 1 << 20
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # Python inflates the others without a bound
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
MOST_NESTED = 3  # a platform's zip, in it a learner's, in it one for each exercise
OTHER_STARTS = {b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\x1f\x8b": "gzip", b"ALZ\x01": "ALZ", b"EGGA": "EGG"}


@dataclass(frozen=True, eq=False)
class Source:
    """Where an archive's bytes come from; opened again whenever they are wanted."""

    name: str
    open: Callable[[], BinaryIO]
    nested: int = 1
    place: str = ""  # the whole path


@dataclass
class Shelf:
    """Opens archives, and keeps the few that were used last open: learners' files are read one after another."""

    limits: IntakeLimits
    room: int = 4
    _open: OrderedDict[Source, tuple[zipfile.ZipFile, BinaryIO]] = field(default_factory=OrderedDict)

    def archive(self, source: Source) -> zipfile.ZipFile:
        """The open archive of ``source``. Raises BadSubmission, OSError."""
        if source not in self._open:
            self._open[source] = _opened(source, self.limits)
        self._open.move_to_end(source)
        while len(self._open) > self.room:
            self._close_oldest()
        return self._open[source][0]

    def close(self) -> None:
        """Close all."""
        while self._open:
            self._close_oldest()

    def _close_oldest(self) -> None:
        _, (archive, file) = self._open.popitem(last=False)
        archive.close()
        file.close()


@dataclass(frozen=True)
class Member:
    """An entry of an archive, its name as it was meant."""

    name: str
    info: zipfile.ZipInfo
    source: Source
    shelf: Shelf

    @property
    def parts(self) -> list[str]:
        """Folders and file name."""
        return [part for part in self.name.split("/") if part not in ("", ".")]

    @property
    def is_folder(self) -> bool:
        """As zip marks it."""
        return self.name.endswith("/")

    @property
    def place(self) -> str:
        """The archive's path, and the path in it."""
        return f"{self.source.place}/{self.name}"

    def read(self, most: int) -> bytes:
        """The first ``most`` bytes, inflated. Raises BadSubmission."""
        try:
            with self.shelf.archive(self.source).open(self.info) as file:
                return file.read(most)
        except DAMAGED as error:
            raise BadSubmission(
                say("{file} is damaged in its archive. Pack it again and hand it in again.", file=shown(self.name))
            ) from error

    def problem(self) -> Text | None:
        """Why it cannot be read, where that can be known beforehand."""
        if stat.S_ISLNK(self.info.external_attr >> 16):
            return link_refused(self.name)
        if self.info.flag_bits & ENCRYPTED_FLAG:
            return say("{file} is locked by a password. Pack it again without one.", file=shown(self.name))
        if self.info.compress_type not in METHODS:
            return say("{file} is packed in an unusual way. Pack it again as an ordinary .zip.", file=shown(self.name))
        return None


def path_archive(path: Path, shelf: Shelf, counter: Counter) -> Folder:
    """The tree of a zip on disk."""
    return read_archive(Source(path.name, lambda: path.open("rb"), place=path.as_posix()), shelf, counter)


def read_archive(source: Source, shelf: Shelf, counter: Counter) -> Folder:
    """The tree of a zip. What cannot be read at all is an empty folder with a message."""
    root = Branch(Path(source.name).stem)
    try:
        members = _members(source, shelf, root)
        counter.count(source.name, len(members))
        for member in members:
            _put(member, root, counter)
    except BadSubmission as bad:
        return Folder(root.name, messages=(bad.text,))
    except OSError as error:
        return Folder(root.name, messages=(unreadable(source.name, error),))
    return root.grown()


def _opened(source: Source, limits: IntakeLimits) -> tuple[zipfile.ZipFile, BinaryIO]:
    file = source.open()
    try:
        _refuse_crowds(source.name, file, limits)
        return zipfile.ZipFile(file), file
    except DAMAGED as error:
        file.close()
        raise BadSubmission(
            say("{file} is no zip archive, or is damaged. Pack the files again as .zip.", file=shown(source.name))
        ) from error
    except BaseException:
        file.close()
        raise


def _refuse_crowds(name: str, file: BinaryIO, limits: IntakeLimits) -> None:
    """Count the entries before the table of contents is parsed: a million would cost a gigabyte.

    The count in the archive's own footer may lie; the marks that begin the entries cannot.
    """
    marks, length, tail = 0, 0, b""
    while chunk := file.read(CHUNK):
        if not length:
            _refuse_others(name, chunk)
        marks += (tail + chunk).count(CENTRAL)
        length += len(chunk)
        tail = chunk[1 - len(CENTRAL) :]
        if marks > limits.entries:
            raise BadSubmission(too_many(name, limits))
        if length > limits.archive_mb * MB:
            raise BadSubmission(too_large(name, limits.archive_mb * MB))
    file.seek(0)


def _refuse_others(name: str, start: bytes) -> None:
    for mark, kind in OTHER_STARTS.items():
        if start.startswith(mark):
            raise BadSubmission(
                say("{file} is a {kind} archive. Unpack it and pack it again as .zip.", file=shown(name), kind=kind)
            )


def _members(source: Source, shelf: Shelf, root: Branch) -> list[Member]:
    """The entries of interest; of two with one name the last, as every unpacker leaves it."""
    last: dict[tuple[str, bool], Member] = {}
    for info in shelf.archive(source).infolist():
        member = Member(_name(info), info, source, shelf)
        if refusal := _refusal(member, shelf.limits):
            root.messages.append(refusal)
            continue
        if any(ignored(part) for part in member.parts):
            _note_git(member.parts, root)
            continue
        key = "/".join(member.parts), member.is_folder
        if key in last and not member.is_folder:
            root.messages.append(
                say("{file} is in its archive twice; the last one was taken. Pack it once.", file=shown(member.name))
            )
        last[key] = member
    return list(last.values())


def _note_git(parts: list[str], root: Branch) -> None:
    """A repository is one although what git keeps in it is not read."""
    first = next(i for i, part in enumerate(parts) if ignored(part))
    if parts[first].startswith(GIT):
        root.at(parts[:first]).repository = True


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the UTF-8 mark it is UTF-8 all the same (macOS) or CP949 (Korean Windows)."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_FLAG:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp949"):
            try:
                return raw.decode(encoding).replace("\\", "/")
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _refusal(member: Member, limits: IntakeLimits) -> Text | None:
    name = member.name
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in name:
        return say("{file} points outside of its archive and was not read. Pack the files again.", file=shown(name))
    if len(member.parts) > limits.depth:
        return too_deep(name, limits)
    return None


def _put(member: Member, root: Branch, counter: Counter) -> None:
    if not member.parts:
        return
    if member.is_folder:
        root.at(member.parts)
        return
    *above, last = member.parts
    branch = root.at(above)
    if last.lower().endswith(".zip"):
        branch.folders[last] = _inner(member, counter)
    else:
        branch.files[last] = Entry(last, member.info.file_size, member.read, member.problem(), member.place)


def _inner(member: Member, counter: Counter) -> Folder:
    name = Path(member.parts[-1]).stem
    if problem := _inner_problem(member):
        return Folder(name, messages=(problem,))
    try:
        counter.inflate(member.name, member.info.file_size)
    except BadSubmission as bad:
        return Folder(name, messages=(bad.text,))
    inner = Source(member.parts[-1], functools.partial(_inflated, member), member.source.nested + 1, member.place)
    return read_archive(inner, member.shelf, counter)


def _inner_problem(member: Member) -> Text | None:
    if member.source.nested >= MOST_NESTED:
        return say(
            "{file} is a zip in {count} others and was not read. Pack the files once.",
            file=shown(member.name),
            count=MOST_NESTED,
        )
    most = member.shelf.limits.inner_archive_mb * MB
    return too_large(member.name, most) if member.info.file_size > most else member.problem()


def _inflated(member: Member) -> BinaryIO:
    # Never more than the entry says it holds: what the entry says has been checked.
    return io.BytesIO(member.read(member.info.file_size))
