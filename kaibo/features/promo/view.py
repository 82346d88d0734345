"""Proposals and what became of them."""

import msgspec

from kaibo.features.promo.facts import Evidence


class PromoRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `promo.board`, key promo_id. `stage` is proposed, approved, rejected, withdrawn, applied or failed; `*_by` are person ids."""

    promo_id: str
    product_id: str
    kind: str
    price_was_minor: int
    price_minor: int
    currency: str
    gift: str
    reason: str
    expected: str
    evidence: tuple[Evidence, ...]
    stage: str
    proposed_by: str
    proposed_at: int
    settled_by: str
    settled_at: int | None
    applied_at: int | None
    failure: str
    note: str
