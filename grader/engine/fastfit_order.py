"""The order in which tf.random.shuffle puts things, computed without TensorFlow.

Keras shuffles inside a tf.data function, whose kernel is made anew for each iterator: with a global seed every epoch
begins from the same state. So one permutation serves a whole fit, and needs no dataset to be drawn.
Philox 4x32-10 as in tensorflow/core/lib/random/philox_random.h, the swaps as in core/kernels/random_shuffle_op.cc.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_LARGEST_SEED = 2**31 - 1


def permutation(length: int, seed: int) -> list[int]:
    """0 … length - 1 as the first shuffle of a function leaves them, under the global ``seed``."""
    return _shuffled(0, length, _blocks(0, _blocks_for(length), seed))


def permuted_batches(length: int, batch_size: int, seed: int) -> list[int]:
    """As above for shuffle="batch": one generator shuffles each batch in its place, batch after batch."""
    order: list[int] = []
    block = 0
    for first in range(0, length, batch_size):
        size = min(batch_size, length - first)
        wanted = _blocks_for(size)
        order += _shuffled(first, size, _blocks(block, wanted, seed))
        block += wanted
    return order


def _blocks_for(length: int) -> int:
    """How many blocks of four numbers the kernel sets aside for one shuffle."""
    return (length + 2) // 4 if length > 1 else 0


def _shuffled(first: int, length: int, numbers: Iterator[int]) -> list[int]:
    order = list(range(first, first + length))
    for i in range(length - 1):
        j = i + next(numbers) % (length - i)
        order[i], order[j] = order[j], order[i]
    return order


def _blocks(start: int, count: int, seed: int) -> Iterator[int]:
    """32-bit numbers of the blocks ``start`` … of the generator that the first random operation of a function gets."""
    counter = np.zeros((4, count), np.uint64)
    counter[0] = np.arange(start, start + count, dtype=np.uint64)
    counter[2] = 0 if seed % _LARGEST_SEED else _LARGEST_SEED  # TensorFlow's stand-in for the seeds 0, 0
    key = [seed % _LARGEST_SEED, 0]
    for _ in range(10):
        counter = _round(counter, key)
        key = [(part + step) & 0xFFFFFFFF for part, step in zip(key, _WEYL, strict=True)]
    return iter(counter.T.ravel().tolist())


def _round(counter: Words, key: list[int]) -> Words:
    first = counter[0] * np.uint64(_MULTIPLIERS[0])
    second = counter[2] * np.uint64(_MULTIPLIERS[1])
    return np.stack(
        [
            (second >> _HALF) ^ counter[1] ^ np.uint64(key[0]),
            second & _LOW,
            (first >> _HALF) ^ counter[3] ^ np.uint64(key[1]),
            first & _LOW,
        ]
    )
