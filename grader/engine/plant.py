"""Turns a fresh child of the zygote into a kernel: prepare all that no session decides; then its files, its seed, serve."""

# ruff: noqa: PLC0415 - TensorFlow is loaded by the zygote, not by whoever imports this file
from __future__ import annotations

import base64
import ctypes
import json
import os
import random
import signal
import sys
import tempfile
import types
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from grader.engine import fastfit, kernel, probe_labels, warm
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
    ours: tuple[str, ...]  # modules that are none of its business


def our_modules() -> tuple[str, ...]:
    """Names of those that are loaded. To be worked out before a fork: asking each of 4,000 copies as many pages, 10 ms."""
    return tuple(name for name in sys.modules if name == "grader" or name.startswith("grader."))


@dataclass(frozen=True)
class Seedling:
    """A kernel that is ready but for its session."""

    built: kernel.Kernel
    probe: Probe


def prepare(place: Place) -> Seedling:
    """To be called confined, in the scratch folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing of a learner runs yet that could be interrupted
    settle(place)
    built = kernel.build()
    built.shell.user_ns["__name__"] = "__main__"
    probe = Probe(built.shell.user_ns)
    fastfit.apply()
    probe_labels.apply()
    quiet()
    stop_the_clock()
    forget_ours(place.ours)
    start_tensorflow()
    return Seedling(built, probe)


def serve(seedling: Seedling, plan: Plan, ready: Callable[[kernel.Kernel], None]) -> None:
    """Calls ``ready`` before any code of a learner runs; never returns."""
    for name, data in plan.files.items():
        write_file(name, data)
    seed_everything(plan.seed)
    kernel.listen(seedling.built, plan.wires)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ready(seedling.built)
    kernel.run(seedling.built, seedling.probe)


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


def forget_ours(ours: Sequence[str]) -> None:
    """Takes our own modules out of the learner's reach.

    What is still in use lives on by its objects; the rest lives on, too, since taking modules apart costs time.
    """
    for name in ours:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(sys.modules.pop(name)))
    sys.modules["grader"] = _for_notebooks()


def _for_notebooks() -> types.ModuleType:
    """What ``from grader import check`` finds in a notebook that is graded: calls that do nothing, and lead to nothing of ours."""
    module = types.ModuleType("grader")
    exec("def check(*_, **__):\n    pass\n\n\nhint = check\n", module.__dict__)  # noqa: S102 - these very words
    return module


def start_tensorflow() -> None:
    """Has TensorFlow do once what it does at its first operations, and forgets that there were any.

    A process's first operations look up, load and register much, 30 to 60 ms of computing. All that a program can see of
    it is TensorFlow's context, which is thrown away: the learner's is a new one, as in any fresh process. No random number
    is drawn, no layer is named. Every kernel does this, in whichever way it is started, so that all are alike.
    """
    import tensorflow as tf
    from tensorflow.python.eager import context

    number = tf.Variable([[1.0, 2.0]])
    number.assign_add(tf.constant([[1.0, 2.0]]))
    (tf.matmul(number, number, transpose_b=True) + tf.reduce_sum(number)).numpy()
    del number
    context._reset_context()  # noqa: SLF001 - there is no public way
    warm.set_threads()
