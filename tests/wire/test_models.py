"""A learner's Keras model, in every style: described truly, rebuilt by the grader, with the same answers."""

from __future__ import annotations

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from grader import values
from grader.wire import model as wire_model
from grader.wire.limits import Refused
from grader.wire.reply import Answer
from tests.wire.session import Session, crossed

RNG = np.random.default_rng(0)


def floats(*shape):
    return RNG.normal(size=shape).astype("float32")


def with_random_weights(model):
    if any(isinstance(layer, layers.Normalization) for layer in model.layers):
        return model  # its statistics are fixed when it adapts
    model.set_weights([np.abs(RNG.normal(size=w.shape)).astype(w.dtype) for w in model.get_weights()])
    return model


def functional():
    x = keras.Input((2,))
    hidden = layers.Dense(4, activation="tanh")(x)
    return keras.Model(inputs=x, outputs=layers.Dense(1, activation="sigmoid")(hidden))


def residual():
    x = keras.Input((4,))
    return keras.Model(x, keras.ops.relu(layers.Dense(4)(x) + x) * 0.5)


def two_inputs():
    left, right = keras.Input((2,)), keras.Input((3,))
    # branches of equal shape, joined in the other order: weights must not be swapped
    a, b = layers.Dense(4)(left), layers.Dense(4)(layers.Dense(2)(right))
    return keras.Model([left, right], layers.Dense(1)(layers.Concatenate()([b, a])))


def two_outputs():
    x = keras.Input((2,))
    return keras.Model(x, [layers.Dense(1)(x), layers.Dense(3)(x), x])


def shared():
    x, dense = keras.Input((3,)), layers.Dense(3, "relu")
    return keras.Model(x, dense(dense(x)))


def nested():
    x = keras.Input((2,))
    inner = keras.Sequential([layers.Dense(3, "relu"), keras.Sequential([keras.Input((3,)), layers.Dense(2)])])
    return keras.Model(x, inner(inner(x)))


def built_by_a_call():
    model = keras.Sequential([layers.Dense(3, activation="relu"), layers.Dense(1)])
    model(floats(4, 2))
    return model


def built_by_fit():
    model = keras.Sequential([layers.Dense(3), layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(floats(4, 2), floats(4, 1), verbose=0)
    return model


def added():
    model = tf.keras.models.Sequential()
    model.add(tf.keras.Input(shape=(2,)))
    model.add(tf.keras.layers.Dense(3, activation=tf.nn.relu))
    model.add(tf.keras.layers.Dense(1, activation=tf.sigmoid))
    return model


def normalized():
    norm = layers.Normalization()
    norm.adapt(floats(20, 2) * 3 + 5)
    return keras.Sequential([keras.Input((2,)), norm, layers.Dense(1)])


def chain(shape, *more, **kwargs):
    return lambda: keras.Sequential([keras.Input(shape, **kwargs), *more])


def with_old_spelling():
    first = layers.Dense(3, input_shape=(2,), activation="relu")
    return keras.Sequential([first, layers.Dense(1)])


def flat_images():
    return keras.Sequential([layers.Flatten(input_shape=(4, 4)), layers.Dense(2, activation="softmax")])


def front_part():
    whole = keras.Sequential([keras.Input((2,)), layers.Dense(3, "tanh"), layers.Dense(1)])
    return keras.Model(whole.inputs, whole.layers[0].output)


def cloned():
    return keras.models.clone_model(functional())


def always_dropping():
    x = keras.Input((2,))
    return keras.Model(x, layers.Dropout(0.0)(layers.Dense(2)(x), training=True))


STYLES = {
    "input_shape": (with_old_spelling, [(5, 2)]),
    "flat images": (flat_images, [(5, 4, 4)]),
    "front part": (front_part, [(5, 2)]),
    "cloned": (cloned, [(5, 2)]),
    "training=True": (always_dropping, [(5, 2)]),
    "sequential": (chain((2,), layers.Dense(3, "relu"), layers.Dense(1)), [(5, 2)]),
    "separate activation": (chain((2,), layers.Dense(3), layers.Activation("tanh"), layers.Dense(1)), [(5, 2)]),
    "by a call": (built_by_a_call, [(5, 2)]),
    "by fit": (built_by_fit, [(5, 2)]),
    "added, tf.keras": (added, [(5, 2)]),
    "functional": (functional, [(5, 2)]),
    "residual": (residual, [(5, 4)]),
    "two inputs": (two_inputs, [(5, 2), (5, 3)]),
    "two outputs": (two_outputs, [(5, 2)]),
    "shared layer": (shared, [(5, 3)]),
    "nested": (nested, [(5, 2)]),
    "normalization": (normalized, [(5, 2)]),
    "normalization by hand": (chain((2,), layers.Normalization(mean=[1.0, 2.0], variance=[4.0, 0.25])), [(5, 2)]),
    "batch norm": (chain((3,), layers.BatchNormalization(), layers.Dense(2, use_bias=False)), [(5, 3)]),
    "dropout": (chain((3,), layers.Dense(4), layers.Dropout(0.5), layers.Dense(1)), [(5, 3)]),
    "convolution": (
        chain((8, 8, 1), layers.Conv2D(3, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(2, "softmax")),
        [(3, 8, 8, 1)],
    ),
    "convolution 1d": (chain((9, 2), layers.Conv1D(3, 3, padding="causal"), layers.GlobalAveragePooling1D()), [(3, 9, 2)]),
    "separable": (chain((6, 6, 2), layers.SeparableConv2D(3, 2), layers.DepthwiseConv2D(2)), [(2, 6, 6, 2)]),
    "up and down": (
        chain((4, 4, 2), layers.Conv2DTranspose(2, 3), layers.UpSampling2D(), layers.ZeroPadding2D(1), layers.AveragePooling2D(2)),
        [(2, 4, 4, 2)],
    ),
    "activation layers": (
        chain((4,), layers.Dense(4, activation=layers.LeakyReLU(negative_slope=0.3)), layers.PReLU(), layers.ELU(), layers.ReLU(), layers.Softmax()),
        [(5, 4)],
    ),
    "shapes": (chain((4, 3), layers.Permute((2, 1)), layers.Reshape((6, -1)), layers.Flatten(), layers.RepeatVector(2)), [(2, 4, 3)]),
    "layer norm": (chain((4,), layers.LayerNormalization(), layers.Rescaling(1 / 255.0), layers.GaussianNoise(0.1)), [(5, 4)]),
    "recurrent": (chain((7, 2), layers.SimpleRNN(3, return_sequences=True), layers.GRU(4)), [(3, 7, 2)]),
    "double": (chain((2,), layers.Dense(2, dtype="float64")), [(5, 2)]),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:The structure of `inputs`", "ignore:Do not pass an")
@pytest.mark.parametrize("style", STYLES)
def test_a_rebuilt_model_answers_as_the_original(style):
    make, shapes = STYLES[style]
    model = with_random_weights(make())
    inputs = [floats(*s) for s in shapes]
    x = inputs if len(inputs) > 1 else inputs[0]
    student = crossed(model)
    assert isinstance(student, values.StudentModel)
    assert student.not_rebuildable is None
    got, wanted = wire_model.predict(student, x), model(x, training=False)
    if not isinstance(wanted, (list, tuple)):
        got, wanted = [got], [wanted]
    for mine, theirs in zip(got, wanted, strict=True):
        np.testing.assert_allclose(mine, np.asarray(theirs), rtol=1e-6, atol=1e-6)
    assert student.param_count == model.count_params()


@pytest.mark.filterwarnings("ignore:The structure of `inputs`")
@pytest.mark.parametrize("style", ["sequential", "separate activation", "batch norm", "dropout", "functional"])
def test_plain_models_are_answered_without_tensorflow_as_keras_would(style, monkeypatch):
    make, (shape,) = STYLES[style]
    student, x = crossed(with_random_weights(make())), floats(*shape)
    by_keras = np.asarray(wire_model.rebuild(student)(x, training=False))
    monkeypatch.setattr(wire_model, "_kept", None)  # Keras is not asked
    np.testing.assert_allclose(wire_model.predict(student, x), by_keras, rtol=1e-6, atol=1e-6)


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=3),
    activations=st.lists(
        st.sampled_from(["linear", "relu", "sigmoid", "tanh", "softmax", None]), min_size=4, max_size=4
    ),
    scale=st.sampled_from([0.1, 1.0, 50.0]),
    use_bias=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_numpy_and_keras_agree_on_stacks_of_dense_layers(sizes, activations, scale, use_bias):
    stack = [layers.Dense(n, a, use_bias=use_bias) for n, a in zip(sizes, activations, strict=False)]
    model = keras.Sequential(
        [keras.Input((3,)), *stack, layers.BatchNormalization(), layers.Activation(activations[-1])]
    )
    student, x = crossed(with_random_weights(model)), floats(4, 3) * np.float32(scale)
    wanted = np.asarray(model(x, training=False))
    np.testing.assert_allclose(wire_model.predict(student, x), wanted, rtol=2e-6, atol=1e-6)


def test_what_is_rebuilt_trains_in_the_faster_way_too(monkeypatch):
    applied = []
    monkeypatch.setattr(wire_model.fastfit, "apply", lambda: applied.append(True))
    wire_model.rebuild(crossed(keras.Sequential([layers.Input((2,)), layers.Dense(1)])))
    assert applied == [True]


def test_embedding_and_lstm_with_masks():
    stack = [layers.Embedding(9, 4, mask_zero=True), layers.LSTM(3, return_sequences=True), layers.LSTM(2)]
    model = with_random_weights(keras.Sequential([keras.Input((7,), dtype="int32"), *stack]))
    x = RNG.integers(0, 3, (5, 7))
    np.testing.assert_allclose(wire_model.predict(crossed(model), x), np.asarray(model(x)), atol=1e-6)


def test_inputs_by_name():
    inputs = {"b": keras.Input((2,), name="b"), "a": keras.Input((3,), name="a")}
    model = keras.Model(inputs, layers.Dense(1)(layers.Concatenate()([inputs["b"], inputs["a"]])))
    x = {"b": floats(4, 2), "a": floats(4, 3)}
    np.testing.assert_allclose(wire_model.predict(crossed(model), x), np.asarray(model(x)), atol=1e-6)


def test_many_rows_are_answered_in_parts(monkeypatch):
    monkeypatch.setattr(wire_model, "MAX_ROWS", 7)
    model = with_random_weights(residual())
    x = floats(20, 4)
    np.testing.assert_allclose(wire_model.predict(crossed(model), x), np.asarray(model(x)), atol=1e-6)


@pytest.mark.filterwarnings("ignore:__array__ implementation")
def test_a_saved_and_loaded_model(tmp_path):
    model = with_random_weights(functional())
    model.save(tmp_path / "m.keras")
    loaded, x = keras.models.load_model(tmp_path / "m.keras"), floats(4, 2)
    np.testing.assert_allclose(wire_model.predict(crossed(loaded), x), np.asarray(model(x)), atol=1e-6)


def test_other_weights_can_be_planted():
    student, x = crossed(functional()), floats(4, 2)
    zeros = dataclasses.replace(student, weights=tuple(np.zeros(w.shape) for w in student.weights))
    assert wire_model.predict(zeros, x).tolist() == [[0.5]] * 4
    wrong = dataclasses.replace(student, weights=tuple(np.zeros((1, 1)) for _ in student.weights))
    with pytest.raises(Refused, match="weights"):
        wire_model.predict(wrong, x)


def test_no_rows_at_all():
    assert wire_model.predict(crossed(functional()), floats(0, 2)).shape == (0, 1)


def test_tensors_of_the_wire_are_inputs_too():
    model = two_inputs()
    x = [values.Tensor(floats(4, 2)), values.Tensor(floats(4, 3))]
    assert wire_model.predict(crossed(model), x).shape == (4, 1)


def test_inputs_of_another_shape_are_refused_with_both_shapes():
    with pytest.raises(Refused, match=r"\(None, 2\).*\(4, 3\)"):
        wire_model.predict(crossed(functional()), floats(4, 3))


# ---- what is told ----


def test_a_description_tells_every_layer():
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(3, 3, activation="relu", name="first"),
            layers.Flatten(),
            layers.Dropout(0.25),
            layers.Dense(2, activation="softmax", trainable=False),
        ],
        name="net",
    )
    student = crossed(model)
    assert (student.class_name, student.name, student.built) == ("Sequential", "net", True)
    assert (student.input_shape, student.output_shape) == ((None, 8, 8, 1), (None, 2))
    assert [(la.class_name, la.units, la.activation, la.rate) for la in student.layers] == [
        ("Conv2D", 3, "relu", None),
        ("Flatten", None, None, None),
        ("Dropout", None, None, 0.25),
        ("Dense", 2, "softmax", None),
    ]
    conv, _, _, dense = student.layers
    assert (conv.name, conv.input_shape, conv.output_shape) == ("first", (None, 8, 8, 1), (None, 6, 6, 3))
    assert (conv.weight_shapes, conv.param_count, conv.trainable) == (((3, 3, 1, 3), (3,)), 30, True)
    assert (dense.param_count, dense.trainable) == (218, False)
    assert (student.param_count, student.trainable_count) == (248, 30)
    assert [w.shape for w in student.weights] == [(3, 3, 1, 3), (3,), (108, 2), (2,)]


def test_batch_norm_has_two_weights_that_do_not_train():
    student = crossed(keras.Sequential([keras.Input((3,)), layers.BatchNormalization()]))
    assert (student.param_count, student.trainable_count) == (12, 6)


def test_a_concrete_batch_size_is_left_open():
    student = crossed(built_by_a_call())
    assert student.input_shape == (None, 2)
    assert wire_model.predict(student, floats(9, 2)).shape == (9, 1)


def test_functional_models_show_no_input_layer():
    student = crossed(functional())
    assert [la.class_name for la in student.layers] == ["Dense", "Dense"]
    assert student.class_name == "Functional"


def test_several_inputs_and_outputs():
    assert crossed(two_inputs()).input_shapes == ((None, 2), (None, 3))
    assert crossed(two_inputs()).input_shape is None
    assert crossed(two_outputs()).output_shapes == ((None, 1), (None, 3), (None, 2))
    assert crossed(two_outputs()).output_shape is None


def test_nested_models_are_told_with_their_layers():
    student = crossed(nested())
    (inner,) = student.layers
    assert [la.class_name for la in inner.layers] == ["Dense", "Sequential"]
    assert inner.layers[1].layers[0].units == 2


@pytest.mark.parametrize(
    ("optimizer", "loss", "metrics", "told"),
    [
        ("sgd", "mse", None, ("SGD", 0.01, "mean_squared_error", ())),
        (keras.optimizers.Adam(0.1), keras.losses.MeanSquaredError(), ["mae"], ("Adam", 0.1, "mean_squared_error", ("mean_absolute_error",))),
        ("rmsprop", keras.losses.mean_squared_error, ["acc"], ("RMSprop", 0.001, "mean_squared_error", ("accuracy",))),
        ("adam", "binary_crossentropy", ["accuracy"], ("Adam", 0.001, "binary_crossentropy", ("accuracy",))),
        ("adam", keras.losses.BinaryCrossentropy(), [keras.metrics.BinaryAccuracy()], ("Adam", 0.001, "binary_crossentropy", ("binary_accuracy",))),
        (
            keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.5, 10, 0.9), momentum=0.9),
            lambda a, b: a - b,
            [lambda a, b: a],
            ("SGD", 0.5, "<lambda>", ("<lambda>",)),
        ),
    ],
)  # fmt: skip
def test_how_it_was_compiled_however_it_was_spelled(optimizer, loss, metrics, told):
    model = functional()
    model.compile(optimizer=optimizer, loss=loss, metrics=metrics)
    student = crossed(model)
    rate = student.optimizer.learning_rate
    assert (student.optimizer.class_name, pytest.approx(rate), student.loss, student.metrics) == told


def test_settings_of_the_optimizer_and_of_layers():
    model = keras.Sequential(
        [keras.Input((2,)), layers.Dense(1, kernel_initializer="he_normal", kernel_regularizer="l2")]
    )
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True), "mse")
    student = crossed(model)
    assert student.optimizer.config["momentum"] == 0.9
    assert student.layers[0].config["kernel_initializer"]["class_name"] == "HeNormal"
    assert student.layers[0].config["kernel_regularizer"] == {"class_name": "L2", "config": {"l2": 0.01}}


@pytest.mark.parametrize(
    ("loss", "twice"),
    [
        (keras.losses.BinaryCrossentropy(from_logits=True), True),
        (keras.losses.BinaryCrossentropy(), False),
        ("binary_crossentropy", False),
        (lambda a, b: a, False),
    ],
)
def test_whether_the_loss_takes_raw_outputs(loss, twice):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.compile("sgd", loss)
    assert crossed(model).from_logits is twice


def test_a_model_that_was_not_compiled():
    student = crossed(functional())
    assert (student.optimizer, student.loss, student.metrics) == (None, None, ())


def test_history_of_a_fit():
    source = (
        "import keras, numpy as np\ndef train():\n    m = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n"
        "    m.compile('sgd', 'mse')\n    return m, m.fit(np.ones((4, 2)), np.ones((4, 1)), epochs=3, verbose=0)"
    )
    model, history = Session(source).answer("train", seed=1)
    assert isinstance(model, values.StudentModel)
    assert history.epochs == 3
    assert len(history.history["loss"]) == 3


# ---- what is not rebuilt is answered for by calls ----

SUBCLASS = """
import keras, numpy as np
from keras import layers
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden, self.out = layers.Dense(4, activation="relu"), layers.Dense(1)
    def call(self, x, training=None):
        return self.out(self.hidden(x))
def make():
    net = Net()
    net(np.zeros((1, 2)))
    return net
def fresh():
    return Net()
def same(model, x):
    return model(x)
"""


def test_a_subclassed_model_is_told_and_answers_by_calls():
    session = Session(SUBCLASS)
    student = session.answer("make")
    assert "Net" in student.not_rebuildable.en
    assert [(la.class_name, la.units, la.input_shape, la.output_shape) for la in student.layers] == [
        ("Dense", 4, (None, 2), (None, 4)),
        ("Dense", 1, (None, 4), (None, 1)),
    ]
    assert student.param_count == 17
    answer = session.reach(["ref", student.handle.id, ""], values.Tensor(floats(5, 2)), training=False)
    assert isinstance(answer, Answer)
    assert answer.value.shape == (5, 1)
    assert session.answer("same", student, values.Tensor(floats(5, 2))).shape == (5, 1)
    with pytest.raises(Refused, match="Net"):
        wire_model.predict(student, floats(5, 2))


def test_a_subclassed_model_that_never_saw_an_input():
    student = Session(SUBCLASS).answer("fresh")
    assert (student.built, student.param_count, student.input_shape) == (False, 0, None)


def test_an_unbuilt_sequential_says_that_it_has_no_input_shape():
    student = crossed(keras.Sequential([layers.Dense(3), layers.Dense(1)]))
    assert not student.built
    assert "input shape" in student.not_rebuildable.en
    assert [la.units for la in student.layers] == [3, 1]


def test_an_empty_sequential():
    assert crossed(keras.Sequential()).not_rebuildable is not None


class Own(layers.Layer):
    def call(self, x):
        return x + 1


class Sneaky(layers.Dense):
    def call(self, x):
        return super().call(x) * 0


class MySequential(keras.Sequential):
    pass


def relu(x):
    return x * 0


def own_functional():
    x = keras.Input((2,))
    return keras.Model(x, Own()(x))


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (chain((2,), Own()), "Own"),
        (own_functional, "Own"),
        (chain((2,), Sneaky(1)), "Sneaky"),
        (lambda: MySequential([keras.Input((2,)), layers.Dense(1)]), "MySequential"),
        (chain((2,), layers.Dense(1, activation=relu)), "relu"),
        (chain((2,), layers.Activation(lambda x: x)), "lambda"),
        (chain((2,), layers.Lambda(lambda x: x)), "Lambda"),
        (chain((7, 2), layers.Bidirectional(layers.LSTM(2))), "Bidirectional"),
        (chain((2,), layers.Identity(), dtype="string"), "dtype"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_what_is_not_keras_own_is_not_rebuilt(make, word):
    student = crossed(make())
    assert isinstance(student, values.StudentModel)
    assert word in student.not_rebuildable.en
    assert student.plan is None


def test_a_model_with_too_many_weights_is_told_without_them():
    student = crossed(keras.Sequential([keras.Input((5000,)), layers.Dense(4000)]))
    assert student.param_count == 20_004_000
    assert student.weights == ()
    assert "too large" in student.not_rebuildable.en


def test_a_model_with_too_many_layers_stays():
    got = crossed(keras.Sequential([keras.Input((1,)), *(layers.Activation("relu") for _ in range(501))]))
    assert isinstance(got, values.Handle)
    assert got.why is values.Why.LARGE


def test_describing_a_model_says_nothing_on_its_own(recwarn, capsys):
    model = functional()
    model.compile("adam", lambda a, b: a)
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1, activation=lambda x: x)])
    crossed(model)
    assert not [w for w in recwarn if "lambda" in str(w.message)]
    assert capsys.readouterr().out == ""
