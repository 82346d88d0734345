"""Looks for the words of a list in comments: as written, with gaps and look-alikes, and by their sound.

Each batch is searched as one text, in linear time whatever the list (RE2), and only the lines with something in them are
looked at closely. What is found inside an allowed phrase is not meant.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

import re2 as untyped_re2

from kaibo.core.errors import Refusal
from kaibo.features.audience.facts import tidy
from kaibo.features.moderation.facts import How, WordRule
from kaibo.features.moderation.spelling import alike, is_han, sounded, squeezed

re2: Any = untyped_re2  # the package brings no types
PATTERN_MEMORY = 1 << 20  # bytes one expression may take: RE2 refuses what would be larger
LIST_MEMORY = 1 << 26
LOOSE_FROM = 2  # one sign alone is only looked for as it is written
SURE_FROM = 3  # a word of so many characters is known by its sound more surely than one of two
LIKENESS_SHORT, LIKENESS_LONG = 0.8, 0.7
HARMLESS = (
    "好",
    "你好",
    "主播好漂亮",
    "hello",
    "請問多少錢？",
    "+1",
    "666",
)  # a pattern that catches most of these catches everybody
HARMLESS_CAUGHT_MAX = 2
SEVERITY = {"mark": 0, "hide": 1, "mute": 2}


class WordEmpty(Refusal):
    """Nothing is left of it to look for."""

    code = "moderation.word_empty"
    status = 422
    text: str


class PatternBroken(Refusal):
    """No expression that RE2 reads."""

    code = "moderation.pattern_broken"
    status = 422
    text: str
    why: str


class PatternCatchesAll(Refusal):
    """It would catch what everybody says."""

    code = "moderation.pattern_catches_all"
    status = 422
    text: str
    example: str


@dataclass(frozen=True, slots=True)
class Found:
    """A comment has a word of the list in it; `how`: exact, pattern, loose or sound."""

    rule: WordRule
    how: How


def _options(memory: int) -> Any:
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    options.case_sensitive = False
    return options


def _compiled(expression: str, memory: int = PATTERN_MEMORY) -> Any:
    return re2.compile(expression, _options(memory))


def _pattern_text(text: str) -> str:
    """An expression in the one script of what it is laid on; its signs stay as they are."""
    return "".join([tidy((sign,))[0] if is_han(sign) else sign for sign in text])


def _pattern(text: str) -> Any:
    try:
        return _compiled(_pattern_text(text))
    except re2.error as error:
        why = error.args[0] if error.args else error
        raise PatternBroken(text=text, why=why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)) from error


def check(rule: WordRule) -> None:
    """Raises WordEmpty, PatternBroken or PatternCatchesAll for what cannot serve."""
    if rule.kind == "word":
        if not tidy((rule.text,))[0].strip():
            raise WordEmpty(text=rule.text)
        return
    pattern = _pattern(rule.text)
    caught = [text for text in HARMLESS if pattern.search(tidy((text,))[0])]
    if len(caught) > HARMLESS_CAUGHT_MAX or pattern.search(""):
        raise PatternCatchesAll(text=rule.text, example=caught[0] if caught else "")


class Line:
    """One rule made ready: where it is in a tidied text, and in a squeezed one."""

    def __init__(self, rule: WordRule) -> None:
        """Compile once; a rule that was checked compiles."""
        self.rule = rule
        self.needle = tidy((rule.text,))[0].strip() if rule.kind == "word" else ""
        self.plain = _written(self.needle) if self.needle else _pattern_text(rule.text)
        self.pattern = _compiled(self.plain)
        word = squeezed(tidy((rule.text,))[0]) if rule.kind == "word" and rule.match != "exact" else ""
        self.word = word if len(word) >= LOOSE_FROM and "\n" not in word else ""
        self.sound = sounded(self.word) if rule.match == "sound" else self.word
        self.likeness = LIKENESS_LONG if sum(map(is_han, self.word)) >= SURE_FROM else LIKENESS_SHORT

    def in_plain(self, text: str) -> Iterable[tuple[int, int]]:
        """Spans of a tidied text that it is in, as written."""
        if self.needle not in text:  # of a long list nearly every word is sent home here
            return ()
        return (found.span() for found in self.pattern.finditer(text))

    def in_squeezed(self, text: str, sounds: str) -> Iterable[tuple[int, int, How]]:
        """Spans of a squeezed text that it is in, and how: loose or sound."""
        if not self.word:
            return
        where = sounds if self.rule.match == "sound" else text
        start = where.find(self.sound)
        while start >= 0:
            end = start + len(self.word)
            heard = text[start:end]
            if heard == self.word:
                yield start, end, "loose"
            elif alike(self.word, heard) >= self.likeness:
                yield start, end, "sound"
            start = where.find(self.sound, start + 1)


def _written(word: str) -> str:
    """A word as an expression; Latin ones are whole words, so that ass is not in class."""
    before = r"\b" if word[0].isascii() and word[0].isalnum() else ""
    after = r"\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + re2.escape(word) + after


@lru_cache(maxsize=4_096)
def _line(rule: WordRule) -> Line:
    return Line(rule)


class Rulebook:
    """The rules of one source and the phrases that excuse, ready to search with."""

    def __init__(self, rules: Iterable[WordRule], allowed: Iterable[str]) -> None:
        """Compile the list; costs about a millisecond for a hundred words."""
        self._made_of = tuple(rules), tuple(allowed)
        rules, allowed = self._made_of
        self.lines = [_line(rule) for rule in rules]
        words = [line for line in self.lines if line.word]
        sounding = [line for line in words if line.rule.match == "sound"]
        self._squeezes, self._sounds = bool(words), bool(sounding)
        self._plain = _any_of([line.plain for line in self.lines])
        self._loose = _any_of([re2.escape(line.word) for line in words if line.rule.match != "sound"])
        self._sound = _any_of([re2.escape(line.sound) for line in sounding])
        tidied = tidy(allowed)
        self._allowed = _not_empty(tidied)
        self._allowed_squeezed = _not_empty(map(squeezed, tidied))

    def __reduce__(self) -> tuple[type["Rulebook"], tuple[tuple[WordRule, ...], tuple[str, ...]]]:
        """A snapshot holds the rules: what they compile to belongs to a process."""
        return Rulebook, self._made_of

    def screen(self, texts: Sequence[str]) -> dict[int, Found]:
        """Which of some tidied texts have a word of the list, by index; the gravest where there are several."""
        if not self.lines or not texts:
            return {}
        places = set(_lines_of(self._plain, texts))
        squeezes = [squeezed(text).replace("\n", "\0") for text in texts] if self._squeezes else []
        places.update(_lines_of(self._loose, squeezes))
        if self._sounds:
            places.update(_lines_of(self._sound, sounded("\n".join(squeezes)).split("\n")))
        found = {place: self.closely(texts[place]) for place in sorted(places)}
        return {place: one for place, one in found.items() if one is not None}

    def closely(self, text: str) -> Found | None:
        """The gravest rule a tidied text falls under, None when all is excused."""
        squeeze = squeezed(text) if self._squeezes else ""
        sounds = sounded(squeeze) if self._sounds else ""
        best: Found | None = None
        for line in self.lines:
            if best is not None and SEVERITY[line.rule.does] <= SEVERITY[best.rule.does]:
                continue
            how = self._how(line, text, squeeze, sounds)
            if how:
                best = Found(line.rule, how)
        return best

    def _how(self, line: Line, text: str, squeeze: str, sounds: str) -> How:
        for start, end in line.in_plain(text):
            if not _inside(self._allowed, text, start, end):
                return "pattern" if line.rule.kind == "pattern" else "exact"
        for start, end, how in line.in_squeezed(squeeze, sounds):
            if not _inside(self._allowed_squeezed, squeeze, start, end) and _whole(line.word, text, squeeze, start, end):
                return how
        return ""


def _not_empty(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]


def _any_of(expressions: Sequence[str]) -> Any:
    return _compiled("|".join(f"(?:{expression})" for expression in expressions), LIST_MEMORY) if expressions else None


def _lines_of(pattern: Any, texts: Sequence[str]) -> Iterable[int]:
    """In which of the texts the expression finds something: all of them in one search."""
    if pattern is None or not texts:
        return []
    ends = list(accumulate(len(text) + 1 for text in texts))
    return [bisect_right(ends, found.start()) for found in pattern.finditer("\n".join(texts))]


def _inside(phrases: Sequence[str], text: str, start: int, end: int) -> bool:
    for phrase in phrases:
        place = text.find(phrase)
        while place >= 0:
            if place <= start and end <= place + len(phrase):
                return True
            place = text.find(phrase, place + 1)
    return False


def _whole(word: str, text: str, squeeze: str, start: int, end: int) -> bool:
    """A Latin word is one only between the edges of words: his cam is no scam, s c a m is one."""
    if not word.isascii():
        return True
    starts, ends = _edges(text)
    return start in starts and end in ends if len(squeeze) == max(ends, default=0) else False


@lru_cache(maxsize=4_096)
def _edges(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Where in the squeezed text Latin words of a tidied one begin and end."""
    starts, ends, place = set[int](), set[int](), 0
    for piece in text.split():
        size = len(squeezed(piece))
        if size:
            starts.add(place)
            place += size
            ends.add(place)
    return frozenset(starts), frozenset(ends)
