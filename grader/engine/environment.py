"""What surrounds our processes: variables, caches, and which folders hold the Python environment."""

from __future__ import annotations

import functools
import os
import site
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from pathlib import Path

from grader.engine import workplace

_KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "GRADETAPE_ENGINE")
_FIXED = {
    "PYTHONHASHSEED": "0",
    "PYTHONUNBUFFERED": "1",
    "PYTHONSAFEPATH": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "KERAS_BACKEND": "tensorflow",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
_SYSTEM = (
    "/usr/bin", "/usr/lib", "/usr/lib64", "/usr/libexec", "/bin", "/lib", "/lib64", "/usr/share/zoneinfo", "/usr/share/fonts",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/mime.types",
    "/etc/os-release", "/etc/alternatives", "/sys/devices/system/cpu",
)  # fmt: skip


def plain() -> bool:
    """Whether judges and kernels are plain processes: where there is no fork, or by ``GRADETAPE_ENGINE=plain``."""
    return (
        not sys.platform.startswith("linux")
        or os.environ.get("GRADETAPE_ENGINE") == "plain"
        or _pidfd_missing() is not None
    )


def why_plain() -> dict[str, str]:
    """Which layer is missing that forking wants, and why."""
    if not sys.platform.startswith("linux"):
        return {"fork": f"on {sys.platform} judges and kernels are plain processes"}
    if os.environ.get("GRADETAPE_ENGINE") == "plain":
        return {"fork": "GRADETAPE_ENGINE=plain asks for plain processes"}
    return {"fork": "judges and kernels are plain processes", "pidfd": f"{_pidfd_missing()}"}


@functools.cache
def _pidfd_missing() -> OSError | None:
    """Why there are no handles of processes, which all that we fork is held by."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError as error:
        return error
    return None


def package_root() -> Path:
    """The folder that ``import grader`` comes from."""
    return Path(__file__).resolve().parents[2]


def cache_dir() -> Path:
    """A folder that outlives us, for Matplotlib's fonts and Keras; a temporary one where the home cannot be written."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    for parent in (home, Path(tempfile.gettempdir()) / f"gradetape-cache-{_user()}"):
        folder = parent / "gradetape"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(folder, os.W_OK) and _only_ours(folder):
            return folder
    return Path(workplace.make("cache"))  # which the next run sweeps


def _only_ours(folder: Path) -> bool:
    """Whether nobody else can put anything there. Python imports what it finds under a home, and its name can be guessed."""
    if not hasattr(os, "geteuid"):
        return True
    inner, outer, owner = os.lstat(folder), os.lstat(folder.parent), os.geteuid()
    return inner.st_uid == owner and not inner.st_mode & 0o022 and outer.st_uid in (owner, 0)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def variables() -> dict[str, str]:
    """The environment of the zygote and of all that it forks: an allow-list, and what must be the same everywhere."""
    cache = cache_dir()
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    places = {"MPLCONFIGDIR": str(cache / "matplotlib"), "KERAS_HOME": str(cache / "keras"), "HOME": str(cache)}
    return {**kept, **_FIXED, **places, "PYTHONPATH": str(package_root())}


def readable_paths() -> tuple[str, ...]:
    """What a confined program may read: the interpreter, its libraries, the packages. Never the folder of this package."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix}
    parts = [os.path.join(p, part) for p in prefixes for part in ("bin", "lib", "lib64", "pyvenv.cfg")]
    libraries = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return tuple(_outermost([*parts, *libraries, *learner_path(), *_SYSTEM]))


def _outermost(paths: Iterable[str]) -> list[str]:
    """Those that exist and lie under no other of them; links stay links."""
    there = [p for p in dict.fromkeys(paths) if os.path.lexists(p)]
    folders = [p + os.sep for p in there if not os.path.islink(p)]
    return [p for p in there if not p.startswith(tuple(folders))]


def hidden_paths() -> tuple[str, ...]:
    """Our own packages where they were installed among the others: no program of a learner has use for them."""
    folders = dict.fromkeys([*site.getsitepackages(), sysconfig.get_path("purelib")])
    return tuple(
        p for folder in folders for name in ("grader", "reports") if os.path.isdir(p := os.path.join(folder, name))
    )


def exposed(path: Path) -> bool:
    """Whether a confined program can read ``path``, because it lies inside the Python environment."""
    real = [Path(p).resolve() for p in readable_paths()]
    return any(path.resolve().is_relative_to(p) for p in real)


def learner_path() -> list[str]:
    """``sys.path`` of a learner's program: without the folder of this package, or one above it, where that is a checkout."""
    root = package_root()
    packages = {Path(p).resolve() for p in (*site.getsitepackages(), sysconfig.get_path("purelib"))}
    return [p for p in sys.path if p and (root in packages or not root.is_relative_to(Path(p).resolve()))]
