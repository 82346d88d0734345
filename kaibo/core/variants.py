"""Which variant a name says, in its parts, in whatever order and with whatever stands between them: 黑色 M, 黑M, M號-黑, 顏色：黑；尺寸：M."""

import re
from functools import lru_cache

from kaibo.core.naming import HAN
from kaibo.core.script import name_of, one_spelling

# A size as letters write it, with the digit that belongs to it: 2XL is no two of XL.
SIZE = re.compile(r"\d{0,2}x{0,6}[sml](?![a-z])|x{2,}(?![a-z])|f码|均码")
KIND_OF = re.compile(r"色|款|号|码|尺寸|的")  # what hangs on a part and says nothing
_APART = re.compile(r"[\s_/·()\[\]-]+")
_JOINED = re.compile(rf"([{HAN}]+)({SIZE.pattern}|\d+)")
# What a shop writes around the choices of a buyer: 顏色:黑;尺寸:M
_LABEL = re.compile(
    r"(?:颜色|色系|尺寸|尺码|大小|规格|款式|型号|容量|口味|香味|选项|种类|size|colou?r|style|variants?|variation|options?|spec|model|type)\s*[:=]"
)
_OPTIONS_APART = re.compile(r"[,;|、+:=]+")


def parts_of(name: str) -> frozenset[str]:
    """黑色 M, 黑M, M號-黑: 黑 and m."""
    return frozenset(_bare(piece) for piece in _pieces(one_spelling(name)))


def _pieces(spelt: str) -> list[str]:
    return [piece for piece in _APART.split(_JOINED.sub(r" \1 \2", spelt).strip()) if piece]


def _bare(piece: str) -> str:
    """色, 款, 號 at an end say nothing; of a number they do (1號 is not one piece)."""
    if SIZE.fullmatch(piece):
        return piece
    short = _short(piece)
    return piece if short.isdigit() else short


def _short(piece: str) -> str:
    return re.sub(rf"(?:{KIND_OF.pattern})+$", "", piece) or piece


@lru_cache(maxsize=4096)
def variant_of(written: str, names: tuple[str, ...]) -> str | None:
    """Which variant an order means, as a shop writes it: by its name, or by its options, with labels and whatever else was chosen.

    None where no one variant has all its parts there.
    """
    whole = name_of(written, names)
    if whole is not None:
        return whole
    said = _chosen(written)
    parts = {name: _chosen(name) for name in names}
    for fitting in (
        [name for name in names if parts[name] == said],
        [name for name in names if parts[name] and parts[name] < said],
    ):
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _chosen(written: str) -> frozenset[str]:
    """An order counts nothing here: 38號 is 38."""
    spelt = _OPTIONS_APART.sub(" ", _LABEL.sub(" ", one_spelling(written)))
    return frozenset(piece if SIZE.fullmatch(piece) else _short(piece) for piece in _pieces(spelt))
