"""Messages between our own processes: JSON objects one after another, or one JSON datagram with open files."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Sequence
from typing import Any

_MOST_BYTES = 1 << 30
_DATAGRAM_BYTES = 1 << 16
_MOST_FDS = 8


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Sends one message over a stream socket; a line of JSON."""
    channel.sendall(json.dumps(message).encode() + b"\n")


class Reader:
    """Takes messages off a stream socket."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._buffer = b""

    def next(self, timeout_s: float | None = None) -> dict[str, Any] | None:
        """The next message; None where the other side has closed or died. Raises TimeoutError."""
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        while (message := self._whole()) is None:
            self._channel.settimeout(None if deadline is None else max(deadline - time.monotonic(), 0.001))
            try:
                more = self._channel.recv(1 << 20)
            except ConnectionError:
                more = b""
            if not more or len(self._buffer) > _MOST_BYTES:
                return None
            self._buffer += more
        return message

    def _whole(self) -> dict[str, Any] | None:
        """The first line in the buffer, if it is whole; the last one may lack its newline."""
        line, newline, rest = self._buffer.partition(b"\n")
        if not newline and not line.endswith(b"}"):
            return None
        try:
            message = json.loads(line)
        except ValueError:
            if newline:
                raise
            return None
        self._buffer = rest
        return _object(message)


def send_fds(port: socket.socket, message: dict[str, Any], fds: Sequence[int] = ()) -> None:
    """Sends one datagram over a SOCK_SEQPACKET socket, open files with it."""
    socket.send_fds(port, [json.dumps(message).encode()], list(fds))


def receive_fds(port: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """The next datagram and its open files; None where the other side is gone. Raises TimeoutError."""
    try:
        data, fds = _datagram(port)
    except ConnectionError:  # it went without reading what we sent: that is told once, and before its own last words
        data, fds = _datagram(port)
    return (_object(json.loads(data)) if data else None), fds


def _datagram(port: socket.socket) -> tuple[bytes, list[int]]:
    data, fds, _, _ = socket.recv_fds(port, _DATAGRAM_BYTES, _MOST_FDS)
    return data, fds


def _object(message: object) -> dict[str, Any]:
    if not isinstance(message, dict):
        raise ValueError("a message is a JSON object")  # noqa: TRY004 - what came, not what we were called with
    return message
