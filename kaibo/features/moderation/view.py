"""The word lists as the team sees them, with what they catch."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from kaibo.core.event import Event, Fact
from kaibo.core.feature import View, keys_of, row_of
from kaibo.features.moderation.facts import (
    CommentsCaught,
    CommentsReleased,
    Hit,
    PhrasesAllowed,
    PhrasesDisallowed,
    RulesTaken,
    WordRule,
    WordsAdded,
    WordsRemoved,
)
from kaibo.features.moderation.state import Lists

LIST_FACTS = (WordsAdded, WordsRemoved, PhrasesAllowed, PhrasesDisallowed, RulesTaken)


class WordRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `moderation.words`, key rule_id: a line of the list, what it caught in this show, and how much of that people let go."""

    rule: WordRule
    caught: int = 0
    released: int = 0


class AllowedRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `moderation.allowed`, key the phrase: where it stands, no word of the list is meant."""

    phrase: str
    at: int


@dataclass(slots=True)
class Words:
    """The list, the rule that caught each comment, and the rows."""

    lists: Lists = field(default_factory=Lists)
    rows: dict[str, WordRow] = field(default_factory=dict[str, WordRow])
    by: dict[str, str] = field(default_factory=dict[str, str])


def _count(words: Words, hit: Hit) -> bool:
    row = words.rows.get(hit.rule_id)
    if row is None:
        return False
    words.by[hit.ref] = hit.rule_id
    words.rows[hit.rule_id] = replace(row, caught=row.caught + 1)
    return True


def _relist(words: Words, fact: Fact) -> list[str]:
    before = dict(words.lists.rules)
    words.lists.fold(fact)
    after = words.lists.rules
    changed = [rule_id for rule_id in {**before, **after} if before.get(rule_id) != after.get(rule_id)]
    for rule_id in changed:
        if rule_id in after:
            words.rows[rule_id] = replace(words.rows.get(rule_id, WordRow(rule=after[rule_id])), rule=after[rule_id])
        else:
            del words.rows[rule_id]
    return changed


def fold_words(words: Words, event: Event[Fact]) -> Iterable[str]:
    """Lines come and go; what they catch is counted, and so is what people let go of it."""
    match event.fact:
        case CommentsCaught(hits=hits):
            return {hit.rule_id for hit in hits if _count(words, hit)}
        case CommentsReleased(comment_refs=refs, by_rules=False):
            return {rule_id for ref in refs if (rule_id := _let_go(words, ref))}
        case _:
            return _relist(words, event.fact)


def _let_go(words: Words, ref: str) -> str:
    rule_id = words.by.pop(ref, "")
    row = words.rows.get(rule_id)
    if row is None:
        return ""
    words.rows[rule_id] = replace(row, released=row.released + 1)
    return rule_id


def fold_allowed(rows: dict[str, AllowedRow], event: Event[Fact]) -> Iterable[str]:
    """Phrases come and go."""
    fact = event.fact
    match fact:
        case PhrasesAllowed(phrases=added):
            gone: tuple[str, ...] = ()
        case PhrasesDisallowed(phrases=gone):
            added = ()
        case RulesTaken(allowed=added, disallowed=gone):
            pass
        case _:
            return ()
    for phrase in gone:
        rows.pop(phrase, None)
    rows.update({phrase: AllowedRow(phrase=phrase, at=event.at) for phrase in added})
    return (*gone, *added)


WORDS = View(
    name="moderation.words",
    row=WordRow,
    reads=(*LIST_FACTS, CommentsCaught, CommentsReleased),
    state=Words,
    fold=fold_words,
    keys=lambda words: words.rows.keys(),
    get=lambda words, key: words.rows.get(key),
    duty="moderation.read",
    pace_ms=500,
)
ALLOWED = View(
    name="moderation.allowed",
    row=AllowedRow,
    reads=LIST_FACTS,
    state=dict,
    fold=fold_allowed,
    keys=keys_of,
    get=row_of,
    duty="moderation.read",
)
