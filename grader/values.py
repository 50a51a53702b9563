"""What a learner's program can answer with, as plain data: what NumPy and Python have no type for.

Everything here is frozen, light and free of TensorFlow; NumPy functions take a `Tensor` as it is.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.text import Text
    from grader.wire.plan import ModelPlan

Array = npt.NDArray[Any]
Dims = tuple[int | None, ...]
TensorKind = Literal["Tensor", "Variable", "KerasVariable"]


class Why(enum.StrEnum):
    """Why a value did not cross and stayed an opaque handle."""

    KIND = ""  # its type does not travel: a generator, an object of a class of the learner's own ...
    CYCLE = "cycle"  # it contains itself
    DEEP = "deep"  # it is nested too deeply
    LARGE = "large"  # it has too many elements or bytes
    BROKEN = "broken"  # reading it raised an exception


@dataclass(frozen=True)
class Handle:
    """Something that stays in the learner's session; may be passed back as an argument."""

    id: int
    type_name: str
    repr: str
    why: Why = Why.KIND


@dataclass(frozen=True, eq=False)
class Tensor(np.lib.mixins.NDArrayOperatorsMixin):
    """A tf.Tensor or a variable, by its values.

    ``array`` is read-only. bfloat16 comes as float32 and strings as NumPy text; ``note`` then names the real dtype.
    A variable keeps its ``handle``: passed back as an argument, it is the learner's own object again.
    """

    array: Array
    kind: TensorKind = "Tensor"
    trainable: bool | None = None
    name: str = ""
    note: str = ""
    handle: Handle | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        return self.array.shape

    @property
    def ndim(self) -> int:
        """Number of axes: the rank."""
        return self.array.ndim

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of the values as they came."""
        return self.array.dtype

    def numpy(self) -> Array:
        """The values."""
        return self.array

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> Array:
        return np.array(self.array, dtype=dtype, copy=copy)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        plain = [x.array if isinstance(x, Tensor) else x for x in inputs]
        return getattr(ufunc, method)(*plain, **kwargs)

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.array)

    def __getitem__(self, index: Any) -> Any:
        return self.array[index]

    def __float__(self) -> float:
        return float(self.array)

    def __int__(self) -> int:
        return int(self.array)

    def __bool__(self) -> bool:
        return bool(self.array)


@dataclass(frozen=True)
class Source:
    """A Python expression evaluated in the learner's session: how a check hands over a function.

    It sees ``np``, ``math``, ``tf`` and ``keras``, and is no secret once it was sent.
    """

    expression: str


@dataclass(frozen=True)
class Dtype:
    """A dtype of NumPy or TensorFlow, by name: "float32"."""

    name: str


@dataclass(frozen=True)
class Shape:
    """A tf.TensorShape of known rank; None for an axis that is not fixed."""

    dims: Dims


@dataclass(frozen=True)
class History:
    """What ``model.fit`` returned."""

    epochs: int
    history: Mapping[str, list[float]]


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a plot; ``x`` and ``y``: (points,) float64, NaN where there is a gap."""

    x: Array
    y: Array
    label: str = ""
    color: str = ""  # "#rrggbb"
    linestyle: str = "-"
    marker: str = ""


@dataclass(frozen=True, eq=False)
class Points:
    """One scatter plot; ``x`` and ``y``: (points,) float64."""

    x: Array
    y: Array
    label: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: its lower left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Axes:
    """One coordinate system of a figure, by what is drawn in it.

    ``position`` is (row, column) of its subplot, counted from 0; None where it was placed by hand.
    """

    title: str = ""
    x_label: str = ""
    y_label: str = ""
    x_limits: tuple[float, float] = (0.0, 1.0)
    y_limits: tuple[float, float] = (0.0, 1.0)
    x_scale: str = "linear"
    y_scale: str = "linear"
    lines: tuple[Line, ...] = ()
    points: tuple[Points, ...] = ()
    bars: tuple[Bar, ...] = ()
    images: int = 0
    legend: tuple[str, ...] = ()
    position: tuple[int, int] | None = None
    nrows: int = 1
    ncols: int = 1


@dataclass(frozen=True, eq=False)
class Figure:
    """A matplotlib figure; ``png`` only where it was asked for."""

    axes: tuple[Axes, ...]
    title: str = ""
    png: bytes | None = None


@dataclass(frozen=True)
class LayerInfo:
    """One layer of a model, as its own program describes it.

    ``units`` also stands for the filters of a convolution. Shapes begin with the batch axis: None.
    ``own_class`` marks a layer that is not Keras' own.
    """

    class_name: str
    name: str
    units: int | None = None
    activation: str | None = None
    rate: float | None = None
    input_shape: Dims | None = None
    output_shape: Dims | None = None
    trainable: bool = True
    weight_shapes: tuple[tuple[int, ...], ...] = ()
    param_count: int = 0
    own_class: bool = False
    config: Mapping[str, Any] = field(default_factory=dict)
    layers: tuple[LayerInfo, ...] = ()  # of a nested model


@dataclass(frozen=True)
class OptimizerInfo:
    """The optimizer a model was compiled with; no ``learning_rate`` where it follows a schedule of the learner's own."""

    class_name: str
    learning_rate: float | None
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class StudentModel:
    """A keras.Model by its description and its weights.

    ``loss`` and ``metrics`` have their long names: "mean_squared_error", however they were spelled.
    ``plan`` is what `grader.wire.model.rebuild` builds from; None where ``not_rebuildable`` says why.
    """

    handle: Handle
    class_name: str
    name: str = ""
    built: bool = True
    layers: tuple[LayerInfo, ...] = ()
    input_shapes: tuple[Dims, ...] = ()
    output_shapes: tuple[Dims, ...] = ()
    weights: tuple[Array, ...] = ()
    trainable_count: int = 0
    param_count: int = 0
    optimizer: OptimizerInfo | None = None
    loss: str | None = None
    from_logits: bool = False  # whether the loss applies sigmoid or softmax itself
    metrics: tuple[str, ...] = ()
    label_shapes: tuple[Dims, ...] = ()  # of labels and predictions when it was first trained; () where it was not
    plan: ModelPlan | None = None
    not_rebuildable: Text | None = None

    @property
    def input_shape(self) -> Dims | None:
        """Of the only input, batch axis first; None where it is not known or there are several."""
        return self.input_shapes[0] if len(self.input_shapes) == 1 else None

    @property
    def output_shape(self) -> Dims | None:
        """Of the only output, batch axis first; None where it is not known or there are several."""
        return self.output_shapes[0] if len(self.output_shapes) == 1 else None
