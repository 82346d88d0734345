"""What a person may do in a show as it stands, and why not, now or at any past second; a member's page, on the screen and on paper."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from litestar import Response, get, post
from msgspec.structs import replace

from kaibo.core.errors import Invalid, NotFound
from kaibo.core.feature import WORKSPACE
from kaibo.core.stream import StreamFold
from kaibo.features.charter.facts import CellChange, Charter, Phase
from kaibo.features.charter.page import REVIEW_DAYS, Page, Reader, day_of, page_of
from kaibo.features.charter.rules import CharterNoDraft
from kaibo.features.charter.said import Said
from kaibo.features.charter.sheet import CharterReading, DutyEdit, RoleEdit, read_charter
from kaibo.features.charter.shipped import fixed
from kaibo.features.charter.slices import HOLDING, HOUSE_CHARTER, IN_FORCE
from kaibo.features.charter.table import NOT_PEOPLE, PEOPLE_DUTIES
from kaibo.features.charter.view import HEAD
from kaibo.features.charter.why import Why, explain
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.taking.slices import DUTIES_TAKEN, bar_to, standing_in
from kaibo.features.workspace.shown import HEAD as WORKSPACE_HEAD
from kaibo.features.workspace.slices import NAMES
from kaibo.kit.apart import Apart
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of, number_of
from kaibo.kit.openapi import Operation
from kaibo.kit.sheets import Book, ImportReport
from kaibo.kit.uploads import flag_of, understood
from kaibo.kit.words import LANGUAGES, choose, words


class ShowDuties(msgspec.Struct, frozen=True, kw_only=True):
    """What who asks may do in a show now, by the `version` it goes by and the `phase` it is in: their duties, sorted; `consoles` by role.

    `asks`: by duty the roles that must agree first. `stands_in`: the roles of others that they are on duty in.
    """

    show_id: str
    version: int
    phase: Phase
    duties: tuple[str, ...]
    consoles: dict[str, tuple[str, ...]]
    asks: dict[str, tuple[str, ...]]
    stands_in: tuple[str, ...] = ()


class CharterWords(msgspec.Struct, frozen=True, kw_only=True):
    """The house's own words in the language of who asks: of duties by duty_id (commands too), and how each is proven, with which skill, shared how."""

    duties: dict[str, str]
    proofs: dict[str, str]
    skills: dict[str, str]
    splits: dict[str, str]
    roles: dict[str, str]


class CharterImport(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet says otherwise than the draft, to be sent as commands once somebody said yes; and the report of what was understood."""

    report: ImportReport
    roles: tuple[RoleEdit, ...]
    duties: tuple[DutyEdit, ...]
    cells: tuple[CellChange, ...]


PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZONE = "Asia/Taipei"  # of the days on a page when nobody says another
PAGE = "/api/charter/people/{person_id}/page"
LANG: dict[str, dict[str, object]] = {
    "lang": {"type": "string", "description": "zh-Hant, zh-Hans or en; the request's when left out"}
}
PAGE_QUERY: dict[str, dict[str, object]] = {
    **LANG,
    "zone": {"type": "string", "description": f"the IANA zone of its days, {ZONE} when left out"},
    "draft": {"type": "boolean", "description": "as the draft would have it, for those who may edit it"},
}
OPERATIONS = (
    Operation("get", PAGE, "A member's page of the charter.", answer=Page, query=PAGE_QUERY),
    Operation("get", f"{PAGE}.pdf", "A member's page of the charter on A4.", answer=PDF, query=PAGE_QUERY),
    Operation(
        "get",
        "/api/charter.xlsx",
        "The charter as a workbook: the draft for who may edit it, else what is published.",
        answer=XLSX,
        query=LANG,
    ),
    Operation(
        "post",
        "/api/charter/import",
        "What a sheet would change in the draft; nothing is changed by it.",
        answer=CharterImport,
        upload=True,
    ),
    Operation("get", "/api/charter/words", "What the house calls duties, proofs, skills and roles.", answer=CharterWords),
    Operation("get", "/api/shows/{show_id}/duties", "What the caller may do in a show as it stands.", answer=ShowDuties),
    Operation(
        "get",
        "/api/shows/{show_id}/why",
        "Why the caller, or somebody in a role, may or may not do something in a show, and who can.",
        answer=Why,
        query={
            "duty": {"type": "string", "description": "the duty of a command or view, such as promo.approve"},
            "role": {"type": "string", "description": "asked for this role; for the caller when left out"},
            "at": {"type": "integer", "minimum": 0, "description": "the instant it is asked for (ms UTC), now when left out"},
        },
    ),
)


@get("/api/shows/{show_id:str}/duties")
async def read_duties(request: AnyRequest, show_id: str) -> Json:
    """By the charter that the show goes by, in the phase it is in."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, "show.read", fold)
    house = (await engine.fold(WORKSPACE)).slice(HOUSE_CHARTER)
    show = fold.slice(IN_FORCE)
    here = standing_in(fold, house, caller.id, caller.roles, engine.clock())
    duties = engine.duties_of(caller, fold)
    firsts = {duty: here.table.first(caller.roles, duty, show.phase) for duty in duties if duty not in here.taken}
    opened = {each.role_id: each.consoles for each in (here.charter or fixed()).roles if each.role_id in here.all_roles}
    return Json(
        ShowDuties(
            show_id=show_id,
            version=show.table(house).version,
            phase=show.phase,
            duties=duties,
            consoles=opened,
            asks={
                duty: tuple(role for role in first.asked if role not in caller.roles) for duty, first in firsts.items() if first
            },
            stands_in=here.seats,
        )
    )


@get("/api/shows/{show_id:str}/why")
async def read_why_not(request: AnyRequest, show_id: str) -> Json:
    """The cell, the version, who holds it, who can."""
    caller = await caller_of(request)
    engine = engine_of(request)
    fold = await engine.fold(f"show/{show_id}")
    engine.role_for(caller, HEAD.duty, fold)
    duty = request.query_params.get("duty") or ""
    if duty not in PEOPLE_DUTIES:
        raise Invalid(where="duty", why="the program knows no such duty of people")
    workspace = await engine.fold(WORKSPACE)
    at = number_of(request, "at", engine.clock())
    phase, charter, table = fold.slice(IN_FORCE).at(at, workspace.slice(HOUSE_CHARTER))
    role = request.query_params.get("role")
    roles = frozenset({role}) if role else caller.roles - NOT_PEOPLE
    people, on_duty = workspace.slice(HOLDING).at(at), fold.slice(ON_DUTY).at(at)
    why = explain(duty, roles, phase, charter, table, people, on_duty)
    if role or "at" in request.query_params:
        return Json(why)
    here = standing_in(fold, workspace.slice(HOUSE_CHARTER), caller.id, caller.roles, at)
    if why.role is None and (seat := here.seat(duty)) is not None:
        return Json(replace(why, role=seat, need="held"))
    barred = bar_to(fold.slice(DUTIES_TAKEN), here, duty)
    return Json(replace(why, need=barred if caller.id in people else "kept"))


@get("/api/charter/words")
async def read_words(request: AnyRequest) -> Json:
    """In the language of the request (or of `?lang=`)."""
    caller = await caller_of(request)
    engine_of(request).role_for(caller, HEAD.duty)
    known = words(_language(request))

    def under(prefix: str) -> dict[str, str]:
        return {key.removeprefix(prefix): text for key, text in known.items() if key.startswith(prefix)}

    return Json(
        CharterWords(
            duties=under("duty."),
            proofs=under("charter.proof."),
            skills=under("charter.skill."),
            splits=under("charter.split."),
            roles=under("role."),
        )
    )


async def _page(request: AnyRequest, person_id: str, language: str) -> Page:
    """One's own page, or anybody's for those who may see people."""
    caller = await caller_of(request)
    engine = engine_of(request)
    engine.role_for(caller, HEAD.duty if caller.id == person_id else "people.read")
    draft = flag_of(request, "draft")
    if draft:
        engine.role_for(caller, "charter.edit")
    workspace = await engine.fold(WORKSPACE)
    house = workspace.slice(HOUSE_CHARTER)
    charter = house.draft if draft else house.stands
    if charter is None:
        raise CharterNoDraft
    reader = _reader(workspace, person_id, _zone(request))
    if draft:
        reader = replace(reader, version=house.version + 1, draft=True, signed=False, since="", review_by="")
    return page_of(charter, reader, words(language))


def _reader(workspace: StreamFold, person_id: str, zone: ZoneInfo) -> Reader:
    members, house = workspace.slice(NAMES).members, workspace.slice(HOUSE_CHARTER)
    if person_id not in members:
        raise NotFound(kind="person", id=person_id)
    member, head = members[person_id], workspace.row(WORKSPACE_HEAD, "workspace")
    people: dict[str, tuple[str, ...]] = {}
    for each in members.values():
        people.update({role: (*people.get(role, ()), each.name) for role in each.roles})
    since = datetime.fromtimestamp(house.versions[-1][0] / 1000, UTC).astimezone(zone)
    return Reader(
        person_id=person_id,
        name=member.name,
        roles=member.roles,
        workspace="" if head is None else head.name,
        people=people,
        version=house.version,
        signed=house.has_signed(person_id, member.roles),
        since=day_of(since) if house.version else "",
        review_by=day_of(since + timedelta(days=REVIEW_DAYS)) if house.version else "",
    )


def _zone(request: AnyRequest) -> ZoneInfo:
    name = request.query_params.get("zone") or ZONE
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(where="zone", why="no zone of the IANA list") from error


def _language(request: AnyRequest) -> str:
    return choose(request.query_params.get("lang") or request.headers.get("accept-language", ""))


@get("/api/charter/people/{person_id:str}/page")
async def read_page(request: AnyRequest, person_id: str) -> Json:
    """In the language of the request (or of `?lang=`)."""
    return Json(await _page(request, person_id, _language(request)))


def page_on_paper(page: Page, language: str) -> bytes:
    """Page -> PDF. Called apart from the server, which never loads what sets type."""
    from kaibo.features.charter.paper import write_page  # noqa: PLC0415

    return write_page(page, words(language), language)


@get("/api/charter/people/{person_id:str}/page.pdf")
async def print_page(request: AnyRequest, person_id: str) -> Response[bytes]:
    """The same on A4."""
    language = _language(request)
    page = await _page(request, person_id, language)
    apart: Apart = request.app.state.reports
    body = await apart(page_on_paper, page, language)
    return _file(body, PDF, f"charter-{person_id}.pdf")


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    return Response(body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def charter_workbook(charter: Charter, language: str) -> bytes:
    """Charter -> xlsx. Called apart from the server, which never loads what fills workbooks."""
    from kaibo.features.charter.sheet_write import write_charter_xlsx  # noqa: PLC0415

    return write_charter_xlsx(Said(charter, words(language)))


@get("/api/charter.xlsx")
async def export_charter(request: AnyRequest) -> Response[bytes]:
    """The draft for those who may edit it, else what is published."""
    caller = await caller_of(request)
    engine = engine_of(request)
    engine.role_for(caller, HEAD.duty)
    house = (await engine.fold(WORKSPACE)).slice(HOUSE_CHARTER)
    drafts = "charter.edit" in engine.duties_of(caller)
    charter = house.draft if drafts and house.draft is not None else house.stands
    apart: Apart = request.app.state.reports
    return _file(await apart(charter_workbook, charter, _language(request)), XLSX, "charter.xlsx")


@post("/api/charter/import", status_code=200)
async def import_charter(request: AnyRequest) -> Json:
    """What a sheet would change in the draft: whoever sent it accepts it by commands."""
    caller = await caller_of(request)
    engine = engine_of(request)
    engine.role_for(caller, "charter.edit")
    draft = (await engine.fold(WORKSPACE)).slice(HOUSE_CHARTER).draft
    if draft is None:
        raise CharterNoDraft
    found = await understood(request, partial(read_sheet, draft=draft))
    read = found.reading
    if read is None:
        return Json({"report": msgspec.Raw(found.report), "roles": (), "duties": (), "cells": ()})
    return Json({"report": msgspec.Raw(found.report), "roles": read.roles, "duties": read.duties, "cells": read.cells})


def read_sheet(book: Book, draft: Charter) -> CharterReading:
    """A sheet against a draft, its words those of every language. Called apart from the server."""
    return read_charter(book, draft, tuple(words(each) for each in LANGUAGES))


ROUTES = [export_charter, import_charter, read_words, read_duties, read_why_not, read_page, print_page]
