"""One comment read from left to right: the orders in it as far as they are understood, and which of them are sure enough."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from kaibo.core.script import one_spelling
from kaibo.core.variants import SIZE
from kaibo.features.claim import words
from kaibo.features.claim.orders import Order, one_of, said_of_air, telling
from kaibo.features.claim.tokens import ALL_VARIANTS, Catalogue, Token, listed, names_next, ranged

APART = ("space", "hard", "filler", "emote")
EITHER = ("或", "or", "至", "到")
QUANTITY_FIGURES = 4  # longer is a telephone number, whatever sign it has
BARE_SIGNS = ("+", "加", "x", "*")
LONE_SIGNS = ("x", "*")  # of the product on air only when nothing else is ordered


class Op(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing a comment asks for: `add` some of a product, `cancel` it, or `ask` (known product, variant missing).

    `variant` is None when the product has none, "*" for every variant; `qty` is 1 … 999, 0 for a cancellation of all, and for an `ask`
    where it is not clear how many. `keyword` is "" where it is not clear which product is meant; `seems`: the one that may be.
    `unsold`: the size asked for, where the product does not come in it.
    """

    op: Literal["add", "cancel", "ask"]
    keyword: str
    variant: str | None = None
    qty: int = 0
    seems: str = ""
    unsold: str = ""


UNREAD = Op(op="ask", keyword="")


@dataclass(slots=True)
class Reading:
    """`on_air` is the keyword that a bare +1 means. The rest is what was understood so far."""

    catalogue: Catalogue
    on_air: str | None
    unsure: bool = False  # whether somebody gives up, and what: to be asked
    orders: list[Order] = field(default_factory=list[Order])
    current: Order | None = None
    before: Token | None = None  # a number that waits for its product: 2個A01
    cancels: bool = False  # 取消 came first
    wanted: str = ""  # the last word of wanting: 要, cf, sold
    strange: bool = False  # something in the comment is no part of an order
    sized: bool = False  # a number tells a size, and is no part of an order
    doubtful: bool = False  # a digit stands in an emote: what says no number elsewhere is not sure
    withdrawn: bool = False  # 取消 stands somewhere: what says no number is not an order
    spoilt: bool = False  # the product that comes next is the end of another word, or has a number too many before it
    ahead: str = ""  # a size came before its product: 2XL 洋裝
    lost: bool = False  # something unknown since the last number: the next number is of that
    single: bool = False  # there is one sign and nothing else
    listed: bool = False  # each number stands before its product: 1個A01 2個A12
    lone: bool = False  # the first order is of the product on air by an x or * alone

    def run(self, tokens: Sequence[Token]) -> None:
        self.listed = listed(tokens)
        self.unsure = self.unsure or ranged(tokens)  # S~L各一: M as well
        self.single = sum(token.kind not in ("space", "emote") for token in tokens) == 1
        for place, token in enumerate(tokens):
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            glued = place > 0 and tokens[place - 1].kind not in APART
            self._take(token, glued, after, tokens[place + 1 :])
        if self.before is not None:
            self._bare(self.before)
        self._end_ahead()
        self._end_alone()

    def _take(self, token: Token, glued: bool, after: Token | None, rest: Sequence[Token]) -> None:
        match token.kind:
            case "product":
                self._name(token.text)
            case "variant":
                self._vary(token.text)
            case "part":
                self._vary(None)
            case "number":
                self._number(token, rest)
            case "each":
                self._each(rest)
            case "cancel" | "minus":
                self._cancel(token, after)
            case "junk":
                self._stray(token, glued, after)
            case _:
                self._note(token)

    def _note(self, token: Token) -> None:
        match token.kind:
            case "prefix":
                self.wanted = token.text
            case "hard":
                self.unsure = self.unsure or (
                    self.cancels and not self.orders and token.text not in "、/"
                )  # 取消，A01+2: of what?
                self.cancels = self.cancels and token.text in "、/"
            case "size":
                self._size(token.text)
            case "emote":
                self.doubtful = True
            case _:
                pass

    def _size(self, written: str) -> None:
        """A size that is none of the product's before it; in front of one it may be the next one's."""
        current = self.current
        if current is None or current.counted:
            self.lost = current is not None
            self.ahead = f"{self.ahead} {written}".strip()
        elif current.named or current.vague:
            current.foreign, current.unsold = True, written
        else:
            self._miss()

    def _name(self, written: str) -> None:
        keyword = self.catalogue.meant(written)
        ahead = self.ahead or (said_of_air(self.orders) if self._comes_in(keyword) else "")
        self.current = Order(
            keyword,
            named=True,
            code=_is_code(written),
            called=written not in self.catalogue.products,
            cancelled=self.cancels,
            broken=self.spoilt,
        )
        self.orders.append(self.current)
        if ahead:
            self.current.follow(ahead, self.catalogue.variant_at(keyword, ahead, 0))
        self.spoilt = self.lost = False
        self.ahead = ""
        self._take_before(self.current)

    def _end_ahead(self) -> None:
        """A size that no product came for is of the one before it, which does not come so: 洋裝+1 2XL."""
        self.strange = self.strange or self.ahead != ""
        if self.ahead and self.current is not None:
            self.current.foreign, self.current.unsold = True, self.current.unsold or self.ahead

    def _take_before(self, order: Order) -> None:
        if self.before is not None:
            self._give(order, self.before)
            self.before = None

    def _vary(self, variant: str | None) -> None:
        """A variant; None: a part of a name that several have."""
        current = self.current
        if current is None or current.variant is not None or current.vague:
            keyword = current.keyword if current is not None else self.on_air
            if keyword is None:
                return
            current = self._begin(keyword, named=current is not None and current.named)
            self._take_before(current)
        current.variant, current.vague = variant, variant is None
        current.foreign = current.foreign or variant is None

    def _begin(self, keyword: str, *, named: bool) -> Order:
        self.current = Order(keyword, named=named, code=_is_code(keyword), cancelled=self.cancels)
        self.orders.append(self.current)
        return self.current

    def _number(self, token: Token, rest: Sequence[Token]) -> None:
        current = self.current
        if current is not None and self._sizes(current, token):
            self.sized = True
            if not (current.counted or (current.variant and words.BODY.fullmatch(token.unit))):
                current.foreign, current.unsold = True, self._unsold(current, token)
        elif current is not None and not current.counted:
            self._give(current, token)
        elif self.listed or names_next(rest) or self._varies_next(token, rest):
            self.before = token
        elif current is None:
            self._bare(token)
        else:
            self._again(current, token)

    def _varies_next(self, token: Token, rest: Sequence[Token]) -> bool:
        """一件黑M: of the product on air."""
        if not token.measure or self.current is not None:
            return False
        after = next((token.kind for token in rest if token.kind not in ("space", "filler", "emote")), "")
        return self.on_air is not None and after in ("variant", "part")

    def _sizes(self, order: Order, token: Token) -> bool:
        """Whether a number tells a size: 洋裝 M 36, 球鞋 41, 保溫瓶 750ml."""
        comes = bool(self._comes_in(order.keyword))
        return comes and not token.marked and (token.value is None or token.value >= words.SIZE_LEAST)

    def _unsold(self, order: Order, token: Token) -> str:
        """The size that a number tells; "" where the number is only part of one there is: 600 of 600ml."""
        part = any(one_spelling(name).startswith(token.text) for name in self._comes_in(order.keyword))
        return "" if part else token.text + token.unit

    def _comes_in(self, keyword: str) -> Sequence[str]:
        return self.catalogue.products.get(keyword, ())

    def _give(self, order: Order, token: Token) -> None:
        order.counted = True
        order.part = order.cancelled
        order.number = token.value
        order.broken = order.broken or token.value is None or self._tells(token)
        order.either = self._is_variant(order, token)
        order.measured = token.measure != ""
        order.sure = order.sure or token.sign != "" or (token.marked and self.wanted != "")
        self.lost = False

    def _tells(self, token: Token) -> bool:
        """Whether a number without a sign tells a price, or what is in a pack: T12 100, T12 50片, T12 3入."""
        if token.sign or self.wanted or token.value is None:
            return False
        return token.measure == words.PACKED or (token.value >= words.SIZE_LEAST and not words.PIECE.fullmatch(token.measure))

    def _is_variant(self, order: Order, token: Token) -> bool:
        """Whether a number behind a sign is a variant of the product as well; +1 is one piece whatever there is."""
        if not token.sign or token.measure or token.value in (None, 1):
            return False
        return any(token.text == one_spelling(name).lstrip("#") for name in self._comes_in(order.keyword))

    def _again(self, current: Order, token: Token) -> None:
        """A second number: of something unknown that came since, else it contradicts the first."""
        self.strange = self.strange or not token.marked
        if self.lost and token.marked and self._comes_in(current.keyword):
            other = self._begin(current.keyword, named=current.named)
            other.foreign = True
            self._give(other, token)
        elif token.marked or (token.value is not None and not self.lost):
            current.broken = current.broken or len(token.text) <= QUANTITY_FIGURES

    def _bare(self, token: Token) -> None:
        """A number without a product means the one on air, when it is written as an order."""
        self.before = None
        self.strange = self.strange or self.ahead != ""
        if self.on_air is None or self.orders or not (token.sign in BARE_SIGNS or self.wanted):
            self.strange = True
            self.spoilt = self.spoilt or (token.marked and token.value is not None)
            return
        self._give(self._begin(self.on_air, named=False), token)
        self.lone = token.sign in LONE_SIGNS and not self.wanted

    def _each(self, rest: Sequence[Token]) -> None:
        """粉白各1: the number that follows is that of all before it that have none."""
        number = next((token for token in rest if token.kind not in ("space", "plus", "filler", "emote")), None)
        if number is None or number.kind != "number":
            self.strange = True
            return
        for order in self.orders:
            if not order.counted and order is not self.current:
                self._give(order, number)
                order.sure = True
        if self.current is not None:
            self.current.sure = True

    def _cancel(self, token: Token, after: Token | None) -> None:
        if after is not None and after.kind == "junk":
            self.strange = True  # 不要停
            return
        self.withdrawn = True
        if self.current is not None and not (self.current.counted and token.kind == "minus"):
            self.current.cancelled = True
        elif self.current is None and (token.kind == "cancel" or self.single):
            self.cancels = True  # dashes and dots are drawn for fun, too

    def _stray(self, token: Token, glued: bool, after: Token | None) -> None:
        current = self.current
        if token.text in EITHER:
            self.strange = True  # 1或2: neither
        elif glued and current is not None and not (current.counted or current.variant or current.code):
            current.broken = self.strange = True  # 小熊貓 is another product
        else:
            self._miss(glued=glued)
            self._lengthen(token.text)
        if after is not None and after.kind == "product" and not _is_code(after.text):
            self.spoilt = True  # 大小熊 is not 小熊

    def _miss(self, *, glued: bool = True) -> None:
        """Something that is no part of an order; before its number it is a variant that the product does not come in."""
        self.strange = True
        current = self.current
        if current is None or current.counted:
            self.lost = current is not None
        else:
            current.foreign = current.foreign or glued or bool(self._comes_in(current.keyword))

    def _lengthen(self, text: str) -> None:
        """T12 A, T12 Pro: Latin letters behind a code may be part of another one's."""
        current = self.current
        if current is not None and not current.counted and text.isascii() and text.isalpha() and current.code:
            current.foreign = True

    def _end_alone(self) -> None:
        if self.orders or self.on_air is None:
            return
        if self.cancels:
            self._begin(self.on_air, named=False).cancelled = True
        elif words.PREFIX_ALONE.fullmatch(self.wanted):
            self._begin(self.on_air, named=False)

    def ops(self) -> list[Op]:
        """What is sure enough to act on, product by product."""
        orders = self.orders[1:] if self.lone and len(self.orders) > 1 else self.orders
        found: list[Op] = []
        for keyword in dict.fromkeys(order.keyword for order in orders):
            found += self._of_one([order for order in orders if order.keyword == keyword])
        return found

    def speaks_of(self) -> str:
        """The one product whose code or word stands in the comment, "" for none or several."""
        spoken = {order.keyword for order in self.orders if order.named and not order.called}
        return min(spoken) if len(spoken) == 1 else ""

    def unclear(self) -> list[Op]:
        """Where nothing but a number stands behind a code, and it cannot be how many: somebody wants it, and must be asked."""
        if len(self.orders) != 1 or self.strange or self.doubtful or self.withdrawn:
            return []
        (order,) = self.orders
        wanted = order.named and not order.cancelled and (self._number_unclear(order) or self._number_missing(order))
        return [Op(op="ask", keyword=order.keyword)] if wanted else []

    def _number_unclear(self, order: Order) -> bool:
        return order.code and ((order.counted and order.broken) or (self.sized and order.foreign))

    def _number_missing(self, order: Order) -> bool:
        """茶壺 2, 我要茶壺: a product by what it is called, and not surely how many."""
        return order.called and not order.broken and (order.counted or self.wanted.endswith(("要", "买")))

    def _of_one(self, orders: Sequence[Order]) -> list[Op]:
        ops = [op for order in self._agreeing(orders) if (op := self._op(order)) is not None]
        asks = [op for op in ops if op.op == "ask"]
        return [op for op in ops if op.op != "ask" or op is asks[0]]

    def _agreeing(self, orders: Sequence[Order]) -> Sequence[Order]:
        """The orders of one product without those that cannot stand beside each other: what can be read in two ways holds nothing."""
        asked = one_of(telling([order for order in orders if not order.cancelled]))
        same = Counter(order.variant for order in asked if not order.foreign)
        return [order for order in orders if order.cancelled] + [order for order in asked if same[order.variant] <= 1]

    def _op(self, order: Order) -> Op | None:
        if order.broken or ((self.strange or self.sized) and not order.named):
            return None
        if self.unsure:
            return Op(op="ask", keyword=order.keyword)
        if order.cancelled and order.keyword:
            return self._given_up(order)
        if not self._is_sure(order):
            return Op(op="ask", keyword=order.keyword) if self.withdrawn and order.code else None  # 我要A01, A12不要
        return self._wanted(order) if order.keyword else UNREAD

    def _given_up(self, order: Order) -> Op:
        variant = order.variant if self._comes_in(order.keyword) and order.variant != ALL_VARIANTS else None
        return Op(op="cancel", keyword=order.keyword, variant=variant, qty=order.number or 0 if order.part else 0)

    def _is_sure(self, order: Order) -> bool:
        if self._doubted() and not order.sure:
            return False
        if order.called:
            return not self.strange and order.counted and (order.sure or order.measured)
        return order.named or order.counted or self.wanted != ""

    def _doubted(self) -> bool:
        return self.strange or self.sized or self.doubtful or self.withdrawn

    def _wanted(self, order: Order) -> Op | None:
        variants = self._comes_in(order.keyword)
        only = variants[0] if len(variants) == 1 else None  # there is nothing to choose
        variant = (order.variant or only) if variants else None
        number = order.units()
        if not (order.foreign or order.either or (variants and variant is None)):
            return Op(op="add", keyword=order.keyword, variant=variant, qty=number)
        return Op(op="ask", keyword=order.keyword, qty=number, unsold=_written(order.unsold)) if self._asks(order) else None

    def _asks(self, order: Order) -> bool:
        """Whether it can be said what is missing: which of its variants, or that there is no such size."""
        return bool(self._comes_in(order.keyword)) or (order.unsold != "" and not self.strange)


def _written(size: str) -> str:
    """As a label has it: XL, 500ml; "" for what was folded into another script."""
    if not size.isascii():
        return ""
    return size.upper() if SIZE.fullmatch(size) else size


def _is_code(keyword: str) -> bool:
    return keyword.isascii()
