"""How to get what is missing: one sentence for each situation, so that whoever reads it can act at once."""

from __future__ import annotations

import errno
import re

from grader.doctor.machine import Machine
from grader.engine.tiers import OK
from grader.text import Text, say

DOCKER = "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined"
PODMAN = "podman run --security-opt unmask=ALL"
POD = "securityContext: {procMount: Unmasked, seccompProfile: {type: Unconfined}, appArmorProfile: {type: Unconfined}}, hostUsers: false"
_TABLES = ("x86_64", "aarch64")


def errno_of(why: str) -> int:
    """The number in the words of an OSError; 0 for none."""
    found = re.search(r"\[Errno (\d+)\]", why)
    return int(found[1]) if found else 0


def for_system(machine: Machine) -> Text:
    """Where there is no fork that TensorFlow survives, and nothing to confine with."""
    if machine.system == "win32":
        return say(
            "Windows has nothing to confine a program with. Run GradeTape in WSL 2: wsl --install, then install it there."
        )
    if machine.system == "darwin":
        return say(
            "macOS has nothing to confine a program with that GradeTape uses. To grade a class, use Linux: a virtual machine, or a container."
        )
    if machine.system == "linux":
        return say("Take GRADETAPE_ENGINE out of the environment to have submissions confined.")
    return say("Grade on Linux to have submissions confined.")


def for_namespaces(machine: Machine, why: str) -> Text:  # noqa: PLR0911 - a line for each situation
    """How to get the strict tier."""
    if machine.kernel == "gvisor":
        return say("gVisor has no such namespaces. Run GradeTape outside of it (Docker: --runtime=runc).")
    if machine.kernel == "wsl1":
        return say("WSL 1 has no namespaces. Change to WSL 2: wsl --set-version DISTRIBUTION 2")
    if machine.user_namespaces == 0 and not machine.admin:
        return say(
            "This machine allows no user namespaces. To allow them: {command}",
            command="sudo sysctl -w user.max_user_namespaces=15000",
        )
    if machine.unprivileged == 0 and not machine.admin:
        return say(
            "Only root may make namespaces here. To let everybody: {command}",
            command="sudo sysctl -w kernel.unprivileged_userns_clone=1",
        )
    if machine.container:
        return _for_container(machine)
    if machine.apparmor and not machine.admin:
        return say(
            "Ubuntu's AppArmor takes the rights away from user namespaces. Run as root (sudo), or allow them: {command}",
            command="sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        )
    if machine.chroot:
        return say(
            "In a chroot no namespaces can be made. Enter the folder another way: {command}",
            command="systemd-nspawn -D FOLDER",
        )
    if machine.filtered and errno_of(why) in (errno.EPERM, errno.ENOSYS):
        return say(
            "A seccomp filter that was there before us forbids namespaces. Start GradeTape outside of whatever set it, "
            "or have it allow clone, unshare, mount, umount2, mount_setattr and pivot_root."
        )
    if errno_of(why) == errno.ENOSYS:
        return say("This kernel is too old: namespaces as GradeTape makes them need Linux 5.12 or later.")
    return say("Ask whoever runs this machine to allow user namespaces, or run GradeTape as root.")


def _for_container(machine: Machine) -> Text:
    if machine.container == "kubernetes":
        return say("Let the pod make namespaces of its own: {settings}", settings=POD)
    if machine.container == "lxc":
        return say(
            "Let the container make namespaces of its own: {command}",
            command="lxc config set NAME security.nesting true",
        )
    command = PODMAN if machine.container == "podman" else DOCKER
    if machine.apparmor:
        return say(
            "Start the container so that it may make namespaces of its own: {command} …  "
            "On its host, Ubuntu's AppArmor forbids them besides: {sysctl}",
            command=command,
            sysctl="sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        )
    return say("Start the container so that it may make namespaces of its own: {command} …", command=command)


def for_landlock(machine: Machine, why: str) -> Text:
    """How to get Landlock, and with it the tier of that name."""
    if machine.kernel == "gvisor":
        return say("gVisor has no Landlock. Run GradeTape outside of it (Docker: --runtime=runc).")
    number = errno_of(why)
    if number == errno.EOPNOTSUPP:
        return say(
            "The kernel has Landlock, but was started without it. Add it to its command line, before what stands there: {option}",
            option="lsm=landlock," + (machine.security_modules or "…"),
        )
    if number == errno.EACCES:
        return say(
            "Other users cannot read this Python, so no unprivileged user can run it. Use a Python that lies where everybody may "
            "read (such as /usr or /opt), or run GradeTape as the user to whom this one belongs."
        )
    if machine.filtered and number in (errno.ENOSYS, errno.EPERM):
        return say(
            "A seccomp filter that was there before us forbids Landlock. An old Docker has such a one: update it, "
            "or start the container with --security-opt seccomp=unconfined."
        )
    return say("Landlock, as GradeTape needs it, came with Linux 6.12; this is {release}.", release=machine.release)


def for_seccomp(machine: Machine, why: str) -> Text:
    """How to get the filter of system calls, without which no tier confines anything."""
    if machine.architecture not in _TABLES:
        return say(
            "GradeTape knows the system calls of x86_64 and aarch64 only; this is {machine}.",
            machine=machine.architecture,
        )
    if machine.filtered and errno_of(why) in (errno.EPERM, errno.ENOSYS):
        return say(
            "A seccomp filter that was there before us forbids another one: start GradeTape outside of whatever set it."
        )
    return say("This kernel has no seccomp filters: it was built without CONFIG_SECCOMP_FILTER.")


def for_pidfd(machine: Machine) -> Text:
    """How to get handles of processes."""
    if machine.filtered:
        return say(
            "A seccomp filter that was there before us forbids pidfd_open. An old Docker has such a one: update it, "
            "or start the container with --security-opt seccomp=unconfined."
        )
    return say("Handles of processes (pidfd) came with Linux 5.3; this is {release}.", release=machine.release)


def for_tier(layers: dict[str, str], names: tuple[str, ...], machine: Machine) -> list[Text]:
    """What to do about each of the layers ``names`` that is missing."""
    if "pidfd" in layers and "fork" in layers:
        return [for_pidfd(machine)]
    if "fork" in layers:
        return [for_system(machine)]
    return [for_layer(name, layers[name], machine) for name in names if layers[name] != OK]


def for_layer(name: str, why: str, machine: Machine) -> Text:
    """How to get the layer ``name``, which is missing because of ``why``."""
    if name == "namespaces":
        return for_namespaces(machine, why)
    if name == "landlock":
        return for_landlock(machine, why)
    return for_seccomp(machine, why) if name == "seccomp" else for_pidfd(machine)
