"""What the adviser sees in files as they come: several cells, other names, code that does not parse."""

from __future__ import annotations

from grader.legacy import modernize, scan


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
