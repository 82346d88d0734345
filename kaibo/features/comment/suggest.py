"""Answers for a question: from the product's sheet, from this evening, and from earlier shows, the likest first.

Found by pairs of characters, so a word of two characters is found; a search by three is blind to most of Chinese.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Literal

import msgspec

from kaibo.core.naming import HOLLOW, RUNS, words_of
from kaibo.features.audience.facts import tidy
from kaibo.features.comment.facts import KnownAnswer
from kaibo.features.product.facts import ProductSheet

ANSWER_SHARE_MIN = 0.5  # of the shorter of the two texts: "孕婦?" must find 「孕婦可以用嗎」, a chance pair must not
SUGGESTIONS_MAX = 3
BOOK_MAX = 1_000
Source = Literal["sheet", "show", "team"]
RANK = {"sheet": 0, "show": 1, "team": 2}  # of equally like ones the sheet's is approved by whoever answers for it


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """An answer at hand. `source` is sheet, show (given this evening) or team (an earlier show, `show_title`)."""

    answer: str
    question: str
    source: Source
    product_id: str = ""
    show_title: str = ""


@dataclass(slots=True)
class AnswerBook:
    """Answers given before, found by the words of their questions. The same question of a product again: the new answer counts."""

    entries: dict[tuple[str, str], Suggestion] = field(default_factory=dict[tuple[str, str], Suggestion])
    index: dict[str, dict[tuple[str, str], None]] = field(default_factory=dict[str, dict[tuple[str, str], None]])

    def add(self, known: KnownAnswer, source: Source) -> bool:
        """Learn an answer; is it news? One from another show does not replace this evening's."""
        words = gist(tidy((known.question,))[0], "")
        place = (known.product_id, " ".join(sorted(words)))
        before = self.entries.get(place)
        if not words or not known.answer or (source == "team" and before is not None and before.source == "show"):
            return False
        self.entries.pop(place, None)
        self.entries[place] = Suggestion(
            answer=known.answer,
            question=known.question,
            source=source,
            product_id=known.product_id,
            show_title=known.show_title if source == "team" else "",
        )
        for word in sorted(_postings(known.question)):
            self.index.setdefault(word, {})[place] = None
        for oldest in list(islice(self.entries, max(0, len(self.entries) - BOOK_MAX))):
            self._forget(oldest)
        return True

    def _forget(self, place: tuple[str, str]) -> None:
        for word in sorted(_postings(self.entries.pop(place).question)):
            posted = self.index.get(word, {})
            posted.pop(place, None)
            if not posted:
                self.index.pop(word, None)

    def near(self, words: frozenset[str]) -> Iterable[Suggestion]:
        """Answers whose question shares a word."""
        places = dict.fromkeys(place for word in sorted(words) for place in self.index.get(word, ()))
        return [self.entries[place] for place in places]


def _postings(question: str) -> frozenset[str]:
    """Under which words and single characters a question is found."""
    tidied = tidy((question,))[0]
    return words_of(tidied) | frozenset("".join(RUNS.findall(HOLLOW.sub("|", tidied))))


@lru_cache(maxsize=16_384)
def gist(text: str, name: str) -> frozenset[str]:
    """What a tidied text asks, beside the name of its product (tidied): two questions that share only that ask nothing alike.

    Pairs of characters, Latin words, and a character that stands alone once name and hollow words are gone: 黏 of 護手霜會黏嗎.
    """
    rest, known = without_name(text, name), words_of(name)
    alone = [run for run in RUNS.findall(HOLLOW.sub("|", rest)) if len(run) == 1 and not run.isascii()]
    return words_of(rest) - known | frozenset(alone)


def without_name(text: str, name: str) -> str:
    """A tidied text with a bar for each sign of the product's name, whole or in part."""
    known = words_of(name)
    if not known:
        return text
    signs = list(text)
    for place in range(len(text) - 1):
        if text[place : place + 2] in known:
            signs[place] = signs[place + 1] = "|"
    return "".join(signs)


def suggest(text: str, sheet: ProductSheet | None, book: AnswerBook) -> tuple[Suggestion, ...]:
    """The best answers to a tidied question about a product (None: about the shop). No answer is better than a wrong one."""
    name, product_id = (tidy((sheet.name,))[0], sheet.product_id) if sheet else ("", "")
    asked = gist(text, name)
    ours = of_the_sheet(sheet) if sheet else []
    others = [known for known in book.near(asked) if known.product_id in ("", product_id) and _may_be_said(known.answer, sheet)]
    marked = [(likeness(asked, gist(tidy((one.question,))[0], name)), one) for one in (*ours, *others)]
    ranked = sorted((pair for pair in marked if pair[0]), key=lambda pair: (-pair[0], RANK[pair[1].source]))
    answers: dict[str, Suggestion] = {}
    for _, one in ranked:
        answers.setdefault(one.answer, one)
    return tuple(answers.values())[:SUGGESTIONS_MAX]


def likeness(asked: frozenset[str], known: frozenset[str]) -> float:
    """How much two questions share of the shorter, more words shared before fewer; 0 below the least share."""
    shared = len(asked & known)
    if not shared:
        return 0.0
    share = shared / min(len(asked), len(known))
    return share + shared / 100 if share >= ANSWER_SHARE_MIN else 0.0


def of_the_sheet(sheet: ProductSheet) -> list[Suggestion]:
    """The answers that the sheet has."""
    return [
        Suggestion(answer=doubt.answer, question=doubt.question, source="sheet", product_id=sheet.product_id)
        for doubt in sheet.doubts
        if doubt.answer
    ]


def _may_be_said(answer: str, sheet: ProductSheet | None) -> bool:
    """What the sheet forbids is not suggested because another evening said it."""
    return sheet is None or not any(word in answer for word in sheet.must_not_say)
