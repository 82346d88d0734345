"""Looking through comments: by the lists, for those who are muted, and in slow mode for those who are too quick."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kaibo.core.event import Fact
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.moderation.commands import TakeRules
from kaibo.features.moderation.facts import (
    BatchSkipped,
    CommentsCaught,
    CommentsReleased,
    Hit,
    RulesTaken,
    Said,
    ViewerMuted,
    Why,
)
from kaibo.features.moderation.state import ModerationState, Recent
from kaibo.features.moderation.words import Found

MINUTE_MS = 60_000
LOOKED_BACK = 2_000  # comments of late that a new line of the list is held against at once: what a screen still shows


def screen(state: ModerationState, seq: int) -> Sequence[Fact]:
    """What is to be said of a batch; nothing of one that was looked through, that is clean, or that does not exist."""
    action_id = f"caught-{seq}"
    if seq not in state.batches or action_id in state.actions:
        return []
    recent = state.recent.get(seq)
    if recent is None:
        lists = state.lists.rules or state.muted or any(state.slow.values())
        return [BatchSkipped(batch=seq, comments=state.batches[seq])] if lists else []
    found = state.lists.book(recent.batch.source).screen(unpack(recent.batch.columns).tidied) if state.lists.rules else {}
    return _caught(state, seq, recent, found, action_id)


def _caught(state: ModerationState, seq: int, recent: Recent, found: dict[int, Found], action_id: str) -> Sequence[Fact]:
    source = recent.batch.source
    if not found and not recent.quick and not any(person[0] == recent.batch.people_of for person in state.muted):
        return []
    hits = list(_hits(state, seq, recent, found))
    if not hits:
        return []
    ask = state.moderates.get(source, False) and any(hit.does != "mark" for hit in hits)
    mutes = _mutes(state, recent.batch, found, hits)
    return [CommentsCaught(action_id=action_id, batch=seq, source=source, hits=tuple(hits), ask=ask), *mutes]


def _hits(state: ModerationState, seq: int, recent: Recent, found: dict[int, Found]) -> Iterator[Hit]:
    """In the order they were written: who is muted by a word is not heard from there on."""
    muted_here = set[str]()
    for index, ref, viewer, muted in _undecided(state, seq, recent):
        one = found.get(index)
        if one is not None and one.rule.does != "mark":
            yield _hit(state.said(ref), "word", one)
            if one.rule.does == "mute":
                muted_here.add(viewer)
        elif muted or viewer in muted_here:
            yield _hit(state.said(ref), "mute", None)
        elif index in recent.quick:
            yield _hit(state.said(ref), "slow", None)
        elif one is not None and ref not in state.marked:
            yield _hit(state.said(ref), "word", one)


def _hit(said: Said, why: Why, found: Found | None) -> Hit:
    return Hit(
        ref=said.ref,
        at=said.at,
        viewer=said.viewer,
        name=said.name,
        text=said.text,
        why=why,
        does=found.rule.does if found else "hide",
        rule_id=found.rule.rule_id if found else "",
        how=found.how if found else "",
    )


def _mutes(state: ModerationState, batch: AudienceBatch, found: dict[int, Found], hits: Sequence[Hit]) -> Iterator[ViewerMuted]:
    done, source, people = set[str](), batch.source, batch.people_of
    for hit in hits:
        if hit.does != "mute" or hit.viewer in done or (people, hit.viewer) in state.muted:
            continue
        done.add(hit.viewer)
        minutes = found[int(hit.ref.partition(":")[2])].rule.mute_minutes
        yield ViewerMuted(
            action_id=f"rule-{hit.ref}",
            source=source,
            viewer=hit.viewer,
            name=hit.name,
            comment=Said(ref=hit.ref, at=hit.at, viewer=hit.viewer, name=hit.name, text=hit.text),
            until=hit.at + minutes * MINUTE_MS,
            rule_id=hit.rule_id,
            ask=state.moderates.get(source, False),
            people="" if people == source else people,
        )


def _undecided(state: ModerationState, seq: int, recent: Recent) -> Iterator[tuple[int, str, str, bool]]:
    """Comments that nobody hid or let go: index, ref, viewer, and whether the viewer was muted when they were written."""
    columns = unpack(recent.batch.columns)
    instants: list[int] = columns.at[columns.comments].tolist()
    for index, (number, at) in enumerate(zip(recent.numbers(), instants, strict=True)):
        viewer, ref = state.viewers[number], f"{seq}:{index}"
        if ref not in state.hidden and ref not in state.released:
            mute = state.muted.get((recent.batch.people_of, viewer))
            yield index, ref, viewer, mute is not None and (mute.until is None or at < mute.until)


def take(state: ModerationState, command: TakeRules) -> Sequence[Fact]:
    """The news of the lists, and what they mean for the comments of late: some are caught now, some are free again."""
    news = _news(state, command)
    if news == RulesTaken():
        return []
    number = len(state.actions)
    after = _lists_after(state, news)
    return [news, *_freed(state, after, number), *_caught_anew(state, after, number)]


def _news(state: ModerationState, command: TakeRules) -> RulesTaken:
    wanted = {rule.rule_id: rule for rule in command.rules}
    standing, allowed = state.lists.rules, state.lists.allowed
    return RulesTaken(
        added=tuple(rule for rule_id, rule in wanted.items() if standing.get(rule_id) != rule),
        removed=tuple(rule_id for rule_id in standing if rule_id not in wanted),
        allowed=tuple(phrase for phrase in dict.fromkeys(command.allowed) if phrase not in allowed),
        disallowed=tuple(phrase for phrase in allowed if phrase not in set(command.allowed)),
    )


def _lists_after(state: ModerationState, news: RulesTaken) -> ModerationState:
    """A state with the new lists, to look through comments with; only read and thrown away."""
    after = ModerationState()
    after.lists.fold(RulesTaken(added=tuple(state.lists.rules.values()), allowed=tuple(state.lists.allowed)))
    after.lists.fold(news)
    return after


def _freed(state: ModerationState, after: ModerationState, number: int) -> Iterator[CommentsReleased]:
    """What a list hid or marked and would not any more; of comments of late, and wherever the rule itself is gone."""
    free: dict[str, list[str]] = {}
    for ref, hidden in (*state.hidden.items(), *state.marked.items()):
        if hidden.why != "word":
            continue
        seq, _, index = ref.partition(":")
        recent = state.recent.get(int(seq))
        if recent is None:
            clean = hidden.rule_id not in after.lists.rules
        else:
            text = unpack(recent.batch.columns).tidied[int(index)]
            clean = after.lists.book(hidden.source).closely(text) is None
        if clean:
            free.setdefault(hidden.source, []).append(ref)
    for place, (source, refs) in enumerate(free.items()):
        yield CommentsReleased(
            action_id=f"freed-{number}-{place}",
            comment_refs=tuple(refs),
            source=source,
            ask=state.moderates.get(source, False),
            by_rules=True,
        )


def _caught_anew(state: ModerationState, after: ModerationState, number: int) -> Iterator[Fact]:
    """Comments of late that the lists did not catch before and do now."""
    looked = 0

    def near(entry: tuple[int, Recent]) -> bool:
        nonlocal looked
        looked += entry[1].batch.comments
        return looked <= LOOKED_BACK

    for seq, recent in takewhile(near, reversed(state.recent.items())):
        source = recent.batch.source
        found = after.lists.book(source).screen(unpack(recent.batch.columns).tidied)
        known = state.hidden.keys() | state.marked.keys() | state.released
        refs = {index: f"{seq}:{index}" for index in sorted(found)}
        hits = tuple(_hit(state.said(ref), "word", found[index]) for index, ref in refs.items() if ref not in known)
        if hits:
            ask = state.moderates.get(source, False) and any(hit.does != "mark" for hit in hits)
            yield CommentsCaught(action_id=f"caught-{seq}-{number}", batch=seq, source=source, hits=hits, ask=ask)
            yield from _mutes(state, recent.batch, found, hits)
