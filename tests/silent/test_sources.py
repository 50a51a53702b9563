"""Silent bugs in what is done to data, told from the source; right code beside each wrong one is left alone."""

from __future__ import annotations

import pytest

from grader.silent import of_source

HEAD = """
import numpy as np
import tensorflow as tf
from tensorflow import keras
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
scaler = StandardScaler()
model = keras.Sequential([keras.layers.Dropout(0.5)])
one = keras.Sequential([keras.layers.Dense(4, activation="relu"), keras.layers.Dense(1)])
"""
WRONG = [
    ("fitted on test data", "b = scaler.fit_transform(x_test)"),
    ("fitted on test data", "scaler.fit(X_test)"),
    ("split afterwards", "xs = scaler.fit_transform(x)\na, b = train_test_split(xs)"),
    ("split afterwards", "scaler.fit(data)\na, b, c, d = train_test_split(data, y, test_size=0.2)"),
    ("own mean", "x_test = (x_test - x_test.mean(axis=0)) / x_test.std(axis=0)"),
    ("shuffle=False", "model.fit(x, y, shuffle=False)"),
    ("(n, 1)", "y = y.reshape(-1, 1)\np = model.predict(x).flatten()\nerror = np.mean((y - p) ** 2)"),
    ("(n, 1)", "loss = tf.square(labels.reshape((-1, 1)) - outputs.ravel())"),
    ("(n, 1)", "y = np.array([0, 1, 1, 0])\nloss = tf.reduce_mean((y - one(x)) ** 2)"),
    ("(n, 1)", "y = tf.constant([0., -1.], tf.float32)\np = one.predict(x)\nloss = tf.math.squared_difference(y, p)"),
    (
        "(n, 1)",
        "def make():\n    m = keras.Sequential([keras.layers.Dense(units=1)])\n    return m\nnet = make()\nd = np.array([1, 2]).astype('float32') - net(x).numpy()",
    ),
    (
        "(n, 1)",
        "a = np.array([[1.0], [2.0]])\nb = np.array([1.0, 2.0])\nc = np.mean((a - tf.cast(b, tf.float32)) ** 2)",
    ),
    ("(n, 1)", "m = keras.Sequential()\nm.add(keras.layers.Dense(1))\ny = np.array([1.0, 2.0])\nd = y - m.predict(x)"),
    (
        "(n, 1)",
        "i = keras.Input((2,))\nh = keras.layers.Dense(4)(i)\nh = keras.layers.Dense(1)(h)\nm = keras.Model(i, h)\nd = m(x) - np.array([1, 2])",
    ),
    (
        "(n, 1)",
        (
            "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.out = keras.layers.Dense(1)\n"
            "    def call(self, x):\n        return self.out(x)\nnet = Net()\nd = net(x) - np.array([1, 2])"
        ),
    ),
    (
        "split afterwards",
        "d = scaler.fit_transform(d)\nX, y = d[:, :3], d[:, 3]\nX = d[:, :3]\na, b = train_test_split(X)",
    ),
    ("split afterwards", "x = (x - x.mean(axis=0)) / x.std(axis=0)\na, b = train_test_split(x)"),
    ("fitted on test data", "scaler.fit(np.concatenate([x_train, x_test]))"),
    ("fitted on test data", "xtest = scaler.fit_transform(xtest)"),
    ("own mean", "x_test -= np.mean(x_test, axis=0)"),
    ("training=True", "model(x_test, training=True)"),
    ("built into", "i = keras.Input((2,))\nx = keras.layers.Dropout(0.5)(i, training=True)\nnet = keras.Model(i, x)"),
    (
        "built into",
        "def f(n):\n    i = keras.Input((2,))\n    return keras.Model(i, keras.layers.BatchNormalization()(i, training=True))",
    ),
]
RIGHT = [
    "a = scaler.fit_transform(x_train)\nb = scaler.transform(x_test)",
    "a, b = train_test_split(x)\na = scaler.fit_transform(a)",
    "mean = x_train.mean(axis=0)\nx_train = x_train - mean\nx_test = x_test - mean",
    "model.fit(x, y)\nmodel.fit(x, y, shuffle=True)",
    "y = y.reshape(-1)\np = model.predict(x).flatten()\nerror = y - p",
    "with tf.GradientTape() as tape:\n    p = model(x, training=True)",
    "def f(x):\n    return keras.layers.BatchNormalization()(x, training=True)",
    "loss = lambda: tf.reduce_mean(model(x, training=True))",
    "def error(x):\n    return tf.reduce_mean(model(x, training=True))\nwith tf.GradientTape() as tape:\n    e = error(x)",
    "y = np.array([[0], [1]])\nloss = y - one(x)",
    "y = np.array([0, 1])\nloss = y - tf.squeeze(one(x))",
    "y = np.array([0, 1])\nloss = y - model(x)",
    "y = np.array([0, 1])\ny = y.reshape(-1, 1)\nloss = y - one(x)",
    "def loss(y, p):\n    return y - p\ny = np.array([0, 1])\np = one(x)",
    "y = np.array([1.0])\nloss = y - one(x)",
    "a, b = np.array([1, 2]), np.zeros((2, 1))\nc = a - b",
    "def f():\n    return f()\ny = np.array([0, 1])\nloss = y - f()",
    "tests.fit(x_test)\nother.fit(x, shuffle=False)",
    "def f(training=True):\n    return training",
    "latest = scaler.fit_transform(latest)\ncontest = scaler.fit(contest)",
    "x_train = scaler.fit_transform(x_train)\na, val = train_test_split(x_train)",
    "from sklearn.preprocessing import Normalizer\nx = Normalizer().fit_transform(x)\na, b = train_test_split(x)",
    "r2 = 1 - np.sum((y_test - p) ** 2) / np.sum((y_test - y_test.mean()) ** 2)",
    "model.fit(x, y, batch_size=len(x), shuffle=False)",
    "data = tf.data.Dataset.from_tensor_slices(x).shuffle(9).batch(2)\nmodel.fit(data, shuffle=False)",
    "m = keras.Sequential([keras.layers.LSTM(3, stateful=True)])\nm.fit(x, y, shuffle=False)",
    "def loss():\n    return tf.reduce_mean(model(x, training=True))\nwith tf.GradientTape() as tape:\n    value = loss()",
    "spread = np.std([model(x, training=True) for _ in range(100)], axis=0)",
    "points = np.array([1.0, 2.0])\ntable = np.abs(points.reshape(-1, 1) - points.reshape(-1))",
    "m = keras.Sequential([keras.layers.Dense(1)])\nm.add(keras.layers.Dense(2))\nd = m(x) - np.array([0, 1])",
    "m = keras.Sequential([keras.layers.Dense(1)])\nm.pop()\nd = m(x) - np.array([0, 1])",
]


@pytest.mark.parametrize(("words", "code"), WRONG)
def test_a_silent_bug_is_explained(words, code):
    (seen,) = of_source([HEAD, code])
    assert words in seen.text.en
    assert seen.cell == 1
    assert f"Line {seen.line}" in seen.text.en
    assert seen.text.ko != seen.text.en


@pytest.mark.parametrize("code", RIGHT)
def test_right_code_is_left_alone(code):
    assert of_source([HEAD, code]) == ()


def test_training_mode_changes_nothing_without_such_a_layer():
    plain = "import keras\nm = keras.Sequential([keras.layers.Dense(1)])\nm(x_test, training=True)"
    assert of_source([plain]) == ()


def test_code_that_does_not_parse_says_nothing():
    assert of_source(["def (", "%matplotlib inline"]) == ()
