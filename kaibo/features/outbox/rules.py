"""Which letters there are, when one is tried again, when another way takes its place, and when it is too late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Context
from kaibo.core.slice import Touched
from kaibo.features.channel.slices import Talk
from kaibo.features.outbox.commands import (
    AcknowledgeLetter,
    BeginLetters,
    DropLetters,
    QueueLetters,
    TellLetters,
    TendOutbox,
)
from kaibo.features.outbox.facts import (
    LetterAcknowledged,
    LetterQueued,
    LettersBegun,
    LettersDropped,
    LettersTried,
    OutboxWoken,
    Why,
)
from kaibo.features.outbox.slices import AGAIN, CARRIED, Letter, Outbox

OutboxCommand = QueueLetters | BeginLetters | TellLetters | DropLetters | TendOutbox | AcknowledgeLetter
LATE_MS = 600_000  # what was only said is old news then
URGENT_LATE_MS = 1_800_000
PERHAPS_MAX = 6  # so often what cannot wait leaves without an answer: one that takes it and is slow calls out to all each time
SOON_MS = 1_000  # nothing is tried again sooner


@dataclass(slots=True)
class OutboxState:
    """The letters, and what they carry."""

    outbox: Outbox
    talk: Talk


def fold(state: OutboxState, event: Event[Any], touched: Touched) -> None:
    """All it remembers stands in its slices."""
    del state, event, touched


def decide(state: OutboxState, command: OutboxCommand, ctx: Context) -> Sequence[Fact]:
    """The facts a command leads to. What is said of a letter that is over changes nothing."""
    match command:
        case QueueLetters():
            return list(_queued(state, command))
        case BeginLetters(letter_ids=letter_ids):
            begun = _waiting(state.outbox, letter_ids)
            return [LettersBegun(letter_ids=begun)] if begun else []
        case TellLetters():
            return _told(state.outbox, command, ctx.at)
        case DropLetters(letter_ids=letter_ids, why=why):
            dropped = _waiting(state.outbox, letter_ids)
            return [LettersDropped(letter_ids=dropped, why=why)] if dropped else []
        case TendOutbox():
            return _tended(state, ctx.at)
        case AcknowledgeLetter(letter_id=letter_id, person_id=person_id):
            letter = state.outbox.letters.get(letter_id)
            new = letter is not None and not letter.acknowledged_by
            return [LetterAcknowledged(letter_id=letter_id, person_id=person_id)] if new else []
        case _:
            assert_never(command)


def due(state: OutboxState) -> tuple[int, Command] | None:
    """The first letter that waited long enough."""
    instants = [state.outbox.letters[each].until for each in state.outbox.waiting]
    return (min(instants), TendOutbox()) if instants else None


def _queued(state: OutboxState, command: QueueLetters) -> Iterable[Fact]:
    message = state.talk.messages.get(command.message_id)
    if message is None or not message.unsettled:
        return
    for bridge_id in dict.fromkeys(command.bridges):
        letter_id = letter_id_of(command.message_id, command.told, bridge_id)
        if letter_id not in state.outbox.letters:
            reserves = tuple(each for each in dict.fromkeys(command.reserves) if each not in command.bridges)
            yield LetterQueued(
                letter_id=letter_id,
                bridge_id=bridge_id,
                message_id=command.message_id,
                told=command.told,
                urgent=message.posted.urgent,
                reserves=reserves,
            )


def letter_id_of(message_id: str, told: int, bridge_id: str) -> str:
    """One letter for each piece of news over each bridge, however often it is asked for."""
    return f"{message_id}/{told}/{bridge_id}"


def _waiting(outbox: Outbox, letter_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(letter_ids) if each in outbox.waiting)


def _told(outbox: Outbox, command: TellLetters, at: int) -> Sequence[Fact]:
    told = _waiting(outbox, command.letter_ids)
    if not told:
        return []
    # Of what may have come, only what cannot wait is sent again.
    pressing = all(outbox.letters[each].queued.urgent and outbox.letters[each].tries < PERHAPS_MAX for each in told)
    again = command.outcome in AGAIN or (command.outcome == "unknown" and pressing)
    until = max(command.until, at + SOON_MS) if again else 0
    tried = LettersTried(letter_ids=told, outcome=command.outcome, code=command.code, remote_id=command.remote_id, until=until)
    return [tried, *_other_ways(outbox, told, command)]


def _other_ways(outbox: Outbox, told: Iterable[str], command: TellLetters) -> Iterable[Fact]:
    """What cannot wait goes another way at once; anything else where this one will never take it."""
    if command.outcome in CARRIED:
        return
    queued = set[str]()
    for each in told:
        letter = outbox.letters[each]
        if letter.instead or not (letter.queued.urgent or command.outcome == "failed"):
            continue
        for place, bridge_id in enumerate(letter.queued.reserves):
            letter_id = letter_id_of(letter.queued.message_id, letter.queued.told, bridge_id)
            if letter_id not in outbox.letters and letter_id not in queued:
                queued.add(letter_id)
                rest = letter.queued.reserves[place + 1 :]
                said = letter.queued
                yield LetterQueued(
                    letter_id=letter_id,
                    bridge_id=bridge_id,
                    message_id=said.message_id,
                    told=said.told,
                    urgent=said.urgent,
                    reserves=rest,
                    instead_of=each,
                )
                break


def _tended(state: OutboxState, at: int) -> Sequence[Fact]:
    found: dict[Why | None, list[str]] = {}
    for each in state.outbox.waiting:
        letter = state.outbox.letters[each]
        if letter.until <= at:
            found.setdefault(_over(state, letter, at), []).append(each)
    woken = found.pop(None, [])
    dropped = [LettersDropped(letter_ids=tuple(ids), why=why) for why, ids in found.items() if why is not None]
    return [*dropped, *([OutboxWoken(letter_ids=tuple(woken))] if woken else [])]


def _over(state: OutboxState, letter: Letter, at: int) -> Why | None:
    """Why it is not tried again."""
    if at - letter.at > (URGENT_LATE_MS if letter.queued.urgent else LATE_MS):
        return "late"
    if not state.talk.messages[letter.queued.message_id].unsettled:
        return "settled"
    while (other := state.outbox.letters.get(letter.instead)) is not None:
        if other.state in CARRIED:
            return "elsewhere"
        letter = other
    return None
