"""Where a store is: a file of SQLite, or a database that a URL names. Its password is never said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from grader.errors import StoreFault
from grader.harmless import on_one_line

FILE = "grades.sqlite"
EXAMPLES = "sqlite:////folder/grades.sqlite or postgresql://user@host/database"
CONNECT_S = 10
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_MOST_WORDS = 300


@dataclass(frozen=True)
class Place:
    """Where a store is."""

    url: URL

    @property
    def file(self) -> Path | None:
        """The file of SQLite; None for a server."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    def __str__(self) -> str:
        return str(self.file or self.url.set(query={}).render_as_string(hide_password=True))

    def engine(self) -> Engine:
        """For connections to it; nothing is connected yet. Raises StoreFault where a driver is missing."""
        server = self.file is None
        try:
            return create_engine(self.url, pool_pre_ping=server, connect_args=self._options())
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise StoreFault(f"nothing here speaks to {self.url.drivername}: {_install(self.url)}") from error
        except (SQLAlchemyError, TypeError, ValueError) as error:  # what a driver makes of options it does not know
            raise self.fault(error) from error

    def _options(self) -> dict[str, object]:
        """For PostgreSQL's own library: not to wait for ever, and UTF-8 also where the database knows no encoding."""
        if self.url.drivername not in ("postgresql+psycopg", "postgresql+psycopg2"):
            return {}
        wanted: dict[str, object] = {"connect_timeout": CONNECT_S, "client_encoding": "utf8"}
        return {name: value for name, value in wanted.items() if name not in self.url.query}

    def fault(self, error: Exception) -> StoreFault:
        """For what the database said, without what is secret."""
        words = on_one_line(str(getattr(error, "orig", None) or error))[:_MOST_WORDS]
        if any(secret in words for secret in self._secrets()):
            words = type(error).__name__
        return StoreFault(f"the store {self} cannot be used ({words})")

    def _secrets(self) -> set[str]:
        values = [self.url.password, *self.url.normalized_query.get("password", ())]
        return {form for value in values if value for form in (str(value), quote(str(value)), quote_plus(str(value)))}


def in_folder(folder: Path) -> Place:
    """The file in an output folder."""
    return Place(URL.create("sqlite", database=str(folder / FILE)))


def at_url(text: str) -> Place:
    """The store that a URL names. Raises StoreFault; the message holds no part of a URL that cannot be read."""
    try:
        url = make_url(text)
        driver = _DRIVERS.get(url.drivername, url.drivername)
        place = Place(url.set(drivername=driver))
        backend = url.set(drivername=driver).get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreFault(f"--store wants the URL of a database, such as {EXAMPLES}") from error
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreFault("--store sqlite://… names no file; write it with three slashes, or four before a whole path")
    return place


def _install(url: URL) -> str:
    if url.get_backend_name() == "postgresql":
        return 'pip install "gradetape[postgresql]"'
    return "install its driver and its dialect of SQLAlchemy, or name another database"
