"""How a sum grew over a show: kept in steps, read at any time since it went on air."""

from collections.abc import Sequence

from kaibo.analysis.counters import BY_NAME
from kaibo.analysis.definitions import Definition
from kaibo.analysis.evaluate import Raw

STEP_S = 300  # sixty numbers for each sum of a show of five hours, and close enough by a straight line between them

ONCE = ("uv", "people_now", "seconds")  # who is counted once however often has no course
NOTHING: Raw = {}
Course = dict[str, tuple[float, ...]]  # by counter: the sum after each STEP_S on air, the last at the end


def sum_at(course: Course, counter: str, elapsed_s: float) -> float | None:
    """The sum so many seconds after going on air; None for a counter that was not kept, the last one after the end."""
    steps = course.get(counter)
    if not steps:
        return None
    place = max(0.0, elapsed_s) / STEP_S
    whole = int(place)
    if whole >= len(steps):
        return steps[-1]
    before: Sequence[float] = (0.0, *steps)
    return before[whole] + (before[whole + 1] - before[whole]) * (place - whole)


def figure_at(definition: Definition, course: Course, elapsed_s: float, raw: Raw = NOTHING) -> float | None:
    """A figure that is a sum (or a difference of sums) at that time; None for any other, and for one that was not kept.

    `raw` is what the show came to: a sum that stayed at nothing was nothing all the time, also where its course was not kept.
    """
    if definition.denominator or definition.window != "all":
        return None
    above = _or_nothing(course, definition.numerator, elapsed_s, raw)
    if above is None or not definition.less:
        return above
    less = _or_nothing(course, definition.less, elapsed_s, raw)
    return None if less is None else above - less


def _or_nothing(course: Course, counter: str, elapsed_s: float, raw: Raw) -> float | None:
    found = sum_at(course, counter, elapsed_s)
    if found is None and course and raw.get(counter) == 0 and BY_NAME[counter].basis not in ONCE:
        return 0.0
    return found
