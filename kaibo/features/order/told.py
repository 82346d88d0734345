"""One thing told of an order: all that was told is read anew, and what reads otherwise now is said in facts."""

from dataclasses import dataclass, field

from kaibo.core.event import Fact
from kaibo.features.order.commands import OrderItem
from kaibo.features.order.facts import (
    OrderCancelled,
    OrderCreated,
    OrderEdited,
    OrderKind,
    OrderOddity,
    OrderPaid,
    OrderRefunded,
    OrderRestated,
    OrderReturn,
    OrderTelling,
)
from kaibo.features.order.ledger import Order, after
from kaibo.features.order.reading import Lines, Reading, Refund, Word, Words, is_total, kept, read, strange, worth
from kaibo.features.order.slices import Place
from kaibo.features.order.state import OrderState


@dataclass(slots=True)
class Told:
    """`order` runs ahead with the facts; `timed`: the item said itself when it was; `moved`: its clock was set right by what it is ahead now.

    `said_at`: the instant as it was said, where the clock was set right; `by`: the source, where the order is named after another.
    """

    state: OrderState
    place: Place
    room: str
    item: OrderItem
    order: Order
    now: int
    timed: bool = True
    moved: bool = False
    said_at: int = 0
    by: str = ""
    facts: list[Fact] = field(default_factory=list[Fact])

    def follow(self) -> None:
        """Gather the facts."""
        item = self.item
        payment_id = item.payment_id if item.kind == "paid" else ""
        word = Word(item.kind, item.at, item.lines, self.said_at, self.by, item.refund_id, payment_id)
        if word not in self.order.words and not self._retried(word):
            self._hear(word)
        if self.item.buyer and not self.order.buyer and self.order.placed_at is not None:
            self._edit(word.at, (), read(self.order.words))

    def _elsewhere(self, word: Word) -> bool:
        """What another source of the room told already stands where it stands: the clock of this one may be another.

        A part that goes back counts each time, and an order that reads otherwise by it was changed back.
        """
        if not self._like(word) or (word.kind == "refunded" and word.lines) or self._wrongly_early(word):
            return False
        return word.kind != "created" or read((*self.order.words, word)).lines == self.order.lines

    def _like(self, word: Word) -> Words:
        """The same as others told it; none when this source told it, too."""
        like = tuple(each for each in self.order.words if each.says_as(word))
        return () if any(each.by == word.by for each in like) else like

    def _wrongly_early(self, word: Word) -> Words:
        """Before air as others told it, on air as this one does: their clock was behind, for none is ahead of the moment it tells."""
        begins_at = self.state.show.begins_at
        if begins_at is None or not self.timed or word.kind != "created" or word.at < begins_at:
            return ()
        return tuple(each for each in self._like(word) if each.at < begins_at)

    def _hear(self, word: Word) -> None:
        early = self._wrongly_early(word)
        words = kept((*(each for each in self.order.words if each not in early), word))
        told = read(words)
        if self._closed(word, words):
            return
        self._doubt(words, told)
        if told.placed_at is None or word not in words:
            return
        self._place(word, told)
        self._settle(told, words)
        if not self.order.reads(told) or set(kept(self.order.words)) != set(words):
            self._restate(told, words)

    def _retried(self, word: Word) -> bool:
        """What was said before, whatever is known of the clock now; without its time, what is like something told before is that again."""
        if any(word.repeats(each) for each in self.order.words) or self._elsewhere(word):
            return True
        if self.timed:
            return False
        alike = any(each.says_as(word) for each in self.order.words) and not word.refund_id
        if word.kind == "paid":
            return alike
        if word.kind == "created" and not self.moved:
            return self.order.placed_at is not None and not self.order.assumed and self.order.lines == word.lines
        if word.kind == "created":  # another time each time it is told
            return alike
        return word.kind == "refunded" and alike and self._said_again(word)

    def _said_again(self, word: Word) -> bool:
        if word.lines:
            self._odd(word, "told_again")
        return True

    # money that is final
    def _final(self, word: Word) -> bool:
        """Whether it is told when the show's money was final, and would have counted before; what is given back still comes off."""
        final_at = self.state.show.final_at
        return final_at is not None and word.at <= final_at < self.now and word.kind in ("created", "paid")

    def _closed(self, word: Word, words: Words) -> bool:
        """Whether the final figures have it already; that it came so late is an oddity either way."""
        if not self._final(word) or not (word in words or self.order.late):
            return False
        self._odd(word, "after_final")
        return self._counted(word)

    def _counted(self, word: Word) -> bool:
        """Whether the figures have it already, and so keep it as it is."""
        return self.order.placed_at is not None if word.kind == "created" else self.order.paid_at is not None

    # what does not fit
    def _doubt(self, words: Words, told: Reading) -> None:
        for odd, why in strange(words, told):
            self._odd(odd, why)

    def leave_out(self, unread: Lines) -> None:
        """These of its lines make no sense: once for an order and what was told of it."""
        kind = self.item.kind
        if unread and not any((odd.kind, odd.why, odd.lines) == (kind, "line_unread", unread) for odd in self.order.odd):
            self._odd(Word(kind, self.item.at, unread, self.said_at, self.by), "line_unread")

    def _odd(self, word: Word, why: str) -> None:
        """Once each."""
        early = word.kind == "paid" and why in ("unknown_order", "paid_again")  # what it says is remembered
        lines = word.lines if word.kind == "refunded" or early or why == "line_unread" else ()
        if any((odd.kind, odd.why, odd.at, odd.lines) == (word.kind, why, word.at, lines) for odd in self.order.odd):
            return
        platform, order_id = self.place
        self._add(
            OrderOddity(
                platform=platform, order_id=order_id, kind=word.kind, why=why, platform_at=word.at, buyer=self.item.buyer,
                lines=lines, room=self.room, said_at=word.said_at, told_by=word.by, refund_id=word.refund_id, payment_id=word.payment_id,
            )
        )  # fmt: skip

    # what reads otherwise
    def _place(self, word: Word, told: Reading) -> None:
        if self.order.placed_at is None:
            self._create(word, told)
        elif word.kind == "created":
            self._edit(word.at, word.lines, told)
        elif self.order.paid_at is None and self.order.lines != told.lines:
            self._edit(word.at, (), told)  # the payment came before its newest version

    def _create(self, word: Word, told: Reading) -> None:
        platform, order_id = self.place
        placed_at = self._known(told.placed_at)
        self._add(
            OrderCreated(
                order_id=order_id,
                platform=platform,
                buyer=self.item.buyer or self.order.buyer,
                lines=told.lines,
                amount_minor=worth(told.lines),
                currency=self.state.show.currency,
                platform_at=placed_at,
                cue_id=self.state.course.cue_id_at(placed_at),
                room=self.room,
                assumed=word.kind == "paid",  # a payment that says what was bought says that it was placed, too
                late=self._final(word),
                said_at=word.said_at,
                told_by=word.by,
                people=self._people(),
            )
        )

    def _people(self) -> str:
        """Whose viewer the buyer is, where the room goes by the names of another source; "" for the platform's own."""
        people = self.state.rooms.people_of(self.place[0], self.room)
        return "" if people == self.place[0] else people

    def _edit(self, at: int, lines: Lines, told: Reading) -> None:
        """The order reads otherwise from here on: `lines` as told of this instant (none: only who bought it is known now, or when it was paid)."""
        order, (platform, order_id) = self.order, self.place
        self._add(
            OrderEdited(
                order_id=order_id,
                platform=platform,
                buyer=order.buyer or self.item.buyer,
                lines=told.lines,
                amount_minor=worth(told.lines),
                currency=order.currency,
                platform_at=self._known(told.placed_at),
                edited_at=at,
                cue_id=self._cue_id(told),
                told=lines,
                said_at=self.said_at,
                told_by=self.by,
            )
        )

    def _settle(self, told: Reading, words: Words) -> None:
        """Paid, cancelled, given back: as far as nothing that was said before has to be taken back."""
        if self.order.paid_at is None and told.paid_at is not None:
            self._pay(told, _of("paid", told.paid_at, words))
        if self.order.cancelled_at is None and told.cancelled_at is not None and told.paid_at is None:
            self._cancel(told, _of("cancelled", told.cancelled_at, words))
        known = self.order.refunds
        if (self.order.paid_at, self.order.paid_lines) == (told.paid_at, told.paid_lines) and told.refunds[: len(known)] == known:
            for refund in told.refunds[len(known) :]:
                self._give_back(refund, _told_of(refund, words))

    def _cancel(self, told: Reading, word: Word) -> None:
        platform, order_id = self.place
        self._add(
            OrderCancelled(
                order_id=order_id, lines=told.lines, platform_at=word.at, platform=platform, said_at=word.said_at, told_by=word.by
            )
        )

    def _pay(self, told: Reading, word: Word) -> None:
        order, (platform, order_id) = self.order, self.place
        self._add(
            OrderPaid(
                order_id=order_id,
                buyer=order.buyer or self.item.buyer,
                lines=told.paid_lines,
                amount_minor=worth(told.paid_lines),
                currency=order.currency,
                platform_at=word.at,
                cue_id=order.cue_id,
                platform=platform,
                own_lines=told.own_lines,
                late=self._final(Word("paid", word.at)),
                told=word.lines if is_total(word) or word.payment_id else (),
                said_at=word.said_at,
                told_by=word.by,
                payment_id=word.payment_id,
            )
        )

    def _give_back(self, refund: Refund, word: Word) -> None:
        platform, order_id = self.place
        self._add(
            OrderRefunded(
                order_id=order_id, lines=refund.units, amount_minor=refund.amount_minor, platform_at=refund.at, platform=platform,
                rest=not refund.lines, cancelled=refund.cancelled, told=() if refund.units == refund.lines else refund.lines,
                said_at=word.said_at, told_by=word.by, refund_id=refund.refund_id,
            )
        )  # fmt: skip

    def _restate(self, told: Reading, words: Words) -> None:
        order, (platform, order_id) = self.order, self.place
        returns = (
            OrderReturn(at=each.at, lines=each.units, amount_minor=each.amount_minor, told=each.lines, cancelled=each.cancelled)
            for each in told.refunds
        )
        self._add(
            OrderRestated(
                order_id=order_id,
                platform=platform,
                buyer=order.buyer or self.item.buyer,
                lines=told.lines,
                amount_minor=worth(told.lines),
                currency=order.currency,
                platform_at=self.item.at,
                placed_at=self._known(told.placed_at),
                cue_id=self._cue_id(told),
                paid_at=told.paid_at,
                paid_lines=told.paid_lines,
                own_lines=told.own_lines,
                cancelled_at=told.cancelled_at,
                returns=tuple(returns),
                tellings=tuple(map(_telling, words)),
            )
        )

    def _known(self, placed_at: int | None) -> int:
        return self.item.at if placed_at is None else placed_at

    def _cue_id(self, told: Reading) -> str:
        """Of the cue on air when it was placed; where it stands, it stays."""
        placed_at = self._known(told.placed_at)
        return self.order.cue_id if placed_at == self.order.placed_at else self.state.course.cue_id_at(placed_at)

    def _add(self, fact: Fact) -> None:
        self.order = after(self.order, fact)
        self.facts.append(fact)


def _telling(word: Word) -> OrderTelling:
    return OrderTelling(
        kind=word.kind,
        at=word.at,
        lines=word.lines,
        said_at=word.said_at,
        told_by=word.by,
        refund_id=word.refund_id,
        payment_id=word.payment_id,
    )


def _told_of(refund: Refund, words: Words) -> Word:
    """The words that gave it back: of like parts of one instant each has its own."""
    kind = "cancelled" if refund.cancelled else "refunded"
    named = (word for word in words if word.kind == kind and (word.lines, word.refund_id) == (refund.lines, refund.refund_id))
    return next((word for word in named if word.at == refund.at), _of(kind, refund.at, words))


def _of(kind: OrderKind, at: int, words: Words) -> Word:
    """What was told of an instant, with whoever told it."""
    return next((word for word in words if (word.kind, word.at) == (kind, at)), Word(kind, at))
