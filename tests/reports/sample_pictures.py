"""The pictures of the sample class, computed from the formulas that the exercises are about."""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Callable
from typing import Any

from grader.grades import Picture, PictureKind
from grader.text import Text
from tests.reports.sample_course import both

XOR = ((0.0, 0.0, 0), (1.0, 0.0, 1), (0.0, 1.0, 1), (1.0, 1.0, 0))


def _words(en: str, ko: str) -> dict[str, str]:
    return Text(en, ko).to_json()


YOURS, EXPECTED = _words("yours", "내 답"), _words("expected", "기댓값")


def _range(low: float, high: float, n: int) -> list[float]:
    return [low + (high - low) * i / (n - 1) for i in range(n)]


def _series(name: dict[str, str], x: list[float], y: list[Any], role: str, *, marks: bool = False) -> dict[str, Any]:
    return {"name": name, "x": x, "y": y, "role": role, "marks": marks}


@functools.cache
def activation(wrong: bool) -> Picture:
    """Theirs against the expected sigmoid; overflows leave gaps."""
    x = _range(-8, 8, 81)
    right = [1 / (1 + math.exp(-v)) for v in x]
    mine: list[float | None] = [1 / (1 + math.exp(v)) if v > -5 else None for v in x] if wrong else list(right)
    data = {
        "x_label": _words("x", "x"),
        "y_label": _words("σ(x)", "σ(x)"),
        "series": [_series(YOURS, x, mine, "actual"), _series(EXPECTED, x, list(right), "expected")],
    }
    description = both(
        "Your sigmoid against the expected one, from −8 to 8.", "−8부터 8까지 내 시그모이드와 기댓값을 견줍니다."
    )
    return Picture(PictureKind.CURVES, both("The sigmoid", "시그모이드"), description, data)


@functools.cache
def training(seed: int) -> Picture:
    """Loss and accuracy by epoch."""
    noise = random.Random(seed)
    epochs = [float(n) for n in range(1, 201)]
    loss = [0.7 * math.exp(-n / 60) + 0.02 * noise.random() for n in epochs]
    accuracy = [min(1.0, 0.5 + 0.25 * math.floor(n / 60)) for n in epochs]
    data = {
        "x_label": _words("epoch", "에포크"), "y_label": _words("value", "값"),
        "series": [_series(_words("loss", "손실"), epochs, list(loss), "other"), _series(_words("accuracy", "정확도"), epochs, list(accuracy), "other")],
    }  # fmt: skip
    return Picture(
        PictureKind.CURVES,
        both("Loss and accuracy", "손실과 정확도"),
        both("How your network learned over 200 epochs.", "신경망이 200에포크 동안 배운 과정입니다."),
        data,
    )


def _descent(rate: float, start: float = 2.0) -> list[float]:
    return [start * (1 - 2 * rate) ** n for n in range(10)]


@functools.cache
def sweep(wrong: bool) -> Picture:
    """Four learning rates as four panels."""
    steps = [float(n) for n in range(10)]
    panels = [
        {
            "title": _words(f"learning rate {rate}", f"학습률 {rate}"),
            "curves": {
                "x_label": _words("step", "걸음"), "y_label": _words("x", "x"),
                "series": [_series(YOURS, steps, list(_descent(rate if not wrong else rate / 2)), "actual", marks=True), _series(EXPECTED, steps, list(_descent(rate)), "expected")],
            },
        }
        for rate in (0.001, 0.1, 0.5, 0.9)
    ]  # fmt: skip
    return Picture(
        PictureKind.PANELS,
        both("Four learning rates", "네 가지 학습률"),
        both("Where each of nine steps lands, from the start at 2.", "시작점 2에서 아홉 걸음이 닿는 곳입니다."),
        {"panels": panels},
    )


def _xor_net(x: float, y: float) -> float:
    return 1 / (1 + math.exp(-14 * (abs(x - y) * 1.15 - 0.55 - 0.35 * (max(0, x + y - 1) ** 2))))


def _line_net(x: float, y: float) -> float:
    return 1 / (1 + math.exp(-3 * (x + y - 0.6)))


@functools.cache
def surface(wrong: bool, n: int = 41) -> Picture:
    """What the network answers between the four points."""
    net: Callable[[float, float], float] = _line_net if wrong else _xor_net
    axis = _range(-0.5, 1.5, n)
    data = {
        "x": axis, "y": axis, "z": [[round(net(x, y), 4) for x in axis] for y in axis],
        "points": [{"x": x, "y": y, "label": label} for x, y, label in XOR], "x_label": _words("x1", "x1"), "y_label": _words("x2", "x2"),
    }  # fmt: skip
    description = both(
        "What your network answers between the four points, from 0 to 1.",
        "네 점 사이에서 신경망이 내는 답입니다. 0부터 1까지입니다.",
    )
    return Picture(PictureKind.SURFACE, both("The decision surface", "결정 경계"), description, data)


@functools.cache
def distribution(wrong: bool) -> Picture:
    """Values after dropout, theirs against the expected ones."""
    edges = _range(-3.0, 3.0, 31)
    bell = [round(400 * math.exp(-(((a + b) / 2) ** 2) / 2)) for a, b in itertools.pairwise(edges)]
    mine = [*bell[4:], 0, 0, 0, 0] if wrong else bell
    data = {
        "x_label": _words("value", "값"),
        "edges": edges,
        "series": [
            {"name": YOURS, "counts": mine, "role": "actual"},
            {"name": EXPECTED, "counts": bell, "role": "expected"},
        ],
    }
    return Picture(
        PictureKind.HISTOGRAM,
        both("Values after normalisation", "정규화한 뒤의 값"),
        both("They should lie around 0 with deviation 1.", "0을 중심으로 표준편차 1로 퍼져야 합니다."),
        data,
    )
