"""What was asked to be erased, and how far that came."""

from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.features.erasure.facts import ErasureAsked, ErasureWaits, ShowErased


@dataclass(slots=True)
class Erasure:
    """One viewer, asked for at `at`. `waits`: the shows it waits for, None before that is known; none left when it is done."""

    platform: str
    who: str
    at: int
    shows: set[str] = field(default_factory=set[str])
    waits: tuple[str, ...] | None = None


@dataclass(slots=True)
class Erasures:
    """By erasure_id."""

    asked: dict[str, Erasure] = field(default_factory=dict[str, Erasure])

    def waiting_for(self, show_id: str) -> list[str]:
        """Which erasures go on when this show has ended."""
        return [erasure_id for erasure_id, one in self.asked.items() if one.waits is not None and show_id in one.waits]


def fold(erasures: Erasures, event: Event[Fact]) -> None:
    """Take one event in."""
    match event.fact:
        case ErasureAsked(erasure_id=erasure_id, platform=platform, who=who):
            erasures.asked[erasure_id] = Erasure(platform, who, event.at)
        case ShowErased(erasure_id=erasure_id, show_id=show_id):
            erasures.asked[erasure_id].shows.add(show_id)
        case ErasureWaits(erasure_id=erasure_id, show_ids=show_ids):
            erasures.asked[erasure_id].waits = show_ids
        case _:
            pass
