"""Old code as students paste it: rule, what it does today, the code. ``python -m tests.legacy.examples`` runs all of it.

Each piece is run as it stands and as `modernize` makes it, in one process, in a folder of its own; JSON goes to stdout.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import warnings

HEAD = """
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.models import Sequential, load_model
from tensorflow.keras.layers import Dense, Dropout, Conv2D, Input
from tensorflow.keras.optimizers import SGD, Adam
from tensorflow.keras.callbacks import ModelCheckpoint
import matplotlib.pyplot as plt
x = np.array([[0., 0.], [0., 1.]])
y = np.array([[0.], [1.]])
model = Sequential([Dense(1, activation='sigmoid')])
"""
FIT = "model.compile(loss='mse', optimizer='sgd')\n"
WARNED = """
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    {}
assert seen
"""
MEASURED = [  # rule, effect today, code after HEAD, whether the patch is sure
    ("lr", "raises", "SGD(lr=0.1)", True),
    ("lr", "raises", "keras.optimizers.Adam(lr=0.1)", True),
    ("lr", "raises", "tf.optimizers.Adam(lr=0.07)", True),
    ("decay", "ignored", "assert 'decay' not in SGD(0.1, decay=0.5).get_config()", False),
    ("optimizers_legacy", "raises", "tf.keras.optimizers.legacy.Adam(0.1)", True),
    ("minimize", "raises", "v = tf.Variable(1.0)\nopt = SGD(0.1)\nopt.minimize(lambda: v * v, var_list=[v])", False),
    ("optimizer_lr", "raises", "opt = SGD(0.1)\nopt.lr", True),
    ("metrics_text", "raises", "model.compile(loss='mse', optimizer='sgd', metrics='accuracy')\nmodel.fit(x, y, verbose=0)", True),
    ("fit_generator", "raises", FIT + "model.fit_generator(((x, y) for _ in range(2)), steps_per_epoch=2, verbose=0)", True),
    ("predict_proba", "raises", FIT + "model.predict_proba(x, verbose=0)", True),
    ("predict_classes", "raises", FIT + "model.predict_classes(x)", False),
    ("layer_shape", "raises", "model(x)\nprint(model.layers[0].output_shape)", True),
    ("argument_nb_epoch", "raises", FIT + "model.fit(x, y, nb_epoch=1, verbose=0)", True),
    ("argument_epoch", "raises", FIT + "model.fit(x, y, epoch=1, verbose=0)", True),
    ("argument_init", "raises", "Dense(2, init='uniform')", True),
    ("argument_output_dim", "raises", "Dense(output_dim=2)", True),
    ("argument_W_regularizer", "raises", "Dense(2, W_regularizer='l2')", True),
    ("argument_border_mode", "raises", "Conv2D(2, 3, border_mode='same')", True),
    ("argument_p", "raises", "Dropout(p=0.5)", True),
    ("shape_number", "raises", "Input(2)", True),
    ("shape_number", "raises", "keras.Input(shape=2)", True),
    ("shape_number", "raises", "Sequential([Dense(3, input_shape=2)])", True),
    ("list_data", "raises", FIT + "model.fit(x, y, verbose=0)\nmodel.predict([[0, 1]], verbose=0)", True),
    ("list_data", "raises", FIT + "xs = [[0, 0], [0, 1]]\nys = [[0], [1]]\nmodel.fit(xs, ys, verbose=0)", True),
    ("history_acc", "raises", "model.compile(loss='mse', optimizer='sgd', metrics=['accuracy'])\nh = model.fit(x, y, verbose=0)\nprint(h.history['acc'])", True),
    ("tf_renamed", "raises", "tf.log(2.0)", True),
    ("tf_renamed", "raises", "tf.random_normal([2])", True),
    ("tf_renamed", "raises", "tf.mul(2.0, 3.0) + tf.sub(1.0, 2.0)", True),
    ("tf_cast", "raises", "tf.to_float(3)", True),
    ("tf_cast", "raises", "tf.to_int32(tf.log(3.0))", True),
    ("tf_gone", "raises", "sess = tf.Session()", False),
    ("tf_gone", "raises", "X = tf.placeholder(tf.float32)", False),
    ("tf_gone", "raises", "X = tf.compat.v1.placeholder(tf.float32)", False),
    ("tf_gone", "raises", "tf.global_variables_initializer()", False),
    ("tf_gone", "raises", "tf.train.GradientDescentOptimizer(0.1)", False),
    ("tf_gone", "raises", "tf.get_variable('w', [2])", False),
    ("tf_gone", "raises", "tf.div(4, 2)", False),
    ("tf_gone", "raises", "tf.contrib.layers", False),
    ("tf_gone", "raises", "tf.layers.dense", False),
    ("tf_argument", "raises", "tf.reduce_sum(x, reduction_indices=1)", True),
    ("tf_argument", "raises", "tf.reduce_mean(x, keep_dims=True)", True),
    ("tf_argument", "raises", "tf.argmax(x, dimension=1)", True),
    ("keep_prob", "raises", "tf.nn.dropout(x, keep_prob=0.8)", True),
    ("keep_prob", "raises", "tf.nn.dropout(x, keep_prob=0.5 + 0.3)", True),
    ("tf_renamed", "raises", "tf.squared_difference(2.0, tf.rsqrt(4.0)) + tf.mod(5.0, 3.0) + tf.erf(1.0) + tf.log1p(1.0)", True),
    ("tf_renamed", "raises", "tf.cross(tf.ones(3), tf.diag(tf.ones(3))[0]), tf.is_finite(x)", True),
    ("tf_renamed", "raises", "tf.select(x > 0, x, -x), tf.batch_matmul(x, x), tf.multinomial(x, 2), tf.gfile.exists('a')", True),
    ("tf_renamed", "raises", "tf.nn.softmax_cross_entropy_with_logits_v2(labels=x, logits=x)", True),
    ("tf_gone", "raises", "tf.assign(tf.Variable(1), 2)", False),
    ("tf_gone", "raises", "tf.assign_add(tf.Variable(1), 2)", False),
    ("tf_gone", "raises", "with tf.variable_scope('a'):\n    pass", False),
    ("tf_gone", "raises", "saver = tf.train.Saver()", False),
    ("tf_gone", "raises", "tf.summary.FileWriter('logs')", False),
    ("tf_gone", "raises", "tf.sparse_placeholder(tf.float32)", False),
    ("tf_gone", "raises", "tf.train.RMSPropOptimizer(0.1)", False),
    ("tf_gone", "raises", "tf.train.MomentumOptimizer(0.1, 0.9)", False),
    ("tf_gone", "raises", "tf.train.AdagradOptimizer(0.1)", False),
    ("tf_gone", "raises", "from tensorflow.keras import backend as K\nK.get_session()", False),
    ("tf_gone", "raises", "keras.backend.set_session(None)", False),
    ("argument_input", "raises", "i = Input((2,))\nkeras.Model(input=i, output=Dense(1)(i))", True),
    ("keras_engine", "raises", "from keras.engine.topology import Layer, InputSpec", True),
    ("keras_engine", "raises", "from tensorflow.keras.engine.training import Model", True),
    ("keras_engine", "raises", "from keras.engine import training", False),
    ("yaml", "raises", "from tensorflow.keras.models import model_from_yaml", False),
    ("yaml", "raises", "model.to_yaml()", False),
    ("tutorials", "raises", "from tensorflow.examples.tutorials.mnist import input_data", False),
    ("seed", "changed", "def first():\n    keras.utils.clear_session()\n    tf.random.set_seed(7)\n    return Dense(2)(x).numpy()\nassert not np.array_equal(first(), first())\nlayers.Dense(1)", True),
    ("np_alias", "raises", "np.int(3)", True),
    ("np_alias", "raises", "np.zeros(2, dtype=np.float)", True),
    ("np_mat", "raises", "np.mat([[1, 2]])", True),
    ("private_keras", "raises", "from tensorflow.python.keras.layers import Dense as D\nSequential([D(1)])(x)", True),
    ("keras_module", "raises", "from keras.layers.core import Activation", True),
    ("keras_module", "raises", "from tensorflow.keras.layers.normalization import BatchNormalization", True),
    ("keras_module", "raises", "from keras.optimizers.legacy import SGD as S\nS(0.1)", True),
    ("np_utils", "raises", "from keras.utils import np_utils", False),
    ("wrappers", "raises", "from keras.wrappers.scikit_learn import KerasClassifier", False),
    ("load_boston", "raises", "from sklearn.datasets import load_boston", False),
    ("save_folder", "raises", "model(x)\nmodel.save('mine')\nload_model('mine')", True),
    ("h5_mse", "raises", FIT + "model.fit(x, y, verbose=0)\nmodel.save('m.h5')\nload_model('m.h5')", True),
    ("weights_name", "raises", "model(x)\nmodel.save_weights('w.h5')\nmodel.load_weights('w.h5')", True),
    ("checkpoint_name", "raises", "ModelCheckpoint('best.hdf5')", True),
    ("save_format", "raises", "model(x)\nmodel.save_weights('a.weights.h5', save_format='tf')", False),
    ("save_format", "warns", "model(x)\nmodel.save('a.keras', save_format='h5')", False),
    ("input_shape", "warns", WARNED.format("Sequential([Dense(3, activation='relu', input_shape=(2,)), Dense(1)])"), True),
    ("input_shape", "warns", WARNED.format("m = Sequential()\n    m.add(Dense(3, input_dim=2, activation='relu'))"), True),
    ("input_shape", "warns", WARNED.format("Sequential([Conv2D(input_shape=(4, 4, 1), filters=2, kernel_size=3)])"), True),
    ("input_shape", "warns", "Dense(3, input_shape=(2,))(x)", False),
    ("h5_file", "warns", "model(x)\nmodel.save('m.h5')\nload_model('m.h5')", True),
    ("plot_style", "raises", "plt.style.use('seaborn')", True),
]  # fmt: skip
TODAY = [  # right code of today, in which nothing is to be seen
    "SGD(learning_rate=0.1)",
    FIT + "model.fit(x, y, epochs=1, verbose=0)\nmodel.predict(np.array([[0, 1]]), verbose=0)",
    "from sklearn.linear_model import LinearRegression\nclf = LinearRegression()\nclf.fit([[0, 0], [0, 1]], [0, 1])\nclf.predict([[1, 1]])",
    "class Layer:\n    output_shape = (2,)\n    def minimize(self):\n        return 1\nLayer().minimize()",
    "def log(x):\n    return x\nlog(2)",
    "lr = 0.1\nSGD(lr)",
    "keras.utils.set_random_seed(7)\ntf.random.set_seed(7)\nlayers.Dense(1)",
    "model(x)\nmodel.save('m.keras')\nmodel.save_weights('m.weights.h5')",
    "open('mine', 'w').close()",
    "tf.math.log(2.0), tf.cast(2, tf.float32), np.float64(2), tf.reduce_sum(x, axis=1, keepdims=True)",
    "model.compile(loss='mse', optimizer='sgd', metrics=['acc'])\nh = model.fit(x, y, verbose=0)\nh.history['acc']",
    "Sequential([keras.Input(shape=(2,)), Dense(3)])",
    "i = Input((2,))\nkeras.Model(inputs=i, outputs=Dense(1)(i))",
    "tf.nn.dropout(x, rate=0.2), tf.nn.dropout(x, 0.2)",
    "class Model:\n    def __init__(self, input):\n        self.input = input\nModel(input=2)",
    "model(x)\nmodel.save('m.keras')\nload_model('m.keras')",
]


def outcome(code: str) -> str:
    """The exception that the code ends with; nothing where it runs."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(HEAD + code, "<example>", "exec"), {"__name__": "__main__"})
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    return ""


def main() -> None:
    """Runs everything; the last line of stdout is the JSON."""
    from grader.legacy import modernize

    found = []
    for _, _, code, _ in MEASURED:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            old = outcome(code)
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            (whole,) = modernize([HEAD + code]).cells
            new = outcome(whole.removeprefix(HEAD)) if whole.startswith(HEAD) else "the head was changed"
        found.append((old, new))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        today = [outcome(code) for code in TODAY]
        os.chdir("/")
    sys.stdout.write("\n" + json.dumps({"measured": found, "today": today}) + "\n")


if __name__ == "__main__":
    main()
