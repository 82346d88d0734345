"""What was asked to be erased, and how far that came."""

from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.features.erasure.facts import ErasureAsked, ErasureFailed, ErasureWaits, ShowErased, WaitsWhy

KEY_LOST = "erasure.key_lost"  # the code of one whose viewer is known under a key that the house has no more


@dataclass(slots=True)
class Erasure:
    """One viewer, asked for at `at`. `waits`: the shows it waits for, and `why`; None before that is known, none left when it is done."""

    platform: str
    who: str
    at: int
    key: str = ""
    shows: set[str] = field(default_factory=set[str])
    waits: tuple[str, ...] | None = None
    why: WaitsWhy = "words"
    failed: bool = False

    @property
    def under_way(self) -> bool:
        """Whether something is still to come of it."""
        return not self.failed and self.waits != ()

    @property
    def unswept(self) -> bool:
        """Whether its traces in the file are all that is left."""
        return self.under_way and bool(self.waits) and self.why == "file"


@dataclass(slots=True)
class Erasures:
    """By erasure_id."""

    asked: dict[str, Erasure] = field(default_factory=dict[str, Erasure])

    def waiting_for(self, show_id: str) -> list[str]:
        """Which erasures go on when this show has ended."""
        return [erasure_id for erasure_id, one in self.asked.items() if one.under_way and show_id in (one.waits or ())]


def fold(erasures: Erasures, event: Event[Fact]) -> None:
    """Take one event in."""
    match event.fact:
        case ErasureAsked(erasure_id=erasure_id, platform=platform, who=who, key=key):
            erasures.asked[erasure_id] = Erasure(platform, who, event.at, key)
        case ShowErased(erasure_id=erasure_id, show_id=show_id):
            erasures.asked[erasure_id].shows.add(show_id)
        case ErasureWaits(erasure_id=erasure_id, show_ids=show_ids, why=why):
            erasures.asked[erasure_id].waits, erasures.asked[erasure_id].why = show_ids, why
        case ErasureFailed(erasure_id=erasure_id):
            erasures.asked[erasure_id].failed = True
        case _:
            pass
