"""What a learner reads when their program ran into a limit, or ended its own process.

No sentence holds a measured figure: those differ from run to run, and the same bytes shall give the same grade.
"""

from __future__ import annotations

import dataclasses

from grader.engine.conversation import Heard
from grader.engine.limits import FLOOD_MB, SCARCE, Limits
from grader.engine.source import Ended
from grader.errors import BrokenProgram, LimitReached
from grader.grades import Finding
from grader.text import Text, say

_BY_SUPERVISOR = ("memory", "processes", "disk")
_SCARCE = "scarce"

_SIGKILL = (9, -9)  # as wait() and as subprocess have it; Windows has neither


def limit_of(heard: Heard, ended: Ended | None) -> str:
    """The limit that a program ran into: cpu, idle, memory, output, processes, disk; "" for none."""
    why = ended.why if ended else ""
    return heard.charged.reached or (why if why in _BY_SUPERVISOR else "memory" if why == _SCARCE else "")


def killed_from_outside(heard: Heard, ended: Ended | None) -> bool:
    """Whether it died of SIGKILL that neither a limit nor we have sent.

    In the strict tier nothing inside can send it: a kernel is the first process of its name space.
    """
    killed = ended is not None and ended.status in _SIGKILL
    return killed and heard.end == "died" and not limit_of(heard, ended)


def took_the_rest(ended: Ended, limits: Limits) -> Ended | None:
    """``ended``, killed from outside, as reached its limit of memory: it had so much that the machine ran out for it.

    None where it had not. To be asked when nothing else is graded meanwhile, and others have failed likewise.
    """
    return dataclasses.replace(ended, why=_SCARCE) if ended.peak_mb > limits.memory_mb * SCARCE else None


def sentence(heard: Heard, ended: Ended | None, limits: Limits, limit_s: float) -> Text:
    """Why a cell or call was stopped, and the usual cause."""
    if heard.charged.reached:
        return stopped(heard.charged.reached, limit_s)
    why = ended.why if ended else ""
    if why in ("memory", _SCARCE):
        return _of_memory(limits, scarce=why == _SCARCE)
    if why == "processes":
        return say(
            "Your program was stopped: it started more than {limit} processes. No exercise needs more than one; "
            "the usual cause is os.fork() or multiprocessing in a loop.",
            limit=limits.processes,
        )
    if why == "disk":
        return say(
            "Your program was stopped: it wrote more than {limit} MB of files. "
            "The usual cause is saving in a loop that never ends, or a data set that is copied.",
            limit=limits.scratch_mb,
        )
    if heard.end == "meddled":
        return say("Your program sent messages that cannot be read: leave the notebook's own machinery alone.")
    return say(
        "Your program ended its own process. The usual cause is os._exit(), a crash in C code, or a signal; "
        "what comes after it was not run."
    )


def _of_memory(limits: Limits, *, scarce: bool) -> Text:
    if scarce:
        return say(
            "Your program was stopped: the machine had no memory left for it. It may take up to {limit} MB, "
            "and had more than half of that. "
            "The usual cause is an array with far too many elements, or a list that grows in a loop.",
            limit=limits.memory_mb,
        )
    return say(
        "Your program was stopped: it needed more than {limit} MB of memory. "
        "The usual cause is an array with far too many elements, or a list that grows in a loop.",
        limit=limits.memory_mb,
    )


def stopped(limit: str, limit_s: float) -> Text:
    """Computing, waiting, or printing for too long."""
    if limit == "cpu":
        return say(
            "Your program was stopped after {seconds} s of computing. "
            "The usual cause is a loop that never ends, or training for far more epochs than needed.",
            seconds=f"{limit_s:g}",
        )
    if limit == "idle":
        return say(
            "Your program was stopped after {seconds} s in which it only waited. "
            "The usual cause is time.sleep(), a lock, or a thread that never finishes.",
            seconds=f"{limit_s:g}",
        )
    return say(
        "Your program was stopped: it printed more than {limit} MB. The usual cause is print() in a loop that never ends.",
        limit=FLOOD_MB,
    )


def used_up(limits: Limits) -> Text:
    """The whole exercise has had its time."""
    return say(
        "This was not run any more: your file and the calls before took {seconds} s of computing, all that this exercise allows.",
        seconds=f"{limits.exercise_s:g}",
    )


def error_of_call(heard: Heard, ended: Ended | None, limits: Limits, limit_s: float) -> BrokenProgram:
    """What `ask` raises when a call did not come to its end."""
    finding = Finding(sentence(heard, ended, limits, limit_s))
    limit = limit_of(heard, ended)
    return LimitReached(finding, limit) if limit else BrokenProgram(finding)


def input_advice() -> Text:
    """For a program that waits for someone at the keyboard."""
    return say("Nobody is at the keyboard while a program is graded: use fixed values instead of input().")
