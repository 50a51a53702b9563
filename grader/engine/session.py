"""A session: a confined kernel that has run a learner's file and can be asked for values and calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from grader.engine import records, verdicts
from grader.engine.conversation import Conversation, Heard
from grader.engine.limits import Limits, Usage
from grader.engine.output import Recorder
from grader.engine.source import Ended, KernelSource, Provisioner, Wanted
from grader.engine.tiers import Tier
from grader.errors import BrokenProgram, GraderFault, LimitReached
from grader.grades import CellRecord, Finding, RunRecord
from grader.text import Text, say

_RESTARTS = 2


class KernelSession:
    """Lives in a judge. Synchronous; the talk with the kernel runs in a loop of its own."""

    def __init__(
        self,
        cells: Sequence[str],
        limits: Limits,
        provide: Callable[[], Provisioner],
        *,
        may_kill_itself: bool = True,
        alone: bool = False,
    ) -> None:
        self.shaken = ""  # a fault of ours that touched it: what came out is to be thrown away
        self._may_kill_itself, self._alone = may_kill_itself, alone
        self._cells = tuple(cells)
        self._limits = limits
        self._provide = provide
        self._loop = asyncio.new_event_loop()
        self._recorder = Recorder(limits.output_kb * 1024)
        self._records: list[CellRecord] = []
        self._notes: list[Text] = []
        self._talk: Conversation | None = None
        self._killers: set[int] = set()  # cells that ended the process: they are not run again
        self._restarts_left = _RESTARTS
        self._used = Usage()

    @classmethod
    def open(
        cls,
        cells: Sequence[str],
        *,
        zygote: KernelSource,
        tier: Tier,
        limits: Limits,
        seed: int,
        files: Mapping[str, bytes] | None = None,
        may_kill_itself: bool = True,
        alone: bool = False,
    ) -> Self:
        """Forks a kernel and runs the cells from top to bottom; one that raises does not stop the next. Raises GraderFault.

        Unless the program ``may_kill_itself``, a kernel that dies of SIGKILL by nobody's hand of ours is our fault; but for
        one that has taken the machine's last memory while it was ``alone`` on it.
        """
        wanted = Wanted(tier, limits, seed, dict(files or {}))
        session = cls(cells, limits, lambda: zygote.provide(wanted), may_kill_itself=may_kill_itself, alone=alone)
        try:
            session._loop.run_until_complete(session._run_file())
        except BaseException:
            session.close()
            raise
        return session

    @property
    def run(self) -> RunRecord:
        """What the file did, and all that it and the calls since have printed."""
        return RunRecord(tuple(self._records), self._recorder.text(), self._recorder.bytes, tuple(self._notes))

    @property
    def usage(self) -> Usage:
        """So far; the peak of memory is known when the session is closed."""
        return self._used

    def ask(
        self, request: dict[str, Any], buffers: Sequence[bytes], *, limit_s: float | None = None
    ) -> tuple[dict[str, Any], list[bytes]]:
        """One request to the probe -> its reply. Raises LimitReached, BrokenProgram, GraderFault.

        After a kill the next call starts a fresh kernel, in which the cells run again; at most twice.
        """
        try:
            heard = self._loop.run_until_complete(self._ask(request, buffers, limit_s or self._limits.call_s))
        except GraderFault as fault:
            self.shaken = str(fault)
            raise
        return heard.reply, heard.buffers

    def close(self) -> None:
        """Ends the kernel and everything it started; harmless the second time."""
        if self._loop.is_closed():
            return
        try:
            self._loop.run_until_complete(self._bury())
        finally:
            self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def _run_file(self) -> None:
        restarts_left = _RESTARTS
        await self._start()
        for index in range(len(self._cells)):
            if self._talk is None and restarts_left:
                restarts_left -= 1
                await self._replay(index)
            self._records.append(await self._run_cell(index))

    async def _run_cell(self, index: int) -> CellRecord:
        number, code, limit_s = index + 1, self._cells[index], self._left_s(self._limits.cell_s)
        if self._talk is None:
            return CellRecord(number, error=records.NOT_RUN)
        if not limit_s:
            self._notes.append(say("Cell {number}: {why}", number=number, why=verdicts.used_up(self._limits)))
            return CellRecord(number, error=records.NOT_RUN, limit="cpu")
        if not code.strip():
            code = "pass"  # so that the kernel counts it
        self._recorder.mark()
        heard = await self._talk.run_cell(code, index, limit_s)
        ended = await self._settle(heard)
        if heard.end:
            self._killers.add(index)
        if heard.end or heard.charged.reached:
            self._recorder.rewind()
            why = verdicts.sentence(heard, ended, self._limits, limit_s)
            self._notes.append(say("Cell {number}: {why}", number=number, why=why))
        return records.of_cell(number, heard, verdicts.limit_of(heard, ended))

    async def _ask(self, request: dict[str, Any], buffers: Sequence[bytes], limit_s: float) -> Heard:
        if self._talk is None:
            await self._revive()
        assert self._talk is not None
        limit_s = self._left_s(limit_s)
        if not limit_s:
            raise LimitReached(Finding(verdicts.used_up(self._limits)), "cpu")
        self._recorder.mark()
        heard = await self._talk.ask(request, buffers, limit_s)
        ended = await self._settle(heard)
        if heard.end or heard.charged.reached:
            self._recorder.rewind()
            raise verdicts.error_of_call(heard, ended, self._limits, limit_s)
        return heard

    async def _revive(self) -> None:
        if not self._restarts_left:
            raise BrokenProgram(Finding(say("Your program ended its process too often; nothing more was asked of it.")))
        self._restarts_left -= 1
        await self._replay(len(self._cells))
        if self._talk is None:
            raise BrokenProgram(Finding(say("Your program ended its process when it was run again.")))

    async def _replay(self, count: int) -> None:
        """A fresh kernel that has run the first ``count`` cells, as far as they let it."""
        await self._start()
        self._recorder.muted = True
        try:
            for index in range(count):
                if self._talk is None:
                    return
                skipped = index in self._killers or not self._cells[index].strip()
                heard = await self._talk.run_cell("pass" if skipped else self._cells[index], index, self._limits.cell_s)
                await self._settle(heard)
        finally:
            self._recorder.muted = False

    async def _start(self) -> None:
        talk = Conversation(self._provide(), self._recorder, len(self._cells))
        await talk.launch()
        self._talk = talk

    async def _settle(self, heard: Heard) -> Ended | None:
        """Charges what was used; buries the kernel where it has ended."""
        used, charged = self._used, heard.charged
        self._used = Usage(
            used.cpu_s + charged.cpu_s, used.idle_s + charged.idle_s, used.wall_s + charged.wall_s, used.peak_mb
        )
        if not heard.end:
            return None
        ended = await self._bury()
        if ended is not None and ended.fault:
            raise GraderFault(f"a kernel did not come up: {ended.fault}")
        if ended is not None and not self._may_kill_itself and verdicts.killed_from_outside(heard, ended):
            if self._alone and (taken := verdicts.took_the_rest(ended, self._limits)):
                return taken
            raise GraderFault("a kernel was killed, by another program or because the machine ran out of memory")
        return ended

    async def _bury(self) -> Ended | None:
        if self._talk is None:
            return None
        talk, self._talk = self._talk, None
        await talk.close()
        ended = talk.provisioner.ended
        peak_mb = max(self._used.peak_mb, ended.peak_mb if ended else 0)
        self._used = Usage(self._used.cpu_s, self._used.idle_s, self._used.wall_s, peak_mb)
        return ended

    def _left_s(self, limit_s: float) -> float:
        """What one more cell or call may take; 0 where the exercise's time is used up."""
        return max(min(limit_s, self._limits.exercise_s - self._used.cpu_s - self._used.idle_s), 0)
