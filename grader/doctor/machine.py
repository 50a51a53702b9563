"""What this machine is, as far as it decides which tier it gives: read from /proc and /sys, never guessed from names alone."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

_CAP_SYS_ADMIN = 21
_GVISOR = ("gvisor", "Sun Jan 10 15:06:54 PST 2016")  # its older versions claim to be the Linux 4.4 of that day
_BY_CGROUP = {"kubepods": "kubernetes", "docker": "docker", "libpod": "podman", "lxc": "lxc"}


@dataclass(frozen=True)
class Machine:
    """Facts; a number is None where this system has no such setting."""

    system: str = "linux"  # as sys.platform
    release: str = ""
    architecture: str = "x86_64"
    kernel: str = "linux"  # linux | gvisor | wsl1 | wsl2
    container: str = ""  # docker | podman | kubernetes | lxc | "" for none that we know
    root: bool = False
    whole: bool = True  # no user namespace around us, or one as wide as the machine
    admin: bool = False  # CAP_SYS_ADMIN, without which root makes no namespaces of its own
    filtered: bool = False  # somebody's seccomp filter is on us already
    chroot: bool = False
    user_namespaces: int | None = None  # user.max_user_namespaces
    unprivileged: int | None = None  # kernel.unprivileged_userns_clone, of Debian's kernels
    apparmor: int | None = None  # kernel.apparmor_restrict_unprivileged_userns, of Ubuntu's
    security_modules: str = ""  # as the kernel was started with; "" where it does not say

    @property
    def words(self) -> str:
        """System, kernel and user in one line."""
        kernels = {"gvisor": " (gVisor)", "wsl1": " (WSL 1)", "wsl2": " (WSL 2)"}
        systems = {"linux": "Linux", "darwin": "macOS", "win32": "Windows"}
        name = (
            f"{systems.get(self.system, self.system)} {self.release}{kernels.get(self.kernel, '')}, {self.architecture}"
        )
        return ", ".join([name, *([self.container] if self.container else [])])


def look(top: Path = Path("/")) -> Machine:
    """The machine we are on; ``top`` is where its /proc and /sys lie."""
    if not sys.platform.startswith("linux"):
        return Machine(sys.platform, platform.release(), platform.machine())
    status = _fields(_read(top / "proc/self/status"))
    return Machine(
        release=platform.release(),
        architecture=platform.machine(),
        kernel=_kernel(_read(top / "proc/version")),
        container=_container(top),
        root=os.geteuid() == 0,
        whole=_read(top / "proc/self/uid_map").split()[:2] in ([], ["0", "0"]),
        admin=bool(int(status.get("CapEff", "0"), 16) >> _CAP_SYS_ADMIN & 1),
        filtered=status.get("Seccomp") == "2",
        chroot=_chroot(top),
        user_namespaces=_number(top / "proc/sys/user/max_user_namespaces"),
        unprivileged=_number(top / "proc/sys/kernel/unprivileged_userns_clone"),
        apparmor=_number(top / "proc/sys/kernel/apparmor_restrict_unprivileged_userns"),
        security_modules=_read(top / "sys/kernel/security/lsm").strip(),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not there, or not for us
        return ""


def _fields(text: str) -> dict[str, str]:
    return {name: value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}


def _number(path: Path) -> int | None:
    text = _read(path).strip()
    return int(text) if text.isdigit() else None


def _kernel(version: str) -> str:
    if any(sign in version for sign in _GVISOR):
        return "gvisor"
    if "microsoft" in version.lower():
        return "wsl2" if "microsoft-standard" in version else "wsl1"
    return "linux"


def _container(top: Path) -> str:
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        return "kubernetes"
    if (top / "run/.containerenv").exists():
        return "podman"
    if (top / ".dockerenv").exists():
        return "docker"
    cgroups = _read(top / "proc/1/cgroup")
    return next((name for sign, name in _BY_CGROUP.items() if f"/{sign}" in cgroups), "")


def _chroot(top: Path) -> bool:
    """Whether our root folder is another than that of the first process, as far as we may look."""
    try:
        ours, first = os.stat(top), os.stat(top / "proc/1/root/.")  # noqa: PTH116 - both follow the kernel's own link
    except OSError:
        return not _mounted(_read(top / "proc/self/mountinfo"))
    return (ours.st_dev, ours.st_ino) != (first.st_dev, first.st_ino)


def _mounted(mountinfo: str) -> bool:
    """Whether something is mounted at the root folder; in a chroot nothing need be."""
    return not mountinfo or any(line.split()[4:5] == ["/"] for line in mountinfo.splitlines())
