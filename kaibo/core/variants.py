"""Which variant a name says, in its parts, in whatever order and with whatever stands between them: 黑色 M, 黑M, M號-黑, 顏色：黑；尺寸：M."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kaibo.core.naming import HAN
from kaibo.core.script import name_of, one_spelling

# A size as letters write it, with the digit that belongs to it: 2XL is no two of XL.
SIZE = re.compile(r"\d{0,2}x{0,6}[sml](?![a-z])|x{2,}(?![a-z])|f码|均码")
KIND_OF = re.compile(r"色|款|号|码|尺寸|的")  # what hangs on a part and says nothing
_APART = re.compile(r"[\s_/·()\[\]-]+")
_JOINED = re.compile(rf"([{HAN}]+)({SIZE.pattern}|\d+)")
# What a shop writes before the choice of a buyer: 顏色:黑; Size M
_LABEL = re.compile(
    r"^\s*(?:颜色|色系|尺寸|尺码|大小|规格|款式|型号|容量|口味|香味|选项|种类|"
    r"(?:size|colou?r|style|variants?|variation|options?|spec|model|type)(?![a-z]))\s*[:=]?\s*(?=\S)"
)
_OPTIONS_APART = re.compile(r"[,;|、+]+")
_BRACKETS = re.compile(r"[【】「」『』#]+")
_DIGIT = re.compile(r"\d")
_MEASURED = re.compile(r"\d+(?:\.\d+)?")


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
    """Which variant an order means, as a shop writes it: by its name, or by its options, with labels and in any order (顏色:黑;尺寸:M).

    None where not every option is of one variant: 淺藍 is no 藍. Beside a size stands what else was chosen, where a list tells sizes alone.
    """
    whole = name_of(written, names)
    if whole is not None:
        return whole
    options = _options(written)
    said = _parts(" ".join(options))
    joined = "".join("".join(options).split())
    fitting = [name for name in dict.fromkeys(names) if _joined(name) == joined or _parts_of(name) == said]
    return fitting[0] if len(fitting) == 1 else _the_size(options, names)


def _options(written: str) -> list[str]:
    pieces = _OPTIONS_APART.split(_BRACKETS.sub(" ", one_spelling(written)))
    return [option for piece in pieces if (option := _LABEL.sub("", piece).strip())]


def _the_size(options: Sequence[str], names: Sequence[str]) -> str | None:
    """Beside a size stands what else was chosen, where a list tells sizes alone."""
    if len(options) < 2 or not all(map(_is_size, names)):
        return None
    sizes = [_parts(option) for option in options if _DIGIT.search(option) or any(map(_is_size, _parts(option)))]
    return next((name for name in names if len(sizes) == 1 and _parts_of(name) == sizes[0]), None)


def _joined(name: str) -> str:
    return "".join(_BRACKETS.sub("", one_spelling(name)).split())


def _parts_of(name: str) -> frozenset[str]:
    return _parts(_BRACKETS.sub(" ", one_spelling(name)))


def _parts(spelt: str) -> frozenset[str]:
    """An order counts nothing here: 38號 is 38."""
    return frozenset(map(_short, _pieces(spelt)))


def _is_size(name: str) -> bool:
    plain = _short(one_spelling(name).strip())
    return SIZE.fullmatch(plain) is not None or _MEASURED.fullmatch(plain) is not None
