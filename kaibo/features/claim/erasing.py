"""A buyer's words and name, out of claims. Who holds what, at which price and by which rule stays."""

from collections.abc import Mapping
from typing import TypeVar

from kaibo.core.erasing import Eraser, Viewer, each, wordless
from kaibo.core.event import Fact
from kaibo.features.claim.facts import ClaimsDecided, ClaimsMissed, Decision, Missed

B = TypeVar("B", Decision, Missed)


def _unsaid(by_comment: B, viewer: Viewer) -> B:
    return wordless(by_comment) if by_comment.buyer in viewer.keys else by_comment


ERASES: Mapping[type[Fact], Eraser] = {ClaimsDecided: each("decisions", _unsaid), ClaimsMissed: each("comments", _unsaid)}
