"""Laws of a comparison by coin: what did nothing is seldom called something, what did is found, and the rest is counted."""

import numpy as np
import pytest

from kaibo.analysis.coin import LEAST, compare

SCATTER = 0.5  # of the log of a ratio of two neighbouring windows, bursts and wandering together


def shows(count: int, tosses: int, effect: float, *, wild: bool = False) -> list[str]:
    chance, found = np.random.default_rng(3), list[str]()
    for _ in range(count):
        logs = chance.standard_cauchy(tosses) if wild else chance.normal(0, SCATTER, tosses)
        heads = chance.random(tosses) < 0.5
        found.append(compare((logs[heads] + effect).tolist(), logs[~heads].tolist()).verdict)
    return found


@pytest.mark.parametrize(("tosses", "wild"), [(8, False), (12, False), (12, True), (30, True)])
def test_what_did_nothing_is_called_something_once_in_twenty_whatever_chance_looks_like(tosses: int, *, wild: bool) -> None:
    told = shows(400 if tosses < 20 else 120, tosses, 0.0, wild=wild)
    assert (told.count("up") + told.count("down")) / len(told) <= 0.07


def test_an_increase_by_half_is_found_once_there_were_enough() -> None:
    said = compare([SCATTER, -SCATTER, SCATTER, -SCATTER], [SCATTER, -SCATTER, SCATTER, -SCATTER])
    assert (said.verdict, said.ratio) == ("no_clear_effect", 1.0)
    assert said.more is not None
    told = shows(100, said.more + 8, float(np.log(1.5)))
    assert told.count("up") / len(told) > 0.7


def test_too_few_on_one_side_say_nothing_and_how_many_more_would() -> None:
    nothing = compare([0.5, 0.4], [])
    assert (nothing.verdict, nothing.ratio, nothing.now, nothing.later, nothing.more) == ("too_little", None, 2, 0, 6)
    few = compare([5.0] * LEAST, [0.0] * (LEAST - 1))
    assert (few.verdict, few.more) == ("too_little", 1)
    assert compare([5.0, 5.1, 5.2, 5.3], [0.0, 0.1, 0.2, 0.3]).verdict == "up"
    assert compare([0.0, 0.1, 0.2, 0.3], [5.0, 5.1, 5.2, 5.3]).verdict == "down"
