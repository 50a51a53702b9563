"""Jupyter messages as the judge reads them: whatever a kernel sends is checked before anyone relies on it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from typing import Any

from jupyter_client.session import Session

_PARTS = 5  # signature, header, parent header, metadata, content
_JSON_BYTES = 32 << 20


class Malformed(Exception):
    """A message that no kernel of ours sends: the learner's program has meddled with its kernel."""


class GuardedSession(Session):
    """Signs what we send as ever; takes apart what comes without trusting any of it."""

    def deserialize(self, msg_list: list[Any], content: bool = True, copy: bool = True) -> dict[str, Any]:  # noqa: ARG002
        """A message with a header, a parent header and a content whose types are right. Raises Malformed."""
        parts = [p if isinstance(p, bytes) else bytes(p.bytes) for p in msg_list[:_PARTS]]
        if len(parts) < _PARTS or sum(map(len, parts)) > _JSON_BYTES:
            raise Malformed("a message is cut short, or too long")
        if not hmac.compare_digest(parts[0], self.sign(parts[1:_PARTS])):
            raise Malformed("a signature is wrong")
        header, parent, metadata, body = (_object(part) for part in parts[1:_PARTS])
        if not (isinstance(header.get("msg_id"), str) and isinstance(header.get("msg_type"), str)):
            raise Malformed("a header is incomplete")
        _check(header["msg_type"], body)
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": header["msg_type"],
            "parent_header": parent,
            "metadata": metadata,
            "content": body,
            "buffers": msg_list[_PARTS:],
        }

    def feed_identities(self, msg_list: Any, copy: bool = True) -> tuple[list[bytes], Any]:
        """As ever, but for a message without the delimiter. Raises Malformed."""
        try:
            return super().feed_identities(msg_list, copy)  # type: ignore[no-any-return]
        except ValueError as error:
            raise Malformed("a message has no delimiter") from error


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed("a message is not JSON") from error
    if not isinstance(value, dict):
        raise Malformed("a part of a message is no object")
    return value


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _check(kind: str, content: dict[str, Any]) -> None:
    """The fields that nbclient and we read."""
    text: Callable[[object], bool] = lambda value: isinstance(value, str)  # noqa: E731
    wanted = {
        "stream": {"name": text, "text": text},
        "status": {"execution_state": text},
        "execute_reply": {"status": text},
        "error": {"ename": text, "evalue": text, "traceback": _texts},
    }
    if not all(fits(content.get(name)) for name, fits in wanted.get(kind, {}).items()):
        raise Malformed(f"a {kind} message has the wrong fields")
