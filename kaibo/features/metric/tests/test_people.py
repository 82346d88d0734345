"""Distinct people: exact up to the limit, a sketch beyond; the same whatever order they are told in."""

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaibo.analysis.hll import SIGMA
from kaibo.features.audience.columns import pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.metric.crowd import Crowd
from kaibo.features.metric.people import AT_LEISURE, Customers, Distinct, Names, Presence, fingerprint, opened, short


def names(size: int, exact_max: int, seed: int = 1) -> Names:
    found = Names(exact_max)
    found.put(0, np.random.default_rng(seed).integers(0, 2**64, size, dtype=np.uint64))
    return found


@pytest.mark.parametrize("exact_max", [10**6, 1000])
def test_distinct_counts_people_once_and_tells_its_error(exact_max: int) -> None:
    everybody = names(20_000, exact_max)
    some = Distinct(everybody)
    some.see(np.arange(0, 20_000, 2))
    some.see(np.arange(0, 20_000, 4))
    if exact_max > 20_000:
        assert (some.count(), some.error) == (10_000, 0.0)
    else:
        assert abs(some.count() - 10_000) <= 3 * SIGMA * 10_000
        assert some.error == SIGMA


def test_people_who_stand_in_both_lists_count_once_beyond_the_limit_too() -> None:
    some, also = Distinct(names(20_000, 1000)), np.zeros(20_000, np.bool_)
    some.see(np.arange(10_000))
    also[5_000:] = True
    assert abs(some.count(also) - 20_000) <= 3 * SIGMA * 20_000


def test_who_was_seen_before_the_limit_is_not_lost_beyond_it() -> None:
    everybody = names(900, 1000)
    some, window = Distinct(everybody), Presence(everybody)
    window.advance(100)
    some.see(np.arange(900))
    window.see(np.arange(900), 95)
    everybody.put(900, np.random.default_rng(2).integers(0, 2**64, 200, dtype=np.uint64))
    window.see(np.arange(900, 1100), 100)
    assert abs(some.count() - 900) <= 3 * SIGMA * 900 + 1
    assert abs(window.count(0, 9) - 1100) <= 3 * SIGMA * 1100 + 1
    assert abs(window.count(0, 0) - 200) <= 3 * SIGMA * 200 + 1
    assert abs(window.ever() - 1100) <= 3 * SIGMA * 1100 + 1
    assert window.error == SIGMA


sightings = st.lists(st.tuples(st.integers(0, 59), st.integers(0, 30)), max_size=40)


@settings(max_examples=80, deadline=None)
@given(sightings, st.sampled_from([1000, 10]), st.randoms(use_true_random=False))
def test_a_late_sighting_gives_the_same_figures(told: list[tuple[int, int]], exact_max: int, chance: object) -> None:
    """Windows and all time, exact and sketched."""
    everybody = names(60, exact_max)
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    counts = []
    for order in (told, shuffled):
        presence = Presence(everybody)
        presence.advance(30)
        for person, minute in order:
            presence.see(np.array([person]), minute)
        counts.append((presence.count(0, 9), presence.count(10, 19), presence.ever()))
    assert counts[0] == counts[1]
    if exact_max == 1000:
        inside = {person for person, minute in told if 21 <= minute <= 30}
        assert counts[0] == (len(inside), len({p for p, m in told if 11 <= m <= 20}), len({p for p, _ in told}))


def test_buyers_beyond_the_limit_are_the_same_people_as_before() -> None:
    customers = Customers(exact_max=500)
    paid = Presence(customers)
    paid.advance(10)
    people = np.random.default_rng(3).integers(0, 2**64, 2000, dtype=np.uint64).tolist()
    for person in (*people, *people):
        customers.recount(person, [(paid, 10)], [paid])
    assert abs(paid.ever() - 2000) <= 3 * SIGMA * 2000


def test_fingerprints_that_are_carried_are_sorted_short_and_once_each() -> None:
    hashes = np.array([7 << 32, 9 << 32, 7 << 32 | 5], np.uint64)
    assert opened(short(hashes)).tolist() == [7, 9]
    assert opened(b"").tolist() == []


def rush(base: int, count: int) -> AudienceBatch:
    items = [AudienceItem(kind="enter", at=base + place, viewer=f"v{base + place}") for place in range(count)]
    return AudienceBatch(
        source="live", room="", count=count, comments=0, first_at=base, last_at=base + count - 1,
        viewer_base=base, columns=pack(items, {}, base),
    )  # fmt: skip


def test_fingerprints_of_a_rush_wait_and_are_there_when_somebody_asks() -> None:
    crowd = Names()
    crowd.meet(rush(0, 3 * AT_LEISURE))
    crowd.meet(rush(3 * AT_LEISURE, 10))
    assert (crowd.size, crowd.waiting) == (3 * AT_LEISURE + 10, 3 * AT_LEISURE + 10)
    assert crowd.hashes[: crowd.size].tolist() == [fingerprint("live", f"v{number}") for number in range(crowd.size)]
    assert crowd.waiting == 0


def test_fingerprints_are_worked_off_at_leisure() -> None:
    crowd = Names()
    crowd.meet(rush(0, 3 * AT_LEISURE))
    for late in range(3):
        crowd.meet(rush(3 * AT_LEISURE + late, 1))
    assert crowd.waiting <= 1


def test_nothing_is_left_to_do_at_once_when_the_limit_is_reached() -> None:
    limit, part = 64 * AT_LEISURE, 4 * AT_LEISURE
    crowd, most = Names(limit), 0
    for base in range(0, limit, part):
        most = max(most, crowd.waiting)
        crowd.meet(rush(base, part))
    assert most > limit // 4
    assert crowd.size == limit
    assert crowd.waiting <= part


def test_a_crowd_is_kept_as_few_arrays_and_goes_on_as_it_was() -> None:
    crowd, second = Crowd(), 1000
    for minute in range(200):
        crowd.move(np.arange(3, dtype=np.uint32), np.full(3, minute * 60 * second), np.full(3, minute % 2 == 1))
    again = deepcopy(crowd)  # as a snapshot takes it
    assert (len(crowd._viewers), len(again._viewers), len(again._keys)) == (200, 1, 1)
    for each in (crowd, again):  # somebody told late takes back what stands in all of them
        each.move(np.array([1], np.uint32), np.array([90 * second]), np.array([True]))
    assert [each.curve()[1].tolist() for each in (crowd, again)] == [crowd.curve()[1].tolist()] * 2
    assert again.online == crowd.online
