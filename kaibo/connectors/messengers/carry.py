"""Carries what is said in channels to the messengers of the house.

Each bridge has two lines, one for what is urgent: no way waits for another, and nothing urgent for what is not. What becomes of a letter is
written into the show's log before and after it leaves; a process that was killed in between is known by that.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from kaibo.connectors.messengers import MESSENGERS
from kaibo.connectors.messengers.pacing import Pacing
from kaibo.connectors.messengers.shape import Answered, Messenger, Outgoing, Way, cut
from kaibo.connectors.messengers.text import digest_line, digest_text, letter_text
from kaibo.connectors.messengers.ways import Ways
from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event, Fact, Mode
from kaibo.core.feature import WORKSPACE
from kaibo.core.stream import StreamFold
from kaibo.features.bridge.facts import BridgeRemoved, BridgeSet
from kaibo.features.bridge.slices import BRIDGES
from kaibo.features.channel.facts import MessageEdited, MessagePosted, MessageReached
from kaibo.features.channel.slices import TALK, Message
from kaibo.features.outbox.commands import BeginLetters, DropLetters, QueueLetters, TellLetters
from kaibo.features.outbox.facts import LetterQueued, OutboxWoken
from kaibo.features.outbox.slices import OUTBOX, Letter
from kaibo.features.show.slices import STAGE
from kaibo.features.workspace.slices import NAMES, Names
from kaibo.kit.engine import Engine
from kaibo.kit.outward import Outward, Unanswered, Unreached
from kaibo.kit.passkeys import Holder
from kaibo.kit.react import SYSTEM, Follower

log = logging.getLogger("kaibo.messengers")

LATE_MS = 600_000  # a house that was down for longer carries nothing that was said then
TOGETHER_MAX = 10  # of what is not urgent, where it waited
BACK_MS = (5_000, 15_000, 45_000, 60_000)  # until the next try, by how often it was tried
SOON_MS = (2_000, 3_000, 5_000, 5_000)  # of what is urgent
PAUSED_MS = 15_000
IDS_MAX = 100
HEAD_BYTES = 400  # what stands above several messages
Place = tuple[str, str]  # stream, letter_id


@dataclass
class _Line:
    """What waits for one bridge, urgent or not, in the order it came."""

    pending: dict[Place, None] = field(default_factory=dict[Place, None])
    flying: set[Place] = field(default_factory=set[Place])
    task: "asyncio.Task[None] | None" = None


class Carrier:
    """`public_url`: where this house is opened from outside; without it a letter has no link to take what it asks."""

    def __init__(self, engine: Engine, ways: Ways, outward: Outward, public_url: str) -> None:
        self._engine = engine
        self.ways = ways
        self.outward = outward
        self._public_url = public_url.rstrip("/")
        self._lines: dict[tuple[str, bool], _Line] = {}
        self._paces: dict[str, Pacing] = {}

    def followers(self) -> list[Follower]:
        """Who carries, and who forgets the address of a bridge that was taken away."""
        reads = (MessagePosted, MessageReached, MessageEdited, LetterQueued, OutboxWoken)
        carrying = Follower("outbox.carrying", reads, self._act)
        return [carrying, Follower("bridge.forgetting", (BridgeRemoved,), self._forget)]

    async def settled(self) -> None:
        """Wait until nothing is on its way: for a past that is played quickly."""
        while tasks := [line.task for line in self._lines.values() if line.task is not None]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def stop(self) -> None:
        """What was not sent yet is sent after the next start."""
        tasks = [line.task for line in self._lines.values() if line.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _forget(self, event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        if isinstance(event.fact, BridgeRemoved) and event.fact.bridge_id not in await self._bridges():
            self.ways.forget(event.fact.bridge_id)
        return ()

    async def _bridges(self) -> dict[str, BridgeSet]:
        return (await self._engine.fold(WORKSPACE)).slice(BRIDGES)

    # what goes where
    async def _act(self, event: Event[Fact]) -> Sequence[tuple[str, Command]]:
        if event.mode != "live":
            return ()
        match event.fact:
            case MessagePosted(message_id=message_id, tag=tag, urgent=urgent):
                asks = bool(tag) or urgent  # then the first step of its ladder tells of it
                return () if asks else await self._route(event, message_id)
            case MessageReached(message_id=message_id, reach=reach):
                told = reach.people or reach.kind == "everybody"
                return await self._route(event, message_id) if told else ()
            case MessageEdited(message_id=message_id):
                return await self._correct(event, message_id)
            case LetterQueued(letter_id=letter_id):
                await self._hand_on(event.stream, (letter_id,))
            case OutboxWoken(letter_ids=letter_ids):
                await self._hand_on(event.stream, letter_ids)
            case _:
                pass
        return ()

    async def _correct(self, event: Event[Fact], message_id: str) -> Sequence[tuple[str, Command]]:
        """Who read it there reads it there as it is now."""
        letters = (await self._engine.fold(event.stream)).slice(OUTBOX).letters.values()
        carried = any(each.queued.message_id == message_id and each.tries for each in letters)
        return await self._route(event, message_id) if carried else ()

    async def _route(self, event: Event[Fact], message_id: str) -> Sequence[tuple[str, Command]]:
        if self._engine.clock() - event.at > LATE_MS:
            return ()
        message = (await self._engine.fold(event.stream)).slice(TALK).messages.get(message_id)
        if message is None:
            return ()
        first, reserves = await self._ways_of(message)
        if not first:
            return ()
        return [(event.stream, QueueLetters(message_id=message_id, told=event.seq, bridges=first, reserves=reserves))]

    async def _ways_of(self, message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The bridges it goes over, and those where one of them fails; with nothing but reserves the first of them is a way like any other."""
        set_up = self.ways.set_at()
        ways = [each for each in (await self._bridges()).values() if each.bridge_id in set_up and _goes(message, each)]
        first = tuple(each.bridge_id for each in ways if not each.reserve)
        reserves = tuple(each.bridge_id for each in ways if each.reserve)
        return (first, reserves) if first else (reserves[:1], reserves[1:])

    async def _hand_on(self, stream: str, letter_ids: Iterable[str]) -> None:
        outbox = (await self._engine.fold(stream)).slice(OUTBOX)
        for letter_id in letter_ids:
            if letter_id not in outbox.waiting:
                continue
            queued, place = outbox.letters[letter_id].queued, (stream, letter_id)
            key = queued.bridge_id, queued.urgent
            line = self._lines.setdefault(key, _Line())
            if place not in line.flying:
                line.pending[place] = None
            if line.task is None:
                line.task = asyncio.get_running_loop().create_task(self._work(key, line))

    # one line
    async def _work(self, key: tuple[str, bool], line: _Line) -> None:
        try:
            while line.pending:
                await self._next(key, line)
        except Exception:  # what is left is handed on again by the log's own timers
            log.exception("a letter could not be carried")
            line.pending.clear()
        finally:
            line.task = None

    async def _next(self, key: tuple[str, bool], line: _Line) -> None:
        bridge_id, urgent = key
        bridge, way = (await self._bridges()).get(bridge_id), self.ways.of(bridge_id)
        if bridge is None or way is None:
            await self._each(line, lambda ids, _: DropLetters(letter_ids=ids, why="removed"))
            return
        messenger, now = MESSENGERS[bridge.kind], self._engine.clock()
        pacing = self._pacing(way, messenger)
        if (held := _held(bridge, pacing, now, urgent=urgent)) is not None:
            await self._hold(line, held, messenger, urgent=urgent)
            return
        stream = next(iter(line.pending))[0]
        places = [place for place in line.pending if place[0] == stream]
        fold = await self._engine.fold(stream)
        names = (await self._engine.fold(WORKSPACE)).slice(NAMES)
        room = _Room(names, bridge.language, 1 if urgent else TOGETHER_MAX, messenger.text_bytes)
        batch = await self._batch(fold, [letter_id for _, letter_id in places], room, urgent=urgent)
        taken = [(stream, each) for each in (*batch.letters, *batch.over)]
        for place in taken:
            del line.pending[place]
        line.flying.update(taken)
        try:
            if batch.letters:
                await self._send(_Sending(bridge, way, messenger, pacing), fold, batch.letters)
        finally:
            line.flying.difference_update(taken)

    def _pacing(self, way: Way, messenger: Messenger) -> Pacing:
        """Of the address: two bridges may lead to one robot."""
        address = self.ways.address(way)
        if address not in self._paces:
            self._paces[address] = Pacing(messenger, *self.ways.pace(way))
        return self._paces[address]

    async def _hold(self, line: _Line, held: TellLetters, messenger: Messenger, *, urgent: bool) -> None:
        """All that waits here waits on, each for its turn: not all of them ask again for one place."""
        step = messenger.per_ms // (messenger.most - (0 if urgent else messenger.reserve))
        together = 1 if urgent else TOGETHER_MAX
        await self._each(line, lambda ids, turn: replace(held, letter_ids=ids, until=held.until + turn * step), together)

    async def _each(self, line: _Line, command: "Callable[[tuple[str, ...], int], Command]", together: int = IDS_MAX) -> None:
        """Say the same of all that waits here, `together` at a time; `command` is given the ids and which turn it is."""
        turn, by_stream = 0, dict[str, list[str]]()
        for stream, letter_id in line.pending:
            by_stream.setdefault(stream, []).append(letter_id)
        line.pending.clear()
        for stream, ids in by_stream.items():
            for start in range(0, len(ids), together):
                await self._submit(stream, command(tuple(ids[start : start + together]), turn))
                turn += 1

    async def _batch(self, fold: StreamFold, letter_ids: Sequence[str], room: "_Room", *, urgent: bool) -> "_Batch":
        """What is sent together: all news of one message; of what asks nothing, as many as there is room for. What is over needs no sending."""
        outbox, talk, batch = fold.slice(OUTBOX), fold.slice(TALK), _Batch()
        for each in letter_ids[:IDS_MAX]:
            letter = outbox.letters[each]
            message = talk.messages.get(letter.queued.message_id)
            if each not in outbox.waiting:
                batch.over.append(each)
            elif message is None or not message.unsettled:
                batch.over.append(each)
                await self._submit(fold.stream, DropLetters(letter_ids=(each,), why="settled"))
            elif letter.state == "begun" and not urgent:  # it may have gone: twice is worse than not known
                batch.over.append(each)
                await self._submit(fold.stream, TellLetters(letter_ids=(each,), outcome="unknown", code="restarted"))
            elif room.takes(message, alone=letter.tries > 0):
                batch.letters[each] = letter
        return batch

    async def _send(self, sending: "_Sending", fold: StreamFold, letters: "dict[str, Letter]") -> None:
        ids, urgent = tuple(letters), next(iter(letters.values())).queued.urgent
        knows_again = sending.messenger.knows_again
        again = any(each.state == "begun" or each.perhaps for each in letters.values()) and not knows_again
        names = (await self._engine.fold(WORKSPACE)).slice(NAMES)
        text = cut(self._text(sending, fold, letters, names, again=again), sending.messenger.text_bytes)
        await self._submit(fold.stream, BeginLetters(letter_ids=ids))
        if not fold.slice(OUTBOX).waiting.keys() >= {*ids}:  # one of them was given up meanwhile: what is left is handed on again
            return
        said = await self._ask(fold.mode, sending, Outgoing(key=_key(fold.stream, ids), text=text, urgent=urgent))
        if said.outcome == "unknown" and knows_again and len(ids) == 1:  # it is asked under the same key, and counts once
            said = replace(said, outcome="unreached")
        until = self._engine.clock() + (said.wait_ms or _back(letters.values(), urgent=urgent))
        if said.code == "no_connection":
            sending.pacing.lost(until)
        told = TellLetters(
            letter_ids=ids, outcome=said.outcome, code=_printable(said.code), remote_id=_printable(said.remote_id), until=until
        )
        await self._submit(fold.stream, told)

    async def _ask(self, mode: Mode, sending: "_Sending", outgoing: Outgoing) -> Answered:
        """Ask once, and know the pace of it. Whatever is wrong with one way is an answer of that way."""
        pacing, at = sending.pacing, self._engine.clock()
        pacing.note(at)
        said = await self._answer(mode, sending, outgoing, at)
        if said.outcome == "limited":
            pacing.rest(self._engine.clock() + (said.wait_ms or BACK_MS[0]))
        self.ways.put_pace(sending.way, pacing.sent, pacing.rests_until)
        return said

    async def _answer(self, mode: Mode, sending: "_Sending", outgoing: Outgoing, at: int) -> Answered:
        messenger = sending.messenger
        try:
            request = messenger.make(sending.way, outgoing, at)
        except Exception:  # nothing left the house; nothing else waits for it, and another way takes it
            log.exception("a letter could not be made")
            return Answered(outcome="failed", code="broken")
        try:
            answer = await self.outward.post(mode, request.url, messenger.hosts, request.headers, request.body)
            return messenger.read(answer, outgoing.key)
        except Unreached:
            return Answered(outcome="unreached", code="no_connection")
        except Unanswered:
            return Answered(outcome="unknown", code="no_answer")
        except Refusal as refusal:  # its address is none of a messenger any more
            return Answered(outcome="failed", code=refusal.code)
        except UnicodeError:  # of its headers: nothing left the house
            return Answered(outcome="failed", code="broken")
        except Exception:
            log.exception("an answer could not be read")
            return Answered(outcome="unknown", code="broken")

    async def try_out(self, bridge: BridgeSet, text: str) -> Answered | None:
        """Send one message now, past all lines; None where nobody said where the bridge leads."""
        way, messenger = self.ways.of(bridge.bridge_id), MESSENGERS[bridge.kind]
        if way is None:
            return None
        sending = _Sending(bridge, way, messenger, self._pacing(way, messenger))
        return await self._ask("live", sending, Outgoing(key=f"try/{bridge.bridge_id}/{self._engine.clock()}", text=text))

    def _text(self, sending: "_Sending", fold: StreamFold, letters: "dict[str, Letter]", names: Names, *, again: bool) -> str:
        talk, plan = fold.slice(TALK), fold.slice(STAGE).plan
        show, language = "" if plan is None else plan.title, sending.bridge.language
        messages = [talk.messages[each] for each in dict.fromkeys(letter.queued.message_id for letter in letters.values())]
        if len(messages) > 1:
            return digest_text(messages, show, names, language)
        message, letter_id = messages[0], next(reversed(letters))

        def link(person_id: str) -> str:
            member = names.members.get(person_id)
            if not self._public_url or member is None:
                return ""
            holder = Holder(person_id, member.since)
            return f"{self._public_url}/#/ack/{self.ways.link(holder, fold.stream, message.posted.message_id, letter_id)}"

        return letter_text(message, show, names, language, link, sending.messenger.text_bytes, again=again)

    async def _submit(self, stream: str, command: Command) -> None:
        await self._engine.submit(stream, command, SYSTEM)


@dataclass(frozen=True)
class _Sending:
    """Over which bridge."""

    bridge: BridgeSet
    way: Way
    messenger: Messenger
    pacing: Pacing


@dataclass
class _Room:
    """How much goes together: so many messages in so many bytes. What asks somebody goes alone, with whom it asks."""

    names: Names
    language: str
    messages: int
    bytes: int
    taken: dict[str, None] = field(default_factory=dict[str, None])
    alone: bool = False

    def takes(self, message: Message, *, alone: bool = False) -> bool:
        """Whether this one goes, too. What was tried before goes `alone`: it is the same again."""
        message_id = message.posted.message_id
        if message_id in self.taken:
            return True
        size = len(digest_line(message, self.names, self.language).encode("utf-8", "replace")) + 1
        asks = alone or message.stage != "plain"
        if self.taken and (self.alone or asks or len(self.taken) >= self.messages or size > self.bytes - HEAD_BYTES):
            return False
        self.taken[message_id] = None
        self.bytes -= size
        self.alone = asks
        return True


@dataclass
class _Batch:
    """Letters to send now, and those it is over with."""

    letters: dict[str, Letter] = field(default_factory=dict[str, Letter])
    over: list[str] = field(default_factory=list[str])


def _held(bridge: BridgeSet, pacing: Pacing, now: int, *, urgent: bool) -> TellLetters | None:
    """What holds back all that waits for a bridge now; None: nothing does."""
    if bridge.paused:
        return TellLetters(letter_ids=(), outcome="limited", code="paused", until=now + PAUSED_MS)
    if not urgent and pacing.down_until > now:
        return TellLetters(letter_ids=(), outcome="unreached", code="no_connection", until=pacing.down_until)
    wait = pacing.wait(now, urgent=urgent)
    return TellLetters(letter_ids=(), outcome="limited", code="pace", until=now + wait) if wait else None


def _back(letters: Iterable[Letter], *, urgent: bool) -> int:
    """How long (ms) until the next try, where the messenger does not say."""
    steps, tries = SOON_MS if urgent else BACK_MS, max(each.tries for each in letters)
    return steps[min(tries, len(steps) - 1)]


def _key(stream: str, letter_ids: Sequence[str]) -> str:
    """The same for the same letters, and for no others."""
    if len(letter_ids) == 1:
        return f"{stream}/{letter_ids[0]}"
    return f"{stream}/{hashlib.sha256(' '.join(letter_ids).encode()).hexdigest()[:32]}"


def _goes(message: Message, bridge: BridgeSet) -> bool:
    """Whether a bridge carries such a message."""
    posted = message.posted
    if bridge.paused:
        return False
    return bridge.wants == "all" or posted.urgent or (bridge.wants == "asked" and bool(posted.tag))


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)
