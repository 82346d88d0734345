"""Claims: orders by comment, as they were decided, and what became of each. Every decision names its rule."""

from typing import Literal

import msgspec

from kaibo.core.event import Fact

Rule = Literal[
    "claimed",  # all that was asked for is held
    "claimed_part",  # stock ran out: what was left is held, the rest waits (or is refused, where nobody waits)
    "limit_cut",  # the buyer's limit left less than was asked for; that is held
    "waitlisted",  # nothing left, or others wait already: in the queue by platform time
    "sold_out",  # nothing left, and this show keeps no waitlist
    "over_limit",  # the buyer has as many as one may
    "repeated",  # the same words of the same buyer within some seconds count once
    "already_claimed",  # this show takes one claim of a buyer and product
    "window_closed",  # written before the window opened or after it closed
    "product_closed",  # this product takes no claims now
    "ask_variant",  # the variant is missing, or (where the decision names one) not among the product's: nothing is held until the buyer says which
    "ask_quantity",  # a code and a number that cannot be how many: nothing is held until the buyer says
    "ask_order",  # it sounds like an order, and which product is meant, or how many, is not clear: nothing is held until the buyer says
    "blocked",  # this account takes no part (staff, or barred)
    "cancelled",  # taken back by comment
    "cancel_off",  # this show takes no cancellations by comment
    "nothing_to_cancel",
    "by_hand",  # the team entered it
]
Why = Literal["expired", "by_hand", "by_buyer", "replaced", "oversold"]
OrderStage = Literal["checked_out", "paid", "cancelled", "reduced", "restored"]
CaptureMode = Literal["off", "window", "always"]


# Made by place, and not by name alone: they come out of a snapshot in a tenth of the time.
class Decision(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What became of one order in one comment.

    `asked` = what the comment asked for, `got` units held until `hold_until` (ms UTC, 0: no end), `waits` units in the
    queue. `product_id` is "" where it is not clear which is meant. `price_minor` is frozen here. `ref` is the comment's address ("" by hand), `at` its platform time, `buyer`
    `source/pseudonym`. There are thousands a second: an array in the log, and nothing for the garbage collector.
    """

    claim_id: str
    ref: str
    buyer: str
    name: str
    product_id: str
    variant: str
    asked: int
    got: int
    waits: int
    rule: Rule
    price_minor: int | None
    currency: str
    at: int
    hold_until: int
    text: str


class Move(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Units of one claim that moved on; `waits` units left the queue; `hold_until` (ms UTC, 0: no end) where units are held."""

    claim_id: str
    buyer: str
    product_id: str
    variant: str
    units: int
    waits: int = 0
    hold_until: int = 0
    price_minor: int | None = None
    currency: str = ""
    line_variant: str = ""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How a show takes claims.

    `capture`: off (comments are no orders), window (between open and close), always (while the show is on air).
    `hold_minutes` 0: held until the show is over and beyond. `per_buyer_limit` counts for products that say none
    themselves. `duplicate`: another claim of the same thing adds, replaces, or is ignored.
    """

    capture: CaptureMode = "off"
    hold_minutes: int = 15
    per_buyer_limit: int | None = None
    duplicate: Literal["add", "replace", "ignore"] = "add"
    repeat_ms: int = 3000
    waitlist: bool = True
    cancel_by_comment: bool = False


class ClaimsDecided(Fact, frozen=True, kw_only=True, tag="claim.decided"):
    """The comments of a batch (0: by hand) up to this seq are decided, in the order of platform time."""

    batch: int
    decisions: tuple[Decision, ...] = ()


class ClaimsReleased(Fact, frozen=True, kw_only=True, tag="claim.released"):
    """Held units are free again, and places in the queue given up."""

    why: Why
    items: tuple[Move, ...]


class ClaimsWaitlisted(Fact, frozen=True, kw_only=True, tag="claim.waitlisted"):
    """Units that were promised beyond the stock are held no more: who had them waits instead, at the place of their claim."""

    items: tuple[Move, ...]


class ClaimApologised(Fact, frozen=True, kw_only=True, tag="claim.apologised"):
    """Somebody says that a buyer (`source/pseudonym`) was told that more of a product was promised than there is, or takes that back."""

    product_id: str
    buyer: str
    done: bool = True


class ClaimsOffered(Fact, frozen=True, kw_only=True, tag="claim.offered"):
    """Units that came free are held for those who waited longest by platform time."""

    items: tuple[Move, ...]


class ClaimsSettled(Fact, frozen=True, kw_only=True, tag="claim.settled"):
    """An order of the buyer took these claims up, was paid, was cancelled, has less than it took up (`reduced`) or so much again (`restored`).

    Of the units it took up `waits` had been waiting. `paid`: what it has less had been paid for, or what it has again is.
    """

    platform: str
    order_id: str
    stage: OrderStage
    items: tuple[Move, ...]
    paid: bool = False


class Missed(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A comment that would have been an order, had the show taken any; as it came, with its address and platform time."""

    ref: str
    buyer: str
    name: str
    text: str
    at: int


class ClaimsMissed(Fact, frozen=True, kw_only=True, tag="claim.missed"):
    """Viewers ordered by comment in this batch while the show took no claims: kept, until somebody takes them in or leaves them.

    `early`: how many comments ordered before the show went on air; those are never taken in, only told. `unkept`: how many more
    ordered on air than are kept.
    """

    batch: int
    comments: tuple[Missed, ...]
    early: int = 0
    unkept: int = 0


class ClaimsMissedSettled(Fact, frozen=True, kw_only=True, tag="claim.missed_settled"):
    """What was missed was taken in (`taken`), or left."""

    count: int
    taken: bool


class ClaimSoldOut(Fact, frozen=True, kw_only=True, tag="claim.sold_out"):
    """Nothing of a product is left to claim, in any variant: what is promised on air must stop."""

    product_id: str


class ClaimRestocked(Fact, frozen=True, kw_only=True, tag="claim.restocked"):
    """A product that was sold out can be claimed again."""

    product_id: str


class ClaimPolicySet(Fact, frozen=True, kw_only=True, tag="claim.policy_set"):
    """From now on claims are taken so."""

    policy: Policy


class ClaimWindowOpened(Fact, frozen=True, kw_only=True, tag="claim.window_opened"):
    """Comments written from this instant on are orders."""


class ClaimWindowClosed(Fact, frozen=True, kw_only=True, tag="claim.window_closed"):
    """Comments written from this instant on are no orders."""


class ClaimKeywordsSet(Fact, frozen=True, kw_only=True, tag="claim.keywords_set"):
    """A product is ordered by these words (none: by its number)."""

    product_id: str
    keywords: tuple[str, ...]


class ClaimStockSet(Fact, frozen=True, kw_only=True, tag="claim.stock_set"):
    """So many may be claimed in all of a variant ("": of the product); None: as the sheet says."""

    product_id: str
    variant: str
    stock: int | None


class ClaimLimitSet(Fact, frozen=True, kw_only=True, tag="claim.limit_set"):
    """A buyer may have so many of a product; None: as the sheet says."""

    product_id: str
    limit: int | None


class ClaimProductOpened(Fact, frozen=True, kw_only=True, tag="claim.product_opened"):
    """A product takes claims, or (`open=False`) takes none for now."""

    product_id: str
    open: bool


class ClaimBuyerBlocked(Fact, frozen=True, kw_only=True, tag="claim.buyer_blocked"):
    """An account takes no part (staff, or barred), or (`blocked=False`) may again."""

    buyer: str
    blocked: bool
