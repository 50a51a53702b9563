"""Old spellings are recognised by the exact exception that they raise today."""

from __future__ import annotations

import pytest

from grader.advice import advise

RAISED_TODAY = [
    ("ValueError: Argument(s) not recognized: {'lr': 0.1}", "learning_rate="),
    (
        "ValueError: Expected `metrics` argument to be a list, tuple, or dict. Received instead: metrics=accuracy",
        "['accuracy']",
    ),
    ("AttributeError: 'Adam' object has no attribute 'minimize'", "GradientTape"),
    ("ImportError: keras.optimizers.legacy is not supported in Keras 3", "keras.optimizers"),
    ("AttributeError: 'Sequential' object has no attribute 'predict_classes'", "np.argmax"),
    ("AttributeError: 'Sequential' object has no attribute 'fit_generator'", "model.fit"),
    ("AttributeError: module 'tensorflow' has no attribute 'Session'", "TensorFlow 1"),
    ("AttributeError: module 'tensorflow' has no attribute 'set_random_seed'", "TensorFlow 1"),
    ("AttributeError: module 'tensorflow._api.v2.random' has no attribute 'random_uniform'", "TensorFlow 1"),
    ("ValueError: Unrecognized data type: x=[4] (of type <class 'list'>)", "np.array"),
    ("ImportError: cannot import name 'mse' from 'keras.losses' (...)", "loss='mse'"),
    ("AttributeError: module 'keras.losses' has no attribute 'mse'", "loss='mse'"),
    ("AttributeError: module 'keras._tf_keras.keras.losses' has no attribute 'mean_squared_error'", "loss='mse'"),
    ("ImportError: cannot import name 'mean_squared_error' from 'tensorflow.keras.losses' (...)", "import keras"),
    ("AttributeError: module 'keras._tf_keras.keras' has no attribute 'saving'", "keras.models.load_model"),
    ("ModuleNotFoundError: No module named 'google.colab'", "Colab only"),
    ("ImportError: cannot import name 'np_utils' from 'keras.utils'", "to_categorical"),
    ("ModuleNotFoundError: No module named 'keras.layers.core'", "keras.layers"),
    ("TypeError: TensorFlowTrainer.fit() got an unexpected keyword argument 'nb_epoch'", "epochs"),
    ("ValueError: Unrecognized keyword arguments passed to Dense: {'init': 'uniform'}", "kernel_initializer"),
    ("ValueError: Invalid filepath extension for saving. Please add either a `.keras` extension", ".keras"),
    ("ValueError: The filename must end in `.weights.h5`. Received: filepath=w.h5", ".weights.h5"),
    (
        "ValueError: Could not deserialize 'keras.metrics.mse' because it is not a KerasSaveable subclass",
        "compile=False",
    ),
    ("TypeError: only 0-dimensional arrays can be converted to Python scalars", ".item()"),
    ("TypeError: only 0-dimensional arrays can be converted to Python scalars", "np.exp"),
    ("ValueError: The truth value of an array with more than one element is ambiguous.", "np.where"),
    ("OverflowError: math range error", "np.exp"),
    ("TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'", "GradientTape"),
    ("ValueError: No gradients provided for any variable.", "GradientTape"),
    ("TypeError: cannot unpack non-iterable NoneType object", "return"),
    ("OverflowError: (34, 'Numerical result out of range')", "learning rate"),
    ("TypeError: 'Text' object is not callable", "set_title"),
    ("ValueError: dtype='string' is not a valid dtype for Keras type promotion.", "loss_weights"),
    (
        "ValueError: Input 0 of layer 'dense_9' is incompatible with the layer: expected axis -1 of input shape to have value 32",
        "layers[1]",
    ),
    ("AttributeError: 'Axes' object has no attribute 'xlabel'", "set_xlabel"),
    ("ValueError: Cannot convert '2' to a shape.", "comma"),
    ("AttributeError: module 'tensorflow' has no attribute 'reset_default_graph'", "TensorFlow 1"),
    ("AttributeError: 'numpy.ndarray' object has no attribute 'plot'", "axes.flat"),
    ("TypeError: relu() got an unexpected keyword argument 'alpha'", "negative_slope"),
    ("AttributeError: module 'numpy' has no attribute 'float'. ...", "float"),
    ("AttributeError: 'Dense' object has no attribute 'output_shape'", "layer.output.shape"),
    ("KeyError: 'acc'", "metrics="),
    ("ValueError: setting an array element with a sequence. The requested array has an inhomogeneous shape", "list"),
    (
        "ValueError: Unknown variable: <Variable>. This optimizer can only be called for the variables it was originally built with.",
        "each",
    ),
]


@pytest.mark.parametrize(("error", "words"), RAISED_TODAY, ids=[e[:40] for e, _ in RAISED_TODAY])
def test_what_keras_2_code_raises_today_is_explained(error, words):
    (text, *_) = advise(error)
    assert words in text.en


@pytest.mark.parametrize("error", ["ValueError: no", "NameError: name 'x' is not defined", ""])
def test_what_is_not_recognised_gets_no_advice(error):
    assert advise(error) == ()
