"""What went wrong in the sample class, as real checks say it; learners' words in it are as nasty as they come."""

from __future__ import annotations

from grader.grades import CellRecord, Finding, RunRecord
from grader.text import Text
from tests.reports.sample_course import MISTAKES, both

SAME = Text.same
SCRIPT = '<script>alert("grades")</script>'
IMAGE = '<img src=x onerror="document.title=1">'
ANSI = "\x1b[31mred\x1b[0m \x1b]0;title\x07"
REVERSED = "\u202edesrever\u202c"
HIDDEN_INPUT = "hidden_input_7f3a"  # must never stand on a learner's page
HIDDEN_EXPECTED = "hidden_expected_9c21"

FINDINGS = {
    "elementwise": Finding(
        both("4 of 4 values differ.", "값 4개 중 4개가 다릅니다."),
        SAME("[[15, 43],\n [ 5, 17]]\nshape (2, 2), int32"),
        SAME("[[ 3, 20],\n [ 6,  7]]\nshape (2, 2), int32"),
        both("at [0, 0]: 15 expected, 3 came", "[0, 0]: 15여야 하는데 3입니다"),
        "multiply_matrices(tf.constant([[3, 4], [2, 1]], tf.int32), tf.constant([[1, 5], [3, 7]], tf.int32))",
        MISTAKES["elementwise"],
    ),
    "no_bias": Finding(
        both("30 of 30 values differ.", "값 30개 중 30개가 다릅니다."),
        SAME("[[ 0.412873, -1.20911 ,  0.88231 ],\n [ 1.00127 ,  0.29384 , -0.552109],\n [-0.72216 ,  0.661835,  1.918273],\n ...,\n [ 0.118472,  0.502918, -0.39117 ]]\nshape (10, 3), float32"),
        SAME("[[ 0.312873, -1.40911 ,  1.18231 ],\n [ 0.90127 ,  0.09384 , -0.252109],\n [-0.82216 ,  0.461835,  2.218273],\n ...,\n [ 0.018472,  0.302918, -0.09117 ]]\nshape (10, 3), float32"),
        both("at [0, 0]: 0.412873 expected, 0.312873 came", "[0, 0]: 0.412873이어야 하는데 0.312873입니다"),
        "dense_forward(<float32 array of shape (10, 5)>, <float32 array of shape (5, 3)>, np.array([0.1, 0.2, -0.3], np.float32))",
        MISTAKES["no_bias"],
    ),
    "wrong_shape": Finding(
        both("The shape is (3, 10); it should be (10, 3).", "모양이 (3, 10)입니다. (10, 3)이어야 합니다."),
        SAME("(10, 3)"), SAME("(3, 10)"), None, "product_shape(10, 5, 3)",
    ),
    "size_for_rank": Finding(
        both("The number differs.", "숫자가 다릅니다."), SAME("2"), SAME("6"), None,
        "rank_of(tf.constant([[1, 2, 3], [4, 5, 6]], tf.int32))", MISTAKES["size_for_rank"],
    ),
    "transposed": Finding(
        both("4 of 6 values differ.", "값 6개 중 4개가 다릅니다."),
        SAME("[[1, 2],\n [3, 4],\n [5, 6]]\nshape (3, 2), int32"), SAME("[[1, 4],\n [2, 5],\n [3, 6]]\nshape (3, 2), int32"),
        both("at [0, 1]: 2 expected, 4 came", "[0, 1]: 2여야 하는데 4입니다"),
        "to_shape(tf.constant([[1, 2, 3], [4, 5, 6]], tf.int32), (3, 2))", MISTAKES["transposed"],
    ),
    "none": Finding(
        both("The answer is None. Does the function end without return?", "답이 None입니다. 함수가 return 없이 끝나나요?"),
        SAME("[1, 2, 3, 4, 5, 6]\nshape (6,), int32"), SAME("None"), None,
        "flatten(tf.constant([[1, 2, 3], [4, 5, 6]], tf.int32))",
    ),
    "name_error": Finding(
        both("The call raised NameError: name 'npp' is not defined", "호출하는 동안 NameError: name 'npp' is not defined 예외가 났습니다"),
        call="sigmoid(np.array([-1.0, 0.0, 1.0]))",
        traceback="cell 2, line 4, in sigmoid\n    return 1 / (1 + npp.exp(-x))",
    ),
    "legacy": Finding(
        both("The call raised TypeError: Argument(s) not recognized: {'lr': 0.1}", "호출하는 동안 TypeError: Argument(s) not recognized: {'lr': 0.1} 예외가 났습니다"),
        call='train_gate("OR", 1)',
        advice=(both("“lr=” is the Keras 2 name; in Keras 3 it is “learning_rate=”, for example SGD(learning_rate=0.1).", "“lr=”은 케라스 2의 이름입니다. 케라스 3에서는 “learning_rate=”입니다. 예: SGD(learning_rate=0.1)."),),
        traceback='cell 3, line 6, in train_gate\n    model.compile(loss="mse", optimizer=keras.optimizers.SGD(lr=0.1))\ncell 3, line 2, in helper\n    return build()',
    ),
    "not_written": Finding(both("This is not written yet.", "아직 작성하지 않았습니다."), call="rank_of(2)", traceback="cell 1, line 9, in rank_of\n    raise NotImplementedError"),
    "missing": Finding(both("There is no “classify” in your file. Did you mean “clasify”?", "파일에 “classify”가 없습니다. “clasify”를 뜻한 것인가요?"), call="classify(0.1)"),
    "time": Finding(both("The call used up its 10 s of computing and was stopped. Does a loop never end?", "호출이 계산 시간 10초를 다 써서 멈추었습니다. 끝나지 않는 반복문이 있나요?"), call="descend(0.1)"),
    "overflow": Finding(
        both("There is nan where a number should be.", "숫자가 있어야 할 자리에 nan이 있습니다."),
        SAME("[0., 0.5, 1.]\nshape (3,), float64"), SAME("[nan, 0.5, 1.]\nshape (3,), float64"), both("at [0]: 0 expected, nan came", "[0]: 0이어야 하는데 nan입니다"),
        "sigmoid(np.array([-1000.0, 0.0, 1000.0]))",
    ),
    "all_axes": Finding(
        both("6 of 6 values differ.", "값 6개 중 6개가 다릅니다."),
        SAME("[[0.0900306, 0.244728 , 0.665241 ],\n [0.0900306, 0.244728 , 0.665241 ]]\nshape (2, 3), float64"),
        SAME("[[0.0042698, 0.0116065, 0.0315496],\n [0.0857608, 0.233122 , 0.633691 ]]\nshape (2, 3), float64"),
        both("at [0, 0]: 0.0900306 expected, 0.0042698 came", "[0, 0]: 0.0900306이어야 하는데 0.0042698입니다"),
        "softmax(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))", MISTAKES["all_axes"],
    ),
    "drops_negatives": Finding(
        both("The shape is (3,); it should be (5,).", "모양이 (3,)입니다. (5,)이어야 합니다."),
        SAME("[0., 0., 0., 1., 2.]\nshape (5,), float64"), SAME("[0., 1., 2.]\nshape (3,), float64"), None,
        "relu(np.array([-2.0, -1.0, 0.0, 1.0, 2.0]))", MISTAKES["drops_negatives"],
    ),
    "linear": Finding(
        both("The network was trained from 3 different starts; it cannot learn this from any start.", "신경망을 서로 다른 시작점 3개에서 학습했습니다. 어느 시작점에서도 배울 수 없습니다."),
        both("at least 1 in 3 of 5 trainings", "5번의 학습 중 3번 이상 1"), both("0.5, 0.75, 0.5, measured by the grader on its own data", "0.5, 0.75, 0.5 (채점기가 자체 데이터로 잰 값)"), mistake=MISTAKES["linear"],
    ),
    "no_start": Finding(
        both("The shape is (9,); it should be (10,).", "모양이 (9,)입니다. (10,)이어야 합니다."),
        SAME("[ 2.      ,  1.6     ,  1.28    ,  1.024   ,  0.8192  ,  0.65536 ,\n  0.524288,  0.41943 ,  0.335544,  0.268435]\nshape (10,), float64"),
        SAME("[ 1.6     ,  1.28    ,  1.024   ,  0.8192  ,  0.65536 ,  0.524288,\n  0.41943 ,  0.335544,  0.268435]\nshape (9,), float64"), None, "descend(0.1)", MISTAKES["no_start"],
    ),
    "not_scaled": Finding(
        both("The mean is 0.5; it should stay near 1.", "평균이 0.5입니다. 1에 가까워야 합니다."), both("a mean in 0.97 .. 1.03", "0.97에서 1.03 사이의 평균"), SAME("0.4993"),
        call="dropout(<float32 array of shape (10000,)>, rate=0.5, training=True)", mistake=MISTAKES["not_scaled"],
    ),
    "retrained": Finding(both("4 of 4 values differ.", "값 4개 중 4개가 다릅니다."), SAME("[[0.0213],\n [0.9811],\n [0.9794],\n [0.0192]]\nshape (4, 1), float32"), SAME("[[0.4871],\n [0.5102],\n [0.4988],\n [0.5213]]\nshape (4, 1), float32"), both("at [0, 0]: 0.0213 expected, 0.4871 came", "[0, 0]: 0.0213이어야 하는데 0.4871입니다"), 'load_model("model.keras").predict(x)', MISTAKES["retrained"]),
    "nasty": Finding(
        both(f"The answer should be a string; it is {SCRIPT}.", f"답은 문자열이어야 하는데 {SCRIPT}입니다."),
        SAME("'matrix'"), SAME(f"{SCRIPT}\n{IMAGE}\n{ANSI}{REVERSED}\x00 {'long_' * 60}"), SAME("</pre></section>" + SCRIPT), f"kind_of('{IMAGE}')",
        advice=(SAME(SCRIPT),), traceback=f"cell 1, line 3, in kind_of\n    return '{SCRIPT}'",
    ),
    "hidden": Finding(
        both(f"Wrong for {HIDDEN_INPUT}.", f"{HIDDEN_INPUT}에 대해 틀렸습니다."), SAME(HIDDEN_EXPECTED), SAME(f"{HIDDEN_INPUT} answer"), SAME(f"at {HIDDEN_INPUT}"),
        f"multiply_matrices({HIDDEN_INPUT})", MISTAKES["swapped"], (SAME(f"advice about {HIDDEN_INPUT}"),), f"cell 2, line 3, in f\n    {HIDDEN_INPUT}",
    ),
    "hidden_error": Finding(
        SAME(f"The call raised ZeroDivisionError: {HIDDEN_INPUT}"), call=f"rank_of({HIDDEN_INPUT})",
        traceback=f"cell 2, line 3, in rank_of\n    return 1 / 0  # {HIDDEN_INPUT}\n{HIDDEN_INPUT}, line 99, in x\n    y",
    ),
    "fault": Finding(
        both("The check “plots_four_panels” itself broke. This is the grader's fault, not yours; it costs you no points.", "검사 “plots_four_panels” 자체가 고장 났습니다. 여러분 잘못이 아니라 채점기의 잘못이며 점수를 잃지 않습니다."),
        traceback="Traceback (most recent call last):\n  File \"/srv/course/solutions/checks.py\", line 12\nKeyError: 'secret_of_the_grader'",
    ),
}  # fmt: skip

LONG_OUTPUT = "\n".join(f"Epoch {n}/4000 - loss: {1 / n:.4f} - accuracy: {1 - 1 / (n + 1):.4f}" for n in range(1, 1200))
NASTY_OUTPUT = f"{SCRIPT}\n{IMAGE}\n{ANSI}\n{REVERSED}\n" + "x" * 3000 + "\n\tתוצאה: 3\n안녕하세요\x07\ud83d"

RUNS = {
    "quiet": RunRecord(cells=(CellRecord(1), CellRecord(2))),
    "chatty": RunRecord(cells=(CellRecord(1), CellRecord(2)), output="[[15 43]\n [ 5 17]]\n(10, 3)\n", output_bytes=25),
    "long": RunRecord(cells=(CellRecord(1),), output=LONG_OUTPUT, output_bytes=5_210_442),
    "nasty": RunRecord(cells=(CellRecord(1),), output=NASTY_OUTPUT, output_bytes=len(NASTY_OUTPUT)),
    "broken": RunRecord(
        cells=(
            CellRecord(1),
            CellRecord(2, error="NameError: name 'npp' is not defined", line=4, traceback="cell 2, line 4, in <module>\n    y = npp.zeros((3, 4))", advice=()),
            CellRecord(3),
        ),
        output="before\n", output_bytes=7,
    ),
    "syntax": RunRecord(cells=(CellRecord(1, error="SyntaxError: '(' was never closed", line=12, traceback="cell 1, line 12\n    model.add(Dense(32, activation='relu')"),)),
    "endless": RunRecord(
        cells=(CellRecord(1), CellRecord(2, error="stopped after 20 s of computing", limit="cpu", line=3), CellRecord(3)),
        notes=(both("Cell 2 was stopped after 20 s of computing; the cells after it were run all the same.", "셀 2는 20초 계산한 뒤 멈추었습니다. 그 뒤의 셀은 그대로 실행했습니다."),),
    ),
}  # fmt: skip
