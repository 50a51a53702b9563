"""A session in this very process, without a sandbox: for a learner's own machine and for tests of checks."""

from __future__ import annotations

import contextlib
import io
import linecache
import sys
from collections.abc import Sequence
from typing import Any

from grader.engine import fastfit, probe_labels
from grader.engine.probe import Probe
from grader.intake.sources import read_cells
from grader.text import Text


class LocalSession:
    """Runs cells in a namespace of this process and answers the probe's protocol from it."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.probe = Probe(namespace)
        self.errors: list[Text] = []

    def run_cells(self, file: str, data: bytes) -> None:
        """Runs a file from top to bottom; an exception ends its cell only."""
        for number, code in enumerate(read_cells(file, data).code, 1):
            name = f"cell {number}"
            if "keras" in code or "keras" in sys.modules:  # what wants none of it shall not wait for TensorFlow
                fastfit.apply()
                probe_labels.apply()
            linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(code, name, "exec"), self.namespace)  # noqa: S102 - the caller's own machine and code
            except (Exception, SystemExit) as error:
                self.errors.append(Text.same(f"{name}: {type(error).__name__}: {error}"))

    def ask(
        self,
        request: dict[str, Any],
        buffers: Sequence[bytes],
        *,
        limit_s: float | None = None,  # noqa: ARG002 - as a Session has it
    ) -> tuple[dict[str, Any], list[bytes]]:
        """One request of the probe's protocol -> its reply; there are no limits here."""
        with contextlib.redirect_stdout(io.StringIO()):
            return self.probe.answer(request, [memoryview(b) for b in buffers])
