"""Which of some names a text speaks of in other words: by pairs of signs that no other of them has."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum

HAN_BLOCKS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))
HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in HAN_BLOCKS)
GAPS = re.compile(rf"(?<=[{HAN}]) +|(?<! ) +(?=[{HAN}])")  # looked for once a gap, however long it is
# Words that say nothing of what is asked. Longest first; each begins with a character, which makes the search quick.
HOLLOW = re.compile(
    r"可不可以|能不能|会不会|有没有|是不是|要不要|请问|想问|什么|怎么|如何|多少|多久|可以|这个|这款|那个|一起|一下|现在|"
    r"[吗呢吧啊呀喔哦了的是有没不能会要用跟和与及也都就很在给哪几个]"
)
HOLLOW_LATIN = frozenset(
    (
        "is",
        "it",
        "this",
        "that",
        "the",
        "an",
        "ok",
        "for",
        "to",
        "of",
        "do",
        "does",
        "can",
        "you",
        "use",
        "with",
        "and",
        "or",
        "how",
        "what",
        "when",
        "are",
        "there",
        "my",
        "on",
        "in",
    )
)
RUNS = re.compile(rf"[a-z]{{2,}}|(?:[{HAN}]|[a-z0-9](?![a-z0-9]))+")
CODES = re.compile(r"[a-z0-9][a-z0-9_-]*")
LATIN_WORD = re.compile(r"[a-z]{2,}")


@lru_cache(maxsize=65_536)
def words_of(text: str) -> frozenset[str]:
    """Character bigrams and Latin words of a tidied text, without the hollow ones."""
    found: list[str] = []
    closed = GAPS.sub("", text) if " " in text else text
    for run in RUNS.findall(HOLLOW.sub("|", closed)):
        if run.isascii():
            if len(run) >= 2 and run not in HOLLOW_LATIN:
                found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return frozenset(found)


class Naming:
    """Finds whose name a text speaks of: by its code, or by words of its names that no other has."""

    def __init__(self, codes: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Learn them, in one spelling: who has a code, and all that each is called."""
        self._codes = codes
        self._owners: dict[str, dict[str, None]] = {}
        for owner, called in names.items():
            for word in sorted(words_of(called)):
                self._owners.setdefault(word, {})[owner] = None
        self._openings = frozenset(word[0] for word in (*codes, *self._owners))

    def named(self, text: str) -> str:
        """Whose name it is, "" for none or for a tie. Two words shared by two are as good as one of its own."""
        if self._openings.isdisjoint(text):  # most comments name nothing: one look at their characters says so
            return ""
        for code in CODES.findall(text):
            if code in self._codes:
                return self._codes[code]
        shares: dict[str, list[float]] = {}
        for word in sorted(words_of(text)):
            owners = self._owners.get(word, ())
            for owner in owners:
                shares.setdefault(owner, []).append(1 / len(owners))
        return _alone(shares) if shares else ""

    def without(self, text: str) -> str:
        """The text with a blank for every word that stands in one of the names."""
        if self._openings.isdisjoint(text):
            return text
        spoken = [False] * len(text)
        for found in LATIN_WORD.finditer(text):
            if found[0] in self._owners:
                spoken[found.start() : found.end()] = [True] * len(found[0])
        for place in range(len(text) - 1):
            if text[place : place + 2] in self._owners and not text[place : place + 2].isascii():
                spoken[place] = spoken[place + 1] = True
        return "".join(" " if heard else sign for sign, heard in zip(text, spoken, strict=True))


def _alone(shares: Mapping[str, Sequence[float]]) -> str:
    """Who has the most, and at least one word's worth; "" for none or for a tie. A half, a third and a sixth are one, in any order."""
    ranked = sorted(((fsum(parts), owner) for owner, parts in shares.items()), key=lambda pair: -pair[0])
    tied = len(ranked) > 1 and ranked[1][0] == ranked[0][0]
    return "" if tied or ranked[0][0] < 1 else ranked[0][1]
