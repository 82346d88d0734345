"""What a person may do in a show as it stands, and why not; now or at any past second."""

import msgspec
from litestar import get

from kaibo.core.errors import Invalid
from kaibo.core.feature import WORKSPACE
from kaibo.features.charter.facts import Phase
from kaibo.features.charter.slices import HOLDING, HOUSE_CHARTER, IN_FORCE
from kaibo.features.charter.table import NOT_PEOPLE, PEOPLE_DUTIES
from kaibo.features.charter.view import HEAD
from kaibo.features.charter.why import Why, explain
from kaibo.features.roster.slices import ON_DUTY
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of, number_of
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, words


class ShowDuties(msgspec.Struct, frozen=True, kw_only=True):
    """What who asks may do in a show now, by the `version` it goes by and the `phase` it is in: their duties, sorted."""

    show_id: str
    version: int
    phase: Phase
    duties: tuple[str, ...]


class CharterWords(msgspec.Struct, frozen=True, kw_only=True):
    """The house's own words in the language of who asks: of duties by duty_id (commands too), and how each is proven, with which skill, shared how."""

    duties: dict[str, str]
    proofs: dict[str, str]
    skills: dict[str, str]
    splits: dict[str, str]
    roles: dict[str, str]


OPERATIONS = (
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
    version = show.table(house.table).version
    return Json(ShowDuties(show_id=show_id, version=version, phase=show.phase, duties=engine.duties_of(caller, fold)))


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
    return Json(explain(duty, roles, phase, charter, table, people, on_duty))


@get("/api/charter/words")
async def read_words(request: AnyRequest) -> Json:
    """In the language of the request (or of `?lang=`)."""
    caller = await caller_of(request)
    engine_of(request).role_for(caller, HEAD.duty)
    known = words(choose(request.query_params.get("lang") or request.headers.get("accept-language", "")))

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


ROUTES = [read_words, read_duties, read_why_not]
