"""How one alarm stands: what its figure is, where its limit lies, and since when it is beyond. Pure."""

from dataclasses import dataclass

from kaibo.analysis.course import figure_at
from kaibo.analysis.definitions import DEFINED, Definition
from kaibo.analysis.evaluate import FULL_S, Raw, as_long_as, evaluate, median
from kaibo.features.alarm.facts import AlarmRule, Window
from kaibo.features.metric.facts import MetricSampled, ShowSummary
from kaibo.features.metric.slices import Targets
from kaibo.features.promo.facts import Evidence
from kaibo.features.show.slices import ShowNow

WINDOW_S = 600
WARM_S = 300  # the first minutes of a show say little of a ratio


@dataclass(slots=True)
class Known:
    """What limits are measured by: the plan, targets, earlier shows, and the newest sample with its seq."""

    show: ShowNow
    targets: Targets
    shows: tuple[ShowSummary, ...] = ()
    sample: MetricSampled | None = None
    seq: int = 0

    def raw(self, window: Window) -> Raw | None:
        """The counters of a window as the newest sample has them."""
        if self.sample is None:
            return None
        return self.sample.last_10 if window == "last_10" else self.sample.whole

    def value(self, rule: AlarmRule) -> float | None:
        """The figure now."""
        return evaluate(DEFINED[rule.metric], self.raw(rule.window))

    def compared(self, rule: AlarmRule) -> float | None:
        """What the limit is a share of."""
        definition, sample = DEFINED[rule.metric], self.sample
        if sample is None:
            return None
        match rule.against:
            case "value":
                return None
            case "prev_10":
                return as_long_as(definition, sample.prev_10, sample.last_10)
            case "median_7":
                elapsed_s = sample.whole.get("live_s", 0.0)
                return median(_of_show(definition, rule.window, show, elapsed_s) for show in self.shows)
            case "target":
                return self._target(definition, rule.window, sample)

    def _target(self, definition: Definition, window: Window, sample: MetricSampled) -> float | None:
        """The target for this point of the show: a sum grows with time."""
        target = self.targets.get(definition.name)
        if target is None or not definition.grows:
            return target
        seconds = WINDOW_S if window == "last_10" else sample.whole.get("live_s", 0.0)
        planned_s = (self.show.ends_at - self.show.starts_at) / 1000
        return target * seconds / planned_s if planned_s else None

    def limit(self, rule: AlarmRule) -> float | None:
        """Where the alarm begins; None while nobody can say."""
        if rule.against == "value":
            return rule.threshold
        compared = self.compared(rule)
        return None if compared is None else compared * rule.threshold

    def beyond(self, rule: AlarmRule) -> bool | None:
        """Whether the figure is beyond its limit; None while nobody can say."""
        value, limit = self.value(rule), self.limit(rule)
        if not self._fair(rule):
            return None
        if value is None or limit is None:
            return None
        return value < limit if rule.side == "below" else value > limit

    def _fair(self, rule: AlarmRule) -> bool:
        """Whether the windows have lived long enough to be compared."""
        sample = self.sample
        if sample is None or rule.against == "value" or rule.window == "now":
            return sample is not None
        if rule.window == "whole":
            return DEFINED[rule.metric].grows or _lived(sample.whole) >= WARM_S  # a peak is yet to come
        whole_window = FULL_S if not DEFINED[rule.metric].denominator else WARM_S
        if _lived(sample.last_10) < whole_window:
            return False
        return rule.against != "prev_10" or _lived(sample.prev_10) >= FULL_S

    def evidence(self, rule: AlarmRule) -> tuple[Evidence, ...]:
        """The figure and the counters it is made of, as they stand in the sample."""
        definition, raw = DEFINED[rule.metric], self.raw(rule.window)
        value = self.value(rule)
        if raw is None or value is None:
            return ()
        found = [Evidence(metric=rule.metric, value=value, unit=definition.unit, seq=self.seq)]
        if definition.denominator:
            found += [
                Evidence(metric=counter.name, value=raw[counter.name], unit=_unit(counter.basis), seq=self.seq)
                for counter in definition.counters
            ]
        compared = self.compared(rule)
        if compared is not None:
            found.append(Evidence(metric=f"{rule.metric}.{rule.against}", value=compared, unit=definition.unit, seq=self.seq))
        return tuple(found)


def _lived(raw: Raw | None) -> float:
    return raw.get("live_s", 0.0) if raw is not None else 0.0


def _unit(basis: str) -> str:
    return {"money": "minor", "seconds": "seconds"}.get(basis, "count")


def _of_show(definition: Definition, window: Window, show: ShowSummary, elapsed_s: float) -> float | None:
    """What an earlier show came to; a sum after as long on air, in as long a window. Without its course it is shared out evenly."""
    then = figure_at(definition, show.course, elapsed_s)
    if then is not None:
        before = figure_at(definition, show.course, elapsed_s - WINDOW_S) or 0.0
        return then - before if window == "last_10" else then
    if definition.name == "online":
        return evaluate(DEFINED["acu"], show.raw)
    value = evaluate(definition, show.raw)
    if value is None or not definition.grows or window != "last_10":
        return value
    seconds = show.raw.get("live_s", 0.0)
    return value * WINDOW_S / seconds if seconds else None
