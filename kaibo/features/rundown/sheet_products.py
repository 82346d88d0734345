"""Which product of the show a row of a sheet speaks of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kaibo.core.headers import plain, squash
from kaibo.features.product.facts import ProductSheet
from kaibo.features.rundown.sheet_lines import Line, Sheet

NAME_LEAST = 3  # a shorter text is within too many names to mean one
_SEVERAL = re.compile(r"[、,，;；/|\n+＋&]+")
_BRACKETED = re.compile(r"\s*[（(](.+)[）)]", re.DOTALL)
_IN_BRACKETS = re.compile(r"\s*[（(\[【〔《<]\s*([^（(\[【〔《<）)\]】〕》>]{1,64})\s*[）)\]】〕》>]")
_WORD = re.compile(r"[^\s、,，;；/|+＋&:：]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A code that stands in a cell of names: `code` as written, the product it is of (None: none that the show has), and the rest."""

    code: str
    product_id: str | None
    rest: str


def find_product(sheet: Sheet, line: Line, *, guess: bool = True) -> tuple[str | None, str]:
    """The product_id a row names (by id, else by name), None when it names none that the show has; and the proof in its cell.

    A code that is written is meant, whatever else stands beside it. What is not understood stays with the cue, and is noted.
    Without `guess` a name must be a product's whole name.
    """
    told = line.text("product_name")
    written = None if line.text("product_id") else code_in(told, sheet.products)
    product_id = _by_code(sheet, line, written) if written else _by_id(sheet, line)
    sure = product_id is not None
    if not sure and told and written is None:
        product_id = _by_name(sheet, line, guess=guess and not line.text("product_id"))
    if product_id is None or not told:
        return product_id, line.text("proof")
    return product_id, _proof(sheet, line, sheet.products[product_id], written.rest if written else told, sure=sure)


def _proof(sheet: Sheet, line: Line, product: ProductSheet, text: str, *, sure: bool) -> str:
    """The proof of a row: its own column, else what stands in brackets behind the product's name. A cell that reads otherwise is kept."""
    proof, beside = line.text("proof"), _beside(text, product)
    if beside is None and sure:
        line.note("product_name", "sheet.product_name_differs", expected=product.name)
        sheet.keep(line, "product_name")
    elif beside and proof:
        sheet.keep(line, "product_name")
    return proof or beside or ""


def code_in(text: str, products: Mapping[str, ProductSheet]) -> Written | None:
    """The one code that a cell of names holds: in brackets, or as a word with a letter and a digit in it; None for none or several."""
    found = _in_brackets(text, products) or [
        _word(text, match, products) for match in _WORD.finditer(text) if _is_code(match[0], products)
    ]
    known = [each for each in found if each.product_id is not None] or found
    return known[0] if len({each.product_id for each in known}) == 1 else None


def _in_brackets(text: str, products: Mapping[str, ProductSheet]) -> list[Written]:
    found: list[Written] = []
    for match in _IN_BRACKETS.finditer(text):
        product_id = _known_id(match[1], products)
        if product_id is not None or _looks_like_one(match[1], products):
            found.append(Written(match[1].strip(), product_id, text[: match.start()] + text[match.end() :]))
    return found


def _word(text: str, match: re.Match[str], products: Mapping[str, ProductSheet]) -> Written:
    rest = (text[: match.start()].rstrip() + text[match.end() :].lstrip(" :：_-")).strip()
    return Written(match[0], _known_id(match[0], products), rest)


def _is_code(word: str, products: Mapping[str, ProductSheet]) -> bool:
    return (
        re.search("[A-Za-z]", word) is not None and re.search(r"\d", word) is not None and _known_id(word, products) is not None
    )


def _looks_like_one(text: str, products: Mapping[str, ProductSheet]) -> bool:
    """Whether it is built as the codes of this show are: G99 where there is a G10."""
    shape = _shape(text)
    return re.search(r"\d", shape) is not None and any(_shape(product_id) == shape for product_id in products)


def _shape(code: str) -> str:
    return re.sub("[a-z]", "a", re.sub(r"\d", "0", plain(code).casefold()))


def _by_code(sheet: Sheet, line: Line, written: Written) -> str | None:
    if written.product_id is None:
        sheet.keep(line, "product_name")
        line.note("product_name", "sheet.product_unknown", product_id=written.code)
    return written.product_id


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


def _by_name(sheet: Sheet, line: Line, *, guess: bool) -> str | None:
    told = line.text("product_name")
    found = _named(told, sheet.products, guess=guess)
    if len(found) == 1:
        if squash(told) != squash(sheet.products[found[0]].name):
            line.note("product_name", "sheet.product_named", product_id=found[0], called=sheet.products[found[0]].name)
        return found[0]
    several = [each for part in _SEVERAL.split(told) if (each := _one(part, sheet.products, guess=guess))]
    sheet.keep(line, "product_name")
    if several:
        line.note("product_name", "sheet.product_several", taken=several[0])
        return several[0]
    if not line.text("product_id"):
        line.note("product_name", "sheet.product_unmatched" if not found else "sheet.product_ambiguous", names=len(found))
    return None


def _one(part: str, products: Mapping[str, ProductSheet], *, guess: bool) -> str | None:
    """The product that one part of several means: by its code, or by a name that fits no other."""
    found = _named(part, products, guess=guess) if guess else []
    return _known_id(part, products) or (found[0] if len(found) == 1 else None)


def _named(text: str, products: Mapping[str, ProductSheet], *, guess: bool) -> list[str]:
    """Products a text can mean: its very name, else a text that begins with an id, else a name within a name."""
    bare = squash(text)
    if not bare:
        return []
    same = [key for key, product in products.items() if squash(product.name) == bare]
    if same or not guess:
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
    return "" if bare in ("", squash(product.product_id), squash(f"{product.product_id}{product.name}")) else None
