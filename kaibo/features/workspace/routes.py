"""API tokens: the one thing of a workspace that a command cannot do alone, because its secret must not be in the log."""

import secrets

import msgspec
from litestar import post

from kaibo.core.feature import WORKSPACE
from kaibo.features.workspace.commands import Instant, IssueToken, Name, Roles, ShowId
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, door_of, engine_of
from kaibo.kit.openapi import Operation


class TokenRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A label to know the token by, the roles it holds, the one show it is for ("" for all) and when it ends (ms UTC, None for no end)."""

    label: Name
    roles: Roles
    show_id: ShowId = ""
    expires_at: Instant | None = None


class TokenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The token itself, shown this once."""

    token_id: str
    token: str


OPERATIONS = (Operation("post", "/api/tokens", "Make an API token.", TokenRequest, TokenAnswer),)


@post("/api/tokens", status_code=200)
async def issue_token(request: AnyRequest) -> Json:
    """Make an API token."""
    caller = await caller_of(request)
    asked: TokenRequest = await body_of(request, TokenRequest)
    token_id = f"t{secrets.token_hex(5)}"
    command = IssueToken(
        token_id=token_id, label=asked.label, roles=asked.roles, show_id=asked.show_id, expires_at=asked.expires_at
    )
    engine = engine_of(request)
    if asked.show_id:
        await engine.fold(f"show/{asked.show_id}")  # there is such a show
    await engine.submit(WORKSPACE, command, caller)
    return Json(TokenAnswer(token_id=token_id, token=door_of(request).issue_token(token_id, asked.expires_at)))


ROUTES = [issue_token]
