"""What of claims another show like this one begins with."""

from collections.abc import Iterable

from kaibo.core.event import Command
from kaibo.core.feature import Copying
from kaibo.features.claim.commands import PolicyAsked, SetKeywords, SetLimit, SetPolicy
from kaibo.features.claim.facts import Policy
from kaibo.features.claim.state import ClaimState


def carried(state: ClaimState, copying: Copying) -> Iterable[Command]:
    """How claims are taken, by which words and up to how many a buyer; never stock, which is counted anew."""
    del copying
    if state.policy != Policy():
        yield SetPolicy(policy=PolicyAsked.of(state.policy))
    for goods in state.shelf.goods.values():
        if goods.keywords:
            yield SetKeywords(product_id=goods.product_id, keywords=goods.keywords)
        if goods.limit is not None:
            yield SetLimit(product_id=goods.product_id, limit=goods.limit)
