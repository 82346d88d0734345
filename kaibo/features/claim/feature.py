"""Claims: orders by comment. Who gets what, by which rule; what is held, waited for, checked out, paid and given back."""

from kaibo.core.feature import Feature
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.claim.beyond_view import OVERSOLD
from kaibo.features.claim.carry import carried
from kaibo.features.claim.commands import (
    Apologise,
    BlockBuyer,
    CancelClaim,
    ClaimByHand,
    CloseWindow,
    DecideClaims,
    OpenProduct,
    OpenWindow,
    RelieveProduct,
    Restock,
    SetKeywords,
    SetLimit,
    SetPolicy,
    SetStock,
    SettleClaims,
    TakeMissed,
    TendClaims,
)
from kaibo.features.claim.erasing import ERASES
from kaibo.features.claim.facts import (
    ClaimApologised,
    ClaimBuyerBlocked,
    ClaimKeywordsSet,
    ClaimLimitSet,
    ClaimPolicySet,
    ClaimProductOpened,
    ClaimRestocked,
    ClaimsDecided,
    ClaimsMissed,
    ClaimsMissedSettled,
    ClaimsOffered,
    ClaimSoldOut,
    ClaimsReleased,
    ClaimsSettled,
    ClaimStockSet,
    ClaimsWaitlisted,
    ClaimWindowClosed,
    ClaimWindowOpened,
)
from kaibo.features.claim.numbers_view import NUMBERS
from kaibo.features.claim.react import ANSWERING
from kaibo.features.claim.routes import OPERATIONS, ROUTES
from kaibo.features.claim.rules import decide
from kaibo.features.claim.slices import STOCK as SHELF
from kaibo.features.claim.state import ClaimState, due, fold
from kaibo.features.claim.stock_view import DESK, STOCK
from kaibo.features.claim.unlisted_view import UNLISTED
from kaibo.features.claim.view import BUYERS, CLAIMS
from kaibo.features.claim.window import WINDOW
from kaibo.features.comment.slices import SORTED
from kaibo.features.draw.slices import CALLS
from kaibo.features.product.slices import OFFER
from kaibo.features.show.slices import STAGE

FACTS = (
    ClaimsDecided, ClaimsReleased, ClaimsOffered, ClaimsSettled, ClaimSoldOut, ClaimRestocked, ClaimPolicySet, ClaimWindowOpened,
    ClaimWindowClosed, ClaimKeywordsSet, ClaimStockSet, ClaimLimitSet, ClaimProductOpened, ClaimBuyerBlocked, ClaimsWaitlisted,
    ClaimApologised, ClaimsMissed, ClaimsMissedSettled,
)  # fmt: skip

FEATURE = Feature(
    name="claim",
    streams=("show",),
    facts=FACTS,
    commands=(
        SetPolicy, OpenWindow, CloseWindow, SetKeywords, SetStock, SetLimit, OpenProduct, BlockBuyer, ClaimByHand, CancelClaim,
        RelieveProduct, Restock, Apologise, TakeMissed, DecideClaims, TendClaims, SettleClaims,
    ),
    state=ClaimState,
    fold=fold,
    decide=decide,
    reads=(AudienceBatch,),
    over=(STAGE, OFFER, SHELF, WINDOW, CALLS, SORTED),
    views=(STOCK, CLAIMS, BUYERS, NUMBERS, DESK, OVERSOLD, UNLISTED),
    reactions=(ANSWERING,),
    due=due,
    routes=ROUTES,
    operations=OPERATIONS,
    carries=carried,
    erases=ERASES,
)  # fmt: skip
