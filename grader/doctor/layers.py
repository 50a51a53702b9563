"""The tier this machine gives and each layer of isolation, as items: what is there, what is missing, how to get it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from grader.doctor import remedies
from grader.doctor.findings import Item, Part, State
from grader.doctor.machine import Machine
from grader.engine.tiers import NEEDS, OK, Tier, TierReport
from grader.text import Text, say

DETAIL = "namespace."  # how the ids of items begin that matter only where something is missing
_LANDLOCK = 6  # the first version that keeps signals inside
_NAMESPACES = ("user", "mount", "pid", "net", "ipc", "uts", "cgroup")


def meaning(tier: Tier) -> Text:
    """What a tier is good for, in one sentence."""
    if tier is Tier.STRICT:
        return say(
            "Submissions run in namespaces of their own, without files, network or rights. Fit for a whole class."
        )
    if tier is Tier.LANDLOCK:
        return say(
            "Submissions run without rights, network or files of others, but see which processes run. Fit for a class."
        )
    return say("Nothing is confined: a submission can do what you can do. Fit for your own work only.")


def why_below(demanded: Tier, report: TierReport, machine: Machine) -> Text:
    """Why this machine does not give ``demanded``, and what to do: what `--isolation` refuses with."""
    names = tuple(name for name in NEEDS[demanded] if report.layers.get(name) != OK)
    reasons = "; ".join(f"{name}: {report.layers[name]}" for name in names if name in report.layers)
    said = say(
        "The tier “{demanded}” cannot be had here, only “{best}” ({reasons}).",
        best=report.best.value,
        demanded=demanded.value,
        reasons=reasons or "; ".join(report.layers.values()),
    )
    parts = [said, *remedies.for_tier(report.layers, names, machine)]
    return Text("\n".join(p.en for p in parts), "\n".join(p.ko for p in parts))


def tier_item(best: Tier, demanded: Tier | None) -> Item:
    """The tier itself."""
    state = State.OK if best.reaches(demanded or Tier.STRICT) else State.ATTENTION if demanded else State.NOTE
    said = say("“{tier}”. {meaning}", tier=best.value, meaning=meaning(best))
    return Item("tier", Part.ISOLATION, say("tier"), state, said)


def layer_items(
    machine: Machine, report: TierReport, details: Mapping[str, str], landlock_version: int, demanded: Tier | None
) -> list[Item]:
    """Each layer. What is missing is a note, and wants attention only where the tier that was demanded needs it."""
    if "fork" in report.layers:
        said = say("none ({why})", why="; ".join(report.layers.values()))
        state = State.NOTE if demanded in (None, Tier.PROCESS) else State.ATTENTION
        repair = remedies.for_tier(report.layers, (), machine)[0]
        return [Item("layers", Part.ISOLATION, say("layers"), state, said, repair)]
    needed = () if demanded is None or report.best.reaches(demanded) else NEEDS[demanded]
    deciding = [
        _layer("namespaces", say("namespaces, and a root folder of its own"), machine, report, needed),
        _landlock(machine, report, landlock_version, needed),
        _layer("seccomp", say("filter of system calls (seccomp)"), machine, report, needed),
        _layer("pidfd", say("handles of processes (pidfd)"), machine, report, needed),
    ]
    kinds = [_namespace(kind, machine, details[kind]) for kind in _NAMESPACES]
    return [deciding[0], *kinds, *deciding[1:], *_others(details)]


def _layer(name: str, title: Text, machine: Machine, report: TierReport, needed: tuple[str, ...]) -> Item:
    why = report.layers[name]
    if why == OK:
        return Item(name, Part.ISOLATION, title, State.OK, say("there"))
    state = State.ATTENTION if name in needed else State.NOTE
    return Item(
        name, Part.ISOLATION, title, state, _missing(why), remedies.for_tier(report.layers, (name,), machine)[0]
    )


def _landlock(machine: Machine, report: TierReport, version: int, needed: tuple[str, ...]) -> Item:
    item = _layer("landlock", Text.same("Landlock"), machine, report, needed)
    if item.state is State.OK:
        return dataclasses.replace(item, said=say("there, version {version}", version=version))
    if version >= _LANDLOCK and item.state is State.NOTE and Tier.STRICT in report.given:
        said = say("there, version {version}, as a second wall in the strict tier", version=version)
        return dataclasses.replace(item, state=State.OK, said=said, repair=None)
    return item


def _namespace(kind: str, machine: Machine, why: str) -> Item:
    title = say("namespace: {kind}", kind=kind)
    if kind == "user" and machine.root and machine.admin and machine.whole:
        said = say("not needed: as root, GradeTape gives each program an unprivileged user of its own")
        return Item(DETAIL + kind, Part.ISOLATION, title, State.OK, said)
    state = State.OK if why == OK else State.NOTE
    return Item(DETAIL + kind, Part.ISOLATION, title, state, say("there") if why == OK else _missing(why))


def _others(details: Mapping[str, str]) -> list[Item]:
    titles = {
        "capabilities": say("giving up rights (capabilities)"),
        "rlimits": say("resource limits (rlimits)"),
        "proc": say("/proc, for the watch over computing and memory"),
    }
    items = [
        Item(
            name,
            Part.ISOLATION,
            title,
            State.OK if details[name] == OK else State.ATTENTION,
            say("there") if details[name] == OK else _missing(details[name]),
        )
        for name, title in titles.items()
    ]
    said = say("not used: a supervisor beside each program watches its memory and processes")
    return [*items, Item("cgroups", Part.ISOLATION, Text.same("cgroups"), State.OK, said)]


def _missing(why: str) -> Text:
    return say("missing: {why}", why=why)
