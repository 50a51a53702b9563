"""Runs a batch in a process of its own, as root or as an ordinary user who owns nothing here."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import site
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader.engine import environment, linux, tiers
from grader.engine.linux import Clone, Mount
from grader.engine.tiers import OK, Tier
from tests.hostile.attack import Attack
from tests.hostile.batch import Batch

ROOT, ORDINARY = "root", "ordinary user"
NOBODY = 65534
LAYER = {Tier.STRICT: "namespaces", Tier.LANDLOCK: "landlock"}
_PATIENCE_S = 1200


def users() -> tuple[str, ...]:
    """As whom batches can be run here: root can be both."""
    return (ROOT, ORDINARY) if os.geteuid() == 0 else (ORDINARY,)


def given(user: str) -> dict[Tier, str]:
    """Each tier -> "ok", or why this machine does not give it to this user."""
    report = json.loads(_as(user, ["-m", "tests.hostile.user"]))
    layers = {tier: _why_not(tier, report) for tier in Tier}
    return layers if user == ORDINARY else {**layers, Tier.PROCESS: "as root nothing would stand before the machine"}


def _why_not(tier: Tier, layers: dict[str, str]) -> str:
    needed = [LAYER[tier], "seccomp", "pidfd"] if tier in LAYER else []
    return next((f"{name}: {layers[name]}" for name in needed if layers.get(name) != OK), OK)


def run(user: str, attacks: dict[Tier, Sequence[Attack]]) -> list[Batch]:
    """One batch a tier. Raises CalledProcessError."""
    wanted = json.dumps({tier.value: [a.id for a in some] for tier, some in attacks.items()})
    said = _as(user, ["-m", "tests.hostile.batch"], wanted)
    return [Batch.from_json(json.loads(line)) for line in said.splitlines()]


def _as(user: str, words: Sequence[str], given: str = "") -> str:
    with _surroundings(user) as variables:
        done = subprocess.run(
            [sys.executable, *words],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            cwd=environment.package_root(),
            env={**os.environ, **variables, "PYTHONPATH": str(environment.package_root())},
            preexec_fn=_become_nobody if user == ORDINARY and os.geteuid() == 0 else None,
            timeout=_PATIENCE_S,
        )
    if done.returncode:
        raise RuntimeError(f"as {user}: {done.stderr[-3000:]}")
    return done.stdout


@contextlib.contextmanager
def _surroundings(user: str) -> Iterator[dict[str, str]]:
    """A home of its own, with the caches that we have already: Matplotlib's take seconds to make."""
    with tempfile.TemporaryDirectory(prefix="hostile-home-") as home:
        cache = Path(home, "cache")
        with contextlib.suppress(OSError):
            shutil.copytree(environment.cache_dir(), cache / "gradetape")
        if user == ORDINARY and os.geteuid() == 0:
            for path in (Path(home), cache, *cache.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        yield {"HOME": home, "XDG_CACHE_HOME": str(cache), "TF_CPP_MIN_LOG_LEVEL": "3"}


def _become_nobody() -> None:
    """Between fork and exec: no privileges, and a view of the files in which Python can be read."""
    open_the_way(
        [
            sys.prefix,
            sys.base_prefix,
            *site.getsitepackages(),
            *sys.path,
            sysconfig.get_path("stdlib"),
            str(environment.package_root()),
        ]
    )
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def open_the_way(paths: Iterable[str]) -> None:
    """For this process only: each closed folder above ``paths`` is covered by an open one that holds these paths alone."""
    wanted = {os.path.realpath(p) for p in paths if p and os.path.exists(p)}
    closed = {
        top: [p for p in sorted(wanted) if p.startswith(top + "/")] for top in {_closed_above(p) for p in wanted} if top
    }
    if not closed:
        return
    linux.unshare(Clone.NEWNS)
    linux.mount(None, "/", None, Mount.REC | Mount.PRIVATE)
    for top, below in closed.items():
        opened = {p: os.open(p, os.O_PATH) for p in below}
        linux.mount("tmpfs", top, "tmpfs", Mount.NOSUID | Mount.NODEV, "size=1m,mode=755")
        for path, fd in opened.items():
            if not os.path.exists(path):  # else it lies below one that was bound before
                os.makedirs(path) if os.path.isdir(f"/proc/self/fd/{fd}") else None
                linux.mount(f"/proc/self/fd/{fd}", path, None, Mount.BIND | Mount.REC)
            os.close(fd)


def _closed_above(path: str) -> str:
    """The outermost folder above ``path`` that others may not enter; "" for none."""
    above = [str(p) for p in reversed(Path(path).parents)]
    return next((p for p in above if not os.stat(p).st_mode & 1), "")


if __name__ == "__main__":
    print(json.dumps(tiers.detect().layers))
