"""Laws of the sketch: within its error, and blind to order and repetition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.analysis.hll import SIGMA, Sketch

crowd = st.integers(0, 2**32 - 1)


def hashes(seed: int, size: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, size, dtype=np.uint64)


@pytest.mark.parametrize("size", [0, 1, 10, 1000, 40_000, 300_000, 2_000_000])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_count_is_within_three_sigma(size: int, seed: int) -> None:
    sketch = Sketch()
    sketch.add(hashes(seed, size))
    assert abs(sketch.count() - size) <= 3 * SIGMA * size + 0.5


def test_over_many_crowds_the_error_is_as_small_as_said() -> None:
    """The root of the mean square of 60 relative errors estimates sigma within a quarter."""
    errors = []
    for seed in range(60):
        sketch = Sketch()
        sketch.add(hashes(seed + 100, 50_000))
        errors.append(sketch.count() / 50_000 - 1)
    assert 0.7 * SIGMA < float(np.sqrt(np.mean(np.square(errors)))) < 1.3 * SIGMA


@settings(max_examples=50, deadline=None)
@given(crowd, crowd, st.integers(0, 5000), st.integers(0, 5000))
def test_order_repetition_and_merging_change_nothing(first: int, second: int, many: int, more: int) -> None:
    a, b = hashes(first, many), hashes(second, more)
    whole, turned, left, right = Sketch(), Sketch(), Sketch(), Sketch()
    whole.add(np.concatenate([a, b]))
    turned.add(np.concatenate([b, a[::-1], a]))
    left.add(a)
    right.add(b)
    left.merge(right)
    assert (whole.registers == turned.registers).all()
    assert (whole.registers == left.registers).all()
