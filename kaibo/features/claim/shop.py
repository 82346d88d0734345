"""What the grammar of comment orders needs to know of the goods that are on the list."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kaibo.core.script import one_spelling
from kaibo.features.claim.goods import Goods
from kaibo.features.claim.grammar import Catalogue

NAME_LEAST = 2  # signs: 包 and 茶 stand in too many other words


@dataclass(frozen=True, eq=False)
class Shop:
    """What the grammar needs of a shelf, as it stood at one moment: compared by identity."""

    catalogue: Catalogue
    products: Mapping[str, str]  # product_id by keyword
    first: Mapping[str, str]  # by product_id the first keyword that is its own: what a bare +1 means while it is on air

    @staticmethod
    def of(goods: Iterable[Goods]) -> "Shop":
        """The first product that takes a word keeps it."""
        words: dict[str, Sequence[str]] = {}
        products: dict[str, str] = {}
        taken: set[str] = set()
        listed = tuple(goods)
        for each in listed:
            for word in each.words():
                spelt = one_spelling(word)
                if spelt not in taken:
                    taken.add(spelt)
                    words[word], products[word] = each.variants, each.product_id
        first = {product_id: word for word, product_id in reversed(products.items())}
        return Shop(Catalogue(words, _called(listed, taken, first)), products, first)


def _called(goods: Iterable[Goods], taken: Container[str], first: Mapping[str, str]) -> Mapping[str, str]:
    """What products are called, and the word of each; "" where two are called so. A name that is a variant of one is its variant."""
    found: dict[str, str] = {}
    listed = tuple(each for each in goods if each.product_id in first)
    variants = {one_spelling(variant).strip() for each in listed for variant in each.variants}
    for each in listed:
        name = one_spelling(each.offer.sheet.name).strip()
        for spelt in sorted({name, "".join(name.split())} - variants):
            if len(spelt) >= NAME_LEAST and spelt not in taken:
                found[spelt] = "" if spelt in found else first[each.product_id]
    return found
