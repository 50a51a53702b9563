"""What the zygote loads before it forks, and the proof that it has run no TensorFlow operation.

One operation before a fork and every child hangs: TensorFlow's threads do not survive it.
"""

# ruff: noqa: PLC0415 - what to load, and when, is its business
from __future__ import annotations

import gc
import importlib
import linecache
import os
import sys
import threading
import warnings

from grader.engine import pages

_MODULES = (
    "numpy", "tensorflow", "keras", "keras.layers", "keras.models", "keras.optimizers", "h5py",
    "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    "ipykernel.debugger", "grader.engine.kernel", "grader.engine.session", "grader.engine.provisioner", "grader.engine.plant",
    "sqlite3", "pydoc", "cProfile", "encodings.ascii", "encodings.latin_1", "encodings.cp437", "encodings.cp949",
    "IPython.core.completerlib", "IPython.core.application", "IPython.core.oinspect", "IPython.utils.wildcard", "IPython.extensions.storemagic", "IPython.core.magics",
    "tornado.queues", "tornado.platform.asyncio", "PIL.PngImagePlugin",
    "tensorflow.python.data.ops.concatenate_op", "tensorflow.python.data.ops.flat_map_op",
    "tensorflow.python.data.ops.from_tensors_op", "tensorflow.python.data.ops.range_op",
    "tensorflow.python.data.ops.zip_op", "tensorflow.python.data.ops.cache_op", "tensorflow.python.data.ops.repeat_op",
)  # fmt: skip


class NotCold(RuntimeError):
    """The zygote has done something that makes forking unsafe."""


def load(extra: tuple[str, ...] = ()) -> None:
    """Imports everything a judge or a kernel will want, and freezes it, so that children share its memory."""
    gc.disable()  # imports make much and leave next to nothing behind: to look for it again and again takes a quarter of the time
    try:
        load_modules(extra)
        assert_cold()
        linecache.clearcache()
        gc.freeze()
    finally:
        gc.enable()
    pages.gather()


def load_modules(extra: tuple[str, ...] = ()) -> None:
    """Imports, and the settings that must stand before the first operation."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # ipykernel would load its debugger
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in _MODULES:
            importlib.import_module(name)
        _prepare()
        for name in extra:
            importlib.import_module(name)
    del sys.modules["debugpy"]


def _prepare() -> None:
    """Settings that must stand before the first operation; none of them runs one."""
    import tensorflow as tf
    from matplotlib import font_manager
    from tensorflow.python.framework import op_def_registry

    font_manager.fontManager.findfont("DejaVu Sans")
    set_threads()
    tf.config.experimental.enable_op_determinism()
    op_def_registry.get("NoSuchOperation")  # the first name that is not known has all of them listed: 10 ms


def set_threads() -> None:
    """One thread for each program: as many sessions as processors run side by side.

    20 gradings of the sample class on two processors: 11.6 s with one job and 7.2 s with two; with TensorFlow's own
    choice of threads 13.7 s and 7.8 s, and the same grades to the byte.
    """
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def assert_cold() -> None:
    """Raises NotCold where TensorFlow has started, or where threads run."""
    context = sys.modules.get("tensorflow.python.eager.context")
    current = context.context_safe() if context is not None else None
    if current is not None and current._initialized:  # noqa: SLF001 - there is no public way to ask without starting it
        raise NotCold("a TensorFlow operation ran in the zygote: its children would hang")
    if threading.active_count() > 1:
        names = ", ".join(t.name for t in threading.enumerate())
        raise NotCold(f"threads run in the zygote: {names}")
    if os.path.isdir("/proc/self/task") and len(os.listdir("/proc/self/task")) > 1:
        raise NotCold("threads of a library run in the zygote")
