"""A real PostgreSQL of the tests' own, on a loopback port, which refuses to be root."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PASSWORD = "s3cret/of:ours"
QUOTED = "s3cret%2Fof%3Aours"
_NOBODY = 65534


@functools.cache
def binary(name: str) -> str | None:
    """The command, on the path or where Debian has it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(places[-1]) if places else None)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """One that runs; ``url`` names a database in it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://ada:{QUOTED}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        where = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories= -c fsync=off"
        _run("pg_ctl", "-D", self._data, "-w", "-l", str(self._folder / "log"), "-o", where, "start")

    def stop(self) -> None:
        _run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def create(self) -> None:
        secret = self._folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        _run(
            "initdb", "-D", self._data, "-U", "ada", "-A", "scram-sha-256", "--pwfile", str(secret), "-N", "--no-locale"
        )

    @property
    def _data(self) -> str:
        return str(self._folder / "data")


def _run(name: str, *words: str) -> None:
    """Its output goes to a file: the server inherits it, and nobody would see the end of a pipe."""
    command = binary(name)
    assert command is not None
    who = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run([command, *words], stdout=said, stderr=said, cwd="/", check=False, **who)
        said.seek(0)
        assert done.returncode == 0, said.read()


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Started, and stopped again whatever happens."""
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        made = Server(Path(folder))
        made.create()
        made.start()
        try:
            yield made
        finally:
            with contextlib.suppress(AssertionError):  # a test stopped it
                made.stop()
