"""What the host must see now, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from kaibo.core.event import Event
from kaibo.core.feature import View, row_of
from kaibo.features.moderation.facts import HIDING_FACTS, hidden_by
from kaibo.features.prompter.facts import HostMessaged, QuestionFinished, QuestionHanded, Signal, SignalSet
from kaibo.features.prompter.programme import (
    CLAIM_FACTS,
    ORDER_FACTS,
    PLAN_FACTS,
    PRODUCT_FACTS,
    PROMO_FACTS,
    RUN_FACTS,
    Programme,
    PromoState,
)
from kaibo.features.prompter.programme import fold as fold_programme
from kaibo.features.rundown.facts import CueType
from kaibo.features.show.facts import ShowStage

NOW = "now"


class HostRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `prompter.host`, one row, key `now`. Countdown comes from `rundown.on_air`; price, stock from the product.

    `sold_out`: nothing is left to order or claim, whatever the lines say. `promo_state` is "", approved (waiting for the shop), applied or failed.
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


class QuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `prompter.questions`, key question_id: those that wait, oldest first by `handed_at`."""

    question_id: str
    text: str
    answer: str
    asked_by: str
    product_id: str | None
    comment_ref: str | None
    handed_at: int


@dataclass(slots=True)
class Screen:
    """The programme, what the host was told, and the row they make."""

    programme: Programme = field(default_factory=Programme)
    message: str = ""
    message_at: int | None = None
    signal: Signal = "green"
    row: HostRow | None = None


Waiting = dict[str, QuestionRow]


def fold_host(screen: Screen, event: Event[Any]) -> Iterable[str]:
    """The row changes when what the host sees does; orders of other products do not wake the screen."""
    match event.fact:
        case HostMessaged(text=text):
            screen.message = text
            screen.message_at = event.at if text else None
        case SignalSet(signal=signal):
            screen.signal = signal
        case _:
            fold_programme(screen.programme, event)
    if isinstance(event.fact, ORDER_FACTS) and not _sells(screen, event.fact):
        return ()
    before, screen.row = _row(screen), _paint(screen)
    return () if screen.row == before else (NOW,)


def _sells(screen: Screen, fact: Any) -> bool:
    cue = screen.programme.cue()
    return cue is not None and any(line.product_id == cue.product_id for line in fact.lines)


def _row(screen: Screen) -> HostRow:
    return BLANK if screen.row is None else screen.row


def _paint(screen: Screen) -> HostRow:
    programme = screen.programme
    cue = programme.cue()
    product_id = cue.product_id if cue else None
    goods = programme.goods.get(product_id) if product_id else None
    promo = programme.promo(product_id) if product_id else None
    must_not_say = (*(cue.must_not_say if cue else ()), *(goods.sheet.must_not_say if goods else ()))
    return HostRow(
        show_state=programme.show_state,
        cue_id=cue.cue_id if cue else None,
        cue_title=cue.title if cue else "",
        cue_type=cue.cue_type if cue else "",
        host_lines=cue.host_lines if cue else (),
        must_not_say=tuple(dict.fromkeys(must_not_say)),
        next_title=programme.next_title(),
        product_id=product_id,
        product_name=goods.sheet.name if goods else "",
        list_price_minor=goods.sheet.list_price_minor if goods else None,
        price_minor=goods.price_minor if goods else None,
        currency=goods.currency if goods else "",
        stock_left=goods.stock_left if goods else None,
        sold_out=bool(product_id) and programme.sold_out(product_id),
        promo_state=promo.state if promo else "",
        promo_price_minor=promo.price_minor if promo else None,
        promo_gift=promo.gift if promo else "",
        promo_at=promo.at if promo else None,
        message=screen.message,
        message_at=screen.message_at,
        signal=screen.signal,
    )


BLANK = _paint(Screen())


def fold_questions(waiting: Waiting, event: Event[Any]) -> Iterable[str]:
    """A question comes, and goes when it is finished or its comment is hidden."""
    fact = event.fact
    match fact:
        case QuestionHanded():
            waiting[fact.question_id] = QuestionRow(
                question_id=fact.question_id,
                text=fact.text,
                answer=fact.answer,
                asked_by=fact.asked_by,
                product_id=fact.product_id,
                comment_ref=fact.comment_ref,
                handed_at=event.at,
            )
        case QuestionFinished():
            waiting.pop(fact.question_id, None)
        case _:
            away = hidden_by(fact)
            gone = [question_id for question_id, row in waiting.items() if row.comment_ref in away] if away else []
            for question_id in gone:
                del waiting[question_id]
            return gone
    return (fact.question_id,)


def _host_keys(screen: Screen) -> Iterable[str]:
    del screen
    return (NOW,)


def _host_row(screen: Screen, key: str) -> HostRow | None:
    return _row(screen) if key == NOW else None


HOST = View(
    name="prompter.host",
    row=HostRow,
    reads=(HostMessaged, SignalSet, *PLAN_FACTS, *RUN_FACTS, *PRODUCT_FACTS, *ORDER_FACTS, *PROMO_FACTS, *CLAIM_FACTS),
    state=Screen,
    fold=fold_host,
    keys=_host_keys,
    get=_host_row,
    duty="prompter.read",
)
QUESTIONS = View(
    name="prompter.questions",
    row=QuestionRow,
    reads=(QuestionHanded, QuestionFinished, *HIDING_FACTS),
    state=dict,
    fold=fold_questions,
    keys=list,
    get=row_of,
    duty="prompter.read",
)
