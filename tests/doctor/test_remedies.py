"""For each situation the one thing to do: named exactly, in both languages."""

from __future__ import annotations

import dataclasses

import pytest

from grader.doctor import remedies
from grader.doctor.findings import State
from grader.doctor.layers import layer_items, tier_item, why_below
from grader.doctor.machine import Machine
from grader.engine.tiers import OK, Tier, TierReport
from grader.engine.trials import DETAILS

USER = Machine(release="6.14.0")
ROOT = dataclasses.replace(USER, root=True, admin=True)
PERMISSION = "new namespaces: [Errno 1] unshare: Operation not permitted"
FULL = "new namespaces: [Errno 28] unshare: No space left on device"
OLD = "mounts in the new namespace: OSError: [Errno 38] syscall 442: Function not implemented"
ALL = dict.fromkeys(("namespaces", "landlock", "seccomp", "pidfd"), OK)


def but(machine: Machine, **what: object) -> Machine:
    return dataclasses.replace(machine, **what)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("machine", "why", "command"),
    [
        (but(USER, user_namespaces=0), FULL, "sudo sysctl -w user.max_user_namespaces=15000"),
        (but(USER, unprivileged=0), PERMISSION, "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
        (but(USER, apparmor=1), PERMISSION, "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"),
        (but(USER, container="docker"), PERMISSION, "--security-opt systempaths=unconfined"),
        (but(USER, container="docker", root=True, filtered=True), PERMISSION, "--security-opt seccomp=unconfined"),
        (but(USER, container="docker", apparmor=1), PERMISSION, "apparmor_restrict_unprivileged_userns=0"),
        (but(USER, container="podman"), PERMISSION, "podman run --security-opt unmask=ALL"),
        (but(USER, container="kubernetes"), PERMISSION, "procMount: Unmasked"),
        (but(USER, container="lxc"), PERMISSION, "security.nesting true"),
        (but(USER, chroot=True), PERMISSION, "systemd-nspawn -D FOLDER"),
        (but(USER, filtered=True), PERMISSION, "mount_setattr and pivot_root"),
        (but(USER, kernel="gvisor"), PERMISSION, "--runtime=runc"),
        (but(USER, kernel="wsl1"), OLD, "wsl --set-version"),
        (USER, OLD, "Linux 5.12"),
        (USER, PERMISSION, "run GradeTape as root"),
        (but(ROOT, user_namespaces=0), PERMISSION, "Ask whoever runs this machine"),  # root needs no user namespace
    ],
)
def test_namespaces(machine: Machine, why: str, command: str) -> None:
    check(remedies.for_namespaces(machine, why), command)


@pytest.mark.parametrize(
    ("machine", "why", "command"),
    [
        (USER, "OSError: [Errno 38] syscall 444: Function not implemented", "Linux 6.12; this is 6.14.0"),
        (but(USER, security_modules="lockdown,yama"), "[Errno 95] syscall 444", "lsm=landlock,lockdown,yama"),
        (USER, "[Errno 95] syscall 444", "lsm=landlock,…"),
        (ROOT, "PermissionError: [Errno 13] Permission denied: '/root/.pyenv'", "/usr or /opt"),
        (but(USER, filtered=True), "OSError: [Errno 38] syscall 444", "An old Docker has such a one"),
        (but(USER, kernel="gvisor"), "[Errno 38]", "--runtime=runc"),
        (USER, "Landlock is there, but its version 4 does not keep signals inside; version 6 does", "Linux 6.12"),
    ],
)
def test_landlock(machine: Machine, why: str, command: str) -> None:
    check(remedies.for_landlock(machine, why), command)


@pytest.mark.parametrize(
    ("machine", "why", "command"),
    [
        (but(USER, architecture="riscv64"), "OSError: no table of system calls", "this is riscv64"),
        (but(USER, filtered=True), "[Errno 1] syscall 317", "outside of whatever set it"),
        (USER, "[Errno 22] syscall 317: Invalid argument", "CONFIG_SECCOMP_FILTER"),
    ],
)
def test_seccomp(machine: Machine, why: str, command: str) -> None:
    check(remedies.for_seccomp(machine, why), command)


def test_pidfd() -> None:
    check(remedies.for_pidfd(but(USER, filtered=True)), "--security-opt seccomp=unconfined")
    check(remedies.for_pidfd(USER), "Linux 5.3; this is 6.14.0")


@pytest.mark.parametrize(
    ("system", "words"),
    [("darwin", "macOS"), ("win32", "WSL 2"), ("linux", "GRADETAPE_ENGINE"), ("freebsd14", "Grade on Linux")],
)
def test_other_systems(system: str, words: str) -> None:
    check(remedies.for_system(but(USER, system=system)), words)


def check(text: object, words: str) -> None:
    en, ko = text.en, text.ko  # type: ignore[attr-defined]
    assert words in en
    assert ko != en, "there is no Korean"


def test_a_refusal_says_why_and_what_to_do() -> None:
    layers = {**ALL, "namespaces": PERMISSION, "landlock": "[Errno 95] syscall 444"}
    said = why_below(Tier.STRICT, TierReport(Tier.PROCESS, layers), but(USER, container="docker"))
    assert "The tier “strict” cannot be had here, only “process”" in said.en
    assert PERMISSION in said.en
    assert "--security-opt seccomp=unconfined" in said.en
    assert "lsm=landlock" not in said.en, "Landlock is not what strict lacks"
    said = why_below(Tier.LANDLOCK, TierReport(Tier.PROCESS, {**layers, "pidfd": "[Errno 38]"}), USER)
    assert "lsm=landlock" in said.en
    assert "Linux 5.3" in said.en


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ({"fork": "on darwin judges and kernels are plain processes"}, "macOS"),
        ({"fork": "judges and kernels are plain processes", "pidfd": "[Errno 38] …"}, "Linux 5.3"),
    ],
)
def test_a_refusal_where_nothing_can_be_forked(layers: dict[str, str], words: str) -> None:
    system = "darwin" if "pidfd" not in layers else "linux"
    report = TierReport(Tier.PROCESS, layers)
    assert words in why_below(Tier.STRICT, report, but(USER, system=system)).en
    (item,) = layer_items(but(USER, system=system), report, {}, 0, Tier.LANDLOCK)
    assert item.state is State.ATTENTION
    assert item.repair is not None
    assert words in item.repair.en
    assert layer_items(USER, report, {}, 0, None)[0].state is State.NOTE


def test_a_missing_layer_wants_attention_only_where_it_was_demanded() -> None:
    details = dict.fromkeys(DETAILS, OK) | {"user": FULL}
    report = TierReport(Tier.LANDLOCK, {**ALL, "namespaces": FULL})

    def states(demanded: Tier | None) -> dict[str, State]:
        items = layer_items(but(USER, user_namespaces=0), report, details, 6, demanded)
        return {i.id: i.state for i in items if i.state is not State.OK}

    assert states(None) == {"namespaces": State.NOTE, "namespace.user": State.NOTE}
    assert states(Tier.LANDLOCK) == {"namespaces": State.NOTE, "namespace.user": State.NOTE}
    assert states(Tier.STRICT) == {"namespaces": State.ATTENTION, "namespace.user": State.NOTE}


def test_what_every_session_needs_wants_attention() -> None:
    details = dict.fromkeys(DETAILS, OK) | {"rlimits": "not bounded: RLIMIT_CPU"}
    items = layer_items(USER, TierReport(Tier.STRICT, ALL), details, 7, None)
    assert [(i.id, i.said.en) for i in items if i.state is State.ATTENTION] == [
        ("rlimits", "missing: not bounded: RLIMIT_CPU")
    ]


def test_landlock_is_said_to_be_a_second_wall_where_it_cannot_stand_alone() -> None:
    report = TierReport(Tier.STRICT, {**ALL, "landlock": "PermissionError: [Errno 13] Permission denied: '/root'"})
    details = dict.fromkeys(DETAILS, OK)

    def landlock(version: int, tier: Tier | None = None) -> tuple[State, str]:
        (item,) = (i for i in layer_items(ROOT, report, details, version, tier) if i.id == "landlock")
        return item.state, item.said.en

    assert landlock(7) == (State.OK, "there, version 7, as a second wall in the strict tier")
    assert landlock(7, Tier.LANDLOCK)[0] is State.OK, "the strict tier is more than was demanded"
    assert landlock(0)[0] is State.NOTE


@pytest.mark.parametrize(
    ("best", "demanded", "state"),
    [
        (Tier.STRICT, None, State.OK),
        (Tier.STRICT, Tier.STRICT, State.OK),
        (Tier.STRICT, Tier.LANDLOCK, State.OK),
        (Tier.LANDLOCK, None, State.NOTE),
        (Tier.PROCESS, None, State.NOTE),
        (Tier.PROCESS, Tier.PROCESS, State.OK),
        (Tier.LANDLOCK, Tier.STRICT, State.ATTENTION),
        (Tier.PROCESS, Tier.LANDLOCK, State.ATTENTION),
    ],
)
def test_a_tier_below_the_one_demanded_wants_attention(best: Tier, demanded: Tier | None, state: State) -> None:
    item = tier_item(best, demanded)
    assert (item.state, item.said.en.startswith(f"“{best}”. ")) == (state, True)
