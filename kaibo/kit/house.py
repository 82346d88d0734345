"""What a feature is given to act with, and what it hands in: its routes, its followers, what it must load first."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field

from litestar.handlers.http_handlers import HTTPRouteHandler

from kaibo.config import Settings
from kaibo.core.feature import Feature
from kaibo.kit.auth import Door
from kaibo.kit.engine import Engine
from kaibo.kit.files import Files
from kaibo.kit.openapi import Operation
from kaibo.kit.push import Phones
from kaibo.kit.react import Follower


@dataclass(frozen=True)
class House:
    """One running process, as its followers see it: the logs, the door, people's phones, and where its files are."""

    engine: Engine
    door: Door
    phones: Phones
    settings: Settings
    files: Files = field(default_factory=lambda: Files(None))


def routes_of(features: Sequence[Feature]) -> list[HTTPRouteHandler]:
    """The HTTP routes of the features that are not commands or views."""
    return [route for feature in features for route in feature.routes]


def operations_of(features: Sequence[Feature]) -> list[Operation]:
    """What the OpenAPI document says of those routes."""
    return [operation for feature in features for operation in feature.operations]


def followers_of(features: Sequence[Feature], house: House) -> list[Follower]:
    """Those who act on the log with more than one event alone to go by."""
    return [follower for feature in features if feature.followers is not None for follower in feature.followers(house)]


async def make_ready(features: Sequence[Feature], house: House) -> None:
    """Load what the features need before the first event is looked at."""
    waits: list[Awaitable[None]] = [feature.ready(house) for feature in features if feature.ready is not None]
    for wait in waits:
        await wait
