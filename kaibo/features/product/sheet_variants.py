"""What a product comes in, out of one cell: `紅、藍`, `S/M/L`, `38 39 40`; and what of it buyers have already."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kaibo.core.headers import plain
from kaibo.core.script import likeness
from kaibo.kit.sheet_values import points

# From the strongest on: a weaker one that stands beside it belongs to the name of a variant.
STRONG_MARKS = ("\n", "；;", "、､", "，,")
WEAK_MARKS = ("|｜", "/／・･‧•·")
NOT_ANY = "n/a"  # one word, however it looks
ONE_SIZE = "|均碼|均码|free|os"
_LETTERS = re.compile(rf"(?:\d{{1,2}}x|x{{0,6}})[sl]|m|f{ONE_SIZE}")
_FIGURES = re.compile(r"\d{1,3}(?:\.\d)?")


def parted(raw: str) -> tuple[tuple[str, ...], bool]:
    """The variants of a cell, and whether they were parted by a sign that a name may have as well.

    A line break behind a single variant says that it is one.
    """
    if any(mark in raw for group in STRONG_MARKS for mark in group):
        return points(raw, STRONG_MARKS), False
    if plain(raw).lower() == NOT_ANY:
        return (raw.strip(),), False
    sizes = _sizes(raw)
    found = sizes or points(raw, WEAK_MARKS)
    return found, len(found) > 1 and (bool(sizes) or any(mark in raw for group in WEAK_MARKS for mark in group))


def in_one_cell(variants: Sequence[str]) -> str:
    """Variants in one cell, so that `parted` gives them back."""
    text = "、".join(variants)
    whole = "\n".join(variants) + ("\n" if len(variants) == 1 else "")
    return text if parted(text) == (tuple(variants), False) else whole


def once(variants: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Each variant once, and those that no comment could tell from one before them."""
    first = {likeness(variant): variant for variant in reversed(variants)}
    kept = tuple(dict.fromkeys(first[likeness(variant)] for variant in variants))
    return kept, tuple(later for place, later in enumerate(variants) if later in variants[:place] or later not in kept)


def with_taken(variants: Sequence[str], taken: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variants of a new sheet with those that claims or orders have, written as they were; and which of these it lacks."""
    held = {likeness(variant): variant for variant in taken}
    told = tuple(held.pop(likeness(variant), variant) for variant in variants)
    lacking = tuple(held.values())
    return (*told, *lacking), lacking


def _sizes(raw: str) -> tuple[str, ...]:
    """`S M L`, `38 39 40`: spaces part nothing but short sizes; `2 XL` is one."""
    parts = raw.split()
    kinds = [_kind(part) for part in parts]
    if len(parts) < 2 or "" in kinds or any(pair == ("figures", "letters") for pair in pairwise(kinds)):
        return ()
    return tuple(parts)


def _kind(part: str) -> str:
    bare = plain(part).lower()
    if _LETTERS.fullmatch(bare):
        return "letters"
    return "figures" if _FIGURES.fullmatch(bare) else ""
