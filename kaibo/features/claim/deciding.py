"""Who gets what: the orders of one batch against what is left, in the order of platform time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from kaibo.core.event import Fact
from kaibo.features.audience.facts import unpack
from kaibo.features.claim.book import back
from kaibo.features.claim.facts import ClaimsDecided, ClaimsMissed, ClaimsReleased, Decision, Missed, Move, Rule, Why
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.grammar import heard, shown_as_order
from kaibo.features.claim.reading import UNREAD, Op
from kaibo.features.claim.settling import placed_after, uncalled
from kaibo.features.claim.shop import Shop
from kaibo.features.claim.state import MISSED_MAX, ClaimState, Pending
from kaibo.features.claim.tokens import ALL_VARIANTS
from kaibo.features.order.slices import Place, Thing

TEXT_KEPT = 80  # of a comment, in its decision: enough to see what was meant; the whole stands at its address
NO_END = 1 << 60


class Remark(msgspec.Struct, frozen=True, gc=False):
    """One comment: its address, who wrote it, and when (platform time, ms UTC)."""

    ref: str
    buyer: str
    name: str
    text: str
    at: int


class Wish(msgspec.Struct, frozen=True, gc=False):
    """One order of a comment, of a product that is known."""

    claim_id: str
    goods: Goods
    variant: str
    asked: int


@dataclass(slots=True)
class Deciding:
    """Decisions of one command. What they take is counted here, so that the next one sees it before anything is written.

    Units given back by a cancellation of the same batch are free only after it: the queue comes first. `late`: written while
    the show took no claims, and taken in now. `ordered`: what buyers' orders have that no claim before is for.
    """

    state: ClaimState
    at: int
    late: bool = False
    decisions: list[Decision] = field(default_factory=list[Decision])
    released: dict[Why, list[Move]] = field(default_factory=dict[Why, list[Move]])
    free: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    units: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    said: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    queued: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    mine: dict[tuple[str, str], list[Decision]] = field(default_factory=dict[tuple[str, str], list[Decision]])
    ordered: dict[Place, Counter[Thing]] = field(default_factory=dict[Place, Counter[Thing]])
    gone: set[str] = field(default_factory=set[str])

    def facts(self, batch: int) -> list[Fact]:
        """What is to be written."""
        found: list[Fact] = []
        if self.decisions:
            found.append(ClaimsDecided(batch=batch, decisions=tuple(self.decisions)))
        found += [ClaimsReleased(why=why, items=tuple(items)) for why, items in self.released.items()]
        return found

    # one comment
    def hear(self, said: Remark, ops: Sequence[Op], shop: Shop, claim_id: str) -> None:
        """Decide all orders of a comment."""
        repeated = self._repeats(said)
        place = 0
        for op in ops:
            if not op.keyword:
                self._unread(said, claim_id, shop.products.get(op.seems, ""), repeated=repeated)
                continue
            goods = self.state.shelf.goods.get(shop.products[op.keyword])
            if goods is None:  # taken off the list since
                self._unread(said, claim_id, shop.products[op.keyword], repeated=repeated)
                continue
            variants = goods.variants if op.variant == ALL_VARIANTS else (op.variant or op.unsold,)
            for variant in variants:
                wish = Wish(f"{claim_id}:{place}" if place else claim_id, goods, variant, op.qty)
                self._decide(said, wish, op, repeated=repeated)
                place += 1
        self.said[said.buyer] = (said.text, said.at)

    def _unread(self, said: Remark, claim_id: str, product_id: str, *, repeated: bool) -> None:
        """It is not clear of what it is an order, or it seems to be of a product: the same bars, and else it is asked."""
        rule: Rule = self._barred(said) or ("repeated" if repeated else "ask_order")
        self.decisions.append(
            Decision(
                claim_id=f"{claim_id}:?",
                ref=said.ref,
                buyer=said.buyer,
                name=said.name,
                product_id=product_id,
                variant="",
                asked=0,
                got=0,
                waits=0,
                rule=rule,
                price_minor=None,
                currency="",
                at=said.at,
                hold_until=0,
                text=said.text[:TEXT_KEPT],
            )
        )

    def _barred(self, said: Remark) -> Rule | None:
        if said.buyer in self.state.blocked:
            return "blocked"
        return None if self.late or self.state.open_at(said.at) else "window_closed"

    def _repeats(self, said: Remark) -> bool:
        before = self.said.get(said.buyer) or self.state.book.said.get(said.buyer)
        return before is not None and before[0] == said.text and abs(said.at - before[1]) < self.state.policy.repeat_ms

    def _decide(self, said: Remark, wish: Wish, op: Op, *, repeated: bool) -> None:
        if barred := self._barred(said):
            self._note(said, wish, barred)
        elif op.op == "cancel":
            self._cancel(said, wish, op)
        elif not wish.goods.open:
            self._note(said, wish, "product_closed")
        elif op.op == "ask":
            self._note(said, wish, "ask_variant" if op.qty else "ask_quantity")
        elif repeated:
            self._note(said, wish, "repeated")
        else:
            self._claim(said, wish)

    def _claim(self, said: Remark, wish: Wish) -> None:
        if self.state.policy.duplicate != "add" and self._has(said.buyer, wish):
            if self.state.policy.duplicate == "ignore":
                self._note(said, wish, "already_claimed")
                return
            self._release(said.buyer, wish.goods, wish.variant, "replaced")
        self.grant(said, wish)

    # counting
    def grant(self, said: Remark, wish: Wish, *, by_hand: bool = False, beyond_limit: bool = False) -> None:
        """Give what the limit and the stock leave; the rest waits, if this show lets it."""
        goods = wish.goods
        owner = (said.buyer, goods.product_id)
        has, limit = self._units(owner), self.state.shelf.limit_of(goods)
        may = NO_END if limit is None or beyond_limit else max(0, limit - has)
        if not may:
            self._note(said, wish, "over_limit")
            return
        wanted = min(wish.asked, may)
        pool = (owner[1], goods.pool(wish.variant))
        own = self._ordered(said, wish, wanted)  # in an order that came after the comment: it is out of the stock already
        new = min(wanted - own, self._left(pool, goods))
        got = own + new
        waits = wanted - got if self.state.policy.waitlist else 0
        if new:
            self.free[pool] -= new
        if waits:
            self.queued.add(pool)
        self.units[owner] = has + got + waits
        self._note(said, wish, self._rule(wish.asked, wanted, got, waits, by_hand=by_hand), got, waits)

    @staticmethod
    def _rule(asked: int, wanted: int, got: int, waits: int, *, by_hand: bool) -> Rule:
        if not got:
            return "waitlisted" if waits else "sold_out"
        if got < wanted:
            return "claimed_part"
        if wanted < asked:
            return "limit_cut"
        return "by_hand" if by_hand else "claimed"

    def _units(self, owner: tuple[str, str]) -> int:
        units = self.units.get(owner)
        return self.state.book.units.get(owner, 0) if units is None else units

    def _ordered(self, said: Remark, wish: Wish, wanted: int) -> int:
        """Units of it that the buyer's orders have already."""
        if said.buyer not in self.state.shelf.bought:
            return 0
        units = 0
        for place in placed_after(self.state, said.buyer, said.at):
            if place not in self.ordered:
                self.ordered[place] = uncalled(self.state, place)
            left = self.ordered[place]
            for thing in dict.fromkeys(((wish.goods.product_id, wish.variant), (wish.goods.product_id, ""))):
                taken = min(left[thing], wanted - units)
                left[thing] -= taken
                units += taken
        return units

    def _left(self, pool: tuple[str, str], goods: Goods) -> int:
        """Units a newcomer may have: none while others wait."""
        if pool not in self.free:
            units = goods.free(pool[1])
            self.free[pool] = NO_END if units is None else max(0, units)
            if self.state.has_waiting(*pool):
                self.queued.add(pool)
        return 0 if pool in self.queued else self.free[pool]

    # giving back
    def _cancel(self, said: Remark, wish: Wish, op: Op) -> None:
        """All they have of it; a number that is not all of it is for people: which of them, and what of an order in the same words?"""
        has = sum(move.units + move.waits for move in self._holding(said.buyer, wish.goods.product_id, op.variant))
        if not self.state.policy.cancel_by_comment:
            self._note(said, wish, "cancel_off")
        elif has and op.qty not in (0, has):
            self._note(said, wish, "ask_quantity")
        elif self._release(said.buyer, wish.goods, op.variant, "by_buyer"):
            self._note(said, wish, "cancelled")
        else:
            self._note(said, wish, "nothing_to_cancel")

    def _has(self, buyer: str, wish: Wish) -> bool:
        return bool(self._holding(buyer, wish.goods.product_id, wish.variant))

    def _holding(self, buyer: str, product_id: str, variant: str | None) -> list[Move]:
        owner = (buyer, product_id)
        old = [back(claim) for claim in self.state.book.active(buyer, product_id, variant)]
        new = [
            Move(
                claim_id=each.claim_id, buyer=buyer, product_id=product_id, variant=each.variant, units=each.got, waits=each.waits
            )
            for each in self.mine.get(owner, ())
            if variant in (None, each.variant)
        ]
        return [move for move in (*old, *new) if move.claim_id not in self.gone]

    def _release(self, buyer: str, goods: Goods, variant: str | None, why: Why) -> bool:
        moves = self._holding(buyer, goods.product_id, variant)
        if not moves:
            return False
        owner = (buyer, goods.product_id)
        self.units[owner] = self._units(owner) - sum(move.units + move.waits for move in moves)
        self.gone.update(move.claim_id for move in moves)
        self.released.setdefault(why, []).extend(moves)
        return True

    def _note(self, said: Remark, wish: Wish, rule: Rule, got: int = 0, waits: int = 0) -> None:
        offer = wish.goods.offer
        decision = Decision(
            claim_id=wish.claim_id,
            ref=said.ref,
            buyer=said.buyer,
            name=said.name,
            product_id=offer.sheet.product_id,
            variant=wish.variant,
            asked=wish.asked,
            got=got,
            waits=waits,
            rule=rule,
            price_minor=offer.price_at(said.at),
            currency=offer.currency,
            at=said.at,
            hold_until=self.state.hold_until(self.at) if got else 0,
            text=said.text[:TEXT_KEPT],
        )
        self.decisions.append(decision)
        if got or waits:
            self.mine.setdefault((said.buyer, decision.product_id), []).append(decision)


def decide_batch(state: ClaimState, seq: int, at: int) -> list[Fact]:
    """The facts of a batch; none when nobody in it orders anything."""
    pending = state.pending[seq]
    deciding = Deciding(state, at)
    for said, ops in _ordering(state, pending, seq):
        deciding.hear(said, ops, pending.shop, said.ref)
    return deciding.facts(seq)


def miss_batch(state: ClaimState, seq: int) -> ClaimsMissed:
    """Comments of a batch that would have been orders on air, had the show taken any, as many as are kept."""
    wanting = [said for said, ops in _ordering(state, state.unheard[seq], seq) if any(op.op != "cancel" for op in ops)]
    on_air = [said for said in wanting if state.show.aired(said.at)]
    kept = on_air[: max(0, MISSED_MAX - len(state.missed))]
    aired_at = state.show.aired_at
    return ClaimsMissed(
        batch=seq,
        comments=tuple(Missed(ref=said.ref, buyer=said.buyer, name=said.name, text=said.text, at=said.at) for said in kept),
        early=sum(aired_at is None or said.at < aired_at for said in wanting),
        unkept=len(on_air) - len(kept),
    )


def decide_missed(state: ClaimState, at: int) -> list[Fact]:
    """What was missed is decided now, in the order of platform time, with the words of now; a bare +1 means what was on air then."""
    deciding, shop = Deciding(state, at, late=True), state.shelf.shop()
    unanswered = (missed for missed in state.missed if missed.ref not in state.hands.entries)
    for missed in sorted(unanswered, key=lambda missed: missed.at):
        ops = heard(missed.text, shop.catalogue, shop.first.get(state.offers.on_air_at(missed.at))) or (UNREAD,)
        deciding.hear(Remark(missed.ref, missed.buyer, missed.name, missed.text, missed.at), ops, shop, missed.ref)
    return deciding.facts(0)


def _ordering(state: ClaimState, pending: Pending, seq: int) -> Iterator[tuple[Remark, Sequence[Op]]]:
    """Comments of a batch that order something, and what; but those that somebody was quicker to enter by hand."""
    batch, columns = pending.batch, unpack(pending.batch.columns)
    instants, viewers = columns.comments_at, columns.comments_by
    catalogue, first = pending.shop.catalogue, pending.shop.first
    people_of, people, names, shown = batch.people_of, state.viewers, columns.names, state.sorts.orders(batch)
    # A bare +1 means what was on air when it was written, however late it is told.
    for index, (text, on_air) in enumerate(zip(columns.texts, state.offers.on_air_each(instants), strict=True)):
        ops = heard(text, catalogue, first.get(on_air))
        if shown[index] and not ops:
            ops = shown_as_order(text, catalogue)
        if not ops:
            continue
        ref = f"{seq}:{index}"
        if ref not in state.hands.entries and not state.calls.answered(text, instants[index]):
            yield Remark(ref, f"{people_of}/{people[viewers[index]]}", names[index], text, instants[index]), ops
