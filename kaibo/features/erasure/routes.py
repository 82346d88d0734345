"""Asking to erase: the pseudonym goes into a digest here, and no further."""

import secrets
from typing import Annotated

import msgspec
from litestar import post
from msgspec import Meta

from kaibo.core.feature import WORKSPACE
from kaibo.features.erasure.commands import AskErasure, Platform, Reason
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


OPERATIONS = (Operation("post", "/api/erasures", "Erase what a viewer wrote.", ErasureRequest, ErasureAnswer),)


@post("/api/erasures", status_code=200)
async def ask_erasure(request: AnyRequest) -> Json:
    """Erase what a viewer wrote."""
    caller = await caller_of(request)
    asked: ErasureRequest = await body_of(request, ErasureRequest)
    vault: Vault = request.app.state.vault
    engine = engine_of(request)
    engine.role_for(caller, AskErasure.duty)
    erasure_id = f"e{secrets.token_hex(5)}"
    who = vault.digest(asked.platform, asked.viewer)
    await engine.submit(
        WORKSPACE, AskErasure(erasure_id=erasure_id, platform=asked.platform, who=who, reason=asked.reason), caller
    )
    return Json(ErasureAnswer(erasure_id=erasure_id))


ROUTES = [ask_erasure]
