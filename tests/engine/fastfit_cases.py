"""Walks the cases, each judged by its trail. As a program: ``fastfit_cases.py stock|fast PLACE all|CASE,… SEED …``."""

from __future__ import annotations

import contextlib
import json
import sys
from unittest import mock

import keras
import tensorflow as tf
from tensorflow.python.eager import context

from grader.engine import fastfit, fastfit_batches, fastfit_order, plant
from tests.engine import fastfit_again, fastfit_alike, fastfit_modes, fastfit_own, fastfit_usual
from tests.engine.fastfit_case import CASES, NOT_DETERMINED, Case
from tests.engine.fastfit_trail import Trail

__all__ = ["fastfit_again", "fastfit_alike", "fastfit_modes", "fastfit_own", "fastfit_usual"]  # each adds its cases


def walk(one: Case, seed: int) -> list[tuple[str, str]]:
    """The trail of a case in a fresh session of Keras."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    trail = Trail()
    one(trail, seed)
    trail.randomness()
    return trail.steps


def runs_in(place: str, name: str) -> bool:
    return place != "kernel" or name not in NOT_DETERMINED


MUTATED = fastfit_usual.dropout_partial_batches_class_weight_split


def mutants(seed: int) -> dict[str, list[tuple[str, str]]]:
    """Trails of a faster way that is wrong: two rows change places; a batch takes one random number."""
    order, batched = fastfit_order.permutation, fastfit_batches._batched
    with mock.patch.object(fastfit_order, "permutation", lambda n, s: [*order(n, s)[1::-1], *order(n, s)[2:]]):
        misordered = walk(MUTATED, seed)
    with mock.patch.object(fastfit_batches, "_batched", lambda *a: (context.internal_operation_seed(), batched(*a))[1]):
        overdrawn = walk(MUTATED, seed)
    return {"misordered": misordered, "overdrawn": overdrawn}


def main() -> None:
    mode, place, wanted, *seeds = sys.argv[1:]
    if place == "kernel":  # as warm.load_modules sets it
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        tf.config.experimental.enable_op_determinism()
    plant.stop_the_clock()
    applied = fastfit.apply() if mode == "fast" else False
    chosen = [
        one for one in CASES if runs_in(place, one.__name__) and (wanted == "all" or one.__name__ in wanted.split(","))
    ]
    with contextlib.redirect_stdout(sys.stderr):
        trails = {f"{one.__name__} {seed}": walk(one, int(seed)) for one in chosen for seed in seeds}
        wrong = mutants(int(seeds[0])) if applied and MUTATED in chosen else {}
    json.dump({"applied": applied, "trails": trails, "mutants": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
