"""The layers that may be rebuilt: for each its settings, the form each setting must have, and where its weights go.

Settings that only matter in training (initializers, regularizers, constraints) are not handed on: the weights are known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Form = Callable[[object], bool]

MOST = 1_000_000  # of units, filters and the like; weights are compared with the real ones before they are made
MAX_LENGTH = 10**7  # of one axis
MAX_KERNEL = 10**4
MAX_AXES = 8
SPACE_AXES = 3
ORDINARY = 1e12

ACTIVATIONS = frozenset({
    "celu", "elu", "exponential", "gelu", "hard_sigmoid", "hard_silu", "hard_swish", "leaky_relu", "linear",
    "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "softmax", "softplus", "softsign", "swish", "tanh",
})  # fmt: skip
POLICIES = frozenset({"float16", "float32", "float64", "bfloat16", "mixed_float16", "mixed_bfloat16"})
INPUT_DTYPES = frozenset(
    {"float16", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "bool"}
)


def is_int(value: object, low: int = 1, high: int = MOST) -> bool:
    """A whole number in ``low..high``."""
    return type(value) is int and low <= value <= high


def is_number(value: object) -> bool:
    """A finite number of ordinary size."""
    return type(value) in (int, float) and abs(value) <= ORDINARY  # type: ignore[arg-type]


def _maybe_number(value: object) -> bool:
    return value is None or is_number(value)


def _flag(value: object) -> bool:
    return type(value) is bool


def _axis(value: object) -> bool:
    one_or_more = value if isinstance(value, list) else [value]
    return len(one_or_more) <= MAX_AXES and all(is_int(v, -MAX_AXES, MAX_AXES) for v in one_or_more)


def _maybe_axis(value: object) -> bool:
    return value is None or _axis(value)


def _lengths(value: object) -> bool:
    """One length, or a list of them, possibly in pairs: kernel sizes, strides, paddings."""
    if isinstance(value, list):
        return len(value) <= SPACE_AXES and all(map(_lengths, value))
    return is_int(value, 0, MAX_KERNEL)


def _maybe_lengths(value: object) -> bool:
    return value is None or _lengths(value)


def _shape(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MAX_AXES and all(is_int(v, -1, MAX_LENGTH) for v in value)


def _one_of(*words: str | None) -> Form:
    return lambda value: (value is None or type(value) is str) and value in words


def _numbers(value: object) -> bool:
    return all(map(is_number, value)) if isinstance(value, list) else is_number(value)


def _maybe_numbers(value: object) -> bool:
    return value is None or _numbers(value)


@dataclass(frozen=True)
class LayerKind:
    """Settings with their forms, and variables with the settings that plant them."""

    settings: Mapping[str, Form] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    activations: tuple[str, ...] = ()
    spare_weights: frozenset[str] = frozenset()  # variables that it does not compute with


_FORMAT: dict[str, Form] = {"data_format": _one_of("channels_last", "channels_first", None)}
_KERNEL = {"kernel": "kernel_initializer", "bias": "bias_initializer"}
_CONV: dict[str, Form] = {
    "kernel_size": _lengths,
    "strides": _lengths,
    "padding": _one_of("valid", "same", "causal"),
    "dilation_rate": _lengths,
    "use_bias": _flag,
    **_FORMAT,
}
_FILTERS: dict[str, Form] = {"filters": is_int, "groups": is_int, **_CONV}
_DEPTH: dict[str, Form] = {"depth_multiplier": is_int, **_CONV}
_POOL: dict[str, Form] = {
    "pool_size": _lengths,
    "strides": _maybe_lengths,
    "padding": _one_of("valid", "same"),
    **_FORMAT,
}
_GLOBAL: dict[str, Form] = {"keepdims": _flag, **_FORMAT}
_RECURRENT: dict[str, Form] = {
    "units": is_int,
    "use_bias": _flag,
    "return_sequences": _flag,
    "return_state": _flag,
    "go_backwards": _flag,
    "zero_output_for_mask": _flag,
}
_CELL = {"recurrent_kernel": "recurrent_initializer", **_KERNEL}
_NORM = {"gamma": "gamma_initializer", "beta": "beta_initializer"}
_ONE = ("activation",)
_TWO = ("activation", "recurrent_activation")

LAYERS: Mapping[str, LayerKind] = {
    "Dense": LayerKind({"units": is_int, "use_bias": _flag}, _KERNEL, _ONE),
    "Activation": LayerKind(activations=_ONE),
    "Identity": LayerKind(),
    "ReLU": LayerKind({"max_value": _maybe_number, "negative_slope": is_number, "threshold": is_number}),
    "LeakyReLU": LayerKind({"negative_slope": is_number}),
    "ELU": LayerKind({"alpha": is_number}),
    "PReLU": LayerKind({"shared_axes": _maybe_axis}, {"alpha": "alpha_initializer"}),
    "Softmax": LayerKind({"axis": _axis}),
    "Flatten": LayerKind(_FORMAT),
    "Reshape": LayerKind({"target_shape": _shape}),
    "Permute": LayerKind({"dims": _shape}),
    "RepeatVector": LayerKind({"n": is_int}),
    "Masking": LayerKind({"mask_value": is_number}),
    "Rescaling": LayerKind({"scale": _numbers, "offset": _numbers}),
    "Dropout": LayerKind({"rate": is_number}),
    "SpatialDropout1D": LayerKind({"rate": is_number}),
    "SpatialDropout2D": LayerKind({"rate": is_number}),
    "GaussianDropout": LayerKind({"rate": is_number}),
    "AlphaDropout": LayerKind({"rate": is_number}),
    "GaussianNoise": LayerKind({"stddev": is_number}),
    "ActivityRegularization": LayerKind(),
    "Conv1D": LayerKind(_FILTERS, _KERNEL, _ONE),
    "Conv2D": LayerKind(_FILTERS, _KERNEL, _ONE),
    "Conv3D": LayerKind(_FILTERS, _KERNEL, _ONE),
    "Conv1DTranspose": LayerKind({**_CONV, "filters": is_int}, _KERNEL, _ONE),
    "Conv2DTranspose": LayerKind({**_CONV, "filters": is_int}, _KERNEL, _ONE),
    "DepthwiseConv2D": LayerKind(_DEPTH, {"kernel": "depthwise_initializer", "bias": "bias_initializer"}, _ONE),
    "SeparableConv2D": LayerKind(
        {**_DEPTH, "filters": is_int},
        {
            "depthwise_kernel": "depthwise_initializer",
            "pointwise_kernel": "pointwise_initializer",
            "bias": "bias_initializer",
        },
        _ONE,
    ),
    "MaxPooling1D": LayerKind(_POOL),
    "MaxPooling2D": LayerKind(_POOL),
    "AveragePooling1D": LayerKind(_POOL),
    "AveragePooling2D": LayerKind(_POOL),
    "GlobalMaxPooling1D": LayerKind(_GLOBAL),
    "GlobalMaxPooling2D": LayerKind(_GLOBAL),
    "GlobalAveragePooling1D": LayerKind(_GLOBAL),
    "GlobalAveragePooling2D": LayerKind(_GLOBAL),
    "ZeroPadding1D": LayerKind({"padding": _lengths}),
    "ZeroPadding2D": LayerKind({"padding": _lengths, **_FORMAT}),
    "Cropping1D": LayerKind({"cropping": _lengths}),
    "Cropping2D": LayerKind({"cropping": _lengths, **_FORMAT}),
    "UpSampling1D": LayerKind({"size": _lengths}),
    "UpSampling2D": LayerKind({"size": _lengths, "interpolation": _one_of("nearest", "bilinear"), **_FORMAT}),
    "BatchNormalization": LayerKind(
        {"axis": _axis, "momentum": is_number, "epsilon": is_number, "center": _flag, "scale": _flag},
        {**_NORM, "moving_mean": "moving_mean_initializer", "moving_variance": "moving_variance_initializer"},
    ),
    "LayerNormalization": LayerKind({"axis": _axis, "epsilon": is_number, "center": _flag, "scale": _flag}, _NORM),
    "Normalization": LayerKind(
        {"axis": _maybe_axis, "invert": _flag, "mean": _maybe_numbers, "variance": _maybe_numbers},
        {"mean": "mean", "variance": "variance"},
        spare_weights=frozenset({"count"}),
    ),
    "Embedding": LayerKind(
        {"input_dim": is_int, "output_dim": is_int, "mask_zero": _flag}, {"embeddings": "embeddings_initializer"}
    ),
    "SimpleRNN": LayerKind(_RECURRENT, _CELL, _ONE),
    "LSTM": LayerKind(_RECURRENT, _CELL, _TWO),
    "GRU": LayerKind({**_RECURRENT, "reset_after": _flag}, _CELL, _TWO),
    "Add": LayerKind(),
    "Subtract": LayerKind(),
    "Multiply": LayerKind(),
    "Average": LayerKind(),
    "Maximum": LayerKind(),
    "Minimum": LayerKind(),
    "Concatenate": LayerKind({"axis": _axis}),
    "Dot": LayerKind({"axes": _axis, "normalize": _flag}),
}
ACTIVATION_LAYERS = frozenset({"ReLU", "LeakyReLU", "ELU", "Softmax"})
# Functions of keras.ops that a Functional graph records where a learner writes x + y; they have no settings.
OPERATIONS: Mapping[str, str] = {
    "Add": "add", "Subtract": "subtract", "Multiply": "multiply", "Divide": "divide", "TrueDivide": "true_divide",
    "Maximum": "maximum", "Minimum": "minimum", "Negative": "negative", "Absolute": "absolute", "Square": "square",
    "Sqrt": "sqrt", "Exp": "exp", "Matmul": "matmul", "Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh",
}  # fmt: skip
# Other settings that change what a layer computes: only their usual value can be rebuilt.
USUAL: Mapping[str, object] = {"stateful": False, "sparse": False, "ragged": False, "lora_rank": None}
