"""The tier is found by trying: layers are taken away for real, and what is left is what is offered."""

from __future__ import annotations

import errno
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.doctor.layers import why_below
from grader.doctor.machine import look
from grader.engine import environment, linux, namespaces, tiers, trials
from grader.engine.linux import Clone
from grader.engine.tiers import OK, Tier, TierReport
from tests.engine.alone import NOBODY, alone, become_nobody, forbid, makes_worlds, new_user_namespace
from tests.hostile.user import open_the_way

ROOT = os.geteuid() == 0
WHO = [pytest.param(False, id="as-we-are"), pytest.param(True, id="ordinary-user")]
UNSHARE, CLONE, PIDFD_OPEN, SECCOMP, MOUNT_SETATTR, LANDLOCK = {
    "x86_64": (272, 56, 434, 317, 442, 444),
    "aarch64": (97, 220, 434, 277, 442, 444),
}[platform.machine()]
WORLDS = makes_worlds()
needs_worlds = pytest.mark.skipif(not WORLDS, reason="only root of a machine can make such a world")


@dataclass(frozen=True)
class Found:
    """What was detected, and what is said where the strict tier is demanded."""

    best: Tier
    layers: dict[str, str]
    refusal: str

    @property
    def given(self) -> tuple[Tier, ...]:
        return TierReport(self.best, self.layers).given


def found(ordinary: bool, world: Callable[[], None] | None = None) -> Found:
    """What is detected in a child, where ``world`` has taken something away."""

    def look_around() -> dict[str, Any]:
        if ordinary and WORLDS:
            open_the_way([*environment.readable_paths(), str(environment.package_root())])
        if world is not None:
            world()
        if ordinary:
            become_nobody()
        environment._pidfd_missing.cache_clear()
        report = tiers.detect()
        strict = why_below(Tier.STRICT, report, look()).en if report.best is not Tier.STRICT else ""
        return {"best": report.best, "layers": report.layers, "refusal": strict}

    said = alone(look_around)
    return Found(Tier(said["best"]), said["layers"], said["refusal"])


@pytest.mark.parametrize("ordinary", WHO)
def test_without_anything_taken_away_the_machine_gives_what_it_has(ordinary: bool, isolation: TierReport) -> None:
    report = found(ordinary)
    assert report.layers["seccomp"] == report.layers["pidfd"] == OK
    if isolation.best is Tier.STRICT and ROOT:
        assert report.best is Tier.STRICT


@pytest.mark.parametrize("ordinary", WHO)
def test_dockers_default_filter_takes_namespaces_away(ordinary: bool) -> None:
    def docker() -> None:
        forbid({UNSHARE: errno.EPERM, MOUNT_SETATTR: errno.EPERM})

    report = found(ordinary, docker)
    assert report.layers["namespaces"].startswith("new namespaces: [Errno 1]")
    assert report.best is (Tier.LANDLOCK if report.layers["landlock"] == OK else Tier.PROCESS)
    assert "“strict” cannot be had here" in report.refusal
    assert "[Errno 1] unshare: Operation not permitted" in report.refusal


def test_a_kernel_without_mount_setattr_is_too_old(isolation: TierReport) -> None:
    if isolation.layers["namespaces"] != OK:
        pytest.skip(f"no namespaces to begin with: {isolation.layers}")
    report = found(False, lambda: forbid({MOUNT_SETATTR: errno.ENOSYS}))
    assert report.layers["namespaces"].startswith("mounts in the new namespace: OSError: [Errno 38]")


@pytest.mark.parametrize("ordinary", WHO)
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP])
def test_without_landlock_there_is_still_the_strict_tier(ordinary: bool, number: int, isolation: TierReport) -> None:
    report = found(ordinary, lambda: forbid({LANDLOCK: number}))
    assert f"[Errno {number}]" in report.layers["landlock"]
    assert Tier.LANDLOCK not in report.given
    if isolation.best is Tier.STRICT:
        assert report.best is Tier.STRICT


@pytest.mark.parametrize("ordinary", WHO)
def test_without_seccomp_nothing_is_believed_to_be_confined(ordinary: bool) -> None:
    """A filter that lets no other filter through; it goes on first, so it forbids the call itself last."""
    report = found(ordinary, lambda: forbid({SECCOMP: errno.EINVAL}))
    assert "[Errno 22]" in report.layers["seccomp"]
    assert report.given == (Tier.PROCESS,)
    assert "CONFIG_SECCOMP_FILTER" in report.refusal or "seccomp filter" in report.refusal


def test_without_pidfds_nothing_is_forked_and_plain_processes_do() -> None:
    report = found(False, lambda: forbid({PIDFD_OPEN: errno.ENOSYS}))
    assert report.given == (Tier.PROCESS,)
    assert "[Errno 38]" in report.layers["pidfd"]
    assert "pidfd" in report.refusal


@needs_worlds
def test_a_machine_that_allows_no_user_namespaces() -> None:
    """``user.max_user_namespaces=0`` counts for each user namespace: it is set in one of our own."""

    def none_allowed() -> None:
        open_the_way([*environment.readable_paths(), str(environment.package_root())])
        new_user_namespace(["0 0 1", f"{NOBODY} {NOBODY} 1"])
        Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="utf-8")
        become_nobody()

    report = found(False, none_allowed)
    assert "[Errno 28]" in report.layers["namespaces"]
    assert "sudo sysctl -w user.max_user_namespaces=15000" in report.refusal or look().container


@needs_worlds
@pytest.mark.parametrize("maps", [["0 1000 1", "1 100000 65536"], ["0 1000 1"]], ids=["rootless-podman", "unshare -r"])
def test_root_of_a_narrow_user_namespace_gets_what_really_works(maps: list[str]) -> None:
    """There we are root, and cannot become any user we like."""

    def inside() -> None:
        open_the_way([*environment.readable_paths(), str(environment.package_root())])
        new_user_namespace(maps)

    report = found(False, inside)
    assert report.layers["seccomp"] == OK
    assert Tier.STRICT in report.given


@needs_worlds
def test_without_a_fresh_proc_there_is_no_strict_tier() -> None:
    """A container that hides parts of /proc: in a user namespace no other /proc can be mounted then."""

    def masked() -> None:
        open_the_way([*environment.readable_paths(), str(environment.package_root())])
        linux.unshare(Clone.NEWNS)
        linux.mount(None, "/", None, linux.Mount.REC | linux.Mount.PRIVATE)
        linux.mount("/dev/null", "/proc/keys", None, linux.Mount.BIND)

    report = found(True, masked)
    assert "mount proc" in report.layers["namespaces"]


@needs_worlds
def test_a_chroot_is_found_out(tmp_path: Path) -> None:
    """The root folder of a chroot is no mount, so that no other can take its place."""

    def jailed() -> None:
        linux.unshare(Clone.NEWNS)
        linux.mount(None, "/", None, linux.Mount.REC | linux.Mount.PRIVATE)
        for name in ("usr", "proc", "dev", "sys", "etc", "tmp", "root", "work"):
            if Path("/", name).exists():
                (tmp_path / name).mkdir()
                linux.mount(f"/{name}", str(tmp_path / name), None, linux.Mount.BIND | linux.Mount.REC)
        for name in ("bin", "lib", "lib64"):
            if Path("/", name).is_symlink():
                (tmp_path / name).symlink_to(Path("/", name).readlink())
        os.chroot(tmp_path)
        os.chdir("/")

    report = found(False, jailed)
    assert report.layers["namespaces"] != OK
    assert "chroot" in report.refusal or "docker" in report.refusal


def test_each_namespace_is_tried_alone() -> None:
    details = tiers.attempt_all(trials.DETAILS)
    without = alone(lambda: _details_after({UNSHARE: errno.EPERM}))
    kinds = {"user", "mount", "pid", "net", "ipc", "uts", "cgroup"}
    assert {k for k in kinds if "[Errno 1]" in without[k]} == kinds
    assert without["rlimits"] == without["capabilities"] == without["proc"] == OK
    assert {k for k, why in details.items() if why != OK} <= kinds


def _details_after(calls: dict[int, int]) -> dict[str, str]:
    forbid(calls)
    return tiers.attempt_all(trials.DETAILS)


def test_a_trial_that_leaves_something_unbounded_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials.sandbox, "set_limits", lambda *_: None)
    said = tiers.attempt(trials.DETAILS["rlimits"])
    assert said == OK or said.startswith("not bounded: ")


def test_a_trial_that_keeps_rights_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials.sandbox, "drop_privileges", lambda *_: None)
    said = tiers.attempt(trials.DETAILS["capabilities"])
    assert ("CapEff" in said) == ROOT


def test_a_proc_that_tells_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials.processes, "read", lambda _: b"")
    assert tiers.attempt(trials.DETAILS["proc"]) == "/proc does not tell the children of a process"
    monkeypatch.setattr(
        trials.processes,
        "tree",
        lambda pid: [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())],
    )
    assert tiers.attempt(trials.DETAILS["proc"]) == "/proc does not tell how long a thread ran"


def test_a_filter_that_filters_nothing_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_all = (0x06).to_bytes(2, "little") + bytes(2) + (0x7FFF0000).to_bytes(4, "little")
    monkeypatch.setattr(trials.seccomp, "program", lambda: allow_all)
    assert tiers.attempt(trials.LAYERS["seccomp"]) == "a network socket can still be made"


def test_a_landlock_that_shuts_nothing_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials.landlock, "version", lambda: 7)
    monkeypatch.setattr(trials.landlock, "apply", lambda *_: None)
    monkeypatch.setattr(trials.environment, "readable_paths", lambda: ())
    monkeypatch.setattr(trials.os, "__file__", "/dev/null")
    assert tiers.attempt(trials.LAYERS["landlock"]) == "the root folder can still be listed"


def test_an_old_landlock_does_not_make_a_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials.landlock, "version", lambda: 5)
    said = tiers.attempt(trials.LAYERS["landlock"])
    assert said == "Landlock is there, but its version 5 does not keep signals inside; version 6 does"


def test_a_pid_namespace_that_is_none_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespaces, "enter", lambda: None)
    monkeypatch.setattr(namespaces, "build_root", lambda *_, **__: None)
    assert "shows other processes" in tiers.attempt(trials.LAYERS["namespaces"])
