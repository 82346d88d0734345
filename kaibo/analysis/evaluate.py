"""The one place where a figure is worked out from raw counters."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kaibo.analysis.counters import COUNTERS
from kaibo.analysis.definitions import Definition

Raw = Mapping[str, float]  # counters by name; one that is not there is unknown


OF_ALL = ("uv", "pv")  # of all who came: by them is measured what anybody did


class Figure(NamedTuple):
    """A figure, and what stands above and below its line: None over nothing, and for what nobody can know.

    `mixed`: what stands above the line is of another crowd than what stands below, and the figure is unknown. There is more above the
    line of a share: buyers a shop knows and the room does not, clicks on what nobody told was shown. Or below it are only some of the
    people, because not all sources tell who comes in, and above it is what all did. Then `below` is as many as are known.
    """

    value: float | None = None
    mixed: bool = False
    over: float | None = None
    below: float | None = None


NOTHING = Figure()


def figure(definition: Definition, raw: Raw | None) -> Figure:
    """A figure from raw counters; nothing of a window before anything happened."""
    if raw is None:
        return NOTHING
    above = over(definition, raw)
    if not definition.denominator:
        return Figure(above, over=above)
    base = raw.get(definition.denominator, raw.get(definition.formerly_below))
    if above is None:
        return Figure(below=base)
    found = above * definition.scale / base if base else None
    if (found is not None and found > 1 and definition.unit == "ratio") or _of_some(definition, raw):
        return Figure(
            None, mixed=True, over=above, below=raw.get("uv", raw.get("did_u")) if definition.denominator == "uv" else base
        )
    return Figure(found, over=above, below=base)


def _of_some(definition: Definition, raw: Raw) -> bool:
    return "uv" not in raw and definition.denominator in OF_ALL and "did_u" in raw and "came_u" in raw


def evaluate(definition: Definition, raw: Raw | None) -> float | None:
    """The value of a figure alone."""
    return figure(definition, raw).value


FULL_S = 540  # on air so long a window of ten minutes is whole: the newest ends within a minute that is not over yet


def as_long_as(definition: Definition, raw: Raw | None, other: Raw | None) -> float | None:
    """The value of a window as it would be were it on air as long as another: the newest ends within a minute, and nobody is to read that as a fall."""
    value = evaluate(definition, raw)
    if value is None or raw is None or other is None or not definition.per_time:
        return value
    mine, wanted = raw.get("live_s"), other.get("live_s")
    return value * wanted / mine if mine and wanted else value


def over(definition: Definition, raw: Raw) -> float | None:
    """What stands above the line, None when unknown."""
    above = raw.get(definition.numerator, raw.get(definition.formerly))
    if above is None or not definition.less:
        return above
    less = raw.get(definition.less)
    return None if less is None else above - less


# By what a source tells, the counter that is more than nothing once it was told.
SUM_OF = {
    "enter": "pv", "view": "pimp", "click": "clicks", "comment": "comments", "like": "likes", "share": "shares", "follow": "follows",
    "join": "fans_u", "viewer": "uv", "order": "orders_created",
}  # fmt: skip


def measured(raw: Raw) -> dict[str, float]:
    """What a whole show came to, without what no source told of: older logs say nothing was counted there."""
    unknown = _untold(raw)
    found = {name: value for name, value in raw.items() if name not in unknown}
    if "visits" not in found and "watch_s" in found and "pv" in found:
        found["visits"] = found["pv"]  # of a whole show that was written down before visits were counted
    if "uv" in unknown and raw.get("uv"):
        found["did_u"] = raw["uv"]
    return found if "buyers_known" in raw else found | _known_buyers(found)


def _untold(raw: Raw) -> set[str]:
    silent = {telling for telling, counter in SUM_OF.items() if raw.get(counter) == 0}
    silent |= {"leave"} if _nobody_left(raw) else set[str]()
    return {
        each.name
        for each in COUNTERS
        if (each.told_by and silent.issuperset(each.told_by)) or not silent.isdisjoint((*each.and_by, *each.assumes))
    }


def _nobody_left(raw: Raw) -> bool:
    """Whether older logs counted on after the end everybody who ever came: no source told who goes."""
    return "visits" not in raw and raw.get("stays") is not None and raw.get("stays") == raw.get("online")


def _known_buyers(raw: dict[str, float]) -> dict[str, float]:
    """Older logs do not say which buyers are known: those that are old or new are. Without any, neither number says something."""
    old, new = raw.pop("buyers_old", 0), raw.pop("buyers_new", 0)
    return {"buyers_old": old, "buyers_new": new, "buyers_known": old + new} if old + new else {}


def median(values: Iterable[float | None]) -> float | None:
    """The middle of what is known; None when nothing is."""
    known: Sequence[float] = sorted(value for value in values if value is not None)
    if not known:
        return None
    middle = len(known) // 2
    return known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
