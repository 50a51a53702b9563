"""The processes of one run of the command, by what they are, read from /proc."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

KINDS = ("coordinator", "zygote", "judge", "supervisor", "kernel")


def children() -> dict[int, list[int]]:
    """Process -> its children, of the whole machine; corpses left out."""
    found: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] not in "ZX":
                found[int(fields[1])].append(int(entry.name))
    return found


def by_kind(coordinator: int) -> dict[str, list[int]]:
    """The processes below ``coordinator``: its child is the zygote, whose children are judges and supervisors."""
    below = children()
    found: dict[str, list[int]] = {kind: [] for kind in KINDS}
    found["coordinator"] = [coordinator]
    found["zygote"] = list(below[coordinator])
    for one in (child for zygote in found["zygote"] for child in below[zygote]):
        found["supervisor" if below[one] else "judge"].append(one)
        found["kernel"] += below[one]
    return found


def with_variable(setting: str) -> list[int]:
    """All processes that were started with ``setting`` (NAME=value) in their environment, and live."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if setting.encode() in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
