"""A price, a gift or a coupon, proposed with its figures, approved by somebody else, and true and over once the shop says so."""

from kaibo.core.feature import Feature, Named, tag_of
from kaibo.features.product.slices import OFFER
from kaibo.features.promo.commands import (
    ApprovePromo,
    ApproveTossed,
    ConfirmPromo,
    ConfirmPromoEnd,
    EndPromo,
    ExpirePromos,
    FailPromo,
    FailPromoEnd,
    ProposePromo,
    RejectPromo,
    SayAgainPromo,
    SettlePromoByHand,
    TakeBackPromo,
    WithdrawPromo,
)
from kaibo.features.promo.facts import (
    PromoApplied,
    PromoApproved,
    PromoEnding,
    PromoProposed,
    PromoRejected,
    PromoSaidAgain,
    PromoUnsaid,
)
from kaibo.features.promo.rules import decide
from kaibo.features.promo.state import PromoState, due, fold
from kaibo.features.promo.view import BOARD, FACTS
from kaibo.features.show.slices import STAGE

COMMANDS = (
    ProposePromo, ApprovePromo, RejectPromo, WithdrawPromo, ConfirmPromo, FailPromo, SettlePromoByHand,
    EndPromo, TakeBackPromo, SayAgainPromo, ExpirePromos, ApproveTossed, ConfirmPromoEnd, FailPromoEnd,
)  # fmt: skip

LEAVING = (PromoEnding, PromoUnsaid)

FEATURE = Feature(
    name="promo",
    streams=("show",),
    facts=FACTS,
    commands=COMMANDS,
    state=PromoState,
    fold=fold,
    decide=decide,
    over=(STAGE, OFFER),
    views=(BOARD,),
    due=due,
    ours=(
        *(f"{tag_of(fact)} coupon.name" for fact in (PromoProposed, PromoApproved, PromoApplied, *LEAVING, PromoSaidAgain)),
        *(f"{tag_of(fact)} reason" for fact in (PromoProposed, PromoRejected, *LEAVING)),
    ),
    names={"promo_id": Named(BOARD, lambda row: row.product_id, "product_id")},
)
