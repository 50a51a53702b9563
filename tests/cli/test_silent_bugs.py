"""Every silent bug of deep learning that is promised is found in a student's file, through the engine, and explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import SLUG

STUDENT = (Path(__file__).resolve().parents[1] / "silent" / "silent_bugs.py").read_text(encoding="utf-8")
ASKED = (
    "softmax_of_one", "logits_twice", "sigmoid_for_classes", "no_activation", "frozen_layer", "rate_too_large", "two_columns",
    "accuracy_of_regression",
)  # fmt: skip
CHECKS = """
from grader.authoring import check

@check(points=4)
def doubles_one_vector(student):
    \"\"\"Asks for every network\"\"\"
    for name in {asked}:
        getattr(student, name)()
"""
EXPLAINED = {
    "labels (n,) against predictions (n, 1)": "예측이 완벽해도 오차가 0이 되지 않습니다",
    "softmax with from_logits": "from_logits=True",
    "sigmoid with a categorical loss": "합이 1인 클래스별 확률",
    "softmax over one unit": "언제나 1.0",
    "no activation between layers": "활성화 함수가 없습니다",
    "training mode left on": "training=True를 주었습니다",
    "a frozen layer": "trainable=False",
    "learning rate out of reason": "학습률이 50",
    "accuracy of a regression": "정확도는 모든 에포크에서 0",
    "not shuffled": "shuffle=False",
    "test data in the scaling": "x_test",
    "scaled before the split": "데이터를 나누었습니다",
    "labels of two columns against one output": "(n, 2)",
}


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_every_silent_bug_of_the_list_is_explained_beside_a_check_that_passes(grader, course, tmp_path):
    path = course / "exercises" / f"01_{SLUG}"
    (path / "checks.py").write_text(CHECKS.format(asked=ASKED), encoding="utf-8")
    (path / "exercise.toml").write_text(
        (path / "exercise.toml").read_text("utf-8").replace("call_s = 5", "call_s = 60\ncell_s = 60"), encoding="utf-8"
    )
    (tmp_path / f"{SLUG}.py").write_text(STUDENT, encoding="utf-8")
    result = grader("check", tmp_path / f"{SLUG}.py", "--course", course, "--lang", "ko")
    assert result.exit_code == 0, result.stdout
    shown = " ".join(result.stdout.split())
    assert [bug for bug, words in EXPLAINED.items() if words not in shown] == [], result.stdout
