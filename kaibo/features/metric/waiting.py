"""What is before air: it is to be seen until the show goes on air, and then it is none of the show's figures of people."""

from dataclasses import dataclass, field

from kaibo.features.audience.facts import AudienceBatch, AudienceShown
from kaibo.features.metric.tally import MINUTE_MS, Tally, stretches


@dataclass(slots=True)
class Waiting:
    """By minute since 1970 what was counted before air; `ahead`: what a platform's clock put later than the house's, and so may be on air."""

    counted: dict[int, Tally] = field(default_factory=dict[int, Tally])
    shown: dict[int, Tally] = field(default_factory=dict[int, Tally])
    ahead: list[AudienceBatch] = field(default_factory=list[AudienceBatch])

    def take(self, batch: AudienceBatch, told_at: int) -> None:
        """One batch, told at an instant of the house (ms UTC)."""
        for stretch in stretches(batch.columns):
            self.counted.setdefault(stretch.minute, Tally()).add(stretch.tally)
        self.ahead = [each for each in (*self.ahead, batch) if each.last_at >= told_at]

    def show(self, fact: AudienceShown) -> None:
        """How often the room was shown."""
        for part in fact.parts:
            self.shown.setdefault(part.minute, Tally()).imp += part.count

    def over(self, aired_at: int) -> list[tuple[int, Tally]]:
        """What to take back when it goes on air: impressions are told by minute, so those of that minute stay."""
        return [
            *self.counted.items(),
            *((minute, tally) for minute, tally in self.shown.items() if minute < aired_at // MINUTE_MS),
        ]
