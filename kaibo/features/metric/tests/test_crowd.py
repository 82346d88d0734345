"""Time spent in the room, beside a count second by second."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.features.metric.crowd import Crowd

YEAR_S = 366 * 86_400
SECONDS = st.integers(0, 400)


@settings(max_examples=150, deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 5), SECONDS, st.booleans()), max_size=30), first=SECONDS, last=SECONDS)
def test_time_spent_is_what_a_count_of_each_second_comes_to(moves: list[tuple[int, int, bool]], first: int, last: int) -> None:
    crowd = Crowd()
    if moves:
        viewers, at, leaves = (np.array(column) for column in zip(*moves, strict=True))
        crowd.move(viewers.astype(np.uint32), at.astype(np.int64) * 1000, leaves)
    online = 0
    for second in range(first, last + 1):
        newest = {viewer: (at, leaves) for viewer, at, leaves in sorted(moves, key=lambda move: move[1:]) if at <= second}
        online += sum(not leaves for _, leaves in newest.values())
    assert crowd.watched(first, last) == online
    assert crowd.mean(first, last) == (online / (last - first + 1) if last >= first else None)


def test_a_room_that_was_left_open_for_a_year_is_counted_as_quickly_as_an_evening() -> None:
    crowd = Crowd()
    crowd.move(np.array([3], np.uint32), np.array([5_000], np.int64), np.array([False]))
    crowd.move(np.array([4], np.uint32), np.array([YEAR_S * 1000], np.int64), np.array([False]))
    assert crowd.watched(0, 10_000 * YEAR_S) == (10_000 * YEAR_S - 4) + (
        9_999 * YEAR_S + 1
    )  # by seconds it would need more memory than there is
