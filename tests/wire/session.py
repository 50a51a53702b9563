"""A learner's program in this process, asked over the wire: every reply goes through JSON, as it does for a kernel."""

from __future__ import annotations

import json
import linecache
from typing import Any

from grader import wire
from grader.engine.probe import Probe
from grader.wire.reply import Answer, Failure, read_reply


class Session:
    """Runs source code as cell 1 and asks its names."""

    def __init__(self, source: str = "", **names: Any) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__", **names}
        linecache.cache["cell 1"] = (len(source), None, source.splitlines(keepends=True), "cell 1")
        exec(compile(source, "cell 1", "exec"), self.names)
        self.probe = Probe(self.names)

    def raw(self, request: dict[str, Any], buffers: Any = ()) -> tuple[Any, list[bytes]]:
        """The reply as it comes."""
        content = json.loads(json.dumps(request, allow_nan=False))
        reply, parts = self.probe.answer(content, [memoryview(b) for b in buffers])
        return json.loads(json.dumps(reply, allow_nan=False)), parts

    def ask(self, request: dict[str, Any], buffers: Any = ()) -> Answer | Failure:
        return read_reply(*self.raw(request, buffers))

    def value(self, name: str) -> Any:
        answer = self.ask({"op": "value", "name": name})
        assert isinstance(answer, Answer), answer
        return answer.value

    def call(self, name: str, *args: Any, seed: int | None = None, **kwargs: Any) -> Answer | Failure:
        return self.reach(["global", name], *args, seed=seed, **kwargs)

    def reach(self, target: list[Any], *args: Any, seed: int | None = None, **kwargs: Any) -> Answer | Failure:
        tree, buffers = wire.encode([list(args), kwargs])
        return self.ask({"op": "call", "target": target, "arguments": tree, "seed": seed}, buffers)

    def answer(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """The value of a call that must come."""
        reply = self.call(name, *args, **kwargs)
        assert isinstance(reply, Answer), reply
        return reply.value


def crossed(value: Any) -> Any:
    """A value of a learner's program as the grader sees it."""
    return Session(x=value).value("x")
