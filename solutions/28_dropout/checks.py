"""Hidden checks of dropout."""

from typing import Any

import numpy as np

from grader.authoring import Student, StudentModel, Tensor, check, expect

Array = np.ndarray
FEATURES, UNITS = 20, 64
# Six standard deviations of a share of n elements: a right answer exceeds that in one of 500 million gradings.
SIGMAS = 6
DRAWS = 6  # all of the same number of elements, drawn each on its own: one of 2 billion gradings


@check(points=1, after="dropped_or_scaled")
def each_on_its_own(student: Student, rng: np.random.Generator) -> None:
    """Decides for every element on its own"""
    x = rng.uniform(1, 3, size=(40, 60)).astype(np.float32)
    masks = []
    for seed in (draw_seed(rng) for _ in range(DRAWS)):
        kept = mask(student.seeded(seed).dropout(x, 0.5, True, seed), x)
        expect.that(len(np.unique(kept, axis=0)) > 1, "same_in_every_row", mistake="one_mask_for_all_samples")
        expect.that(len(np.unique(kept, axis=1).T) > 1, "same_in_every_column", mistake="whole_samples")
        masks.append(kept)
    varied = len(np.unique(masks, axis=0)) == DRAWS  # one mask for every seed is another check's business
    counts = {int(kept.size - kept.sum()) for kept in masks}
    expect.that(not varied or len(counts) > 1, "same_number", mistake="fixed_number", count=min(counts), n=x.size)


@check(points=1, after=each_on_its_own)
def drops_its_share(student: Student, rng: np.random.Generator) -> None:
    """Drops the share that rate says, and keeps the mean"""
    for rate in (0.1, float(rng.uniform(0.2, 0.4)), float(rng.uniform(0.6, 0.85))):
        seed = draw_seed(rng)
        x = rng.uniform(1, 3, size=(60, 100)).astype(np.float32)
        answer = student.seeded(seed).dropout(x, rate, True, seed)
        expect.that(not student.mutated(), "changes_x")
        got = expect.array_of(answer)
        expect.that(got.shape == x.shape, "shape", actual=got.shape, got=got.shape, wanted=x.shape)
        share = float(np.mean(got == 0))
        parts = {"share": f"{share:.1%}", "rate": f"{rate:.1%}"}
        mistake = (
            "rate_is_kept"
            if near(share, 1 - rate, x.size)
            else "rate_fixed"
            if any(near(share, fixed, x.size) for fixed in (0.25, 0.5))
            else ""
        )
        shares = {"expected": round(rate, 3), "actual": round(share, 3)}
        expect.that(near(share, rate, x.size), "share_dropped", mistake=mistake, **shares, **parts)
        before, after = float(np.mean(x)), float(np.mean(got))
        error = SIGMAS * np.sqrt(np.mean(x**2) * rate / (1 - rate) / x.size)
        parts = {"mean": f"{after:.3g}", "wanted": f"{before:.3g}"}
        kept = abs(after - before) < error
        expect.that(kept, "mean_not_kept", expected=round(before, 3), actual=round(after, 3), **parts)
    x = rng.normal(size=(3, 5)).astype(np.float32)
    expect.tensor(student.dropout(x, 0.0, True, 1), x, what="rate 0")


@check(points=1, after="dropped_or_scaled")
def follows_the_seed(student: Student, rng: np.random.Generator) -> None:
    """Drops the same elements for the same seed, others for another"""
    x = rng.uniform(1, 3, size=(20, 30)).astype(np.float32)
    one, other = draw_seed(rng), draw_seed(rng)
    # The session's own seeds are left alone: a generator that was not given the seed goes on where it stood.
    masks = [mask(student.dropout(x, 0.5, True, seed), x) for seed in (one, other, one)]
    expect.that(not np.array_equal(masks[0], masks[1]), "same_for_every_seed", mistake="seed_fixed")
    expect.that(np.array_equal(masks[0], masks[2]), "differs_for_one_seed", mistake="seed_ignored")


@check(points=1, after="builds_network")
def network_inference(student: Student, rng: np.random.Generator) -> None:
    """In inference it is a plain network: 64 relu neurons and a linear output"""
    model = expect.model(student.build_model(float(rng.uniform(0.2, 0.8))))
    x = rng.normal(size=(9, FEATURES)).astype(np.float32)
    shapes = ((FEATURES, UNITS), (UNITS,), (UNITS, 1), (1,))
    planted = {shape: rng.normal(scale=0.4, size=shape) for shape in shapes}
    plant(student, model, x[:1], planted)
    w1, b1, w2, b2 = (planted[shape].astype(np.float32) for shape in shapes)
    sums = x @ w1 + b1
    mistakes = {
        "no_activation": lambda: sums @ w2 + b2,
        "sigmoid_for_relu": lambda: sigmoid(sums) @ w2 + b2,
        "tanh_for_relu": lambda: np.tanh(sums) @ w2 + b2,
        "sigmoid_at_the_end": lambda: sigmoid(np.maximum(sums, 0) @ w2 + b2),
        "relu_at_the_end": lambda: np.maximum(np.maximum(sums, 0) @ w2 + b2, 0),
    }
    answer = in_session(student, model, "", Tensor(x), training=False)
    expect.tensor(answer, np.maximum(sums, 0) @ w2 + b2, rtol=1e-4, atol=1e-4, mistakes=mistakes)


@check(points=1, after=network_inference)
def drops_hidden_neurons(student: Student, rng: np.random.Generator) -> None:
    """In training it drops hidden neurons at the rate that was asked for, and nothing else"""
    for rate in (float(rng.uniform(0.1, 0.3)), float(rng.uniform(0.6, 0.9))):
        model = expect.model(student.build_model(rate))
        unit = int(rng.integers(UNITS))
        # Every hidden neuron answers the same (relu: 1); the output is 5 and one of them: 5 where that one is dropped.
        planted = {
            (FEATURES, UNITS): np.full((FEATURES, UNITS), 1 / FEATURES),
            (UNITS,): np.zeros(UNITS),
            (UNITS, 1): np.eye(UNITS)[:, unit : unit + 1],
            (1,): np.array([5.0]),
        }
        x = np.ones((2000, FEATURES), dtype=np.float32)
        plant(student, model, x[:1], planted)
        value, *_ = expect.array_of(in_session(student, model, "", Tensor(x[:1]), training=False)).ravel() - 5
        got = expect.array_of(in_session(student, model, "", Tensor(x), training=True)).ravel() - 5
        expect_neuron(got / value, rate)


def draw_seed(rng: np.random.Generator) -> int:
    """A fresh seed."""
    return int(rng.integers(1, 2**31 - 1))


def near(share: float, rate: float, elements: int) -> bool:
    """Whether ``elements`` independent draws with probability ``rate`` can have given ``share``."""
    return bool(abs(share - rate) < SIGMAS * np.sqrt(rate * (1 - rate) / elements) + 1 / elements)


def mask(answer: Any, x: Array) -> Array:
    """True where a value was kept; x has no zeros."""
    got = expect.array_of(answer)
    expect.that(got.shape == x.shape, "shape", actual=got.shape, got=got.shape, wanted=x.shape)
    return got != 0


def expect_neuron(got: Array, rate: float) -> None:
    """One hidden neuron in training mode, 2000 times, as multiples of its value: 0 or 1 / (1 - rate)."""
    kept = np.isclose(got, 1 / (1 - rate), atol=1e-3)
    dropped = np.isclose(got, 0, atol=1e-3)
    strange = ~(kept | dropped)
    values = sorted({round(float(v), 3) for v in got[strange]})[:5]
    mistake = ""
    if strange.any():
        # Dropout of the output itself makes 0 of what lies around 5; another rate makes one other value.
        mistake = "rate_fixed" if len(values) == 1 else "output_dropped" if got.min() < -1 else ""
        if not mistake and any(multiples(got * FEATURES * (1 - rate) ** n) for n in (1, 2)):
            mistake = "input_dropped"  # of 20 equal inputs some are left
        if len(values) == 1 and np.isclose(values[0], 1 / rate, atol=2e-3):
            mistake = "rate_is_kept"
        if len(values) == 1 and np.isclose(values[0], 1, atol=1e-3) and not dropped.any():
            mistake = "no_dropout"
    expect.that(
        not strange.any(), "neuron_values", expected=(0.0, round(1 / (1 - rate), 3)), actual=values, mistake=mistake
    )
    share = float(dropped.mean())
    parts = {"share": f"{share:.1%}", "rate": f"{rate:.1%}"}
    shares = {"expected": round(rate, 3), "actual": round(share, 3)}
    expect.that(near(share, rate, got.size), "neuron_share", **shares, **parts)


def multiples(values: Array) -> bool:
    """Whether all are whole numbers."""
    return bool(np.allclose(values, values.round(), atol=0.05))


def plant(student: Student, model: StudentModel, x: Array, planted: dict[tuple[int, ...], Array]) -> None:
    """Weights of our own in the learner's layers, found by their shapes."""
    in_session(student, model, "", Tensor(x), training=False)  # builds a subclassed one
    shapes = [w.shape for w in expect.arrays(in_session(student, model, "get_weights"), what="get_weights()")]
    expect.that(sorted(shapes) == sorted(planted), "layer_shapes", expected=list(planted), actual=shapes)
    in_session(student, model, "set_weights", [planted[s].astype(np.float32) for s in shapes])


def in_session(student: Student, model: StudentModel, name: str, *args: Any, **kwargs: Any) -> Any:
    """A method of the learner's own model; the call shown stays the one that built it."""
    shown = student.last_call()
    answer = student.method(model, name, *args, **kwargs)
    student.memory.call = shown
    return answer


def sigmoid(z: Array) -> Array:
    """The logistic function."""
    return 1 / (1 + np.exp(-z))
