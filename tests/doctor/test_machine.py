"""The machine is read as it is: containers, kernels that only look like Linux, settings that forbid namespaces."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.doctor.machine import Machine, look

STATUS = "Name:\tx\nCapEff:\t{caps}\nNoNewPrivs:\t0\nSeccomp:\t{seccomp}\n"


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """The /proc and /sys of an ordinary user's machine, to be changed."""
    put(tmp_path, "proc/self/status", STATUS.format(caps="0000000000000000", seccomp=0))
    put(tmp_path, "proc/version", "Linux version 6.8.0-45-generic (build@host) #45-Ubuntu SMP")
    put(tmp_path, "proc/self/uid_map", "         0          0 4294967295\n")
    put(tmp_path, "proc/1/cgroup", "0::/init.scope\n")
    put(tmp_path, "proc/self/mountinfo", "29 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw\n")
    return tmp_path


@pytest.fixture(autouse=True)
def no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)


def put(top: Path, name: str, text: str) -> None:
    (top / name).parent.mkdir(parents=True, exist_ok=True)
    (top / name).write_text(text, encoding="utf-8")


def test_an_ordinary_machine(top: Path) -> None:
    machine = look(top)
    assert (machine.system, machine.kernel, machine.container, machine.chroot) == ("linux", "linux", "", False)
    assert (machine.whole, machine.admin, machine.filtered) == (True, False, False)
    assert (machine.user_namespaces, machine.unprivileged, machine.apparmor) == (None, None, None)
    assert machine.root == (os.geteuid() == 0)


def test_settings_that_forbid_namespaces_are_read(top: Path) -> None:
    put(top, "proc/sys/user/max_user_namespaces", "0\n")
    put(top, "proc/sys/kernel/unprivileged_userns_clone", "0\n")
    put(top, "proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n")
    put(top, "sys/kernel/security/lsm", "lockdown,capability,yama,apparmor")
    machine = look(top)
    assert (machine.user_namespaces, machine.unprivileged, machine.apparmor) == (0, 0, 1)
    assert machine.security_modules == "lockdown,capability,yama,apparmor"


def test_rights_filter_and_a_narrow_user_namespace_are_read(top: Path) -> None:
    put(top, "proc/self/status", STATUS.format(caps="00000000a82425fb", seccomp=2))
    put(top, "proc/self/uid_map", "         0       1000          1\n         1     100000      65536\n")
    machine = look(top)
    assert (machine.admin, machine.filtered, machine.whole) == (True, True, False)


@pytest.mark.parametrize(
    ("version", "kernel"),
    [
        ("Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016", "gvisor"),
        ("Linux version 4.19.0-gvisor #1 SMP", "gvisor"),
        ("Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com)", "wsl1"),
        ("Linux version 5.15.153.1-microsoft-standard-WSL2 (root@x)", "wsl2"),
    ],
)
def test_a_kernel_that_is_not_quite_linux_is_named(top: Path, version: str, kernel: str) -> None:
    put(top, "proc/version", version)
    assert look(top).kernel == kernel
    assert {"gvisor": "gVisor", "wsl1": "WSL 1", "wsl2": "WSL 2"}[kernel] in look(top).words


@pytest.mark.parametrize(
    ("file", "text", "container"),
    [
        (".dockerenv", "", "docker"),
        ("run/.containerenv", "", "podman"),
        ("proc/1/cgroup", "12:pids:/docker/0123\n", "docker"),
        ("proc/1/cgroup", "0::/kubepods/besteffort/pod1\n", "kubernetes"),
        ("proc/1/cgroup", "0::/lxc/web\n", "lxc"),
    ],
)
def test_a_container_is_named(top: Path, file: str, text: str, container: str) -> None:
    put(top, file, text)
    assert look(top).container == container
    assert look(top).words.endswith(container)


def test_a_pod_is_known_by_its_cluster(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1")
    assert look(top).container == "kubernetes"


def test_a_chroot_is_seen_by_the_first_process_s_root_or_by_what_is_not_mounted(top: Path) -> None:
    put(top, "proc/self/mountinfo", "29 1 254:1 / /proc rw,relatime - proc proc rw\n")
    assert look(top).chroot
    (top / "proc/1/root").symlink_to(top)
    assert not look(top).chroot
    (top / "proc/1/root").unlink()
    (top / "proc/1/root").symlink_to(top / "proc")
    assert look(top).chroot


def test_what_cannot_be_read_is_not_there(tmp_path: Path) -> None:
    machine = look(tmp_path)
    assert (machine.kernel, machine.container, machine.whole, machine.chroot) == ("linux", "", True, False)


@pytest.mark.parametrize(("system", "word"), [("darwin", "macOS"), ("win32", "Windows"), ("freebsd14", "freebsd14")])
def test_another_system_is_asked_for_its_name_only(monkeypatch: pytest.MonkeyPatch, system: str, word: str) -> None:
    """It never ran on those: this shows that nothing of Linux is touched where the system says it is another."""
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(os, "geteuid", None)
    machine = look(Path("/nowhere"))
    assert (machine.system, machine.kernel) == (system, "linux")
    assert machine.words.startswith(word)


def test_this_very_machine_can_be_read() -> None:
    assert isinstance(look(), Machine)
    assert look().words.startswith("Linux ")
