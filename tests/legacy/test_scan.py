"""What the adviser sees in files as they come: several cells, other names, code that does not parse."""

from __future__ import annotations

import pytest

from grader.legacy import modernize, scan
from grader.legacy.rules import TF_RENAMED


def rules(*cells: str) -> list[str]:
    return [s.rule for s in scan(cells)]


def test_names_follow_the_imports():
    for head, call in (
        ("import tensorflow as t", "t.keras.optimizers.SGD"),
        ("from tensorflow import keras as k", "k.optimizers.SGD"),
        ("from keras import optimizers", "optimizers.SGD"),
        ("from tensorflow.keras.optimizers import SGD as Descent", "Descent"),
        ("import keras.optimizers as o", "o.SGD"),
    ):
        assert rules(f"{head}\n{call}(lr=0.1)") == ["lr"], head
    assert rules("def SGD(lr):\n    return lr\nSGD(lr=0.1)") == []


def test_one_cell_knows_what_another_imports():
    seen = scan(["import tensorflow as tf\n%matplotlib inline", "# text\n\nopt = tf.keras.optimizers.SGD(lr=1.0)"])
    assert [(s.cell, s.line) for s in seen] == [(1, 3)]
    assert "Line 3" in seen[0].text.en


def test_a_cell_that_does_not_parse_takes_nothing_from_the_others():
    cells = ["import numpy as np", "for i in range(3)\n    print(", "np.int(2)", "%%time\nnp.float(3)\n!pip install x"]
    assert [(s.cell, s.line) for s in scan(cells)] == [(2, 1), (3, 2)]
    made = modernize(cells)
    assert made.cells == (cells[0], cells[1], "int(2)", "%%time\nfloat(3)\n!pip install x")


def test_what_python_cannot_read_is_passed_over():
    deep = "x = " + "(" * 500 + ")" * 500
    assert scan(["x = 1 + \\", "\0", deep, "x = " + "-" * 100_000 + "1", "\ud800"]) == ()


def test_korean_comments_and_tabs_do_not_shift_a_patch():
    code = "import numpy as np\nif True:\n\tx = '한글 값', np.int(2), np.int(3)  # 정수\n"
    assert modernize([code]).cells == (code.replace("np.int", "int"),)


def test_an_edit_within_an_edit_is_made_too():
    code = "import tensorflow as tf\ntf.to_float(tf.log(tf.to_float(2)))"
    assert modernize([code]).cells == (
        "import tensorflow as tf\ntf.cast(tf.math.log(tf.cast(2, tf.float32)), tf.float32)",
    )


def test_what_is_not_surely_keras_is_left_alone():
    assert rules("def f(model, x):\n    return model.predict([[1, 2]]), model.lr, model.fit_generator") == []


def test_a_function_or_class_of_ones_own_that_makes_a_model_is_known():
    code = (
        "import keras\nclass Net(keras.Model):\n    pass\n"
        "def build():\n    m = keras.Sequential([])\n    return m\n"
        "a = Net()\na.predict_generator(1)\nb = build()\nb.predict([[1, 2]])"
    )
    assert rules(code) == ["predict_generator", "list_data"]


def test_a_model_has_the_same_name_in_the_function_that_builds_it_and_in_the_one_that_trains_it():
    head = "from tensorflow import keras\ndef build():\n    model = keras.Sequential()\n    return model\n"
    train = "def train():\n    model = build()\n    model.fit(x, nb_epoch=5)\n    return model\n"
    assert rules(head + train) == ["argument_nb_epoch"]
    assert (
        rules(head + "def other():\n    return other()\ndef number():\n    model = 5\n    return model\n" + train) == []
    )


def test_a_saved_folder_is_renamed_only_where_all_of_its_uses_are_models():
    head = "import os, keras\nm = keras.Sequential([])\nm.save('out')\n"
    assert "'out.keras'" in modernize([head]).cells[0]
    other = head + "os.listdir('out')\n"
    assert modernize([other]).cells == (other,)
    assert rules(other) == ["save_folder"]


def test_a_graph_of_tensorflow_1_that_is_switched_on_is_left():
    head = "import tensorflow.compat.v1 as tf\n"
    assert rules(head + "tf.Session()") == ["tf_gone"]
    assert rules(head + "tf.disable_eager_execution()\ntf.Session()") == []


def test_a_seed_is_seen_only_where_keras_draws_weights():
    assert rules("import tensorflow as tf\ntf.random.set_seed(7)\ntf.random.normal([2])") == []
    layers = "import tensorflow as tf\ntf.random.set_seed(7)\ntf.keras.layers.Dense(1)\n"
    assert rules(layers) == ["seed"]
    assert rules(layers + "tf.keras.utils.set_random_seed(7)") == []
    assert [s.effect for s in scan([layers + "tf.set_random_seed(7)"])] == ["changed", "raises"]


HEAD = (
    "import numpy as np\nimport tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n"
    "from tensorflow.keras.models import Sequential, load_model\nfrom tensorflow.keras.layers import Dense\n"
    "from tensorflow.keras.optimizers import SGD\nfrom tensorflow.keras.callbacks import ModelCheckpoint\nmodel = Sequential()\n"
)
LEFT_ALONE = {
    "a parameter of that name": "def run(model):\n    return model.predict([[1, 2]]), model.predict_classes([1])",
    "a loop's variable": "for model in found:\n    model.predict([[1, 2]])",
    "unpacked": "model, history = train()\nmodel.predict([[1]])",
    "a list that grows": "xs = [1, 2]\nxs += [3]\nmodel.predict(xs)",
    "an own class of that name": "class SGD:\n    def __init__(self, lr): ...\nSGD(lr=0.1)",
    "a name with two meanings": "import tensorflow.compat.v1 as tf\ntf.log(2)",
    "Embedding's own input_dim": "Sequential([layers.Embedding(input_dim=1000, output_dim=64)])",
    "InputLayer": "Sequential([layers.InputLayer(input_shape=(2,)), Dense(1)])",
    "weights of Keras 2 that were there before": "model.load_weights('vgg.h5')\nload_model('old.h5')",
    "'acc' that was asked for": "model.compile('sgd', 'mse', metrics=['acc', 'mse'])\nplt.title('accuracy')\nh.history['acc']",
    "a cell that is a file": "%%writefile a.py\ntf.log(2)",
}


@pytest.mark.parametrize("code", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_right_today_or_not_sure_is_left_alone(code):
    cells = (HEAD, code)
    assert modernize(cells).cells == cells
    assert scan(cells) == ()


MENDED = {
    "tf.keras under a name of its own": (
        "o = keras.optimizers\no.Adam(lr=1)",
        "o = keras.optimizers\no.Adam(learning_rate=1)",
    ),
    "a model of an object": (
        "class T:\n    def __init__(self):\n        self.m = Sequential([Dense(1)])\n    def go(self, x):\n        return self.m.predict_proba(x)",
        "class T:\n    def __init__(self):\n        self.m = Sequential([Dense(1)])\n    def go(self, x):\n        return self.m.predict(x)",
    ),
    "everything that reads a checkpoint": (
        "ModelCheckpoint('b.h5')\nmodel.load_weights('b.h5')\nload_model('b.h5')",
        "ModelCheckpoint('b.keras')\nmodel.load_weights('b.keras')\nload_model('b.keras')",
    ),
    "a checkpoint of weights": (
        "ModelCheckpoint('b.h5', save_weights_only=True)\nmodel.load_weights('b.h5')",
        "ModelCheckpoint('b.weights.h5', save_weights_only=True)\nmodel.load_weights('b.weights.h5')",
    ),
    "a path in a variable": (
        "P = 'out'\nmodel.save(P)\nload_model(P)",
        "P = 'out.keras'\nmodel.save(P)\nload_model(P)",
    ),
    "tabs": (
        "if True:\n\tmodel = Sequential()\n\tmodel.add(Dense(3, input_dim=2))",
        "if True:\n\tmodel = Sequential()\n\tmodel.add(keras.Input(shape=(2,)))\n\tmodel.add(Dense(3))",
    ),
    "only the first layer gets an input": (
        "model.add(Dense(3, input_dim=2))\nmodel.add(Dense(4, input_dim=3))",
        "model.add(keras.Input(shape=(2,)))\nmodel.add(Dense(3))\nmodel.add(Dense(4))",
    ),
    "a generator by its name": ("model.fit_generator(generator=g, epochs=2)", "model.fit(x=g, epochs=2)"),
    "layers of a loop": (
        "for i, layer in enumerate(model.layers):\n    print(layer.output_shape)",
        "for i, layer in enumerate(model.layers):\n    print(layer.output.shape)",
    ),
    "a remainder at a line's beginning": ("x = (5\n  % 3)\ntf.log(x)", "x = (5\n  % 3)\ntf.math.log(x)"),
    "notebook language": (
        "if True:\n    !pip install \\\n    keras\nfiles = !ls\ntf.log(2)\nmodel?",
        "if True:\n    !pip install \\\n    keras\nfiles = !ls\ntf.math.log(2)\nmodel?",
    ),
    "odd blanks": ("\x0c\ns = '\x0b\x1c\u2028'; tf.log(2)", "\x0c\ns = '\x0b\x1c\u2028'; tf.math.log(2)"),
}


@pytest.mark.parametrize(("old", "new"), MENDED.values(), ids=MENDED)
def test_what_is_sure_is_mended_wherever_it_stands(old, new):
    assert modernize([HEAD, old]).cells == (HEAD, new)


@pytest.mark.parametrize(
    "code",
    ["SGD(lr=.1, learning_rate=.2)", "SGD(.1, lr=.2)", "for i in range(3):\n    model.add(Dense(3, input_dim=2))",
     "load_model('folder')", "P = 'out'\nmodel.save(P)\nprint(P)", "model.fit(x, workers=4)",
     "from tensorflow import set_random_seed", "model = Sequential(); model.add(Dense(3, input_dim=2))"],
)  # fmt: skip
def test_what_only_its_author_can_mend_is_named_and_left(code):
    found = modernize([HEAD, code])
    assert found.cells == (HEAD, code)
    assert found.left


def test_names_of_a_starred_import_are_known():
    assert rules("from keras.optimizers import *\nAdam(lr=1)") == ["lr"]


def test_a_patch_that_python_would_not_read_is_not_made(monkeypatch):
    code = "import tensorflow as tf\ntf.log(2)"
    monkeypatch.setitem(TF_RENAMED, "tf.log", "tf.(")
    assert modernize([code]).cells == (code,)
