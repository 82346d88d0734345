"""What a comment orders: a pure reading of one text against a show's catalogue. The grammar stands in README.md."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kaibo.core.script import said
from kaibo.features.claim import words
from kaibo.features.claim.attempt import attempts, nearly, told_of
from kaibo.features.claim.reading import UNREAD, Op, Reading
from kaibo.features.claim.tokens import Catalogue, Scanner, may_be_bare
from kaibo.features.claim.twofold import twofold

TEXT_MAX = 500  # nobody orders in an essay
BARE_MAX = 80  # a comment that names no product is an order only when it says nothing else; emotes are long


def read(text: str, products: Mapping[str, Sequence[str]], on_air: str | None = None) -> Sequence[Op]:
    """Like parse, for a catalogue that is not kept."""
    return parse(text, Catalogue(products), on_air)


def parse(text: str, catalogue: Catalogue, on_air: str | None = None) -> Sequence[Op]:
    """The orders of a comment, in the order they are written; none for talk. `on_air`: the keyword a bare +1 means."""
    ops = heard(text, catalogue, on_air)
    return () if any(op.op == "ask" and not op.qty for op in ops) else ops


@lru_cache(maxsize=65_536)  # a room repeats itself
def heard(text: str, catalogue: Catalogue, on_air: str | None = None) -> Sequence[Op]:
    """Like parse; and where a comment is nothing but a code and a number that cannot be how many (T12 100), it is asked: qty 0.

    So is whatever sounds like an order and is not understood, or of what nobody knows; then the keyword is "".
    Products are called by other words than their names, too: 毛巾 2組 of 純棉毛巾禮盒.
    """
    spelt = said(text[:TEXT_MAX]).strip()
    target, spoken_of = on_air if on_air in catalogue.products else None, ""
    if may_order(spelt, catalogue, target):
        reading = _look(spelt, catalogue, target)
        if reading is None:
            return ()
        if found := reading.ops() or reading.unclear():
            return tuple(found)
        spoken_of = reading.speaks_of()
    return _unread(spelt, catalogue, spoken_of)


def _unread(spelt: str, catalogue: Catalogue, spoken_of: str) -> Sequence[Op]:
    """What is asked about: of what it seems to be an order; a product that is spoken of by its code before one by words of its name."""
    if attempts(spelt):
        return (_seeming(spoken_of or catalogue.naming.named(spelt)),)
    meant = nearly(spelt, catalogue.naming) if len(spelt) <= BARE_MAX else None
    return () if meant is None else (_seeming(meant),)


@lru_cache(maxsize=16_384)
def shown_as_order(text: str, catalogue: Catalogue) -> Sequence[Op]:
    """What the room is shown as an order and nobody here understands is asked about; but who tells of an order gave none by that."""
    spelt = said(text[:TEXT_MAX]).strip()
    return () if told_of(spelt) else (_seeming(catalogue.naming.named(spelt)),)


def _seeming(keyword: str) -> Op:
    return Op(op="ask", keyword="", seems=keyword) if keyword else UNREAD


def careful(spelt: str, catalogue: Catalogue, target: str | None) -> Sequence[Op]:
    """The orders of a comment in one spelling; `target` is the product on air, if it is one of the catalogue."""
    reading = _look(spelt, catalogue, target)
    return () if reading is None else tuple(reading.ops())


def _look(spelt: str, catalogue: Catalogue, target: str | None) -> "Reading | None":
    """None for a question."""
    tokens = Scanner(spelt, catalogue, target).scan()
    if any(token.kind == "ask" for token in tokens):
        return None
    reading = Reading(catalogue, target, unsure=words.NO_CANCEL.search(spelt) is not None or twofold(tokens))
    reading.run(tokens)
    return reading


def may_order(spelt: str, catalogue: Catalogue, target: str | None) -> bool:
    """A quick look before the careful one: most of what a room says names no product and has no word of ordering in it."""
    if catalogue.names_any(spelt):
        return True
    return target is not None and len(spelt) <= BARE_MAX and (may_be_bare(spelt) or catalogue.says_variant(target, spelt))
