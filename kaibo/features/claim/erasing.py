"""A buyer's words and name, out of claims. Who holds what, at which price and by which rule stays."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer, blank
from kaibo.core.event import Fact
from kaibo.features.claim.facts import ClaimsDecided, ClaimsMissed, Decision, Missed


def _undecided(decision: Decision, viewer: Viewer) -> Decision:
    if decision.buyer not in viewer.keys:
        return decision
    return replace(decision, name=blank(decision.name), text=blank(decision.text))


def _unmissed(comment: Missed, viewer: Viewer) -> Missed:
    return replace(comment, name=blank(comment.name), text=blank(comment.text)) if comment.buyer in viewer.keys else comment


def decided(fact: ClaimsDecided, seq: int, viewer: Viewer) -> ClaimsDecided:
    """What was claimed, without the comments that did."""
    del seq
    return replace(fact, decisions=tuple(_undecided(one, viewer) for one in fact.decisions))


def missed(fact: ClaimsMissed, seq: int, viewer: Viewer) -> ClaimsMissed:
    """That somebody ordered while no claims were taken, without their words."""
    del seq
    return replace(fact, comments=tuple(_unmissed(one, viewer) for one in fact.comments))


ERASES: Mapping[type[Fact], Eraser] = {ClaimsDecided: decided, ClaimsMissed: missed}
