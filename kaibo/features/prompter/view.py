"""What the host must see now, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View
from kaibo.core.slice import Touched
from kaibo.features.claim.slices import STOCK, Shelf
from kaibo.features.moderation.facts import HIDING_FACTS, hidden_by
from kaibo.features.product.slices import OFFER, Offers, SizeLeft, sizes_of
from kaibo.features.promo.facts import Coupon, PromoKind
from kaibo.features.prompter.facts import HostMessaged, QuestionFinished, QuestionHanded, Signal, SignalSet
from kaibo.features.prompter.promos import PROMO_FACTS, Moving, PromoShown, PromoState
from kaibo.features.rundown.facts import CueType, CueWent
from kaibo.features.rundown.slices import COURSE, Rundown
from kaibo.features.show.facts import ShowStage

NOW = "now"


class PromoSaid(msgspec.Struct, frozen=True, kw_only=True):
    """One more promo that moves, as `promo_*` of the host's row. `product_name` is "" where it is of the product on air."""

    promo_id: str
    product_name: str
    currency: str
    state: PromoState
    kind: PromoKind
    price_minor: int | None
    gift: str
    coupon: Coupon | None
    at: int


class HostRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `prompter.host`, one row, key `now`. Countdown comes from `rundown.on_air`; price and stock from the product on air.

    That is the cue's, or the one that was `pinned` since. `sold_out`: nothing is left to order or claim, whatever the lines say;
    `oversold`: units promised beyond what there is.
    `promo_state` is "", approved (waiting for the shop), applied (what stands, all kinds together), failed, ending or taking_back
    (still true for buyers until the shop answers), expired (a coupon's time is up, and the shop was asked to end it), ended or taken_back (the price is the sheet's again), stays (the shop did not
    end it), or lapsed (its time was up before it was on). `promo_kind` says what moves, "" for what stands; `promos_besides`
    are others that move, of other products those that are taken back. `points_of`: whose the lines are (a product's name, or the cue's title) where
    something else is pinned. `stock_few`: time to say "last ones". `next_product`: the name of what the next cue shows. `gift` and `coupon` are what buyers get now, whatever moves; `unsaid`: of
    which kinds that is being taken back.
    `sizes`: all that have stock of their own, where at least one is gone or oversold and something is left: only those are not to be sold.
    """

    show_state: ShowStage
    cue_id: str | None
    cue_title: str
    cue_type: CueType | Literal[""]
    host_lines: tuple[str, ...]
    must_not_say: tuple[str, ...]
    next_title: str
    product_id: str | None
    product_name: str
    list_price_minor: int | None
    price_minor: int | None
    currency: str
    stock_left: int | None
    sold_out: bool
    promo_state: PromoState | Literal[""]
    promo_price_minor: int | None
    promo_gift: str
    promo_at: int | None
    message: str
    message_at: int | None
    signal: Signal
    pinned: bool = False
    promo_kind: PromoKind | Literal[""] = ""
    promo_coupon: Coupon | None = None
    gift: str = ""
    coupon: Coupon | None = None
    coupon_price_minor: int | None = None
    oversold: int = 0
    promos_besides: tuple[PromoSaid, ...] = ()
    unsaid: tuple[PromoKind, ...] = ()
    points_of: str = ""
    stock_few: bool = False
    next_product: str = ""
    sizes: tuple[SizeLeft, ...] = ()


class QuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `prompter.questions`, key question_id: those that wait, oldest first by `handed_at`.

    `product_name`: of the product it is about, "" where it names none: an answer stays true of that one whatever is on air.
    """

    question_id: str
    text: str
    answer: str
    asked_by: str
    product_id: str | None
    comment_ref: str | None
    handed_at: int
    product_name: str = ""


@dataclass(slots=True)
class Screen:
    """What the host was told, promos on their way, and the row that they and the slices make."""

    course: Rundown
    offers: Offers
    shelf: Shelf
    moving: Moving = field(init=False)
    message: str = ""
    message_at: int | None = None
    signal: Signal = "green"
    row: HostRow | None = None

    def __post_init__(self) -> None:
        """Nothing moves yet."""
        self.moving = Moving(self.offers)


@dataclass(slots=True)
class Waiting:
    """Questions by id, and what the products they are about are called."""

    offers: Offers
    rows: dict[str, QuestionRow] = field(default_factory=dict[str, QuestionRow])


def fold_host(screen: Screen, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The row changes when what the host sees does; orders of other products do not wake the screen."""
    match event.fact:
        case HostMessaged(text=text):
            screen.message = text
            screen.message_at = event.at if text else None
            said = {"message": screen.message, "message_at": screen.message_at}
        case SignalSet(signal=signal):
            screen.signal = signal
            said = {"signal": signal}
        case _:
            screen.moving.fold(event)
            if touched.keys() == {STOCK.name} and screen.offers.on_air not in touched[STOCK.name]:
                return ()
            said = None
    before = _row(screen)
    # The director's word changes nothing else.
    screen.row = _paint(screen) if said is None else msgspec.structs.replace(before, **said)
    return () if screen.row == before else (NOW,)


def _row(screen: Screen) -> HostRow:
    if screen.row is None:
        screen.row = _paint(screen)
    return screen.row


def _paint(screen: Screen) -> HostRow:
    course, product_id = screen.course, screen.offers.on_air
    cue, next_id = course.cue(), course.next_cue_id()
    offer, goods = screen.offers.offers.get(product_id), screen.shelf.goods.get(product_id)
    promo = next(iter(screen.moving.lines(product_id)), None)
    must_not_say = (*(cue.must_not_say if cue else ()), *(offer.sheet.must_not_say if offer else ()))
    return HostRow(
        show_state=course.show.stage,
        cue_id=cue.cue_id if cue else None,
        cue_title=cue.title if cue else "",
        cue_type=cue.cue_type if cue else "",
        host_lines=cue.host_lines if cue else (),
        must_not_say=tuple(dict.fromkeys(must_not_say)),
        next_title=course.cues[next_id].title if next_id else "",
        product_id=product_id or None,
        product_name=offer.sheet.name if offer else "",
        list_price_minor=offer.sheet.list_price_minor if offer else None,
        price_minor=offer.price_minor if offer else None,
        currency=offer.currency if offer else "",
        stock_left=goods.left() if goods else None,
        sold_out=goods is not None and goods.empty(),
        promo_state=promo.state if promo else "",
        promo_price_minor=promo.price_minor if promo else None,
        promo_gift=promo.gift if promo else "",
        promo_at=promo.at if promo else None,
        message=screen.message,
        message_at=screen.message_at,
        signal=screen.signal,
        pinned=bool(screen.offers.pinned),
        promo_kind=promo.kind if promo else "",
        promo_coupon=promo.coupon if promo else None,
        gift=offer.gift if offer else "",
        coupon=offer.coupon if offer else None,
        coupon_price_minor=offer.said_coupon_price_minor if offer else None,
        oversold=sum(goods.lacking().values()) if goods else 0,
        points_of=_points_of(screen) if cue and screen.offers.pinned not in ("", cue.product_id) else "",
        stock_few=goods is not None and goods.few(),
        next_product=_next_product(screen, next_id),
        sizes=sizes_of(goods) if goods else (),
        unsaid=offer.unsaid if offer else (),
        promos_besides=tuple(_said(screen, other_id, shown) for other_id, shown in screen.moving.others(product_id)),
    )


def _next_product(screen: Screen, next_id: str | None) -> str:
    offer = screen.offers.offers.get(screen.course.cues[next_id].product_id or "") if next_id else None
    return offer.sheet.name if offer else ""


def _points_of(screen: Screen) -> str:
    cue = screen.course.cue()
    if cue is None:
        return ""
    offer = screen.offers.offers.get(cue.product_id or "")
    return offer.sheet.name if offer else cue.title


def _said(screen: Screen, product_id: str, shown: PromoShown) -> PromoSaid:
    offer = screen.offers.offers.get(product_id)
    assert shown.kind
    return PromoSaid(
        promo_id=shown.promo_id,
        product_name="" if product_id == screen.offers.on_air else offer.sheet.name if offer else product_id,
        currency=offer.currency if offer else "",
        state=shown.state,
        kind=shown.kind,
        price_minor=shown.price_minor,
        gift=shown.gift,
        coupon=shown.coupon,
        at=shown.at,
    )


def fold_questions(waiting: Waiting, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """A question comes, and goes when it is finished or its comment is hidden; its product may be called otherwise."""
    fact, rows = event.fact, waiting.rows
    match fact:
        case QuestionHanded():
            rows[fact.question_id] = _handed(fact, event.at)
        case QuestionFinished():
            rows.pop(fact.question_id, None)
        case _:
            away = hidden_by(fact)
            gone = [question_id for question_id, row in rows.items() if row.comment_ref in away] if away else []
            for question_id in gone:
                del rows[question_id]
            renamed = touched.of(OFFER)
            return [*gone, *(question_id for question_id, row in rows.items() if row.product_id in renamed)]
    return (fact.question_id,)


def _handed(fact: QuestionHanded, at: int) -> QuestionRow:
    return QuestionRow(
        question_id=fact.question_id,
        text=fact.text,
        answer=fact.answer,
        asked_by=fact.asked_by,
        product_id=fact.product_id,
        comment_ref=fact.comment_ref,
        handed_at=at,
    )


def _question_row(waiting: Waiting, question_id: str) -> QuestionRow | None:
    row = waiting.rows.get(question_id)
    if row is None or row.product_id is None:
        return row
    offer = waiting.offers.offers.get(row.product_id)
    return msgspec.structs.replace(row, product_name=offer.sheet.name if offer else row.product_id)


def _host_keys(screen: Screen) -> Iterable[str]:
    del screen
    return (NOW,)


def _host_row(screen: Screen, key: str) -> HostRow | None:
    return _row(screen) if key == NOW else None


HOST = View(
    name="prompter.host",
    row=HostRow,
    reads=(HostMessaged, SignalSet, CueWent, *PROMO_FACTS),
    state=Screen,
    fold=fold_host,
    keys=_host_keys,
    get=_host_row,
    duty="prompter.read",
    over=(COURSE, OFFER, STOCK),
)
QUESTIONS = View(
    name="prompter.questions",
    row=QuestionRow,
    reads=(QuestionHanded, QuestionFinished, *HIDING_FACTS),
    state=Waiting,
    fold=fold_questions,
    keys=lambda waiting: waiting.rows,
    get=_question_row,
    duty="prompter.read",
    over=(OFFER,),
)
