"""A comment cut into the words of ordering, against the keywords and variants of one show."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kaibo.core.naming import Naming
from kaibo.core.script import one_spelling
from kaibo.core.variants import KIND_OF, SIZE
from kaibo.features.claim import words
from kaibo.features.claim.spelling import Names, Variants

Kind = Literal[
    "product", "variant", "part", "number", "size", "each", "cancel", "minus", "prefix", "filler", "emote", "plus", "hard", "space",
    "junk", "ask",
]  # fmt: skip
ALL_VARIANTS = "*"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the keyword or variant as the catalogue writes it; a number has `value` (None: cannot be a quantity).

    `marked`: written as a quantity (`+2`, `x2`, `2個`); `sign` is the mark before it, `measure` the word of counting behind it,
    `unit` the word that makes it something else.
    """

    kind: Kind
    text: str = ""
    value: int | None = None
    marked: bool = False
    sign: str = ""
    measure: str = ""
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Keywords with their variants, ready to be found; `names` of products beside them, by what each means: "" for more than one.

    Made anew when a keyword changes; compared by identity.
    """

    products: Mapping[str, Sequence[str]]
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    _keywords: Names = field(init=False)
    _variants: dict[str, Variants] = field(init=False)
    naming: Naming = field(init=False)

    def __post_init__(self) -> None:
        """Learn the names."""
        object.__setattr__(self, "_keywords", Names((*self.products, *self.names)))
        object.__setattr__(self, "_variants", {key: Variants(values) for key, values in self.products.items() if values})
        object.__setattr__(self, "naming", self._naming())

    def _naming(self) -> Naming:
        """By which words people speak of a product that they do not call by its name."""
        called = {keyword: [keyword, *variants] for keyword, variants in self.products.items()}
        for name, keyword in self.names.items():
            if keyword:
                called[keyword].append(name)
        return Naming({}, {keyword: one_spelling(" | ".join(names)) for keyword, names in called.items()})

    def keyword_at(self, text: str, place: int) -> tuple[str, int] | None:
        """The longest keyword or name that begins here, and where it ends."""
        return self._keywords.at(text, place)

    def meant(self, written: str) -> str:
        """The keyword that a keyword or a name stands for; "" where it may be another product's."""
        return written if written in self.products else self.names[written]

    def variant_at(self, keyword: str, text: str, place: int) -> tuple[str | None, int] | None:
        """The variant of a product that begins here, and where it ends; None for it where more than one may be meant."""
        variants = self._variants.get(keyword)
        return variants.at(text, place) if variants else None

    def says_variant(self, keyword: str, text: str) -> bool:
        """Whether a variant of a product may stand somewhere in the text."""
        variants = self._variants.get(keyword)
        return variants is not None and variants.anywhere(text)

    def names_any(self, text: str) -> bool:
        """Whether a keyword may stand somewhere in the text: a quick look before the careful one."""
        return self._keywords.anywhere(text)


@dataclass(slots=True)
class Scanner:
    """Reads a comment in one spelling from left to right; `target` is the product whose variants are meant."""

    text: str
    catalogue: Catalogue
    target: str | None
    place: int = 0
    tokens: list[Token] = field(default_factory=list[Token])
    numbered: bool = False  # the product named last has a number of its own

    def scan(self) -> Sequence[Token]:
        """All tokens. Every character ends up in one of them."""
        while self.place < len(self.text):
            self.tokens.append(self._next())
        return self.tokens

    def _next(self) -> Token:
        for read in (self._joint, self._name, self._decoration, self._size, self._number, self._word):
            token = read()
            if token is not None:
                return token
        character = self.text[self.place]
        latin = _LATIN.match(self.text, self.place)
        self.place = latin.end() if latin else self.place + 1
        if character.isspace():
            return Token("space")
        if character.isalnum() or character in "-#%^_\\":
            return Token("junk", latin[0] if latin else character)
        return Token("filler", character)

    def _name(self) -> Token | None:
        found = self.catalogue.keyword_at(self.text, self.place)
        if found and not (found[0].isdigit() and self._counts(found[1])):
            self.target, self.place = self.catalogue.meant(found[0]) or None, found[1]
            self.numbered = False
            return Token("product", found[0])
        if self.target is None:
            return None
        variant = self.catalogue.variant_at(self.target, self.text, self.place)
        if variant is not None and not (self.text[self.place : variant[1]].isdigit() and self._sign()):
            self.place = variant[1]
            self._skip(KIND_OF)
            return Token("variant", variant[0]) if variant[0] is not None else Token("part")
        return None

    def _joint(self) -> Token | None:
        """T02-黑M: what joins a product and its variant says nothing."""
        if self.text[self.place] not in "-_" or self.target is None or not self.tokens or self.tokens[-1].kind != "product":
            return None
        after = self.place + 1
        if self.text[after : after + 1].isdigit() or not self.catalogue.variant_at(self.target, self.text, after):
            return None
        self.place = after
        return Token("space")

    def _decoration(self) -> Token | None:
        """What says nothing; a name of the shop in brackets does."""
        found = words.DECORATION.match(self.text, self.place)
        if found is None or any(self._says(place) for place in range(found.start() + 1, found.end())):
            return None
        self.place = found.end()
        return Token("emote", found[0]) if any(character.isdigit() for character in found[0]) else Token("space")

    def _says(self, place: int) -> bool:
        names = self.catalogue
        return bool(names.keyword_at(self.text, place) or (self.target and names.variant_at(self.target, self.text, place)))

    def _size(self) -> Token | None:
        """A size that is none of the product's, read whole; in L+1XL+2 the digit behind the sign is how many of L."""
        found = SIZE.match(self.text, self.place) or self._apart()
        if found is None or self._goes_on_before() or (found[0][0].isdigit() and self._sign() and self._sized()):
            return None
        self.place = found.end()
        self._skip(KIND_OF)
        return Token("size", found[0])

    def _apart(self) -> re.Match[str] | None:
        """2 XL before anything else of the product: behind a variant or a sign the digit is how many."""
        found = words.APART_SIZE.match(self.text, self.place)
        if found is None:
            return None
        before = next((token.kind for token in reversed(self.tokens) if token.kind not in ("space", "filler")), "")
        return None if before in ("variant", "part", "plus") else found

    def _goes_on_before(self) -> bool:
        before, first = self.text[self.place - 1 : self.place], self.text[self.place]
        return (
            first.isalpha()
            and before.isascii()
            and before.isalpha()
            and not (self.tokens and self.tokens[-1].kind in ("plus", "variant", "part"))
        )

    def _sized(self) -> bool:
        """Whether a variant stands right before the sign."""
        before = [token.kind for token in self.tokens if token.kind not in ("space", "filler")]
        return before[-2:] == ["variant", "plus"]

    def _counts(self, end: int) -> bool:
        """A keyword of digits alone is a quantity after a sign or a product that has none yet, or before a measure."""
        waiting = self.target is not None and not self.numbered and any(token.kind == "product" for token in self.tokens)
        return bool(self._sign()) or waiting or words.MEASURE.match(self.text, end) is not None

    def _sign(self) -> str:
        """The sign right before this place, "" for none; `++` is one plus."""
        before = next((token for token in reversed(self.tokens) if token.kind != "space"), None)
        return before.text[0] if before is not None and before.kind == "plus" else ""

    def _number(self) -> Token | None:
        money = words.MONEY.match(self.text, self.place)
        if money:
            self.place = money.end()
            return Token("junk", money[0])
        figures = words.FIGURES.match(self.text, self.place)
        if not figures:
            return None
        self.place = figures.end()
        sign = self._sign()
        if self.text[self.place : self.place + 1] == "-" and self.text[self.place + 1 : self.place + 2].isalnum():
            return Token("junk", figures[0])
        self.numbered = True
        value = words.quantity(figures[0])
        measure = self._skip(words.MEASURE)
        if other := self._skip(words.NO_PIECES):
            return Token("number", figures[0], None, sign=sign, unit=other)
        if not measure:
            few = value is not None and value < words.SIZE_LEAST  # +2塊 are pieces, +100塊 is money
            blocks = sign and few and self._skip(_BLOCKS)
            if not blocks and (unit := self._unit()):
                return Token("number", figures[0], None, sign=sign, unit=unit)
        return Token("number", figures[0], value, marked=bool(measure or sign), sign=sign, measure=measure)

    def _unit(self) -> str:
        """The word by which the number just read counts something else; `2 L` is two of size L where there is one."""
        unit = words.UNIT.match(self.text, self.place)
        start = self.place + (self.text[self.place : self.place + 1] == " ")
        if unit is None or (self.target and self.catalogue.variant_at(self.target, self.text, start)):
            return ""
        self.place = unit.end()
        return unit[0].strip()

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Pass over the words that may follow, a blank between is fine; the word passed over, "" for none."""
        start = self.place
        while start < len(self.text) and self.text[start] == " ":
            start += 1
        found = pattern.match(self.text, start)
        if found:
            self.place = found.end()
        return found[0] if found else ""

    def _word(self) -> Token | None:
        if not _ANY_WORD.match(self.text, self.place):
            return None
        for kind, pattern in _WORDS:
            found = pattern.match(self.text, self.place)
            if found and self._fits(kind, found):
                self.place = found.end()
                return Token(kind, ALL_VARIANTS if pattern is words.ALL else found[0])
        return None

    def _fits(self, kind: Kind, found: re.Match[str]) -> bool:
        match kind:
            case "variant":  # 包 is a measure too: only right after a product that comes in variants, or its plus sign
                times = found[0] == "*" and _COUNT.match(self.text, found.end())
                return self._after_product() and not times and self.text[found.end() : found.end() + 1] != "*"
            case "filler" if words.ARTICLE.fullmatch(found[0]):
                return not self._names_one()
            case "minus":
                return not _GOES_ON.match(self.text, found.end())
            case _:
                return True

    def _names_one(self) -> bool:
        """Whether a product or a variant was the last that said something."""
        before = next(
            (token.kind for token in reversed(self.tokens) if token.kind not in ("space", "filler", "emote", "hard")), ""
        )
        return before in ("product", "variant", "part")

    def _after_product(self) -> bool:
        before = next(
            (token for token in reversed(self.tokens) if token.kind not in ("space", "plus", "filler", "prefix", "emote")), None
        )
        return self.target is not None and (before is None or before.kind in ("product", "hard"))


_LATIN = re.compile(r"[a-z]+")
_COUNT = re.compile(rf"\s*[0-9{words.NUMERAL}]")
_GOES_ON = re.compile(r"\s*[\w-]")
_BLOCKS = re.compile("块")
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("variant", words.ALL),
    ("cancel", words.CANCEL),
    ("ask", words.QUESTION),
    ("prefix", words.PREFIX),
    ("filler", words.FILLER),
    ("filler", words.ARTICLE),
    ("each", words.EACH),
    ("plus", words.MARK),
    ("hard", words.HARD),
    ("minus", re.compile("-")),
)
_ANY_WORD = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _WORDS))
# Without a product's name only these order anything: a plus, a minus, a word of wanting or cancelling, all variants.
_BARE = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in (words.PREFIX, words.CANCEL, words.ALL)) + "|[+加x*-]")


def may_be_bare(text: str) -> bool:
    """Whether a text that names no product and no variant may be about the one on air all the same."""
    return _BARE.search(text) is not None


def listed(tokens: Sequence[Token]) -> bool:
    """1個A01 2個A12: every product has its number before it, and none is left over."""
    told = [token for token in tokens if token.kind in ("product", "number")]
    before, after = told[::2], told[1::2]
    unsigned = all(token.kind == "number" and token.sign == "" for token in before)
    return len(before) == len(after) > 1 and unsigned and all(token.kind == "product" for token in after)


def ranged(tokens: Sequence[Token]) -> bool:
    """Whether from one variant to another is said."""
    said = [token for token in tokens if token.kind not in ("space", "emote")]
    return any(
        here.text in words.RANGE and {before.kind, after.kind} <= {"variant", "part"}
        for before, here, after in zip(said, said[1:], said[2:], strict=False)
    )


def names_next(rest: Sequence[Token]) -> bool:
    """Whether a product without a number of its own comes next: 兩個A01."""
    following = [token for token in rest if token.kind not in ("space", "filler", "prefix", "emote")]
    if not following or following[0].kind != "product":
        return False
    return not any(token.kind == "number" for token in following[1:])
