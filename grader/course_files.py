"""The TOML files of a course, checked as they are read: what is wrong is said with the file, the entry and the repair."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any

from grader.engine.limits import Limits
from grader.errors import AuthorError
from grader.text import LANGUAGES, Text

SLUG = re.compile(r"[a-z][a-z0-9_]*")
KINDS = ("function", "variable")
_MOST_BYTES = 1_000_000
_MOST = 1_000_000  # of any limit and number: beyond it somebody has slipped


@dataclasses.dataclass(frozen=True)
class Table:
    """A table of a TOML file, and where it stands."""

    path: Path
    data: dict[str, Any]
    name: str = ""  # "" for the whole file

    def wrong(self, key: str, wanted: str) -> AuthorError:
        """What to raise where the entry ``key`` is missing or wrong."""
        what = f"{self.name}.{key}" if self.name else key
        return AuthorError(
            f"{self.path}: {what} is missing or unknown: it wants {wanted}; compare with another exercise.toml"
        )

    def table(self, key: str, *, optional: bool = False) -> Table:
        """The table ``key``. Raises AuthorError."""
        found = self.data.get(key, {} if optional else None)
        if not isinstance(found, dict):
            raise self.wrong(key, "a table")
        return Table(self.path, found, f"{self.name}.{key}" if self.name else key)

    def tables(self) -> list[tuple[str, Table]]:
        """All that is in it, each a table. Raises AuthorError."""
        return [(key, self.table(key)) for key in self.data]

    def text(self, key: str) -> Text:
        """A text in both languages. Raises AuthorError."""
        entry = self.table(key)
        return Text(*(entry.words(lang) for lang in LANGUAGES))

    def words(self, key: str, *, default: str | None = None) -> str:
        """One line or more. Raises AuthorError."""
        found = self.data.get(key, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            raise self.wrong(key, "words in quotation marks")
        return found

    def count(self, key: str) -> int:
        """A whole number from 0. Raises AuthorError."""
        found = self.data.get(key)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= _MOST:
            raise self.wrong(key, "a whole number")
        return found

    def limits(self) -> Limits:
        """What a learner's program may use. Raises AuthorError."""
        known = {f.name: f.default for f in dataclasses.fields(Limits)}
        for key, value in self.data.items():
            if key not in known:
                raise self.wrong(key, f"another name: {', '.join(known)}")
            whole = key not in ("cell_s", "call_s", "exercise_s")
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
                raise self.wrong(key, "a whole number" if whole else "a number of seconds")
            if not 0 < value <= _MOST:
                raise self.wrong(key, "more than 0, and less than a million")
        return Limits(**self.data)


def read(path: Path) -> Table:
    """The whole file. Raises AuthorError."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise AuthorError(f"{path} is larger than {_MOST_BYTES:,} bytes; it should hold words and numbers only")
        return Table(path, tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        raise AuthorError(f"{path} is missing; `grader new` writes one") from None
    except OSError as error:
        raise AuthorError(f"{path} cannot be read ({error.strerror}); make it a file that you may read") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, numbers of thousands of digits
        reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)[:300]
        raise AuthorError(f"{path} is not valid TOML: {reason}; mend that place and save it as UTF-8") from error


def slug_of(table: Table, folder: Path) -> str:
    """The slug, which must be the folder's name without its number. Raises AuthorError."""
    slug = table.words("slug")
    if not SLUG.fullmatch(slug):
        raise table.wrong("slug", "lower-case letters, digits and _, as in lr_sweep")
    if folder.name.partition("_")[2] != slug:
        raise AuthorError(
            f"{table.path}: the slug is {slug!r}, but the folder is called {folder.name}; rename one of them"
        )
    return slug
