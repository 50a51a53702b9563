"""Keras' fit, evaluate and predict with the same numbers in less time, for small arrays.

Four savings, each in a file of its own that says why the numbers stay: the batches without Keras' pipeline, one iterator
for all epochs, one trace of the training step where Keras throws the first away, and none for a network that is alike.
Each stands aside in every case that the tests do not prove bit for bit: other versions, custom parts, generators, large
data, no seed.
"""

# ruff: noqa: SLF001, PLC0415 - it works on Keras' inside, and must not load it before it is asked to
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from grader.engine import fastfit_batches, fastfit_build, fastfit_share
from grader.text import Text, say
from grader.versions import versions

PROVED = frozenset({("3.15.1", "2.21.0")})
"""Versions of Keras and TensorFlow; with others, prove them first: FASTFIT_SEEDS=20 pytest tests/engine/test_fastfit.py.

Each seed compares 2,040 steps of 38 programs as a kernel runs them (numbers, calls, printed lines, names, random states).
"""


def status(installed: dict[str, str] | None = None) -> tuple[bool, Text]:
    """Whether trainings are made faster with the ``installed`` versions (default: what is here), and why; loads nothing."""
    have = versions() if installed is None else installed
    keras, tensorflow = have["keras"], have["tensorflow"]
    if (keras, tensorflow) in PROVED:
        return True, say(
            "Trainings run without Keras' overhead: proved bit for bit for Keras {keras} with TensorFlow {tensorflow}.",
            keras=keras,
            tensorflow=tensorflow,
        )
    proved = ", ".join(sorted(f"{k} / {t}" for k, t in PROVED))
    return False, say(
        "Trainings run as Keras does them: the faster way is proved for Keras / TensorFlow {proved} only; here are {keras} / {tensorflow}.",
        proved=proved,
        keras=keras or "-",
        tensorflow=tensorflow or "-",
    )


def apply() -> bool:
    """Changes Keras in this process, once -> whether it is changed. Runs no operation."""
    import keras

    if keras.backend.backend() != "tensorflow":
        return False
    import tensorflow as tf

    if (keras.__version__, tf.__version__) not in PROVED:
        return False
    from keras.src.backend.tensorflow import trainer
    from keras.src.trainers import epoch_iterator

    epochs = trainer.TFEpochIterator
    if not hasattr(epochs, "_gradetape"):
        epochs._gradetape = True
        epochs.__init__ = _init_of(epoch_iterator.EpochIterator.__init__)
        epochs._enumerate_iterator = _epoch_of(epoch_iterator.EpochIterator._enumerate_iterator)
        models = trainer.TensorFlowTrainer
        models._maybe_symbolic_build = _build_of(models._maybe_symbolic_build)
        models.make_train_function = _train_function_of(models.make_train_function, fastfit_share.Traces())
    return True


def _init_of(base: Callable[..., None]) -> Callable[..., None]:
    """As Keras has it, line by line, but with our dataset where there is one."""

    def init(self: Any, distribute_strategy: Any = None, *args: Any, **kwargs: Any) -> None:
        base(self, *args, **kwargs)
        self._distribute_strategy = distribute_strategy
        self._gradetape_endless = self._gradetape_running = None
        self._gradetape_whole = False
        dataset = fastfit_batches.dataset_of(self.data_adapter, distribute_strategy)
        self._gradetape_ours = dataset is not None
        if dataset is None:
            adapter = self.data_adapter
            dataset = distribute(adapter.get_tf_dataset(), distribute_strategy)
        self._distributed_dataset = dataset

    def distribute(dataset: Any, strategy: Any) -> Any:
        import tensorflow as tf

        if isinstance(dataset, tf.distribute.DistributedDataset):
            return dataset
        return strategy.experimental_distribute_dataset(dataset)

    return init


def _epoch_of(stock: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    """One epoch from an iterator that goes on; as Keras does it, without the iterators that nobody reads."""

    def enumerate_epoch(self: Any) -> Iterator[Any]:
        if not self._gradetape_endless or self.steps_per_epoch is not None or self.steps_per_execution != 1:
            yield from stock(self)
            return
        self.data_adapter.on_epoch_begin()
        if not self._gradetape_whole:  # the first epoch, or the last one was broken off
            self._gradetape_running = iter(self._distributed_dataset.repeat())
        self._current_iterator, self._steps_seen, self._gradetape_whole = self._gradetape_running, 0, False
        for step in range(self._num_batches):
            self._steps_seen += 1
            yield step, step, self._gradetape_running
        self._steps_seen, self._gradetape_whole = 0, True
        self.data_adapter.on_epoch_end()

    return enumerate_epoch


def _build_of(stock: Callable[..., None]) -> Callable[..., None]:
    """Learns whose training it is, and builds before the first trace."""

    def build(self: Any, iterator: Any = None, data_batch: Any = None) -> None:
        stock(self, iterator=iterator, data_batch=data_batch)
        if iterator is not None and iterator._gradetape_ours:
            iterator._gradetape_endless = fastfit_build.steps_as_keras(self)
            fastfit_build.build(self, iterator._distributed_dataset.element_spec)

    return build


def _train_function_of(stock: Callable[..., Any], traces: fastfit_share.Traces) -> Callable[..., Any]:
    """Builds the optimizer, too, when a training begins, and takes the trace of a network that is alike."""

    def make_train_function(self: Any, force: bool = False) -> Any:
        if self.train_function is None:
            fastfit_build.build_optimizer(self)
        before = self.train_function
        made = stock(self, force)
        if self.train_function is not before and fastfit_build.steps_as_keras(self):
            self.train_function = traces.shared(self, self.train_function)
        return made

    make_train_function.__module__ = stock.__module__
    return make_train_function
