"""How much memory this machine, or the container that we are in, has left."""

from __future__ import annotations

from pathlib import Path

_MB = 1 << 20


def available_mb(top: Path = Path("/")) -> int:
    """Memory that can be had: of the machine, and of the container where it has less. 0 where nobody says."""
    known = [_meminfo_mb(top / "proc/meminfo")]
    for limit, used in (
        ("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory.current"),
        ("sys/fs/cgroup/memory/memory.limit_in_bytes", "sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ):
        most, now = _number(top / limit), _number(top / used)
        if most is not None and now is not None:
            known.append(max(most - now, 0) // _MB)
    return min((mb for mb in known if mb is not None), default=0)


def _meminfo_mb(path: Path) -> int | None:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable")), None)


def _number(path: Path) -> int | None:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None  # "max" is no limit
