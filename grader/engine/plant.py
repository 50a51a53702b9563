"""Turns a fresh child of the zygote into a kernel: confine, forget what is ours, set seeds, serve."""

# ruff: noqa: PLC0415 - TensorFlow is loaded by the zygote, not by whoever imports this file
from __future__ import annotations

import base64
import json
import os
import random
import signal
import sys
import tempfile
import types
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from grader.engine import fastfit, kernel
from grader.engine.limits import Limits
from grader.engine.probe import Probe


@dataclass(frozen=True)
class Plan:
    """What a kernel needs to know; the judge writes it, the kernel reads it. Holds no secret of the course."""

    wires: kernel.Wires
    limits: Limits
    seed: int
    files: Mapping[str, bytes]

    def to_bytes(self) -> bytes:
        """As it travels."""
        wires = {**asdict(self.wires), "key": self.wires.key.hex()}
        files = {name: base64.b64encode(data).decode() for name, data in self.files.items()}
        return json.dumps({"wires": wires, "limits": asdict(self.limits), "seed": self.seed, "files": files}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Plan:
        """The reverse of `to_bytes`."""
        plain: dict[str, Any] = json.loads(data)
        wires = {**plain["wires"], "key": bytes.fromhex(plain["wires"]["key"])}
        files = {name: base64.b64decode(text) for name, text in plain["files"].items()}
        return cls(kernel.Wires(**wires), Limits(**plain["limits"]), plain["seed"], files)


@dataclass(frozen=True)
class Place:
    """Where a kernel works."""

    scratch: str
    temporary: str
    path: tuple[str, ...]  # where a learner's program imports from


def serve(plan: Plan, place: Place, ready: Callable[[kernel.Kernel], None]) -> None:
    """To be called confined, in the scratch folder; calls ``ready`` before any code of a learner runs; never returns."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settle(place)
    for name, data in plan.files.items():
        write_file(name, data)
    built = kernel.build(plan.wires)
    built.shell.user_ns["__name__"] = "__main__"
    probe = Probe(built.shell.user_ns)
    fastfit.apply()
    seed_everything(plan.seed)
    quiet()
    stop_the_clock()
    forget_ours()
    ready(built)
    kernel.run(built, probe)


def settle(place: Place) -> None:
    """Points every library at folders that can be written."""
    home = os.path.join(place.temporary, ".home")
    folders = {
        "HOME": home,
        "IPYTHONDIR": os.path.join(home, "ipython"),
        "MPLCONFIGDIR": os.path.join(home, "matplotlib"),
    }
    os.umask(0o077)
    for folder in folders.values():
        os.makedirs(folder, exist_ok=True)
    os.environ.update(folders, TMPDIR=place.temporary, KERAS_HOME=os.path.join(home, "keras"), PWD=place.scratch)
    os.environ.pop("PYTHONPATH", None)
    tempfile.tempdir = None
    sys.path[:] = ["", *place.path]
    sys.argv = ["submission.py"]
    sys.dont_write_bytecode = True


def write_file(name: str, data: bytes) -> None:
    """Puts a file into the scratch folder; ``name`` is relative and stays inside."""
    path = os.path.normpath(name)
    if os.path.isabs(path) or path.startswith(".."):
        raise ValueError(f"{name!r} lies outside of the scratch folder")
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def seed_everything(seed: int) -> None:
    """Python's, NumPy's, TensorFlow's and Keras' generators; runs no operation."""
    import keras

    keras.utils.set_random_seed(seed)
    random.seed(seed)


def quiet() -> None:
    """plt.show() has no window to open, and says nothing about it; nor does IPython of how to leave it."""
    import matplotlib.pyplot as plt

    def show(*args: object, **kwargs: object) -> None:
        """Does nothing: there is no screen."""

    plt.show = show
    for words in (".*is non-interactive, and thus cannot be shown", "To exit: use 'exit', 'quit', or Ctrl-D"):
        warnings.filterwarnings("ignore", message=words)


def stop_the_clock() -> None:
    """Keras' progress bars without times, one line for an epoch: what a program prints shall not differ from run to run."""
    from keras.src.utils import progbar

    progbar.time = types.SimpleNamespace(time=lambda: 0.0)


def forget_ours() -> None:
    """Takes our own modules out of the learner's reach; the probe stays alive through its object."""
    for name in [n for n in sys.modules if n == "grader" or n.startswith("grader.")]:
        del sys.modules[name]
    sys.modules["grader"] = _for_notebooks()


def _for_notebooks() -> types.ModuleType:
    """What ``from grader import check`` finds in a notebook that is graded: calls that do nothing, and lead to nothing of ours."""
    module = types.ModuleType("grader")
    exec("def check(*_, **__):\n    pass\n\n\nhint = check\n", module.__dict__)  # noqa: S102 - these very words
    return module
