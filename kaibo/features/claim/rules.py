"""When claims may be set up, made by hand, given back; and what the system does with time and orders."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.script import one_spelling
from kaibo.features.audience.facts import plain_ref
from kaibo.features.claim.book import back
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
from kaibo.features.claim.deciding import TEXT_KEPT, Deciding, Remark, Wish, decide_batch, decide_missed, miss_batch
from kaibo.features.claim.facts import (
    ClaimApologised,
    ClaimBuyerBlocked,
    ClaimKeywordsSet,
    ClaimLimitSet,
    ClaimPolicySet,
    ClaimProductOpened,
    ClaimsDecided,
    ClaimsMissedSettled,
    ClaimsReleased,
    ClaimStockSet,
    ClaimsWaitlisted,
    ClaimWindowClosed,
    ClaimWindowOpened,
)
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.hands import HAND, ClaimCommentUnknown, ClaimHandAgain, ClaimHandBlocked, ClaimHandClosed, clock
from kaibo.features.claim.policy import set_policy
from kaibo.features.claim.settling import bought_before, settle
from kaibo.features.claim.state import ClaimState
from kaibo.features.claim.takers import beyond
from kaibo.features.claim.tending import tend

ClaimCommand = (
    SetPolicy | OpenWindow | CloseWindow | SetKeywords | SetStock | SetLimit | OpenProduct | BlockBuyer | ClaimByHand | CancelClaim
    | RelieveProduct | Restock | Apologise | TakeMissed | DecideClaims | TendClaims | SettleClaims
)  # fmt: skip

QUIET_BATCHES_MAX = 64  # so many batches without an order wait to be noted as decided: one small fact for all of them


class ClaimProductUnknown(Refusal):
    """No such product on this show's list."""

    code = "claim.product_unknown"
    status = 404
    product_id: str


class ClaimVariantUnknown(Refusal):
    """The product does not come so, or comes in variants and none was said."""

    code = "claim.variant_unknown"
    status = 422
    product_id: str
    variant: str


class ClaimStockStale(Refusal):
    """Somebody else has changed the stock since one saw it."""

    code = "claim.stock_stale"
    status = 409
    product_id: str
    was: int
    now: str


class ClaimStockBelowVariants(Refusal):
    """Variants have more of their own than the product is said to have in all."""

    code = "claim.stock_below_variants"
    status = 422
    product_id: str
    stock: int
    variants: int


class ClaimStockOfVariants(Refusal):
    """Each variant has stock of its own, so a number for the product would change nothing."""

    code = "claim.stock_of_variants"
    status = 422
    product_id: str
    variants: int


class ClaimKeywordTaken(Refusal):
    """Another product is ordered by this word."""

    code = "claim.keyword_taken"
    keyword: str
    product_id: str


class ClaimKeywordBad(Refusal):
    """A keyword has no blank and none of the signs of the grammar, or nobody could order by it."""

    code = "claim.keyword_bad"
    status = 422
    keyword: str


class ClaimWindowStands(Refusal):
    """The window is open (or closed) already."""

    code = "claim.window_stands"
    open: bool


class ClaimShowEnded(Refusal):
    """After the end of a show nothing that is written is an order."""

    code = "claim.show_ended"


class ClaimUnknown(Refusal):
    """No such claim."""

    code = "claim.unknown"
    status = 404
    claim_id: str


class ClaimNothingHeld(Refusal):
    """The claim holds nothing and waits for nothing."""

    code = "claim.nothing_held"
    claim_id: str


class ClaimNothingBeyond(Refusal):
    """No claim of this product is beyond its stock."""

    code = "claim.nothing_beyond"
    product_id: str


class ClaimNothingMissed(Refusal):
    """Claims are taken, and none was missed."""

    code = "claim.nothing_missed"


def decide(state: ClaimState, command: ClaimCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. Raises a Refusal of this module."""
    match command:
        case SetPolicy():
            return set_policy(state, command)
        case OpenWindow() | CloseWindow():
            return _window(state, command)
        case SetKeywords() | SetStock() | SetLimit() | OpenProduct():
            return _set_up(state, command)
        case BlockBuyer():
            return _block(state, command)
        case ClaimByHand() | CancelClaim() | TakeMissed():
            return _hand(state, command, ctx)
        case RelieveProduct() | Restock() | Apologise():
            return _put_right(state, command)
        case DecideClaims() | TendClaims() | SettleClaims():
            return _keep(state, command, ctx)
        case _:
            assert_never(command)


def _hand(state: ClaimState, command: ClaimByHand | CancelClaim | TakeMissed, ctx: Context) -> Sequence[Fact]:
    match command:
        case ClaimByHand():
            return _by_hand(state, command, ctx)
        case CancelClaim():
            return _cancel(state, command)
        case TakeMissed():
            return _take_missed(state, command, ctx)


def _put_right(state: ClaimState, command: RelieveProduct | Restock | Apologise) -> Sequence[Fact]:
    match command:
        case RelieveProduct():
            return _relieve(state, command)
        case Restock(product_id=product_id):
            return _restock(_goods(state, product_id))
        case Apologise(product_id=product_id, buyer=buyer, done=done):
            return (ClaimApologised(product_id=_goods(state, product_id).product_id, buyer=buyer, done=done),)


def _keep(state: ClaimState, command: DecideClaims | TendClaims | SettleClaims, ctx: Context) -> Sequence[Fact]:
    match command:
        case DecideClaims():
            return _decide(state, command, ctx)
        case TendClaims():
            return tend(state, ctx.at)
        case SettleClaims():
            return settle(state, command)


def _set_up(state: ClaimState, command: SetKeywords | SetStock | SetLimit | OpenProduct) -> Sequence[Fact]:
    match command:
        case SetKeywords():
            return _keywords(state, command)
        case SetStock():
            return _stock(state, command)
        case SetLimit():
            goods = _goods(state, command.product_id)
            return () if goods.limit == command.limit else (ClaimLimitSet(product_id=goods.product_id, limit=command.limit),)
        case OpenProduct():
            goods = _goods(state, command.product_id)
            return () if goods.open is command.open else (ClaimProductOpened(product_id=goods.product_id, open=command.open),)


def _block(state: ClaimState, command: BlockBuyer) -> Sequence[Fact]:
    stands = (command.buyer in state.blocked) is command.blocked
    return () if stands else (ClaimBuyerBlocked(buyer=command.buyer, blocked=command.blocked),)


# setting up
def _goods(state: ClaimState, product_id: str) -> Goods:
    goods = state.shelf.goods.get(state.offers.named(product_id) or product_id)
    if goods is None:
        raise ClaimProductUnknown(product_id=product_id)
    return goods


def _window(state: ClaimState, command: OpenWindow | CloseWindow) -> Sequence[Fact]:
    is_open, opens = state.windows.is_open, isinstance(command, OpenWindow)
    if opens and state.show.ended:
        raise ClaimShowEnded
    if is_open is opens:
        raise ClaimWindowStands(open=is_open)
    return (ClaimWindowOpened(),) if opens else (ClaimWindowClosed(),)


def _owners(state: ClaimState, goods: Goods) -> dict[str, str]:
    """Of the words of all other products."""
    return {
        one_spelling(word): other.product_id
        for other in state.shelf.goods.values()
        if other is not goods
        for word in other.words()
    }


def _keywords(state: ClaimState, command: SetKeywords) -> Sequence[Fact]:
    goods = _goods(state, command.product_id)
    keywords = tuple(dict.fromkeys(keyword.strip() for keyword in command.keywords))
    owners = _owners(state, goods)
    for keyword in keywords:
        spelt = one_spelling(keyword)
        if not spelt or any(character.isspace() or character in "+-*=:,;/、@" for character in spelt):
            raise ClaimKeywordBad(keyword=keyword)
        if spelt in owners:
            raise ClaimKeywordTaken(keyword=keyword, product_id=owners[spelt])
    return () if goods.keywords == keywords else (ClaimKeywordsSet(product_id=goods.product_id, keywords=keywords),)


def _stock(state: ClaimState, command: SetStock) -> Sequence[Fact]:
    goods = _goods(state, command.product_id)
    variant = goods.variant(command.variant) or command.variant
    if variant and variant not in goods.variants and (command.stock is not None or variant not in goods.own):
        raise ClaimVariantUnknown(product_id=goods.product_id, variant=command.variant)
    if goods.own.get(variant) == command.stock:
        return ()
    _check_seen(goods, variant, command.was)
    if not variant and command.stock is not None:
        _check_whole(goods, command.stock)
    return (ClaimStockSet(product_id=goods.product_id, variant=variant, stock=command.stock),)


def _check_seen(goods: Goods, variant: str, was: int | None) -> None:
    """Whether the stock is still what was seen, where that was said."""
    now = goods.stock(goods.pool(variant))
    if was is not None and was != now:
        raise ClaimStockStale(product_id=goods.product_id, was=was, now="—" if now is None else str(now))


def _check_whole(goods: Goods, stock: int) -> None:
    """Whether the product can have so many in all, beside what its variants have of their own."""
    if stock < goods.owned():
        raise ClaimStockBelowVariants(product_id=goods.product_id, stock=stock, variants=goods.owned())
    total = goods.by_variants()
    if total is not None:
        raise ClaimStockOfVariants(product_id=goods.product_id, variants=total)


# by hand
def _by_hand(state: ClaimState, command: ClaimByHand, ctx: Context) -> Sequence[Fact]:
    goods = _goods(state, command.product_id)
    variant = goods.variant(command.variant) if goods.variants or command.variant else ""
    if variant is None:
        raise ClaimVariantUnknown(product_id=goods.product_id, variant=command.variant)
    ref = plain_ref(command.comment_ref) if command.comment_ref else ""
    _check_hand(state, command, goods, ref)
    deciding = Deciding(state, ctx.at)
    said = Remark(ref, command.buyer, command.name, command.text[:TEXT_KEPT], ctx.at)
    wish = Wish(f"{HAND}{state.hands.count + 1}", goods, variant, command.quantity)
    deciding.grant(said, wish, by_hand=True, beyond_limit=command.beyond_limit)
    return deciding.facts(0)


def _check_hand(state: ClaimState, command: ClaimByHand, goods: Goods, ref: str) -> None:
    if state.show.ended:
        raise ClaimShowEnded
    if ref and not state.hands.knows(ref):
        raise ClaimCommentUnknown(comment_ref=command.comment_ref)
    answer = state.hands.answer(state.book, ref, command.buyer, goods.product_id) if ref and not command.again else None
    if answer is not None:
        zone = "UTC" if state.show.plan is None else state.show.plan.timezone
        raise ClaimHandAgain(entered_by=answer.by, clock=clock(answer.at, zone))
    if not (goods.open or command.anyway):
        raise ClaimHandClosed(product_id=goods.product_id)
    if command.buyer in state.blocked and not command.anyway:
        raise ClaimHandBlocked(buyer=command.buyer)


def _cancel(state: ClaimState, command: CancelClaim) -> Sequence[Fact]:
    claim = state.book.claims.get(command.claim_id)
    if claim is None:
        raise ClaimUnknown(claim_id=command.claim_id)
    if not (claim.held or claim.waits):
        raise ClaimNothingHeld(claim_id=command.claim_id)
    return (ClaimsReleased(why="by_hand", items=(back(claim),)),)


def _take_missed(state: ClaimState, command: TakeMissed, ctx: Context) -> Sequence[Fact]:
    opens = command.take and state.policy.capture == "off"
    if not state.missed and not opens:
        raise ClaimNothingMissed
    facts: list[Fact] = [ClaimPolicySet(policy=replace(state.policy, capture="always"))] if opens else []
    decided = decide_missed(state, ctx.at) if command.take else []
    facts += [*decided, *bought_before(state, decided)]
    return (*facts, ClaimsMissedSettled(count=len(state.missed), taken=command.take)) if state.missed else facts


# more promised than there is
def _relieve(state: ClaimState, command: RelieveProduct) -> Sequence[Fact]:
    goods = _goods(state, command.product_id)
    claims = state.book.claims
    moves = [
        replace(back(claims[taker.claim_id]), units=units, waits=0)
        for taker, units in beyond(goods, state.shelf.takers)
        if taker.claim_id in claims
    ]
    if not moves:
        raise ClaimNothingBeyond(product_id=goods.product_id)
    if command.how == "waitlist":
        return (ClaimsWaitlisted(items=tuple(moves)),)
    return (ClaimsReleased(why="oversold", items=tuple(moves)),)


def _restock(goods: Goods) -> Sequence[Fact]:
    """What came for a variant came for the product, too: the others have as many as before."""
    lacking, shared = goods.lacking(), goods.stock("")
    facts = [
        ClaimStockSet(product_id=goods.product_id, variant=pool, stock=goods.own[pool] + units)
        for pool, units in lacking.items()
        if pool
    ]
    if not lacking or shared is None or "" not in goods.pools():
        return facts
    whole = goods.owned() + shared + sum(lacking.values())
    return [*facts, ClaimStockSet(product_id=goods.product_id, variant="", stock=whole)]


# the system
def _decide(state: ClaimState, command: DecideClaims, ctx: Context) -> Sequence[Fact]:
    if command.batch in state.unheard:
        missed = miss_batch(state, command.batch)
        return (missed,) if missed.comments or missed.early or missed.unkept else ()
    if command.batch not in state.pending:  # decided before
        return ()
    facts = decide_batch(state, command.batch, ctx.at)
    if any(isinstance(fact, ClaimsDecided) for fact in facts):
        return (*facts, *bought_before(state, facts))
    quiet = sum(seq <= command.batch for seq in state.pending) >= QUIET_BATCHES_MAX
    return (*facts, ClaimsDecided(batch=command.batch)) if quiet else facts
