"""Asking to erase: the pseudonym goes into a digest here, and no further."""

import secrets
from typing import Annotated

import msgspec
from litestar import post
from msgspec import Meta

from kaibo.core.feature import WORKSPACE
from kaibo.features.erasure.commands import AskErasure, Platform, Reason
from kaibo.features.erasure.found import Survey, WouldErase
from kaibo.features.erasure.rules import ErasurePlatformUnknown
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.vault import Vault


class ErasureRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A viewer, as the platform's source tells of them (pseudonym), and why their words are to be erased."""

    platform: Platform
    viewer: Annotated[str, Meta(min_length=1, max_length=128)]
    reason: Reason = ""


class ErasureAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Under which id the list of erasures shows how far it came."""

    erasure_id: str


class ErasureLook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to look for; with no viewer the answer names the platforms alone."""

    platform: Annotated[str, Meta(max_length=64)] = ""
    viewer: Annotated[str, Meta(max_length=128)] = ""


OPERATIONS = (
    Operation("post", "/api/erasures", "Erase what a viewer wrote.", ErasureRequest, ErasureAnswer),
    Operation("post", "/api/erasures/look", "What would be erased of a viewer.", ErasureLook, WouldErase),
)


@post("/api/erasures", status_code=200)
async def ask_erasure(request: AnyRequest) -> Json:
    """Erase what a viewer wrote."""
    caller = await caller_of(request)
    asked: ErasureRequest = await body_of(request, ErasureRequest)
    vault: Vault = request.app.state.vault
    survey: Survey = request.app.state.survey
    engine = engine_of(request)
    engine.role_for(caller, AskErasure.duty)
    platforms = await survey.platforms()
    if asked.platform not in platforms:
        raise ErasurePlatformUnknown(platform=asked.platform, platforms="、".join(platforms) or "-")
    command = AskErasure(
        erasure_id=f"e{secrets.token_hex(5)}",
        platform=asked.platform,
        who=vault.digest(asked.platform, asked.viewer),
        key=vault.digest(),
        reason=asked.reason,
    )
    await engine.submit(WORKSPACE, command, caller)
    return Json(ErasureAnswer(erasure_id=command.erasure_id))


@post("/api/erasures/look", status_code=200)
async def look_before(request: AnyRequest) -> Json:
    """What would be erased. By POST: a pseudonym has no place in an address."""
    caller = await caller_of(request)
    asked: ErasureLook = await body_of(request, ErasureLook)
    engine_of(request).role_for(caller, AskErasure.duty)
    survey: Survey = request.app.state.survey
    return Json(await survey.look(asked.platform, asked.viewer))


ROUTES = [ask_erasure, look_before]
