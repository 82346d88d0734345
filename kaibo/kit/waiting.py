"""A command of which somebody must agree first: what is said in its place, and what its key was answered before."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Feature
from kaibo.core.stream import Receipt, StreamFold
from kaibo.kit.admission import Instead, Waiting
from kaibo.kit.keys import BETWEEN, Keys
from kaibo.kit.naming import about


def asked_instead(
    instead: Instead, command: Command, key: str | None, fold: StreamFold, features: Iterable[Feature], *, able: bool
) -> tuple[Command, str | None]:
    """The command that asks, and the key it is known by: the other's own is spent when it runs. What opens a log has none to wait in."""
    waiting = Waiting(key or "", about(command, fold, features), able and not command.opens)
    return instead(command, waiting), key and f"asked{BETWEEN}{key}"


def answered(keys: Keys, actor_id: str, digest: str, key: str, under: str) -> Receipt | None:
    """What this key of theirs was answered before: what came of it, else that it was asked (`under`)."""
    kept = keys.receipt(actor_id, key, digest)
    if kept is not None or under == key:
        return kept
    kept = keys.receipt(actor_id, under, digest)
    return None if kept is None else replace(kept, asked=str(kept.events[0]))


def receipt_of(fold: StreamFold, events: Sequence[Event[Fact]], *, asked: bool) -> Receipt:
    """The receipt of what was just decided."""
    waits = str(events[0].seq) if asked and events else ""
    return Receipt(stream=fold.stream, seq=fold.seq, events=tuple([event.seq for event in events]), asked=waits)
