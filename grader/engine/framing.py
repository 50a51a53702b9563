"""Messages between our own processes: JSON with a length before it, or one JSON datagram with file descriptors."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any

_LENGTH = struct.Struct("!Q")
_MOST_BYTES = 1 << 30
_DATAGRAM_BYTES = 1 << 16
_MOST_FDS = 8


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Sends one message over a stream socket."""
    data = json.dumps(message).encode()
    channel.sendall(_LENGTH.pack(len(data)) + data)


def receive(channel: socket.socket) -> dict[str, Any] | None:
    """The next message; None where the other side has closed or died in the middle of it. Raises TimeoutError."""
    head = _exactly(channel, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    data = _exactly(channel, length) if length <= _MOST_BYTES else None
    return None if data is None else _object(data)


def _exactly(channel: socket.socket, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = channel.recv(min(count - len(parts), 1 << 20))
        except ConnectionError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)


def send_fds(port: socket.socket, message: dict[str, Any], fds: Sequence[int] = ()) -> None:
    """Sends one datagram over a SOCK_SEQPACKET socket, open files with it."""
    socket.send_fds(port, [json.dumps(message).encode()], list(fds))


def receive_fds(port: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """The next datagram and its open files; None where the other side is gone."""
    try:
        data, fds, _, _ = socket.recv_fds(port, _DATAGRAM_BYTES, _MOST_FDS)
    except ConnectionError:
        return None, []
    return (_object(data) if data else None), fds


def _object(data: bytes) -> dict[str, Any]:
    message = json.loads(data)
    if not isinstance(message, dict):
        raise ValueError("a message is a JSON object")
    return message
