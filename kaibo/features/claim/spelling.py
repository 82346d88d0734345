"""How a name may be written: whole, or in its parts, in whatever order and with whatever stands between them (黑 M, 黑M, M號黑色)."""

import re
from collections.abc import Iterable, Sequence

from kaibo.core.script import one_spelling
from kaibo.core.variants import KIND_OF, parts_of

_BETWEEN = re.compile(rf"(?:{KIND_OF.pattern})*[ _/·-]*")
_HALF = re.compile(r"\.\d|半")  # 38.5 is not 38


class Names:
    """Names in one spelling, longest first; a Latin letter or a digit at an end must not go on beyond it."""

    def __init__(self, names: Iterable[str], *, numbered: bool = False) -> None:
        """Learn them. `numbered`: 口紅 02 means #02, where no other is called so, and 38.5 is not 38."""
        self._of: dict[str, str] = {}
        self._numbered = numbered
        for name in names:
            spelt = one_spelling(name).strip()
            if spelt:
                self._of.setdefault(spelt, name)
        if numbered:
            for spelt, name in list(self._of.items()):
                self._of.setdefault(spelt.lstrip("#") or spelt, name)
        longest = sorted(self._of, key=lambda name: (-len(name), name))
        self._any: re.Pattern[str] | None = None
        if longest:
            self._any = re.compile("|".join(re.escape(name) for name in longest))
            self._each = [(name, re.compile(re.escape(name))) for name in longest]

    def anywhere(self, text: str) -> bool:
        """Whether one may stand somewhere in a text: a quick look before the careful one."""
        return self._any is not None and self._any.search(text) is not None

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The longest that begins here, and where it ends."""
        if self._any is None or not self._any.match(text, place):
            return None
        for spelt, pattern in self._each:
            end = place + len(spelt)
            if pattern.match(text, place) and not _runs_on(text, place, end) and not (self._numbered and _HALF.match(text, end)):
                return self._of[spelt], end
        return None


class Variants:
    """What a product comes in, by whole names and by parts of them."""

    def __init__(self, names: Sequence[str]) -> None:
        """Learn them."""
        self._whole = Names(names, numbered=True)
        self._parts = {name: parts_of(name) for name in dict.fromkeys(names)}
        # Whole names of one part say all there is; only others are looked for in pieces.
        plain = all(parts == frozenset((one_spelling(name).strip(),)) for name, parts in self._parts.items())
        self._part = None if plain else Names({part for parts in self._parts.values() for part in parts}, numbered=True)

    def anywhere(self, text: str) -> bool:
        """Whether one, or a part of one, may stand somewhere in a text."""
        return self._whole.anywhere(text) or (self._part is not None and self._part.anywhere(text))

    def at(self, text: str, place: int) -> tuple[str | None, int] | None:
        """The variant that is written from here on, and where it ends; None for its name where several may be meant."""
        whole, pieces = self._whole.at(text, place), self._pieces(text, place)
        return pieces if pieces is not None and (whole is None or pieces[1] > whole[1]) else whole

    def _pieces(self, text: str, place: int) -> tuple[str | None, int] | None:
        """As many parts as one variant has together: 黑/白 are not of one."""
        if self._part is None:
            return None
        said: set[str] = set()
        end, after = place, place
        while found := self._part.at(text, after):
            if found[0] in said or not self._with({*said, found[0]}):
                break
            said.add(found[0])
            end = found[1]
            between = _BETWEEN.match(text, end)
            after = between.end() if between else end
        return (self._meant(said), end) if said else None

    def _with(self, said: set[str]) -> list[str]:
        return [name for name, parts in self._parts.items() if said <= parts]

    def _meant(self, said: set[str]) -> str | None:
        fitting = self._with(said)
        exact = [name for name in fitting if self._parts[name] == frozenset(said)]
        return next((found[0] for found in (exact, fitting) if len(found) == 1), None)


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether the name is only part of a longer Latin word or number."""
    before = start > 0 and _same(text[start - 1], text[start])
    return before or (end < len(text) and _same(text[end - 1], text[end]) and not _multiplies(text, end))


def _same(left: str, right: str) -> bool:
    return (left.isdigit() and right.isdigit()) or (left.isascii() and left.isalpha() and right.isascii() and right.isalpha())


def _multiplies(text: str, place: int) -> bool:
    """`小熊sx2`: an x before a number is a sign, whatever stands before it."""
    return text[place] == "x" and text[place + 1 : place + 2].isdigit()
