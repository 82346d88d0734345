"""The law of erasing: of a viewer's words and names nothing is left in any fact or row, and nothing that counts has changed."""

from functools import cache
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kaibo.core.erasing import ERASED
from kaibo.core.event import Actor, Command, Event
from kaibo.core.feature import fact_of, tag_of
from kaibo.core.stream import StreamFold, all_rows
from kaibo.erasing.logs import Gathered, Logs
from kaibo.features import FEATURES
from kaibo.features.audience.commands import SealBatch
from kaibo.features.audience.facts import AudienceBatch, unpack
from kaibo.features.claim.facts import ClaimsDecided
from kaibo.features.comment.questions import QUESTIONS
from kaibo.features.comment.shown import TOPICS
from kaibo.stores.contract import Append, Record
from kaibo.stores.memory import MemoryStore
from tests.erased import BY_WORDS, differences, readable
from tests.world import CODEC, LIN, STREAM, World, folded

SEEDS = (1, 2, 3)


class Signed(World):
    """A world in which everybody has a name of their own and signs what they write, orders aside: whose words they are can be seen."""

    def ask(self, command: Command, by: Actor = LIN, taking: str | None = None) -> bool:
        if isinstance(command, SealBatch):
            items = tuple(
                replace(item, name=name_of(item.viewer), text=item.text if "+" in item.text else item.text + sign_of(item.viewer))
                if item.kind == "comment"
                else item
                for item in command.items
            )
            command = replace(command, items=items)
        return super().ask(command, by, taking)


def name_of(viewer: str) -> str:
    return f"〈{viewer}〉"


def sign_of(viewer: str) -> str:
    return f"《{viewer}》"


@cache
def signed(seed: int) -> tuple[list[Event[Any]], StreamFold]:
    world = Signed(seed)
    world.plan()
    world.live(160)
    world.rest()
    world.end()
    return world.events, folded(world.events)


def writers(events: list[Event[Any]]) -> dict[str, int]:
    """How many comments each viewer wrote."""
    viewers: list[str] = []
    wrote: dict[str, int] = {}
    for event in events:
        if isinstance(event.fact, AudienceBatch):
            columns = unpack(event.fact.columns)
            viewers.extend(columns.new_viewers)
            for number in columns.comments_by:
                wrote[viewers[number]] = wrote.get(viewers[number], 0) + 1
    return wrote


def erased(events: list[Event[Any]], fold: StreamFold, viewer: str) -> tuple[list[Event[Any]], Gathered]:
    """The log of a show without the words of one viewer."""
    store = MemoryStore()
    records = tuple(Record(event.seq, event.at, tag_of(fact_of(event)), CODEC.pack(event)) for event in events)
    store.append([Append(STREAM, 0, records)])
    logs = Logs(store, CODEC, FEATURES, lambda body: str(len(body)))
    found = logs.gather(STREAM, lambda source, one: (source, one) == ("sim", viewer), events[-1].at)
    logs.write(STREAM, logs.changes(STREAM, found.as_viewer(fold)), at=1, note="e1")
    assert not logs.changes(STREAM, found.as_viewer(fold))
    return [CODEC.unpack(record.body) for record in store.read(STREAM, limit=100_000)], found


def told(fold: StreamFold) -> dict[str, Any]:
    return msgspec.to_builtins({name: rows for name, rows in all_rows(fold).items() if name not in BY_WORDS})


def asked(fold: StreamFold) -> tuple[int, int]:
    """How often questions were asked that count, and how many comments wait for an answer."""
    waiting: Any = fold.row("comment.questions", "tally")
    return sum(row.count for row in fold.rows(TOPICS).values()), waiting.asked


def instant(events: list[Event[Any]], ref: str) -> int:
    """When a comment was written."""
    seq, _, index = ref.partition(":")
    return unpack(events[int(seq) - 1].fact.columns).comments_at[int(index)]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_counts_changes_and_no_word_is_left(seed: int) -> None:
    events, fold = signed(seed)
    before, sums = told(fold), asked(fold)
    wrote = writers(events)
    chosen = sorted(wrote, key=lambda viewer: (-wrote[viewer], viewer))[:12] + sorted(wrote)[::7]
    for viewer in chosen:
        after, found = erased(events, fold, viewer)
        assert found.fresh == wrote[viewer]
        again = folded(after)
        assert list(differences(before, told(again))) == []
        assert asked(again) == sums
        assert all(row.at == instant(after, ref) for ref, row in again.rows(QUESTIONS).items() if ref != "tally")
        plain = b"\n".join(readable(event) for event in after)
        for word in (name_of(viewer), sign_of(viewer)):
            assert word.encode() not in plain, word
            assert word.encode() not in msgspec.json.encode(all_rows(again))
        assert [event.seq for event in after] == [event.seq for event in events]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_claim_stands_without_its_words(seed: int) -> None:
    events, fold = signed(seed)
    buyer = next(
        one.buyer for event in events if isinstance(event.fact, ClaimsDecided) for one in event.fact.decisions if one.got
    )
    after, _ = erased(events, fold, buyer.partition("/")[2])
    pairs = [
        (one, other)
        for event, again in zip(events, after, strict=True)
        if isinstance(event.fact, ClaimsDecided)
        for one, other in zip(event.fact.decisions, again.fact.decisions, strict=True)
        if one.buyer == buyer
    ]
    assert pairs
    for one, other in pairs:
        assert {other.text, other.name} <= {ERASED, ""}
        assert replace(one, text="", name="") == replace(other, text="", name="")
