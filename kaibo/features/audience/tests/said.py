"""What stories of the audience say, and what came of it."""

from typing import Any

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.audience.facts import (
    AudienceBatch,
)
from kaibo.features.audience.view import SourceRow
from kaibo.features.show.facts import ShowPlanned

PLANNED = ShowPlanned(
    show_id="s1",
    title="秋冬保養專場",
    starts_at=CURTAIN_AT,
    ends_at=CURTAIN_AT + 7_200_000,
    timezone="Asia/Taipei",
    currency="TWD",
)
AT = CURTAIN_AT - 500


def comment(text: str, viewer: str = "v1", at: int = AT, message_id: str = "", name: str = "") -> AudienceItem:
    return AudienceItem(kind="comment", at=at, viewer=viewer, text=text, message_id=message_id, name=name)


def enter(viewer: str, at: int = AT, message_id: str = "") -> AudienceItem:
    return AudienceItem(kind="enter", at=at, viewer=viewer, message_id=message_id)


def seal(*items: AudienceItem, source: str = "shop", room: str = "r1") -> SealBatch:
    return SealBatch(source=source, room=room, items=items)


def batches(stage: Stage) -> list[AudienceBatch]:
    return [event.fact for event in stage.events if isinstance(event.fact, AudienceBatch)]


def lamp_of(stage: Stage, key: str = "shop/r1") -> SourceRow:
    row: Any = stage.row("audience.sources", key)
    return row
