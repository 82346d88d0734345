"""A proposal waits for somebody else's word. Each feature keeps its own facts and refusals; the rule itself stands here once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context

P = TypeVar("P", bound=Fact)
No = Callable[[], Refusal]  # made where it is raised: one that a frame held would hold the whole fold in a circle
Stage = Literal["proposed", "approved", "rejected", "withdrawn", "applied", "failed", "ending", "ended", "lapsed"]
ASKED = ("approved", "ending")  # the outside was asked and has not answered yet


@dataclass(slots=True)
class Proposal(Generic[P]):
    """What was proposed, the id of who did it, and how far it came; approved and ending mean: the outside has not answered yet."""

    proposed: P
    proposed_by: str
    stage: Stage = "proposed"


Q = TypeVar("Q", bound=Proposal[Any])


def still_open(proposal: Q, settled: No) -> Q:
    """The proposal while nobody has settled it. Raises what `settled` makes."""
    if proposal.stage != "proposed":
        raise settled()
    return proposal


def open_for_others(proposal: Q, ctx: Context, *, settled: No, own: No) -> Q:
    """The proposal for somebody who may settle it: anybody but its maker, whatever roles they hold. Raises what `settled` or `own` make."""
    if still_open(proposal, settled).proposed_by == ctx.actor.id:
        raise own()
    return proposal


def in_flight(proposals: Iterable[Proposal[P]], alike: Callable[[P], bool]) -> P | None:
    """One of these that was approved, or is ending, and is not answered yet; None when all are."""
    return next((one.proposed for one in proposals if one.stage in ASKED and alike(one.proposed)), None)
