"""What surrounds a batch of attacks: everything that they might read, write, contact or leave behind, laid out to be found."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import secrets
import shutil
import socket
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import default_root
from grader.engine import environment, folders

SECRET = (
    "gradetape-secret-"  # every canary's text begins with it; an attack that gets hold of it has read what it must not
)
SECRET_VARIABLE = "GRADETAPE_TEST_TOKEN"
LIMITS = "[limits]\ncell_s = 2\ncall_s = 1\nexercise_s = 6\nmemory_mb = 700\noutput_kb = 256\nscratch_mb = 48\nprocesses = 24\n"
_PUBLIC_PLACES = ("/tmp", "/dev/shm", "/var/tmp", "/run", "/run/lock", "/")
_IPC_CREAT = 0o1000


@dataclass
class World:
    """Lives as long as a batch; `close` takes it away again."""

    root: Path
    mark: str = field(
        default_factory=lambda: f"hostile{secrets.token_hex(6)}"
    )  # in the name of whatever an attack leaves
    contacts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root.chmod(0o755)
        for name in ("home", "class", "out", "tmp", "run"):
            (self.root / name).mkdir()
        self.course = _course(self.root / "course")
        self.canaries = _canaries(self.root)
        self.listeners = _listeners(self.mark, self.root)
        self.shm = Path("/dev/shm") / f"{self.mark}-grader"
        self.shm.write_text(SECRET + secrets.token_hex(8))
        self.canaries["SHM"] = self.shm
        self.shm_id = _shared_segment()
        self.before = self.snapshot()

    @classmethod
    def make(cls) -> World:
        """A new one, under the system's folder for temporary files."""
        return cls(Path(tempfile.mkdtemp(prefix="hostile-world-")))

    @property
    def tmp(self) -> Path:
        """Where our own processes put their temporary files."""
        return self.root / "tmp"

    def tokens(self) -> dict[str, str]:
        """What stands for ``@NAME@`` in an attack: an attacker knows everything about the place."""
        solutions = self.course / "solutions" / "01_rank"
        ports = {name: str(one.getsockname()[1]) for name, one in self.listeners.items() if "PORT" in name}
        return {
            **{f"CANARY_{name}": str(path) for name, path in self.canaries.items()},
            **ports,
            "CANARY_FILE": str(self.canaries["OTHER"]),
            "SECRET": SECRET,
            "SECRET_VARIABLE": SECRET_VARIABLE,
            "COURSE": str(self.course),
            "SOLUTION": str(solutions / "rank.py"),
            "HIDDEN": str(solutions / "checks.py"),
            "PUBLIC": str(self.course / "exercises" / "01_rank" / "checks.py"),
            "OUT": str(self.root / "out"),
            "HOME": str(self.root / "home"),
            "WORLD": str(self.root),
            "ABSTRACT": f"{self.mark}-abstract",
            "SOCKET": str(self.root / "grader.sock"),
            "SHM_ID": str(self.shm_id),
            "GRADER_PID": str(os.getpid()),
            "PACKAGE": str(environment.package_root() / "grader"),
            "MARK": self.mark,
        }

    def snapshot(self) -> dict[str, str]:
        """Every path that attacks must not change -> mode and digest; also public places, as far as the mark is there."""
        watched = [
            p
            for name in ("home", "class", "out", "course")
            for p in (self.root / name).rglob("*")
            if "__pycache__" not in str(p)
        ]
        found = {str(p): _state(p) for p in [*watched, *self.canaries.values(), self.root]}
        for place in _PUBLIC_PLACES:
            found |= {str(p): "there" for p in _listed(place) if self.mark in p.name and p != self.shm}
        return found

    def changes(self) -> list[str]:
        """What attacks have changed, contacted or left; and forgets it."""
        now = self.snapshot()
        found = [
            f"{p} is {now.get(p, 'gone')}, was {self.before.get(p, 'not there')}"
            for p in sorted({*now, *self.before})
            if now.get(p) != self.before.get(p)
        ]
        found += [f"left in {self.tmp}: {p.name}" for p in _listed(str(self.tmp))]
        found += [f"left a socket: {line}" for line in self._foreign_sockets()]
        found += [f"{name} was contacted" for name, one in self.listeners.items() if _contacted(one)]
        self.before = now
        return found

    def _foreign_sockets(self) -> list[str]:
        lines = Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace").splitlines()
        return [line.split()[-1] for line in lines if self.mark in line and not line.endswith("-abstract")]

    def close(self) -> None:
        """Takes everything away."""
        for one in self.listeners.values():
            one.close()
        _libc().shmctl(self.shm_id, 0, None)
        self.shm.unlink(missing_ok=True)
        folders.remove(str(self.root))  # also where a program has left folders deeper than a path can say


def _course(root: Path) -> Path:
    """A copy of the real course, with short limits."""
    for name in ("exercises", "solutions"):
        shutil.copytree(
            default_root() / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "right", "wrong")
        )
    for path in root.glob("exercises/*/exercise.toml"):
        kept, skip = [], False
        for line in path.read_text(encoding="utf-8").splitlines():
            skip = line.startswith("[limits]") or (skip and not line.startswith("["))
            kept += [] if skip else [line]
        first = next(i for i, line in enumerate(kept) if line.startswith("["))
        path.write_text("\n".join([*kept[:first], LIMITS, *kept[first:]]) + "\n", encoding="utf-8")
    return root


def _canaries(root: Path) -> dict[str, Path]:
    paths = {
        "OTHER": root / "class" / "other" / "rank.py",
        "GRADES": root / "out" / "grades.json",
        "HOME_FILE": root / "home" / ".netrc",
        "SOLUTION": root / "course" / "solutions" / "secret.py",
    }
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {SECRET}{secrets.token_hex(8)}\n", encoding="utf-8")
    with contextlib.closing(sqlite3.connect(root / "out" / "grades.sqlite")) as store:
        store.execute("CREATE TABLE grade (key TEXT PRIMARY KEY, body TEXT NOT NULL)")
        store.execute("INSERT INTO grade VALUES (?, ?)", ("1", SECRET + secrets.token_hex(8)))
        store.commit()
    return {**paths, "STORE": root / "out" / "grades.sqlite"}


def _listeners(mark: str, root: Path) -> dict[str, socket.socket]:
    made = {
        "PORT": socket.socket(),
        "UDP_PORT": socket.socket(type=socket.SOCK_DGRAM),
        "ABSTRACT": socket.socket(socket.AF_UNIX),
        "SOCKET": socket.socket(socket.AF_UNIX),
    }
    made["PORT"].bind(("127.0.0.1", 0))
    made["UDP_PORT"].bind(("127.0.0.1", 0))
    made["ABSTRACT"].bind(f"\0{mark}-abstract")
    made["SOCKET"].bind(str(root / "grader.sock"))
    (root / "grader.sock").chmod(0o777)
    for name, one in made.items():
        one.setblocking(False)
        if name != "UDP_PORT":
            one.listen(16)
    return made


def _contacted(one: socket.socket) -> bool:
    """Whether somebody came; takes all of them."""
    came = False
    with contextlib.suppress(BlockingIOError):
        while True:
            if one.type == socket.SOCK_DGRAM:
                one.recv(100)
            else:
                one.accept()[0].close()
            came = True
    return came


def _shared_segment() -> int:
    """System V shared memory of ours, readable for everybody, with a secret in it."""
    libc = _libc()
    made = libc.shmget(0, 4096, _IPC_CREAT | 0o666)
    address = libc.shmat(made, None, 0)
    if address not in (None, ctypes.c_void_p(-1).value):
        ctypes.memmove(address, SECRET.encode(), len(SECRET))
        libc.shmdt(ctypes.c_void_p(address))
    return int(made)


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    return libc


def _state(path: Path) -> str:
    try:
        mode = oct(path.lstat().st_mode)
        body = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""
    except OSError as error:
        return type(error).__name__
    return f"{mode} {body}"


def _listed(folder: str) -> list[Path]:
    try:
        return sorted(Path(folder).iterdir())
    except OSError:
        return []
