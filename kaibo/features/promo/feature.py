"""A price or a gift, proposed with its figures, approved by somebody else, and true once the shop says so."""

from kaibo.core.feature import Feature
from kaibo.features.product.slices import OFFER
from kaibo.features.promo.commands import (
    ApprovePromo,
    ConfirmPromo,
    FailPromo,
    ProposePromo,
    RejectPromo,
    WithdrawPromo,
)
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoFailed,
    PromoProposed,
    PromoRejected,
    PromoWithdrawn,
)
from kaibo.features.promo.rules import decide
from kaibo.features.promo.state import PromoState, fold
from kaibo.features.promo.view import BOARD
from kaibo.features.show.slices import STAGE

FEATURE = Feature(
    name="promo",
    streams=("show",),
    facts=(PromoProposed, PromoApproved, PromoRejected, PromoWithdrawn, PromoApplied, PromoFailed),
    commands=(ProposePromo, ApprovePromo, RejectPromo, WithdrawPromo, ConfirmPromo, FailPromo),
    state=PromoState,
    fold=fold,
    decide=decide,
    over=(STAGE, OFFER),
    views=(BOARD,),
)
