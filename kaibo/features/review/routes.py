"""A month's review, read out of the log: as JSON and on A4; and what people were refused, written down."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from litestar import Response, get

from kaibo.core.errors import Invalid
from kaibo.core.event import Event, Fact
from kaibo.core.feature import WORKSPACE, tag_of
from kaibo.features.charter.slices import HOLDING, HOUSE_CHARTER, HouseCharter
from kaibo.features.review.log import ShowLog
from kaibo.features.review.month import Logs, Month, review_of
from kaibo.features.review.shapes import Review
from kaibo.features.review.view import REVIEW_NOW
from kaibo.features.show.shown import LIST as SHOWS
from kaibo.features.show.shown import ListedShowRow
from kaibo.features.workspace.shown import EVERYBODY
from kaibo.kit.apart import Apart
from kaibo.kit.engine import Engine
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.pace import Pace
from kaibo.kit.words import choose, words

PDF: Final = "application/pdf"
ZONE: Final = "Asia/Taipei"  # of the month when nobody says another
SHOWS_MAX: Final = 100  # three a day; beyond it the newest are read and the answer says how many were not
PAGE: Final = 500
# What sources tell by the thousand: no person ever stands behind it.
MACHINE: Final = frozenset(
    {
        "audience.batch", "audience.orders_told", "audience.refused", "audience.repeated", "audience.shown", "audience.source_finished",
        "order.created", "order.edited", "order.paid", "order.restated", "effect.kept",
    }
)  # fmt: skip

QUERY: dict[str, dict[str, object]] = {
    "month": {"type": "string", "description": "such as 2026-11; the month that is, when left out"},
    "zone": {"type": "string", "description": f"the IANA zone in which a month begins, {ZONE} when left out"},
    "lang": {"type": "string", "description": "zh-Hant, zh-Hans or en; the request's when left out"},
}
OPERATIONS = (
    Operation("get", "/api/review", "Who did what in a month, against the charter.", answer=Review, query=QUERY),
    Operation("get", "/api/review.pdf", "The same on A4.", answer=PDF, query=QUERY),
)


@dataclass(frozen=True)
class Asked:
    """Which logs are to be read, and what the house knows beside them."""

    month: Month
    shows: Sequence[ListedShowRow]
    rehearsals: int
    left_out: int
    house: HouseCharter
    names: Mapping[str, str]
    people: frozenset[str]
    now: int


async def _review(request: AnyRequest) -> Review:
    """Read beside the event loop, a page at a time. For whoever may read the log itself. Raises Invalid for a month that is none."""
    caller = await caller_of(request)
    engine = engine_of(request)
    engine.role_for(caller, REVIEW_NOW.duty)
    month = _month(request, engine.clock())
    workspace = await engine.fold(WORKSPACE)
    listed = [each for each in workspace.rows(SHOWS).values() if month.holds(each.starts_at)]
    held = sorted((each for each in listed if not each.rehearsal), key=lambda each: each.starts_at)
    asked = Asked(
        month=month,
        shows=held[-SHOWS_MAX:],
        rehearsals=len(listed) - len(held),
        left_out=max(0, len(held) - SHOWS_MAX),
        house=workspace.slice(HOUSE_CHARTER),
        names={key: row.name for key, row in workspace.rows(EVERYBODY).items()},
        people=frozenset(workspace.slice(HOLDING).people),
        now=engine.clock(),
    )
    return await asyncio.to_thread(read_review, engine, asked)


def read_review(engine: Engine, asked: Asked) -> Review:
    """The review of what was asked for, out of the store. Called in a thread."""
    pace = Pace()
    tags = [tag_of(fact) for feature in engine.features for fact in feature.facts if tag_of(fact) not in MACHINE]
    logs = Logs(
        titles={each.show_id: each.title for each in asked.shows},
        starts={each.show_id: each.starts_at for each in asked.shows},
        names=asked.names,
        rehearsals=asked.rehearsals,
        left_out=asked.left_out,
        house=list(_events(engine, WORKSPACE, tags, pace)),
    )
    for each in asked.shows:
        log = ShowLog(each.show_id, asked.house, asked.people)
        for event in _events(engine, f"show/{each.show_id}", tags, pace):
            log.take(event)
        logs.shows.append(log)
    return review_of(asked.month, logs, asked.house, asked.people, asked.now)


def _events(engine: Engine, stream: str, tags: Sequence[str], pace: Pace) -> list[Event[Fact]]:
    found: list[Event[Fact]] = []
    after = 0
    while page := engine.store.read(stream, after, PAGE, tags):
        for record in page:
            found.append(engine.codec.unpack(record.body))
            pace()
        after = page[-1].seq
    return found


def _month(request: AnyRequest, now: int) -> Month:
    zone = _zone(request.query_params.get("zone") or ZONE)
    name = request.query_params.get("month") or f"{datetime.fromtimestamp(now / 1000, UTC).astimezone(zone):%Y-%m}"
    if not re.fullmatch(r"(19[7-9]|[2-9]\d\d)\d-(0[1-9]|1[0-2])", name, re.ASCII):
        raise Invalid(where="month", why="a month such as 2026-11 is needed")
    return Month(name, zone)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(where="zone", why="no zone of the IANA list") from error


@get("/api/review")
async def read_month(request: AnyRequest) -> Json:
    """The month that is asked for."""
    return Json(await _review(request))


def review_on_paper(review: Review, language: str) -> bytes:
    """Review -> PDF. Called apart from the server, which never loads what sets type."""
    from kaibo.features.review.paper import write_review  # noqa: PLC0415

    return write_review(review, words(language), language)


@get("/api/review.pdf")
async def print_month(request: AnyRequest) -> Response[bytes]:
    """The same on A4, in the language of the request (or of `?lang=`)."""
    review = await _review(request)
    language = choose(request.query_params.get("lang") or request.headers.get("accept-language", ""))
    apart: Apart = request.app.state.reports
    body = await apart(review_on_paper, review, language)
    name = f"review-{review.month}.pdf"
    return Response(body, media_type=PDF, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = [read_month, print_month]
