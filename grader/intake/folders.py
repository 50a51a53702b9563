"""A path on disk as a tree of folders and files, whatever it is: a file, a folder, a zip. Reads names only."""

from __future__ import annotations

import functools
import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import BadSubmission
from grader.intake.shown import shown, size
from grader.intake.submissions import MB, IntakeLimits
from grader.text import Text, say

Reader = Callable[[int], bytes]  # the first so many bytes of a file; raises BadSubmission, OSError
ArchiveReader = Callable[[Path], "Folder"]
# Folders that hold no learner's work: what systems, editors and package managers leave behind.
IGNORED_FOLDERS = frozenset(
    {"__macosx", "__pycache__", "node_modules", "venv", "env", "site-packages", "dist-packages", "$recycle.bin"},
)
GIT = ".git"  # .git, .github, .gitignore
IGNORED_FILES = re.compile(r"(?i)thumbs\.db|desktop\.ini|.*-checkpoint\.(ipynb|py)")


@dataclass(frozen=True)
class Entry:
    """A file that can be read; ``problem`` says why not where that is known beforehand."""

    name: str
    size: int
    read: Reader
    problem: Text | None = None
    place: str = ""  # the whole path, as it was named on the command line and goes on in zips


@dataclass(frozen=True)
class Folder:
    """A folder, or a zip, which is the same to us."""

    name: str
    files: tuple[Entry, ...] = ()
    folders: tuple[Folder, ...] = ()
    messages: tuple[Text, ...] = ()  # what in it was refused
    repository: bool = False  # whether git keeps it

    def all_messages(self) -> tuple[Text, ...]:
        """Of this folder and the ones below."""
        return self.messages + tuple(m for folder in self.folders for m in folder.all_messages())


@dataclass
class Counter:
    """How many entries have been seen below one PATH."""

    limits: IntakeLimits
    seen: int = 0
    inflated: int = 0  # bytes of zips in zips

    def count(self, name: str, more: int) -> None:
        """Raises BadSubmission where ``more`` are too many."""
        if more > self.limits.entries or self.seen + more > self.limits.total_entries:
            raise BadSubmission(too_many(name, self.limits))
        self.seen += more

    def inflate(self, name: str, more: int) -> None:
        """Raises BadSubmission where zips in zips become too large together."""
        self.inflated += more
        if self.inflated > self.limits.total_mb * MB:
            raise BadSubmission(too_large(name, self.limits.total_mb * MB))


def too_many(name: str, limits: IntakeLimits) -> Text:
    """A folder or archive with too many entries."""
    return say(
        "{file} holds more than {limit} files. Hand in only the exercise files.",
        file=shown(name),
        limit=f"{limits.entries:,}",
    )


def too_large(name: str, limit: int) -> Text:
    """An archive beyond its limit."""
    return say(
        "{file} is larger than {limit}. Hand in only the exercise files, without data.",
        file=shown(name),
        limit=size(limit),
    )


def too_deep(name: str, limits: IntakeLimits) -> Text:
    """Folders in folders in folders."""
    return say(
        "{file} lies more than {limit} folders deep and was not read. Hand in only the exercise files.",
        file=shown(name),
        limit=limits.depth,
    )


def ignored(name: str) -> bool:
    """Whether a file or folder is of no interest: hidden, or left behind by a system."""
    low = name.casefold()
    return low.startswith((".", "~$")) or low in IGNORED_FOLDERS or IGNORED_FILES.fullmatch(name) is not None


@dataclass
class Branch:
    """A folder while its tree is being put together; used for archives, whose entries come in any order."""

    name: str
    files: dict[str, Entry] = field(default_factory=dict)
    branches: dict[str, Branch] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)  # archives inside
    messages: list[Text] = field(default_factory=list)
    repository: bool = False

    def at(self, parts: Iterable[str]) -> Branch:
        """The folder below at ``parts``, made where it is missing."""
        branch = self
        for part in parts:
            branch = branch.branches.setdefault(part, Branch(part))
        return branch

    def grown(self) -> Folder:
        """The finished tree, sorted by name."""
        below = [*self.folders.values(), *(b.grown() for b in self.branches.values())]
        return Folder(
            self.name,
            tuple(self.files[name] for name in sorted(self.files)),
            tuple(sorted(below, key=lambda folder: folder.name)),
            tuple(self.messages),
            self.repository,
        )


def walk(path: Path, archive: ArchiveReader, counter: Counter, depth: int = 0) -> Folder:
    """The tree of a folder on disk; ``archive`` reads a zip in it. Links are refused, not followed."""
    branch = Branch(path.name)
    try:
        items = _listing(path, counter, depth)
    except BadSubmission as bad:
        return Folder(path.name, messages=(bad.text,))
    except OSError as error:
        return Folder(path.name, messages=(unreadable(path.name, error),))
    for item in items:
        if item.name.startswith(GIT):
            branch.repository = True
        if not ignored(item.name):
            _put(item, branch, archive, counter, depth)
    return branch.grown()


def _listing(path: Path, counter: Counter, depth: int) -> list[os.DirEntry[str]]:
    if depth > counter.limits.depth:
        raise BadSubmission(too_deep(path.name, counter.limits))
    with os.scandir(path) as found:
        items = [item for item in found if item.name.startswith(GIT) or not ignored(item.name)]
    counter.count(path.name, len(items))
    return items


def _put(item: os.DirEntry[str], branch: Branch, archive: ArchiveReader, counter: Counter, depth: int) -> None:
    path = Path(item.path)
    if item.is_symlink():
        branch.messages.append(link_refused(item.name))
    elif item.is_dir(follow_symlinks=False):
        branch.folders[item.name] = walk(path, archive, counter, depth + 1)
    elif not item.is_file(follow_symlinks=False):
        branch.messages.append(not_ordinary(item.name))
    elif item.name.lower().endswith(".zip"):
        branch.folders[item.name] = archive(path)
    else:
        branch.files[item.name] = file_entry(path)


def link_refused(name: str) -> Text:
    """A link could point at another learner's work, or at a solution."""
    return say("{file} is a link to another file and was not read. Hand in the file itself.", file=shown(name))


def unreadable(name: str, error: OSError) -> Text:
    """The system says no."""
    return say(
        "{file} cannot be read ({reason}). Check that it is there and that you may read it.",
        file=shown(name),
        reason=os.strerror(error.errno) if error.errno else type(error).__name__,
    )


def file_entry(path: Path) -> Entry:
    """A file on disk."""
    try:
        size, problem = path.stat().st_size, None
    except OSError as error:
        size, problem = 0, unreadable(path.name, error)
    return Entry(path.name, size, functools.partial(_read_ordinary, path), problem, path.as_posix())


def _read_ordinary(path: Path, most: int) -> bytes:
    """Opened without waiting, so that a pipe that took the file's place meanwhile does not hold us."""
    file_no = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(file_no, "rb") as file:
        if not stat.S_ISREG(os.fstat(file_no).st_mode):
            raise BadSubmission(not_ordinary(path.name))
        return file.read(most)


def not_ordinary(name: str) -> Text:
    """A pipe, a device, a socket."""
    return say("{file} is no ordinary file and was not read. Hand in an ordinary file.", file=shown(name))
