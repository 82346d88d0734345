"""Whose name a text speaks of is the same on every machine and in every run."""

from itertools import product

from kaibo.core.naming import Naming


def test_a_half_a_third_and_a_sixth_of_words_are_a_name_in_whatever_order_they_lie() -> None:
    """Added up as they lie in a set, they are one in some orders and a little less in others, and nobody would be named."""
    wrong: list[str] = []
    for half, third, sixth in product(("red", "blue", "green"), ("silk", "wool", "linen"), ("scarf", "shawl", "stole")):
        names = {"p": f"{half} {third} {sixth}", "q": half, "r": third, "s": third}
        names |= dict.fromkeys(("t", "u", "v", "w", "x"), sixth)
        if Naming({}, names).named(f"the {half} {third} {sixth}") != "p":
            wrong.append(f"{half} {third} {sixth}")
    assert wrong == []
