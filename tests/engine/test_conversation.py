"""A kernel that said it was ready, and then nothing."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import pytest

from grader.engine.conversation import Conversation
from grader.engine.output import Recorder
from grader.engine.provisioner import Listening
from grader.engine.source import Ended
from grader.errors import GraderFault

KILLED = Ended(why="memory", status=signal.SIGKILL, peak_mb=701, cpu_s=0.25)


class DiesAtOnce:
    """A provisioner whose kernel ends before it says a word."""

    def __init__(self, words: Ended) -> None:
        self.ended: Ended | None = None
        self.words = words
        self.listening = Listening()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        return self.listening.info()

    async def wait(self) -> int | None:
        return 0

    async def send_signal(self, signum: int) -> None:
        pass

    async def kill(self, restart: bool = False) -> None:
        pass

    async def cleanup(self, restart: bool = False) -> None:
        self.listening.close()
        self.ended = self.words

    def read(self) -> tuple[float, float, bool]:
        return 0, 0, False


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (KILLED, r"it died \(status -9, limit memory, 701 MB, 0.25 s of CPU\)"),
        (Ended(fault="no Landlock here"), "no Landlock here"),
    ],
)
def test_what_ended_it_is_told_to_whoever_mends_it(words: Ended, told: str) -> None:
    async def launch() -> None:
        await Conversation(DiesAtOnce(words), Recorder(1000), 1).launch()

    with pytest.raises(GraderFault, match=f"a kernel did not start: {told}"):
        asyncio.run(launch())
