"""Which product of the show a row of a sheet speaks of."""

import re
from collections.abc import Mapping

from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.sheet_lines import Line, Sheet
from kaibo.kit.sheet_values import plain, squash

NAME_LEAST = 3  # a shorter text is within too many names to mean one
_SEVERAL = re.compile(r"[、,，;；/|\n+＋&]+")
_BRACKETED = re.compile(r"\s*[（(](.+)[）)]", re.DOTALL)


def find_product(sheet: Sheet, line: Line) -> tuple[str | None, str]:
    """The product_id a row names (by id, else by name), None when it names none that the show has; and the proof in its cell.

    What is not understood stays with the cue, and is noted.
    """
    product_id = _by_id(sheet, line)
    named = "product_name" in line.cells
    by_id = product_id is not None
    if product_id is None and named:
        product_id = _by_name(sheet, line)
    proof = line.text("proof")
    if product_id is not None and named:
        beside = _beside(line.text("product_name"), sheet.products[product_id])
        if beside is None and not by_id:
            pass  # a note tells already which product was taken for this text
        elif beside is None:
            line.note("product_name", "sheet.product_name_differs", expected=sheet.products[product_id].name)
            sheet.keep(line, "product_name")
        elif beside and proof:
            sheet.keep(line, "product_name")
        else:
            proof = proof or beside
    return product_id, proof


def _by_id(sheet: Sheet, line: Line) -> str | None:
    told = line.text("product_id")
    if not told:
        return None
    found = _known_id(told, sheet.products)
    if found is not None:
        return found
    several = [each for part in _SEVERAL.split(told) if (each := _known_id(part, sheet.products))]
    sheet.keep(line, "product_id")
    if several:
        line.note("product_id", "sheet.product_several", taken=several[0])
        return several[0]
    line.note("product_id", "sheet.product_unknown", product_id=told[:64])
    return None


def _known_id(text: str, products: Mapping[str, ProductSheet]) -> str | None:
    if text.strip() in products:
        return text.strip()
    bare = plain(text).casefold()
    same = [product_id for product_id in products if plain(product_id).casefold() == bare]
    return same[0] if len(same) == 1 else None


def _by_name(sheet: Sheet, line: Line) -> str | None:
    told = line.text("product_name")
    found = _named(told, sheet.products)
    if len(found) == 1:
        if squash(told) != squash(sheet.products[found[0]].name):
            line.note("product_name", "sheet.product_named", product_id=found[0], called=sheet.products[found[0]].name)
        return found[0]
    several = [each[0] for part in _SEVERAL.split(told) if len(each := _named(part, sheet.products)) == 1]
    sheet.keep(line, "product_name")
    if several:
        line.note("product_name", "sheet.product_several", taken=several[0])
        return several[0]
    if not line.text("product_id"):
        line.note("product_name", "sheet.product_unmatched" if not found else "sheet.product_ambiguous", names=len(found))
    return None


def _named(text: str, products: Mapping[str, ProductSheet]) -> list[str]:
    """Products a text can mean: its very name, else a text that begins with an id, else a name within a name."""
    bare = squash(text)
    if not bare:
        return []
    same = [key for key, product in products.items() if squash(product.name) == bare]
    if same:
        return same
    begins = [key for key in products if re.match(re.escape(plain(key).casefold()) + r"[\s:_\-]", plain(text).casefold())]
    if begins:
        return begins
    return _within(bare, products)


def _within(bare: str, products: Mapping[str, ProductSheet]) -> list[str]:
    within = [
        key
        for key, product in products.items()
        if (name := squash(product.name)) and (name in bare or (len(bare) >= NAME_LEAST and bare in name))
    ]
    longest = max((len(squash(products[key].name)) for key in within if squash(products[key].name) in bare), default=0)
    return [key for key in within if len(squash(products[key].name)) == longest] if longest else within


def _beside(text: str, product: ProductSheet) -> str | None:
    """What stands in brackets behind the product's name, "" for nothing; None when the cell reads quite otherwise."""
    bare = squash(text)
    if bare == squash(product.name) or (len(bare) >= NAME_LEAST and bare in squash(product.name)):
        return ""
    if text.startswith(product.name):
        found = _BRACKETED.fullmatch(text[len(product.name) :])
        return found[1].strip() if found else None
    return "" if squash(text) in (squash(product.product_id), squash(f"{product.product_id}{product.name}")) else None
