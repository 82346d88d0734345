"""What the rules must remember: the lists, who is muted, what is hidden, and the comments of late."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TypeAlias

from kaibo.core.event import Command, Event, Fact
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.moderation.commands import EndMutes
from kaibo.features.moderation.facts import (
    CommentsCaught,
    CommentsHidden,
    CommentsReleased,
    ModerationSettled,
    Person,
    PhrasesAllowed,
    PhrasesDisallowed,
    RulesTaken,
    Said,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    WordRule,
    WordsAdded,
    WordsRemoved,
)
from kaibo.features.moderation.words import Rulebook

RECENT_COMMENTS = 20_000  # kept whole for as long as they may still be looked through: far more than a reader lags
TEXT_MAX = 300  # of a comment that goes into the log a second time

Action: TypeAlias = (
    WordsAdded
    | WordsRemoved
    | PhrasesAllowed
    | PhrasesDisallowed
    | CommentsCaught
    | CommentsHidden
    | CommentsReleased
    | ViewerMuted
    | ViewerUnmuted
    | SlowSet
)


@dataclass(slots=True)
class Recent:
    """A batch of late, and which of its comments came too quickly after their author's last."""

    batch: AudienceBatch
    quick: frozenset[int]

    def numbers(self) -> list[int]:
        """From whom each comment is, by their number in the show's table."""
        columns = unpack(self.batch.columns)
        return columns.viewer[columns.comments].tolist()


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why a comment is hidden: word, mute, slow or hand; by which rule or mute, in which action."""

    why: str
    action_id: str
    source: str
    viewer: str
    rule_id: str = ""


@dataclass(slots=True)
class Lists:
    """Word rules by id and allowed phrases; a workspace's, or a show's copy. `removed`: lines that were taken out by hand."""

    rules: dict[str, WordRule] = field(default_factory=dict[str, WordRule])
    allowed: dict[str, None] = field(default_factory=dict[str, None])
    removed: dict[str, WordRule] = field(default_factory=dict[str, WordRule])
    _books: dict[str, Rulebook] = field(default_factory=dict[str, Rulebook])

    def fold(self, fact: Fact) -> None:
        """Take one fact of the lists in."""
        match fact:
            case WordsAdded(rules=rules):
                self._change(add=rules)
            case WordsRemoved(rule_ids=rule_ids):
                self._change(drop=rule_ids)
            case PhrasesAllowed(phrases=phrases):
                self._change(allow=phrases)
            case PhrasesDisallowed(phrases=phrases):
                self._change(disallow=phrases)
            case RulesTaken() as news:
                self._change(news.added, news.removed, news.allowed, news.disallowed)
            case _:
                pass

    def _change(
        self,
        add: tuple[WordRule, ...] = (),
        drop: tuple[str, ...] = (),
        allow: tuple[str, ...] = (),
        disallow: tuple[str, ...] = (),
    ) -> None:
        for rule_id in drop:
            gone = self.rules.pop(rule_id, None)
            if gone is not None:
                self.removed[rule_id] = gone
        for rule in add:
            self.rules[rule.rule_id] = rule
            self.removed.pop(rule.rule_id, None)
        for phrase in disallow:
            self.allowed.pop(phrase, None)
        self.allowed.update(dict.fromkeys(allow))
        self._books.clear()

    def book(self, source: str) -> Rulebook:
        """What holds for one source, ready to search with."""
        book = self._books.get(source)
        if book is None:
            rules = [rule for rule in self.rules.values() if not rule.platforms or source in rule.platforms]
            book = self._books[source] = Rulebook(rules, self.allowed)
        return book


@dataclass(slots=True)
class ModerationState:
    """`muted` until when (None: to the end) by person; `slow` seconds by source ("" for all); `batches`: comments by seq.

    `spoke`: when a viewer (number in the show's table) was last shown, while it is slow; `actions` by action_id with who did
    them in `undone` once they were taken back; `released`: what a person showed again, which no list hides a second time.
    """

    lists: Lists = field(default_factory=Lists)
    muted: dict[Person, ViewerMuted] = field(default_factory=dict[Person, ViewerMuted])
    slow: dict[str, int] = field(default_factory=dict[str, int])
    spoke: dict[int, int] = field(default_factory=dict[int, int])
    hidden: dict[str, Hidden] = field(default_factory=dict[str, Hidden])
    marked: dict[str, Hidden] = field(default_factory=dict[str, Hidden])
    released: set[str] = field(default_factory=set[str])
    batches: dict[int, int] = field(default_factory=dict[int, int])
    sources: dict[int, str] = field(default_factory=dict[int, str])
    moderates: dict[str, bool] = field(default_factory=dict[str, bool])
    recent: OrderedDict[int, Recent] = field(default_factory=OrderedDict[int, Recent])
    kept: int = 0
    viewers: list[str] = field(default_factory=list[str])
    actions: dict[str, Action] = field(default_factory=dict[str, Action])
    undone: set[str] = field(default_factory=set[str])
    asked: set[str] = field(default_factory=set[str])

    def knows(self, ref: str) -> bool:
        """Is there a comment at this address (`seq:index`)?"""
        seq, _, index = ref.partition(":")
        return int(index) < self.batches.get(int(seq), 0)

    def people_of(self, ref: str) -> str:
        """Whose pseudonyms the people of a comment of late go by: its source's, or those of whoever told of the room first."""
        seq = int(ref.partition(":")[0])
        recent = self.recent.get(seq)
        return self.sources[seq] if recent is None else recent.batch.people_of

    def said(self, ref: str) -> Said:
        """A comment of late as it came; of one that is too long ago only the address."""
        seq, _, index = ref.partition(":")
        recent = self.recent.get(int(seq))
        if recent is None:
            return Said(ref=ref)
        columns, place = unpack(recent.batch.columns), int(index)
        return Said(
            ref=ref,
            at=int(columns.at[columns.comments[place]]),
            viewer=self.viewers[recent.numbers()[place]],
            name=columns.names[place],
            text=columns.texts[place][:TEXT_MAX],
        )

    def slow_s(self, source: str) -> int:
        """The seconds between two comments of one viewer there; a platform's own setting goes before the one for all."""
        return self.slow.get(source, self.slow.get("", 0))


def fold(state: ModerationState, event: Event[Fact]) -> None:
    """Take one event in."""
    fact = event.fact
    match fact:
        case AudienceBatch():
            _hear(state, event.seq, fact)
        case CommentsCaught():
            _catch(state, fact)
        case CommentsHidden():
            _hide(state, fact)
        case CommentsReleased():
            _release(state, fact)
        case ViewerMuted():
            _mute(state, fact)
        case ViewerUnmuted():
            state.muted.pop(fact.person, None)
        case SlowSet(seconds=seconds, source=source):
            _slow(state, source, seconds)
        case ModerationSettled(action_id=action_id):
            state.asked.discard(action_id)
        case _:
            state.lists.fold(fact)
    if isinstance(fact, Action):
        _remember(state, fact)


def _remember(state: ModerationState, fact: Action) -> None:
    state.actions[fact.action_id] = fact
    undoes = getattr(fact, "undoes", "")
    if undoes:
        state.undone.add(undoes)
    if getattr(fact, "ask", False):
        state.asked.add(fact.action_id)


def _hide(state: ModerationState, fact: CommentsHidden) -> None:
    for said in fact.comments:
        state.hidden[said.ref] = Hidden("hand", fact.action_id, fact.source, said.viewer)
        state.released.discard(said.ref)


def _release(state: ModerationState, fact: CommentsReleased) -> None:
    for ref in fact.comment_refs:
        state.hidden.pop(ref, None)
        state.marked.pop(ref, None)
    if not fact.by_rules:
        state.released.update(fact.comment_refs)


def _mute(state: ModerationState, fact: ViewerMuted) -> None:
    state.muted[fact.person] = fact
    if fact.comment is not None:
        state.hidden.setdefault(fact.comment.ref, Hidden("mute", fact.action_id, fact.source, fact.viewer, fact.rule_id))


def _slow(state: ModerationState, source: str, seconds: int) -> None:
    state.slow[source] = seconds
    if not any(state.slow.values()):
        state.spoke.clear()


def _hear(state: ModerationState, seq: int, batch: AudienceBatch) -> None:
    state.viewers.extend(unpack(batch.columns).new_viewers)
    if not batch.comments:
        return
    state.batches[seq] = batch.comments
    state.sources[seq] = batch.source
    state.moderates[batch.source] = batch.moderates
    state.recent[seq] = Recent(batch, _too_quick(state, batch))
    state.kept += batch.comments
    while state.kept > RECENT_COMMENTS and len(state.recent) > 1:
        _, old = state.recent.popitem(last=False)
        state.kept -= old.batch.comments


def _too_quick(state: ModerationState, batch: AudienceBatch) -> frozenset[int]:
    """Which comments came before their author's pause was over; what is not shown starts no new pause."""
    pause_ms = state.slow_s(batch.source) * 1000
    if not pause_ms:
        return frozenset()
    columns = unpack(batch.columns)
    places, quick = columns.comments, set[int]()
    for index, (number, at) in enumerate(zip(columns.viewer[places].tolist(), columns.at[places].tolist(), strict=True)):
        last = state.spoke.get(number)
        if last is not None and at < last + pause_ms:
            quick.add(index)
        else:
            state.spoke[number] = at
    return frozenset(quick)


def _catch(state: ModerationState, caught: CommentsCaught) -> None:
    for hit in caught.hits:
        one = Hidden(hit.why, caught.action_id, caught.source, hit.viewer, hit.rule_id)
        (state.marked if hit.does == "mark" else state.hidden)[hit.ref] = one


def due(state: ModerationState) -> tuple[int, Command] | None:
    """A mute that has a time ends at it."""
    ends = [mute.until for mute in state.muted.values() if mute.until is not None]
    return (min(ends), EndMutes()) if ends else None
