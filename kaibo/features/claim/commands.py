"""What may be asked about claims."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import asdict

from kaibo.core.event import Command
from kaibo.features.claim.facts import OrderStage, Policy
from kaibo.features.order.facts import OrderLine

ProductId = Annotated[str, Meta(min_length=1, max_length=64)]
Variant = Annotated[str, Meta(max_length=200)]
Buyer = Annotated[str, Meta(min_length=3, max_length=200, pattern=r"^[^/]+/.+(?!\n)$")]
Ref = Annotated[str, Meta(pattern=r"^([0-9]{1,12}:[0-9]{1,6})?(?!\n)$")]
STOCK_MAX = 1_000_000
HOLD_MINUTES_MAX = 1_440  # a day; 0 is without end
REPEAT_MS_MAX = 600_000  # the same words ten minutes later are meant


class PolicyAsked(Policy, frozen=True, kw_only=True):
    """A policy as it may be asked for; one of an old log may be anything."""

    hold_minutes: Annotated[int, Meta(ge=0, le=HOLD_MINUTES_MAX)] = 15
    per_buyer_limit: Annotated[int, Meta(ge=1, le=STOCK_MAX)] | None = None
    repeat_ms: Annotated[int, Meta(ge=0, le=REPEAT_MS_MAX)] = 3000

    @staticmethod
    def of(policy: Policy) -> "PolicyAsked":
        """The same, asked for."""
        return PolicyAsked(**asdict(policy))


class SetPolicy(Command, frozen=True, kw_only=True, tag="claim.set_policy"):
    """Say how this show takes claims.

    `was`: what the editor saw. Then only what differs from it is changed, and what somebody else changed meanwhile is refused with
    both values (claim.policy_conflict). None: all of it becomes so.
    """

    duty: ClassVar = "claim.setup"
    policy: PolicyAsked
    was: Policy | None = None


class OpenWindow(Command, frozen=True, kw_only=True, tag="claim.open_window"):
    """Comments are orders from now on."""

    duty: ClassVar = "claim.handle"


class CloseWindow(Command, frozen=True, kw_only=True, tag="claim.close_window"):
    """Comments are no orders from now on."""

    duty: ClassVar = "claim.handle"


class SetKeywords(Command, frozen=True, kw_only=True, tag="claim.set_keywords"):
    """Order a product by these words; none: by its number."""

    duty: ClassVar = "claim.setup"
    product_id: ProductId
    keywords: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=40)], ...], Meta(max_length=10)]


class SetStock(Command, frozen=True, kw_only=True, tag="claim.set_stock"):
    """Say how many may be claimed in all, of a variant or of the product; None: as the sheet says.

    `was`: how many there were as one saw it (None: not said); where somebody else has changed them since it is refused.
    """

    duty: ClassVar = "claim.setup"
    product_id: ProductId
    variant: Variant = ""
    stock: Annotated[int, Meta(ge=0, le=STOCK_MAX)] | None
    was: Annotated[int, Meta(ge=0, le=STOCK_MAX)] | None = None


class SetLimit(Command, frozen=True, kw_only=True, tag="claim.set_limit"):
    """Say how many of a product a buyer may have; None: as the sheet says."""

    duty: ClassVar = "claim.setup"
    product_id: ProductId
    limit: Annotated[int, Meta(ge=1, le=STOCK_MAX)] | None


class OpenProduct(Command, frozen=True, kw_only=True, tag="claim.open_product"):
    """Let a product take claims, or (`open=False`) none for now."""

    duty: ClassVar = "claim.handle"
    product_id: ProductId
    open: bool


class BlockBuyer(Command, frozen=True, kw_only=True, tag="claim.block_buyer"):
    """Leave an account out (staff, or barred), or let it in again."""

    duty: ClassVar = "claim.handle"
    buyer: Buyer
    blocked: bool


class ClaimByHand(Command, frozen=True, kw_only=True, tag="claim.claim"):
    """Enter a claim for a buyer, from a comment the grammar did not understand or from anywhere else.

    The window and repeats do not matter; stock does, and the buyer's limit unless `beyond_limit`. A product that is closed and an
    account that is left out are refused, unless `anyway`; a comment that has its claim already, unless `again`.
    """

    duty: ClassVar = "claim.handle"
    buyer: Buyer
    product_id: ProductId
    variant: Variant = ""
    quantity: Annotated[int, Meta(ge=1, le=999)] = 1
    name: Annotated[str, Meta(max_length=80)] = ""
    comment_ref: Ref = ""
    text: Annotated[str, Meta(max_length=200)] = ""
    beyond_limit: bool = False
    again: bool = False
    anyway: bool = False


class CancelClaim(Command, frozen=True, kw_only=True, tag="claim.cancel"):
    """Give back what a claim still holds or waits for."""

    duty: ClassVar = "claim.handle"
    claim_id: Annotated[str, Meta(min_length=1, max_length=64)]


class RelieveProduct(Command, frozen=True, kw_only=True, tag="claim.relieve"):
    """More was promised than there is: of the claims beyond the stock, the latest first, let people wait, or cancel what they hold.

    Orders are the shop's: they are cancelled there, and it tells.
    """

    duty: ClassVar = "claim.handle"
    product_id: ProductId
    how: Literal["waitlist", "cancel"]


class Restock(Command, frozen=True, kw_only=True, tag="claim.restock"):
    """As many units came as are lacking: wherever more was promised than there is, there is enough now."""

    duty: ClassVar = "claim.setup"
    product_id: ProductId


class Apologise(Command, frozen=True, kw_only=True, tag="claim.apologise"):
    """Note that a buyer was told that more was promised than there is, or (`done=False`) that it was not."""

    duty: ClassVar = "claim.handle"
    product_id: ProductId
    buyer: Buyer
    done: bool = True


class TakeMissed(Command, frozen=True, kw_only=True, tag="claim.take_missed"):
    """Take in what viewers ordered while the show took no claims, in the order of platform time, and take claims from now on.

    `take` False: leave it, and go on as before.
    """

    duty: ClassVar = "claim.setup"
    take: bool = True


class DecideClaims(Command, frozen=True, kw_only=True, tag="claim.decide"):
    """Decide the comments of one batch (by a reaction, not by people)."""

    duty: ClassVar = "claim.decide"
    batch: int


class TendClaims(Command, frozen=True, kw_only=True, tag="claim.tend"):
    """Release holds that are over, offer what is free to those who wait, say what is sold out (by a timer).

    `since` is the seq of the event that made it necessary, so that two needs of one millisecond are two.
    """

    duty: ClassVar = "claim.decide"
    since: int = 0


class SettleClaims(Command, frozen=True, kw_only=True, tag="claim.settle"):
    """An order came, was paid or cancelled: see which claims it took up (by a reaction, not by people).

    `late`: the order is known already, its buyer may be known only now, and it may have less than it had.
    """

    duty: ClassVar = "claim.decide"
    platform: str
    order_id: str
    stage: OrderStage
    buyer: str = ""
    lines: tuple[OrderLine, ...] = ()
    late: bool = False
