"""Limits, rights and namespaces of a confined process; and each refusal of the code that confines it."""

from __future__ import annotations

import errno
import mmap
import os
import resource
import signal
import socket
import struct
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from grader.engine import framing, linux, namespaces, nursery, plant, processes, sandbox, seccomp
from grader.engine.kernel import Wires
from grader.engine.limits import FILES, KERNEL_UIDS, THREADS_OF_OURS, Limits
from grader.engine.linux import Clone, Mount
from grader.engine.pool import Kind
from grader.engine.tiers import OK, Tier, TierReport
from tests.engine.alone import NOBODY, Ended, alone, become_nobody, errno_of, forbid, makes_worlds, new_user_namespace

ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not ROOT, reason="only root may do it")
needs_worlds = pytest.mark.skipif(not makes_worlds(), reason="only root of a machine can make such a world")
MB = 1 << 20
LIMITS = Limits(exercise_s=1, memory_mb=100, scratch_mb=4, processes=8)


def limited(action: Callable[[], Any]) -> Any:
    """What ``action`` gives in a child with our resource limits."""
    return alone(lambda: [sandbox.set_limits(LIMITS, 0), action()][1])


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("RLIMIT_FSIZE", 4 * MB),
        ("RLIMIT_NOFILE", FILES),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 8 + THREADS_OF_OURS),
        ("RLIMIT_CPU", 70),
    ],
)
def test_each_limit_is_a_hard_one(kind: str, most: int) -> None:
    number = getattr(resource, kind)
    assert limited(lambda: resource.getrlimit(number)) == [most, most]
    raised = limited(lambda: [become_nobody(), raises(lambda: resource.setrlimit(number, (most + 1, most + 1)))][1])
    assert raised == "ValueError", "an ordinary user cannot raise it again"


def raises(action: Callable[[], Any]) -> str:
    try:
        action()
    except (OSError, ValueError, MemoryError) as error:
        return type(error).__name__
    return ""


def test_a_limit_that_is_lower_already_stays() -> None:
    def action() -> list[int]:
        resource.setrlimit(resource.RLIMIT_NOFILE, (50, 60))
        sandbox.set_limits(LIMITS, 0)
        return list(resource.getrlimit(resource.RLIMIT_NOFILE))

    assert alone(action) == [60, 60]


def test_no_file_grows_beyond_the_limit(tmp_path: Path) -> None:
    def action() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with (tmp_path / "big").open("wb", buffering=0) as file:
            file.write(bytes(4 * MB))
            return errno_of(lambda: file.write(b"x"))

    assert limited(action) == errno.EFBIG


def test_files_can_be_open_only_so_many() -> None:
    def action() -> int:
        return errno_of(lambda: [os.open("/dev/null", os.O_RDONLY) for _ in range(FILES + 1)])

    assert limited(action) == errno.EMFILE


def test_memory_of_its_own_is_bounded() -> None:
    def action() -> list[str]:
        enough = mmap.mmap(-1, 300 * MB, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        enough.close()
        return [
            raises(lambda: mmap.mmap(-1, 800 * MB, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)),
            raises(lambda: bytes(800 * MB)),
        ]

    assert limited(action) == ["OSError", "MemoryError"]


def test_processes_can_be_only_so_many() -> None:
    """Counted are all that the user runs, also those of others who test on this machine: they come and go."""

    def action() -> list[int]:
        if ROOT:
            os.setresuid(*[KERNEL_UIDS.stop + os.getpid() % 1000] * 3)
        before = processes.tasks_of(os.getuid())
        sandbox.set_limits(LIMITS, before)
        pids, error = [], 0
        for _ in range(200):
            try:
                pid = os.fork()
            except OSError as refused:
                error = refused.errno or -1
                break
            if pid == 0:
                signal.pause()
            pids.append(pid)
        more = processes.tasks_of(os.getuid()) - before
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        return [error, more]

    error, more = alone(action)
    assert error == errno.EAGAIN
    assert more <= 8 + THREADS_OF_OURS


def test_computing_for_ever_ends_in_the_kernels_own_hands() -> None:
    """The last resort, should everything that watches have died: the limit itself is far beyond what a watch allows."""

    def action() -> None:
        sandbox.set_limits(LIMITS, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
        while True:
            pass

    with pytest.raises(Ended, match=r"SIGKILL|SIGXCPU"):
        alone(action)


def rights() -> dict[str, str]:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    return {
        name: fields[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Uid", "Gid")
    }


@needs_root
def test_root_becomes_nobody_for_good() -> None:
    def action() -> dict[str, Any]:
        sandbox.drop_privileges(NOBODY)
        back = [raises(lambda: os.setuid(0)), raises(lambda: os.setgroups([0])), raises(lambda: os.setgid(0))]
        return {**rights(), "groups": os.getgroups(), "back": back}

    said = alone(action)
    assert {said[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0" * 16}
    assert said["NoNewPrivs"] == "1"
    assert said["Uid"].split() == said["Gid"].split() == [str(NOBODY)] * 4
    assert (said["groups"], said["back"]) == ([], ["PermissionError"] * 3)


@needs_root
def test_a_program_that_is_started_gains_nothing() -> None:
    """Not as root either: the bounding set is empty, and set-uid programs are run without it."""

    def action() -> str:
        sandbox.drop_privileges(None)
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.dup2(writing, 1)
            os.execv("/bin/sh", ["sh", "-c", "grep -E 'CapEff|CapPrm' /proc/self/status"])
        os.close(writing)
        return os.read(reading, 200).decode()

    assert [line.split()[1] for line in alone(action).splitlines()] == ["0" * 16] * 2


@needs_worlds
def test_one_right_is_kept_only_where_python_could_not_be_read_without(tmp_path: Path) -> None:
    """CAP_DAC_READ_SEARCH, behind Landlock: see `sandbox.drop_privileges`."""
    closed = tmp_path / "closed"
    (closed / "python").mkdir(parents=True)
    closed.chmod(0o700)

    def kept(*needed: str) -> str:
        def action() -> str:
            sandbox.drop_privileges(NOBODY, needed)
            return rights()["CapEff"]

        return str(alone(action))

    assert kept("/usr/bin") == kept() == "0" * 16
    assert int(kept(str(closed / "python")), 16) == 1 << 2


@needs_worlds
@pytest.mark.parametrize(
    ("maps", "landlock", "strict"),
    [
        (["0 0 4294967295"], NOBODY, NOBODY),
        (["0 1000 1", "1 100000 65536"], NOBODY, None),  # rootless Podman
        (["0 1000 1"], None, None),  # unshare -r
    ],
)
def test_a_lesser_user_is_one_that_we_can_become(maps: list[str], landlock: int | None, strict: int | None) -> None:
    def action() -> list[int | None]:
        new_user_namespace(maps)
        users = [sandbox.lesser_user(tier, NOBODY) for tier in (Tier.LANDLOCK, Tier.STRICT)]
        sandbox.drop_privileges(users[0])
        return users

    assert alone(action) == [landlock, strict]


def test_an_ordinary_user_stays_who_they_are() -> None:
    def action() -> list[int | None]:
        become_nobody()
        return [sandbox.lesser_user(tier, 60_000) for tier in Tier]

    assert alone(action) == [None, None, None]


@needs_worlds
def test_root_without_the_right_to_make_namespaces_does_not_own_the_machine() -> None:
    """As in a container: root, but without CAP_SYS_ADMIN. It goes the way of ordinary users."""

    def action() -> list[bool]:
        before = namespaces.owns_machine()
        capability_sys_admin, version_3 = 21, 0x20080522
        kept = int(rights()["CapPrm"], 16) & ~(1 << capability_sys_admin)
        low, high = kept & 0xFFFFFFFF, kept >> 32
        data = struct.pack("6I", low, low, 0, high, high, 0)
        linux.syscall(linux.number_of(126, 91), struct.pack("Ii", version_3, 0), data)
        return [before, namespaces.owns_machine(), namespaces.may_become(NOBODY)]

    assert alone(action) == [True, False, True]


@pytest.fixture
def strict_given(isolation: TierReport) -> None:
    if isolation.layers.get("namespaces") != OK:
        pytest.skip(f"no namespaces here: {isolation.layers}")


def in_own_root(action: Callable[[], Any], readable: tuple[str, ...] = ("/usr", "/bin", "/lib", "/lib64")) -> Any:
    """What ``action`` gives in namespaces of its own, where it sees ``readable``."""

    def child() -> Any:
        namespaces.enter()
        return alone(lambda: [namespaces.build_root(readable, (), 4), action()][1])

    return alone(child)


@pytest.mark.usefixtures("strict_given")
def test_every_namespace_is_its_own() -> None:
    kinds = ("pid", "net", "ipc", "uts", "cgroup", "mnt", *(() if namespaces.owns_machine() else ("user",)))
    ours = {kind: str(Path(f"/proc/self/ns/{kind}").readlink()) for kind in kinds}
    theirs = in_own_root(lambda: {kind: str(Path(f"/proc/self/ns/{kind}").readlink()) for kind in kinds})
    assert {kind for kind in kinds if ours[kind] == theirs[kind]} == set()


@pytest.mark.usefixtures("strict_given")
def test_what_is_seen_from_inside() -> None:
    def action() -> dict[str, Any]:
        return {
            "root": sorted(p.name for p in Path("/").iterdir()),
            "processes": sorted(p.name for p in Path("/proc").iterdir() if p.name.isdigit()),
            "devices": sorted(p.name for p in Path("/dev").iterdir()),
            "network": [name for _, name in socket.if_nameindex()],
            "host": socket.gethostname(),
            "written": raises(lambda: Path("/usr/x").touch()),
            "root written": raises(lambda: Path("/x").touch()),
            "device written": raises(lambda: os.mknod("/scratch/d", 0o20666, os.makedev(1, 3))),
            "scratch written": raises(lambda: Path("/scratch/x").touch()),
            "scratch filled": raises(lambda: Path("/scratch/x").write_bytes(bytes(8 * MB))),
        }

    seen = in_own_root(action)
    assert set(seen["root"]) == {"bin", "dev", "lib", "lib64", "proc", "scratch", "tmp", "usr"} & (
        set(seen["root"]) | {"usr", "proc", "scratch", "tmp", "dev"}
    )
    assert len(seen["processes"]) == 1
    assert seen["devices"] == ["fd", "full", "null", "random", "shm", "stderr", "stdin", "stdout", "urandom", "zero"]
    assert (seen["network"], seen["host"]) == (["lo"], "gradetape")
    assert (seen["written"], seen["root written"], seen["scratch written"]) == ("OSError", "OSError", "")
    assert seen["scratch filled"] == "OSError"


@pytest.mark.usefixtures("strict_given")
def test_the_old_root_is_let_go() -> None:
    """No way back by /.., an open folder, or the mounts that are listed."""
    mounts = in_own_root(lambda: Path("/proc/self/mountinfo").read_text(encoding="utf-8"))
    points = {line.split()[4] for line in mounts.splitlines()}
    allowed = ("/usr", "/bin", "/lib", "/dev", "/proc", "/scratch", "/tmp")
    assert {p for p in points if p != "/" and not p.startswith(allowed)} == set()
    assert in_own_root(lambda: [os.chdir("/"), os.chdir(".."), Path("work").exists(), Path.cwd().samefile("/")])[
        2:
    ] == [False, True]


@pytest.mark.usefixtures("strict_given")
def test_readable_mounts_are_read_only_down_to_the_last() -> None:
    options = in_own_root(
        lambda: [
            line.split()[5]
            for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
            if line.split()[4].startswith("/usr")
        ]
    )
    assert options
    assert all({"ro", "nosuid", "nodev"} <= set(o.split(",")) for o in options)


CALLS = {
    "unshare": (linux.number_of(272, 97), "unshare"),
    "mount": (linux.number_of(165, 40), "mount bind /"),
    "mount_setattr": (442, "syscall 442"),
    "pivot_root": (linux.number_of(155, 41), "pivot_root"),
    "sethostname": (linux.number_of(170, 161), "sethostname"),
    "umount2": (linux.number_of(166, 39), "umount2"),
}


@needs_worlds
@pytest.mark.usefixtures("strict_given")
@pytest.mark.parametrize("name", CALLS)
def test_a_root_that_cannot_be_built_says_which_step_failed(name: str) -> None:
    number, words = CALLS[name]

    def inside() -> str:
        namespaces.enter()

        def build() -> str:
            forbid({number: errno.EPERM})
            try:
                namespaces.build_root(("/usr",), (), 1)
            except OSError as error:
                return str(error)
            return ""

        return str(alone(build))

    assert words in alone(inside)


@pytest.mark.usefixtures("strict_given")
def test_a_readable_path_that_is_gone_is_told() -> None:
    with pytest.raises(AssertionError, match=r"FileNotFoundError.*no/such"):
        in_own_root(lambda: None, ("/no/such",))


def test_an_id_map_that_is_refused_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespaces, "owns_machine", lambda: False)

    def action() -> str:
        monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
        become_nobody()
        try:
            namespaces.enter()
        except OSError as error:
            return type(error).__name__
        return ""

    assert alone(action) in ("PermissionError", "OSError")


def egg(tier: Tier, uid: int | None = None, filter_: bytes = b"") -> nursery.Egg:
    around = nursery.Surroundings((), (), (), filter_, ())
    return nursery.Egg(Kind.of(tier, LIMITS.scratch_mb), uid, humble=False, around=around)


PLAN = plant.Plan(Wires(b"k", "ipc://@a", "ipc://@b"), LIMITS, 1, {}).to_bytes()


def heard_of(
    egg: nursery.Egg, plan: bytes = PLAN, limits: dict[str, Any] | None = None, world: Callable[[], None] | None = None
) -> tuple[int, list[dict[str, Any]]]:
    """How a supervisor ends that is asked for a session, and all that a judge hears of it, without files."""
    orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control, remote = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with orders, theirs, control:
        with remote, os.fdopen(os.memfd_create("plan"), "wb") as file, Path(os.devnull).open("rb") as no_socket:
            file.write(plan)
            file.flush()
            fds = [remote.fileno(), file.fileno(), no_socket.fileno(), no_socket.fileno()]
            framing.send_fds(orders, {"limits": limits or asdict(LIMITS)}, fds)
            pid = os.fork()
            if pid == 0:
                code = 1
                try:
                    if world is not None:
                        world()
                    nursery.raise_kernel(egg, theirs)
                    code = 0
                finally:
                    os._exit(code)
            theirs.close()
        _, status = os.waitpid(pid, 0)
        control.settimeout(10)
        return os.waitstatus_to_exitcode(status), list(messages(control))


def messages(control: socket.socket) -> Iterator[dict[str, Any]]:
    while True:
        message, fds = framing.receive_fds(control)
        for fd in fds:
            os.close(fd)
        if message is None:
            return
        yield message


def said_by_supervisor(egg: nursery.Egg, **more: Any) -> str:
    """The error that a judge hears where there is no kernel; the supervisor itself ends in good order."""
    code, said = heard_of(egg, **more)
    errors = [str(message["error"]) for message in said if "error" in message]
    assert (code, len(errors), [m for m in said if "ready" in m]) == (0, 1, [])
    return errors[0]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Instead of TensorFlow and a learner's program: a file that is written when the program would begin."""

    def serve(seedling: object, plan: plant.Plan, ready: Callable[[object], None]) -> None:
        del seedling, plan
        (tmp_path / "served").touch()
        ready(None)
        os._exit(0)

    monkeypatch.setattr(plant, "prepare", lambda _: None)
    monkeypatch.setattr(plant, "serve", serve)
    return tmp_path / "served"


def test_a_plan_is_served_and_its_end_told(served: Path) -> None:
    code, said = heard_of(egg(Tier.PROCESS))
    assert (code, served.exists(), len(said)) == (0, True, 3)
    assert ("pid" in said[0], said[1], said[2]["ended"], said[2]["status"]) == (True, {"ready": True}, "", 0)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (b"", "JSONDecodeError"),
        (b"{", "JSONDecodeError"),
        (b"[]", "TypeError"),
        (b'{"wires": 5}', "TypeError"),
        (PLAN.replace(b'"seed"', b'"seeds"'), "KeyError: 'seed'"),
        (PLAN.replace(b'"memory_mb"', b'"memory"'), "TypeError"),
    ],
)
def test_a_bad_plan_ends_the_kernel_before_anything_runs(served: Path, plan: bytes, words: str) -> None:
    assert words in said_by_supervisor(egg(Tier.PROCESS), plan=plan)
    assert not served.exists()


def test_limits_that_nobody_knows_end_the_supervisor_before_anything_runs(served: Path) -> None:
    """The kernel that waits is ended with it: the judge hears that its supervisor is gone."""
    assert heard_of(egg(Tier.PROCESS), limits={"memory": 1}) == (1, [])
    assert not served.exists()


def test_a_bad_filter_of_system_calls_is_told_with_its_tier() -> None:
    broken = b"\xff" * 8
    assert said_by_supervisor(egg(Tier.LANDLOCK, filter_=broken)).startswith("confinement (landlock): ")


@needs_root
@pytest.mark.parametrize("uid", [-1, 2**32 - 1])
def test_a_user_that_is_none_is_refused(uid: int) -> None:
    """-1 tells the system to change nothing: the program would go on as root."""

    def action() -> str:
        try:
            sandbox.drop_privileges(uid)
        except OSError as error:
            return str(error)
        return ""

    assert "still" in alone(action)


@needs_worlds
def test_a_user_that_is_not_known_here_is_refused() -> None:
    def action() -> int:
        new_user_namespace(["0 1000 1"])
        return errno_of(lambda: sandbox.drop_privileges(NOBODY))

    assert alone(action) in (errno.EINVAL, errno.EPERM)


@pytest.mark.parametrize(
    ("tier", "call", "words"),
    [
        (Tier.STRICT, linux.number_of(272, 97), "strict: [Errno 1] unshare"),
        (Tier.STRICT, linux.number_of(155, 41), "confinement (strict): PermissionError: [Errno 1] pivot_root"),
        (Tier.LANDLOCK, 444, "confinement (landlock): PermissionError: [Errno 1] syscall 444"),
    ],
)
def test_a_layer_that_is_missing_is_told_with_its_tier(
    tier: Tier, call: int, words: str, isolation: TierReport
) -> None:
    if tier is Tier.STRICT and tier not in isolation.given:
        pytest.skip(f"no strict tier to take away: {isolation.layers}")
    said = said_by_supervisor(egg(tier, filter_=seccomp.program()), world=lambda: forbid({call: errno.EPERM}))
    assert said.startswith(words)


def test_limits_that_cannot_be_set_are_told_with_the_tier(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that waited gets them last; it does not go on without."""
    prlimit64 = linux.number_of(302, 261)
    monkeypatch.setattr(plant, "prepare", lambda _: forbid({prlimit64: errno.EPERM}))
    assert said_by_supervisor(egg(Tier.PROCESS)).startswith("confinement (process): PermissionError")
    assert not served.exists()


def test_a_folder_that_cannot_be_given_away_is_told_and_removed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What lies on the machine where a kernel of the strict tier has its folder is somebody else's."""
    place, theirs = tmp_path / "place", tmp_path / "theirs"
    for folder in (place, theirs):
        folder.mkdir()
    (theirs / "kept").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(namespaces, "SCRATCH", str(theirs))
    calls = dict.fromkeys((linux.number_of(94, 54), linux.number_of(260, 54)), errno.EPERM)  # lchown, fchownat
    said = said_by_supervisor(egg(Tier.LANDLOCK, uid=NOBODY), world=lambda: forbid(calls))
    assert said.startswith(f"landlock: [Errno {errno.EPERM}] ")
    assert (list(place.iterdir()), (theirs / "kept").exists()) == ([], True)


def test_a_folder_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no" / "such"))
    monkeypatch.setattr(namespaces, "SCRATCH", str(theirs))
    assert said_by_supervisor(egg(Tier.PROCESS)).startswith(f"process: [Errno {errno.ENOENT}] ")
    assert theirs.exists()


def test_a_supervisor_without_pidfds_says_so() -> None:
    said = said_by_supervisor(egg(Tier.PROCESS), world=lambda: forbid({434: errno.ENOSYS}))
    assert said.startswith("process: ")


def test_mount_and_umount_name_what_they_failed_on(tmp_path: Path) -> None:
    def action() -> list[str]:
        become_nobody()
        found = []
        for attempt in (
            lambda: linux.mount("tmpfs", str(tmp_path), "tmpfs", Mount.NOSUID),
            lambda: linux.mount(str(tmp_path), str(tmp_path), None, Mount.BIND),
            lambda: linux.make_read_only(str(tmp_path)),
            lambda: linux.unshare(Clone.NEWNET),
            lambda: linux.sethostname("x"),
            lambda: linux.prctl(12345),
        ):
            try:
                attempt()
            except OSError as error:
                found.append(str(error.strerror))
        return found

    found = alone(action)
    assert [words.split(":")[0] for words in found] == [
        f"mount tmpfs {tmp_path}",
        f"mount bind {tmp_path}",
        "syscall 442",
        "unshare",
        "sethostname",
        "prctl 12345",
    ]
