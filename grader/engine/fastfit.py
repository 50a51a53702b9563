"""Keras' fit, evaluate and predict with the same numbers in less time, for small arrays.

Keras 3.15 makes two tf.data iterators an epoch, about 20 ms each, where the learner's network needs 2 ms. Here one
iterator serves all epochs, and metrics and optimizer are built before the first trace, which Keras otherwise throws away.
Both stand aside in every case that was not proved: other versions, custom parts, generators, large data, no seed.
The tests compare weights, optimizer state, histories and predictions bit for bit.
"""

# ruff: noqa: SLF001, PLC0415 - it works on Keras' inside, and must not load it before it is asked to
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

PROVED = "3.15."
_CACHE_BYTES = 64 << 20
_STRANGE_LAYERS = frozenset({"Lambda", "TFSMLayer", "ActivityRegularization"})


def apply() -> bool:
    """Changes Keras in this process -> whether it did: only for the version that the tests prove. Runs no operation."""
    import keras

    if not keras.__version__.startswith(PROVED) or keras.backend.backend() != "tensorflow":
        return False
    from keras.src.backend.tensorflow import trainer
    from keras.src.trainers import epoch_iterator

    stock_epoch = epoch_iterator.EpochIterator._enumerate_iterator
    stock_build = trainer.TensorFlowTrainer._maybe_symbolic_build
    trainer.TFEpochIterator._enumerate_iterator = _epoch_of(stock_epoch)
    trainer.TensorFlowTrainer._maybe_symbolic_build = _build_of(stock_build)
    return True


def _epoch_of(stock: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    """One epoch from an iterator that goes on; as Keras does it, without the iterators that nobody reads."""

    def enumerate_epoch(self: Any) -> Iterator[Any]:
        if not _repeatable(self):
            yield from stock(self)
            return
        self.data_adapter.on_epoch_begin()
        running = _running(self)
        self._current_iterator, self._steps_seen, self._gradetape_whole = running, 0, False
        for step in range(self._num_batches):
            self._steps_seen += 1
            yield step, step, running
        self._steps_seen, self._gradetape_whole = 0, True
        self.data_adapter.on_epoch_end()

    return enumerate_epoch


def _running(epochs: Any) -> Any:
    """An iterator that stands at the beginning of an epoch."""
    if not getattr(epochs, "_gradetape_whole", False):  # the first epoch, or the last one was broken off
        epochs._gradetape_running = iter(epochs._distributed_dataset.cache().repeat())
    return epochs._gradetape_running


def _repeatable(epochs: Any) -> bool:
    """Whether every epoch draws the same batches.

    With a global seed each new iterator of Keras' array dataset restarts its generator, so every epoch has the same
    permutation, and the batches of the first can be replayed. Seen in TensorFlow 2.21, and held to by the tests.
    """
    import tensorflow as tf
    from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter
    from tensorflow.python.eager import context

    adapter = epochs.data_adapter
    return (
        type(adapter) is ArrayDataAdapter
        and epochs.steps_per_epoch is None
        and epochs.steps_per_execution == 1
        and bool(epochs._num_batches)
        and isinstance(epochs._distributed_dataset, tf.data.Dataset)
        and (not adapter._shuffle or context.global_seed() is not None)
        and _bytes(adapter._inputs) <= _CACHE_BYTES
    )


def _bytes(inputs: Any) -> int:
    import tensorflow as tf

    total = 0
    for part in tf.nest.flatten(inputs):
        if tf.is_tensor(part):
            total += part.shape.num_elements() * part.dtype.size
        elif part is not None:
            total += getattr(part, "nbytes", _CACHE_BYTES + 1)
    return total


def _build_of(stock: Callable[..., None]) -> Callable[..., None]:
    """Builds metrics and optimizer before the first trace. Left to it, they make variables there, and it is done twice."""

    def build(self: Any, iterator: Any = None, data_batch: Any = None) -> None:
        if iterator is None or not _repeatable(iterator) or not _plain(self):
            stock(self, iterator=iterator, data_batch=data_batch)
            return
        try:
            self._symbolic_build(data_batch=iterator._distributed_dataset.element_spec)
        except Exception:
            return

    return build


def _plain(model: Any) -> bool:
    """A built model of Keras' own layers, losses and metrics, compiled without anything special."""
    from keras.src.models.functional import Functional
    from keras.src.models.sequential import Sequential

    return (
        type(model) in (Functional, Sequential)
        and model._distribute_strategy is None
        and model.built
        and not model.run_eagerly
        and _of_keras(model.optimizer)
        and all(_of_keras(one) and type(one).__name__ not in _STRANGE_LAYERS for one in model._flatten_layers())
        and _named(getattr(model._compile_loss, "_user_loss", None))
        and _named(getattr(model._compile_metrics, "_user_metrics", None))
        and _named(getattr(model._compile_metrics, "_user_weighted_metrics", None))
    )


def _of_keras(thing: object) -> bool:
    return type(thing).__module__.startswith("keras.")


def _named(wanted: Any) -> bool:
    """Losses and metrics by name, or objects of Keras' own; no functions of the learner's."""
    import tensorflow as tf

    return all(one is None or isinstance(one, str) or _of_keras(one) for one in tf.nest.flatten(wanted))
