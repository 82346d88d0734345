"""Wrong passwords are held against whoever typed them, where they did, and against nobody else."""

import pytest

from kaibo.kit.tries import FREE, FREE_ADDRESS, WAIT_MS, TooManyTries, Tries, network_of

NOW = 1_764_331_200_000


def wrong(tries: Tries, name: str | None, address: str, now: int = NOW, count: int = 1) -> int:
    """How many of so many tries were looked at."""
    looked = 0
    for _ in range(count):
        try:
            tries.begin(name, address, now)
        except TooManyTries:
            continue
        looked += 1
    return looked


def test_a_name_waits_where_it_was_guessed_and_longer_each_time() -> None:
    tries = Tries()
    assert wrong(tries, "阿美", "203.0.113.1", count=20) == FREE
    assert wrong(tries, " 阿美 ", "203.0.113.1") == 0  # as people may type it
    assert wrong(tries, "阿美", "203.0.113.2") == 1
    assert wrong(tries, "阿本", "203.0.113.1") == 1
    later = NOW + WAIT_MS
    assert wrong(tries, "阿美", "203.0.113.1", later, 5) == 1
    with pytest.raises(TooManyTries) as refused:
        tries.begin("阿美", "203.0.113.1", later)
    assert refused.value.wait_s == 2 * WAIT_MS // 1000 + 1
    tries.forgive("阿美", "203.0.113.1")
    assert wrong(tries, "阿美", "203.0.113.1", later) == 1


def test_an_address_that_tries_every_name_waits_for_all_of_them() -> None:
    tries = Tries()
    assert sum(wrong(tries, f"n{number}", "2001:db8::1") for number in range(200)) == FREE_ADDRESS
    assert wrong(tries, "another", "2001:db8::ffff") == 0  # the same network is the same hand
    assert wrong(tries, "another", "2001:db8:1::1") == 1


def test_the_counter_is_not_emptied_by_filling_it() -> None:
    tries = Tries(watched_max=200)
    for number in range(1, 60):
        wrong(tries, f"n{number}", f"198.51.100.{number}")
    assert wrong(tries, "阿美", "203.0.113.1", count=20) == FREE
    for number in range(1, 60):  # as many addresses as whoever fills it has
        wrong(tries, f"m{number}", f"192.0.2.{number}")
    assert wrong(tries, "阿美", "203.0.113.1") == 0
    assert len(tries._counts) <= 200


def test_what_was_long_ago_is_forgotten() -> None:
    tries = Tries()
    wrong(tries, "阿美", "203.0.113.1", count=20)
    assert wrong(tries, "阿美", "203.0.113.1", NOW + 3_600_000, 3) == 3


@pytest.mark.parametrize("nobody", [None, "", " \u3000 "])
def test_what_names_nobody_counts_for_the_address_alone(nobody: str | None) -> None:
    tries = Tries()
    assert wrong(tries, nobody, "203.0.113.1", count=FREE_ADDRESS - 1) == FREE_ADDRESS - 1
    assert wrong(tries, "阿美", "203.0.113.1", count=3) == 1


@pytest.mark.parametrize("known", [None, "", "阿本"])
def test_who_signs_in_between_guesses_does_not_empty_the_count_of_the_address(known: str | None) -> None:
    tries, looked = Tries(), 0
    for number in range(500):
        looked += wrong(tries, f"n{number}", "203.0.113.1")
        if number % 5 == 4 and wrong(tries, known, "203.0.113.1"):
            tries.forgive(known, "203.0.113.1")
    assert looked <= FREE_ADDRESS


def test_what_was_counted_by_a_clock_a_day_ahead_holds_for_nobody() -> None:
    tries = Tries()
    wrong(tries, "阿美", "203.0.113.1", NOW + 86_400_000, 20)
    assert wrong(tries, "阿美", "203.0.113.1") == 1


def test_one_party_of_the_internet() -> None:
    assert network_of("203.0.113.9") == "203.0.113.9"
    assert network_of("::ffff:203.0.113.9") == "203.0.113.9"
    assert network_of("2001:db8:0:1::5") == network_of("2001:db8:0:1:ffff::1") != network_of("2001:db8:0:2::5")
    assert network_of("no address at all" * 9) == ("no address at all" * 9)[:64]
