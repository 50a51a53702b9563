"""Hands bytes on between two ports of this machine, and counts them: what a network would have to carry."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Self


class Relay:
    """Listens on a port and passes everything to ``port``, in a thread, while it is entered."""

    def __init__(self, port: int) -> None:
        self.to, self.port = port, 0
        self.out = self.back = 0  # bytes towards the port, and from it
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        self.ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    @property
    def both(self) -> int:
        """Bytes in both directions."""
        return self.out + self.back

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._connected, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.to)
            await asyncio.gather(
                self._pump(reader, there_writer, towards=True), self._pump(there_reader, writer, towards=False)
            )
        writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, towards: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                if towards:
                    self.out += len(data)
                else:
                    self.back += len(data)
                writer.write(data)
                await writer.drain()
        writer.close()
