"""Public checks of dropout."""

from typing import Any

import numpy as np

from grader.authoring import (
    Curve,
    Fairness,
    GradeTapeError,
    History,
    LimitReached,
    Show,
    Student,
    StudentModel,
    Tensor,
    WrongAnswer,
    chain,
    check,
    expect,
    step,
)

Array = np.ndarray
FEATURES = 20


@check(points=1)
def inference_changes_nothing(student: Student, rng: np.random.Generator) -> None:
    """Leaves everything as it is in inference"""
    given = np.array([[1, -2, 3], [4, 5, -6]], dtype=np.float32)
    for x, rate in ((given, 0.5), (rng.normal(size=(4, 7)).astype(np.float32), float(rng.uniform(0.1, 0.9)))):
        seed = draw_seed(rng)
        answer = student.seeded(seed).dropout(x, rate, False, seed)
        mistakes = {
            "scaled_in_inference": lambda x=x, r=rate: x * (1 - r),
            "divided_in_inference": lambda x=x, r=rate: x / (1 - r),
            "training_ignored": lambda a=answer: with_zeros(a),
        }
        expect.tensor(answer, x, mistakes=mistakes)


@check(points=1)
def dropped_or_scaled(student: Student, rng: np.random.Generator, show: Show) -> None:
    """In training every value is either 0 or x / (1 - rate)"""
    rate, seed = 0.25, draw_seed(rng)
    x = rng.normal(3, 0.5, size=(40, 50)).astype(np.float32)
    answer = student.seeded(seed).dropout(x, rate, True, seed)
    draw_distributions(answer, x, rate, show)
    small = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], dtype=np.float32)
    expect_scaled(student.seeded(seed).dropout(small, rate, True, seed), small, rate)
    answer = student.seeded(seed).dropout(x, rate, True, seed)
    kept = expect_scaled(answer, x, rate)
    expect.that(bool(kept.any()), "all_dropped", actual=answer, rate=rate)


@check(points=1)
def builds_network(student: Student, rng: np.random.Generator) -> None:
    """Builds a network with 1,409 weights that answers at random in training only"""
    model = expect.model(student.build_model(0.5))
    x = rng.normal(size=(6, FEATURES)).astype(np.float32)
    first, second = (answers_in(student, model, x, training=False) for _ in range(2))
    expect.that(
        first.shape == (6, 1),
        "output_shape",
        expected=(None, 1),
        actual=(None, *first.shape[1:]),
        got=(None, *first.shape[1:]),
    )
    count = sum(w.size for w in expect.arrays(in_session(student, model, "get_weights"), what="get_weights()"))
    expect.that(count == 1409, "weight_count", expected=1409, actual=count, got=count)
    expect.that(np.array_equal(first, second), "random_in_inference", mistake="always_on")
    one, other = (answers_in(student, model, x, training=True) for _ in range(2))
    for answer in (one, other):
        expect.shape(answer.shape, first.shape, what="training=True")
    expect.that(not np.allclose(one, other), "never_random", mistake="no_dropout")


@check(points=1)
def computes_gap(student: Student, rng: np.random.Generator) -> None:
    """Computes the gap between validation and training, epoch by epoch"""
    # The last gap is neither the largest nor the mean.
    expect_gap(
        student,
        {
            "accuracy": [0.25, 0.5, 1.0, 0.75],
            "loss": [4.0, 2.0, 0.5, 1.0],
            "val_accuracy": [0.25, 0.25, 0.5, 0.5],
            "val_loss": [4.5, 3.5, 3.0, 3.0],
        },
    )
    for epochs in (int(rng.integers(5, 12)), 1):
        columns = rng.uniform(0.1, 0.9, size=(4, epochs)).round(4)
        columns[3] = columns[1] + 0.1 * (-1) ** np.arange(epochs)  # better and worse than training in turn
        names = ("accuracy", "loss", "val_accuracy", "val_loss")
        expect_gap(student, dict(zip(names, columns.tolist(), strict=True)))


@check(points=1, after=builds_network)
def dropout_closes_gap(student: Student, rng: np.random.Generator, show: Show, fair: Fairness) -> None:
    """Training with dropout makes the gap between known and new data smaller"""
    (x, y), (x_val, y_val), (x_new, y_new) = (make_data(rng, rows) for rows in (60, 60, 1000))
    drawn: list[str] = []
    learned: list[float] = []  # what is left of the error on known data without dropout: 0.001 to 0.05 of about 5

    def share_removed(seed: int) -> float:
        runs = {r: parts_of(student, student.seeded(seed).train(x, y, x_val, y_val, r, seed)) for r in (0.0, 0.5)}
        if not drawn:
            drawn.append("training")
            draw_training({f"rate {rate:g}": history for rate, (_, history) in runs.items()}, show)
        gaps, known = [], []
        for rate, (model, history) in runs.items():
            errors = [mean_error(student, model, *data) for data in ((x, y), (x_val, y_val), (x_new, y_new))]
            expect_validation(history, errors[0], errors[1], compiled=model.loss is not None)
            # Half of what is to be predicted is noise of variance 4, which nobody knows who has not seen it.
            expect.that(errors[1] > 1, "knows_validation", mistake="trained_on_validation", error=f"{errors[1]:.2g}")
            expect_rate(student, model, x, rate)
            gaps.append(errors[2] - errors[0])
            known.append(errors[0])
        learned.append(known[0])
        parts = {"without": f"{known[0]:.2g}", "with_dropout": f"{known[1]:.2g}"}
        # Dropout leaves 0.1 to 0.9 of the known error; without it, as much as at rate 0.
        by_heart = known[0] < 0.3 and known[1] < 2 * known[0] + 0.02
        expect.that(not by_heart, "learned_by_heart", mistake="off_while_training", **parts)
        return 1 - gaps[1] / gaps[0] if gaps[0] > 0 else 0.0

    fair.judge(share_removed, rng, diagnose=lambda: "trained_too_little" if min(learned) > 1 else "")


def draw_seed(rng: np.random.Generator) -> int:
    """A fresh seed."""
    return int(rng.integers(1, 2**31 - 1))


def make_data(rng: np.random.Generator, rows: int) -> tuple[Array, Array]:
    """Two of the twenty features count; the rest, and much noise, is there to be learned by heart."""
    x = rng.normal(size=(rows, FEATURES)).astype(np.float32)
    y = x[:, :1] - x[:, 1:2] + 2 * rng.normal(size=(rows, 1))
    return x, y.astype(np.float32)


def with_zeros(answer: Any) -> Array:
    """The answer itself, where some of it is 0. Raises ValueError where nothing is."""
    got = expect.array_of(answer)
    if not np.any(got == 0):
        raise ValueError
    return got


def expect_scaled(answer: Any, x: Array, rate: float) -> Array:
    """Every value is 0 or x / (1 - rate). Returns which were kept."""
    got = expect.array_of(answer)
    expect.that(got.shape == x.shape, "shape", expected=x.shape, actual=got.shape, got=got.shape, wanted=x.shape)
    kept = got != 0
    if kept.all() and x.size < 100:
        return kept  # that may be by chance; the next, larger input tells
    expect.that(not kept.all(), "nothing_dropped", actual=got, rate=rate)
    steps = chain(
        {"x": x, "kept": kept, "rate": rate},
        step("masked", "where(kept, x, 0)", lambda s: np.where(s.kept, s.x, 0)),
        step(
            "answer",
            "where(kept, x, 0) / (1 - rate)",
            lambda s: s.masked / (1 - s.rate),
            not_scaled=lambda s: s.masked,
            multiplied_not_divided=lambda s: s.masked * (1 - s.rate),
            divided_by_rate=lambda s: s.masked / s.rate,
            multiplied_by_rate=lambda s: s.masked * s.rate,
            mask_only=(lambda s: s.kept / (1 - s.rate), lambda s: s.kept * 1.0),
        ),
    )
    expect.tensor(got, steps.result, steps=steps)
    return kept


def expect_gap(student: Student, history: dict[str, list[float]]) -> None:
    """Validation minus training, for every epoch."""
    loss, validation = np.array(history["loss"]), np.array(history["val_loss"])
    mistakes = {
        "gap_reversed": lambda: loss - validation,
        "gap_without_sign": lambda: abs(validation - loss),
        "gap_last_only": lambda: (validation - loss)[-1],
        "gap_mean": lambda: np.mean(validation - loss),
        "gap_ratio": lambda: validation / loss,
        "gap_never_negative": lambda: np.maximum(validation - loss, 0),
        "gap_of_accuracy": lambda: np.array(history["val_accuracy"]) - np.array(history["accuracy"]),
    }
    expect.tensor(student.gap(history), validation - loss, mistakes=mistakes)


def parts_of(student: Student, answer: Any) -> tuple[StudentModel, History]:
    """The trained model and its history, in any order; a model alone keeps its history itself."""
    several = answer if isinstance(answer, (list, tuple)) else [answer]
    model = next((part for part in several if isinstance(part, StudentModel)), None)
    history = next((part for part in several if isinstance(part, (History, dict))), None)
    if model is None or (history is None and len(several) > 1):
        expect.that(False, "train_returns", actual=answer)
    if history is None and len(several) == 1:
        history = in_session(student, model, "__getattribute__", "history")
    return expect.model(model), expect.history(history)


def expect_validation(history: History, on_training: float, on_validation: float, *, compiled: bool) -> None:
    """The history has both losses, and the validation was on the data given for it."""
    losses = history.history
    expect.that(bool(losses.get("loss")), "no_losses", actual=list(losses))
    expect.that(bool(losses.get("val_loss")), "no_losses", actual=list(losses), mistake="no_validation")
    last = losses["val_loss"][-1]
    wrong = abs(last - on_validation) > 0.2 * on_validation and abs(last - on_training) < 0.01 * on_training + 1e-4
    parts = {"last": f"{last:.4g}", "wanted": f"{on_validation:.4g}"}
    # A network knows what it was trained on better than other data.
    mistake = "validated_on_training" if on_training < on_validation else "data_swapped"
    expect.that(not wrong, "validation_data", expected=on_validation, actual=last, mistake=mistake, **parts)
    # Early stopping gives back an earlier epoch's weights, and a loop of one's own may measure before its last step.
    near = (0.005 if compiled else 0.2) * on_validation  # fit measures at the end of each epoch
    measured = any(abs(loss - on_validation) <= near for loss in losses["val_loss"])
    expect.that(measured, "validation_data", expected=on_validation, actual=last, **parts)


def expect_rate(student: Student, model: StudentModel, x: Array, rate: float) -> None:
    """The trained network drops in training mode where the rate is above 0, and only there."""
    one = answers_in(student, model, x, training=True)
    other = answers_in(student, model, x, training=rate > 0)  # without dropout both modes are the same
    for answer in (one, other):
        expect.shape(answer.shape, (len(x), 1), what=f"rate={rate}")
    right = not np.array_equal(one, other) if rate else np.allclose(one, other, atol=1e-4)
    expect.that(right, "rate_of_training", mistake="rate_not_used", rate=rate)


def mean_error(student: Student, model: StudentModel, x: Array, y: Array) -> float:
    """Mean squared error in inference mode, measured by the grader."""
    try:
        found = student.predict(model, x)
    except (LimitReached, WrongAnswer):
        raise
    except GradeTapeError:
        found = answers_in(student, model, x, training=False)
    expect.that(found.shape == y.shape, "answers_shape", actual=found.shape, got=found.shape, wanted=y.shape)
    return float(np.mean((found - y) ** 2))


def answers_in(student: Student, model: StudentModel, x: Array, *, training: bool) -> Array:
    """What the learner's own model answers in training or inference mode."""
    return expect.array_of(in_session(student, model, "", Tensor(x), training=training))


def in_session(student: Student, model: StudentModel, name: str, *args: Any, **kwargs: Any) -> Any:
    """A method of the learner's own model; the call shown stays the one before."""
    shown = student.last_call()
    answer = student.method(model, name, *args, **kwargs)
    student.memory.call = shown
    return answer


def draw_distributions(answer: Any, x: Array, rate: float, show: Show) -> None:
    """The values before and after dropout."""
    try:
        after = expect.array_of(answer)
    except WrongAnswer:
        return
    if np.isfinite(after).all() and after.size:
        show.histogram("distributions", {"before": x, "after": after}, x_label="value", roles={"after": "actual"})


def draw_training(curves: dict[str, History], show: Show) -> None:
    """Loss in training and validation, without and with dropout."""
    panels = {
        title: [
            Curve("training", range(1, history.epochs + 1), history.history["loss"], role="other"),
            Curve("validation", range(1, history.epochs + 1), history.history["val_loss"]),
        ]
        for title, history in curves.items()
        if all(len(history.history.get(key, ())) == history.epochs for key in ("loss", "val_loss"))
    }
    if panels:
        show.panels("training", panels, x_label="epoch", y_label="loss")
