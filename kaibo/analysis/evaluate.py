"""The one place where a figure is worked out from raw counters."""

from collections.abc import Iterable, Mapping, Sequence

from kaibo.analysis.definitions import Definition

Raw = Mapping[str, float]  # counters by name; one that is not there is unknown


def evaluate(definition: Definition, raw: Raw | None) -> float | None:
    """A figure from raw counters; None over nothing, of a counter nobody can know, and of a window before anything happened."""
    if raw is None:
        return None
    above = over(definition, raw)
    if above is None or not definition.denominator:
        return above
    below = raw.get(definition.denominator)
    return above * definition.scale / below if below else None


def over(definition: Definition, raw: Raw) -> float | None:
    """What stands above the line, None when unknown."""
    above = raw.get(definition.numerator)
    if above is None or not definition.less:
        return above
    less = raw.get(definition.less)
    return None if less is None else above - less


def median(values: Iterable[float | None]) -> float | None:
    """The middle of what is known; None when nothing is."""
    known: Sequence[float] = sorted(value for value in values if value is not None)
    if not known:
        return None
    middle = len(known) // 2
    return known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
