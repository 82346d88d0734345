"""SHOP: what triage must know of the show: the words of its product sheets, and which product was on air when something was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kaibo.core.erasing import Told
from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.comment.suggest import AnswerBook, Suggestion, suggest
from kaibo.features.comment.triage import Catalogue, catalogue_of
from kaibo.features.product.facts import ProductSheet
from kaibo.features.product.slices import AIR, NONE, OFFER, Offers


@dataclass(slots=True)
class ShopSheet:
    """The sheets of the offers, and their words once somebody has asked."""

    offers: Offers
    words: Catalogue | None = None

    def about(self, text: str, at: int, told: str | None = None) -> str:
        """The product a tidied text of an instant (ms UTC) is about: the one it names, or the one on air then when it says 這個, "" when neither.

        `told`: what was told of it before its words were erased.
        """
        if told is not None:
            return told
        product, this_one = self.catalogue().about(text)
        return product or (self.offers.on_air_at(at) if this_one else "")

    def about_each(self, texts: Sequence[str], instants: Sequence[int], told: Mapping[int, Told]) -> list[str]:
        """The same of all the comments of a batch; `told` by their index in it."""
        on_air = self.offers.on_air_each(instants)
        words = zip(self.catalogue().about_each(texts), on_air, strict=True)
        found = [product or (aired if this_one else NONE) for (product, this_one), aired in words]
        for index, known in told.items():
            found[index] = known.product_id
        return found

    def named(self, text: str) -> str:
        """The product a tidied text names by itself, "" for none."""
        return self.catalogue().about(text)[0]

    def catalogue(self) -> Catalogue:
        """The words of now."""
        if self.words is None:
            offers = self.offers.offers.items()
            self.words = catalogue_of(
                tuple((product_id, offer.sheet.name, *offer.sheet.variants) for product_id, offer in offers)
            )
        return self.words

    def meant(self, product_id: str, at: int) -> str:
        """What a question of an instant (ms UTC) is tried on that names nothing: what was on air then, or is now; "" for nothing."""
        return product_id or self.offers.on_air_at(at) or self.offers.on_air

    def sheet(self, product_id: str) -> ProductSheet | None:
        """The sheet of a product that is on the list."""
        offer = self.offers.offers.get(product_id)
        return offer.sheet if offer else None

    def suggest(self, text: str, product_id: str, book: AnswerBook, at: int) -> tuple[str, tuple[Suggestion, ...]]:
        """(product, answers) for a tidied question of an instant (ms UTC); one that names nothing is tried on what was on air then, or is now."""
        asked_of = self.meant(product_id, at)
        found = suggest(text, self.sheet(asked_of), book)
        return (asked_of if found and found[0].product_id else product_id), found


def fold_shop(shop: ShopSheet, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """The words are learnt anew when next asked for."""
    del event
    changed = touched.of(OFFER)
    if changed != {AIR}:
        shop.words = None
    return changed


SHOP: Slice[ShopSheet] = Slice(name="comment.shop", reads=(), state=ShopSheet, fold=fold_shop, over=(OFFER,))
