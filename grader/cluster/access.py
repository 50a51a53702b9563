"""The way to a scheduler: its address and the files that prove who we are."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from grader.errors import ClusterFault

CONNECT_S = 20


@dataclass(frozen=True)
class Access:
    """``address`` as Dask writes it. Files that are not named are those of Dask's own configuration."""

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """With its scheme: TLS where files for it are named."""
        if "://" in self.address:
            return self.address
        return f"{'tls' if self.ca else 'tcp'}://{self.address}"

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read the course."""
        return self.url.startswith(("tls://", "wss://"))

    @property
    def on_this_machine(self) -> bool:
        """Whether nothing goes over a network."""
        host = urlsplit(self.url).hostname or ""
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(host).is_loopback
        return host == "localhost"

    def security(self) -> Any:
        """As Dask wants it. Raises ClusterFault where the files do not fit the address."""
        from distributed import Security  # noqa: PLC0415 - an extra

        named = {"tls_ca_file": self.ca, "tls_client_cert": self.cert, "tls_client_key": self.key}
        files = {name: str(path) for name, path in named.items() if path}
        if files and not self.encrypted:
            raise ClusterFault(f"{self.url} is not encrypted; with TLS files the address begins with tls://")
        security = Security(require_encryption=self.encrypted, **files)
        if self.encrypted and not security.tls_ca_file:
            raise ClusterFault(
                f"{self.url} wants TLS: name --tls-ca, --tls-cert and --tls-key, or set distributed.comm.tls in Dask's own "
                "configuration"
            )
        return security


@contextlib.contextmanager
def _in_our_words() -> Iterator[None]:
    """Dask's client logs tracebacks where a scheduler is lost; whoever uses it here says what that means."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    levels = {logger: logger.level for logger in map(logging.getLogger, names)}
    for logger in levels:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)


@contextlib.asynccontextmanager
async def connected(access: Access) -> AsyncIterator[Any]:
    """A client of Dask's. Raises ClusterFault where no scheduler answers."""
    import dask  # noqa: PLC0415 - an extra
    from distributed import Client  # noqa: PLC0415 - an extra

    quiet = {"distributed.admin.large-graph-warning-threshold": "1GB"}  # a notebook of 20 MB is welcome
    with dask.config.set(quiet), _in_our_words():
        client = Client(
            access.url,
            asynchronous=True,
            security=access.security(),
            timeout=CONNECT_S,
            set_as_default=False,
            name="gradetape",
        )
        try:
            async with asyncio.timeout(
                2 * CONNECT_S
            ):  # Dask waits for ever where a port takes connections and says nothing
                await client
        except (OSError, ValueError) as error:  # TimeoutError is one; ValueError: no address
            with contextlib.suppress(OSError):
                await client.close(timeout=CONNECT_S)
            raise ClusterFault(
                f"no scheduler answers at {access.url} ({error}); is it running, and is this its address?"
            ) from error
        async with client:
            yield client
