"""The batches of Keras' array dataset, without its pipeline: the same tensors in the same order from a plain dataset.

Keras traces three functions and starts four stages for each fit, evaluate and predict (60 ms), and makes two iterators
an epoch (20 ms each). Here the rows are put into their order once, and an iterator over what is there costs half a
millisecond. Learners' train_step, generators, and whatever else is no small dense array never notice.
"""

# ruff: noqa: SLF001, PLC0415 - it works on Keras' inside, and must not load it before it is asked to
from __future__ import annotations

import math
from typing import Any

from grader.engine import fastfit_order

_LARGEST_BYTES = 64 << 20  # of the ordered copy
_MOST_ROWS = 1 << 16  # to order more of them here takes longer than Keras' pipeline


def dataset_of(adapter: Any, strategy: Any) -> Any:
    """What ``adapter.get_tf_dataset()`` would yield in one epoch -> a tf.data.Dataset, or None where Keras shall do it."""
    import tensorflow as tf
    from keras.src import tree
    from keras.src.trainers.data_adapters import array_slicing
    from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter

    if type(adapter) is not ArrayDataAdapter or type(strategy).__name__ != "_DefaultDistributionStrategy":
        return None
    if (adapter._shuffle and _global_seed() is None) or not _usual(adapter):
        return None
    if sum(_bytes(part) for part in tree.flatten(adapter._inputs)) > _LARGEST_BYTES:
        return None
    inputs = tree.lists_to_tuples(array_slicing.convert_to_sliceable(adapter._inputs, target_backend="tensorflow"))
    if not all(map(_dense, tree.flatten(inputs))):
        return None
    order = _order(adapter)
    rows = tree.map_structure(lambda x: _rows(tf.convert_to_tensor(x), order), inputs)
    return _batched(rows, adapter._num_samples, adapter._batch_size)


def _usual(adapter: Any) -> bool:
    """Plain sizes, few rows, and TensorFlow in no special mode."""
    import tensorflow as tf
    from tensorflow.python.data.ops import debug_mode

    return (
        tf.executing_eagerly()
        and not tf.config.functions_run_eagerly()
        and not debug_mode.DEBUG_MODE
        and type(adapter._batch_size) is int
        and adapter._batch_size > 0
        and 0 < adapter._num_samples <= _MOST_ROWS
    )


def _bytes(part: Any) -> float:
    """At most, as the widest number."""
    return 0 if part is None else 8 * math.prod(length or 0 for length in part.shape)


def _dense(part: Any) -> bool:
    """Numbers in NumPy or an eager tensor: not None, not text, not sparse or ragged."""
    import numpy as np
    import tensorflow as tf

    if type(part) is np.ndarray:
        return part.dtype.kind in "biuf"
    numeric = isinstance(part, tf.Tensor) and (part.dtype.is_floating or part.dtype.is_integer or part.dtype.is_bool)
    return bool(numeric and hasattr(part, "numpy"))


def _global_seed() -> int | None:
    from tensorflow.python.eager import context

    seed: int | None = context.global_seed()
    return seed


def _order(adapter: Any) -> list[int] | None:
    seed = _global_seed()
    if not adapter._shuffle or seed is None:
        return None
    if adapter._shuffle == "batch":
        return fastfit_order.permuted_batches(adapter._num_samples, adapter._batch_size, seed)
    return fastfit_order.permutation(adapter._num_samples, seed)


def _rows(tensor: Any, order: list[int] | None) -> Any:
    import tensorflow as tf

    return tensor if order is None else tf.gather(tensor, order, axis=0)


def _batched(rows: Any, length: int, size: int) -> Any:
    """Batches as Keras cuts them; the first axis has a static length only where every batch is full, as there."""
    import tensorflow as tf
    from keras.src import tree
    from tensorflow.python.data.ops import dataset_ops

    whole = length // size
    parts = []
    if whole:
        full = tree.map_structure(lambda x: tf.reshape(x[: whole * size], [whole, size, *x.shape[1:]]), rows)
        parts.append(tf.data.Dataset.from_tensor_slices(full))
    if length % size:
        parts.append(tf.data.Dataset.from_tensors(tree.map_structure(lambda x: x[whole * size :], rows)))
    batches = parts[0] if len(parts) == 1 else parts[0].concatenate(parts[1])
    static = None if length % size else size
    spec = tree.map_structure(lambda x: tf.TensorSpec([static, *x.shape[1:]], x.dtype), rows)
    options = tf.data.Options()
    options.autotune.enabled = False
    options.experimental_optimization.apply_default_optimizations = False
    return dataset_ops._VariantDataset(batches._variant_tensor, spec).with_options(options)
