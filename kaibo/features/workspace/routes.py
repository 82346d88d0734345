"""API tokens, because their secrets must not be in the log; and who came in and was given what, out of the log and the vault."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Annotated

import msgspec
from litestar import Response, get, post, put
from msgspec import Meta

from kaibo.core.feature import WORKSPACE
from kaibo.features.workspace.commands import Instant, IssueToken, Name, Roles, SetProvider, ShowId, Words
from kaibo.features.workspace.shown import CHANGES, ChangeRow
from kaibo.features.workspace.slices import NAMES, Known
from kaibo.kit.csv_out import csv_bytes, instant_text
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, door_of, engine_of, number_of
from kaibo.kit.openapi import Operation, Schema
from kaibo.kit.provider import Provider
from kaibo.kit.trail import TRAIL_DAYS, TRAIL_MAX, Step
from kaibo.kit.words import choose, say


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


class TokenUse(msgspec.Struct, frozen=True, kw_only=True):
    """When a token opened something last (ms UTC, 0 never) and from where."""

    token_id: str
    seen_at: int
    address: str


class TokenUses(msgspec.Struct, frozen=True, kw_only=True):
    """Of every token that opens something."""

    tokens: list[TokenUse]


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """What happened `at` (ms UTC): `what` it was and how that is `said`, to whom (`subject`, person or token id), `by` whom, from where; `roles` given."""

    at: int
    what: str
    said: str
    subject: str
    by: str
    address: str
    device: str
    roles: tuple[str, ...]


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    """Newest first; `next_before` reads on, None at the end. What of sign-ins is older than `kept_days` or beyond `kept_most` is let go of."""

    lines: list[AuditLine]
    next_before: int | None
    kept_days: int
    kept_most: int


class ProviderRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A provider of OpenID Connect, "" to let go of it. `client_secret` None leaves the one that is kept.

    `domains`: whoever has a mail address there makes an account of their own, with `roles`; `groups`: one of them is asked for.
    """

    issuer: Annotated[str, Meta(max_length=400)]
    client_id: Annotated[str, Meta(max_length=200)] = ""
    client_secret: Annotated[str, Meta(max_length=400)] | None = None
    label: Annotated[str, Meta(max_length=80)] = ""
    domains: Words = ()
    roles: Annotated[tuple[str, ...], Meta(max_length=10)] = ()
    groups: Words = ()


PAGE_MAX = 500
PAGE_QUERY: dict[str, Schema] = {
    "before": {"type": "integer", "minimum": 0},
    "limit": {"type": "integer", "minimum": 1, "maximum": PAGE_MAX},
}
OPERATIONS = (
    Operation("post", "/api/tokens", "Make an API token.", TokenRequest, TokenAnswer),
    Operation("put", "/api/provider", "Let people sign in with accounts of a provider.", ProviderRequest),
    Operation("get", "/api/tokens/uses", "When was each API token used last?", answer=TokenUses),
    Operation("get", "/api/audit", "Who came in, was turned away, and was given what.", None, AuditPage, PAGE_QUERY),
    Operation("get", "/api/audit.csv", "The same as a file, as far as it is kept.", None, "text/csv"),
)
EVER = 10**15


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


@get("/api/tokens/uses")
async def token_uses(request: AnyRequest) -> Json:
    """When was each API token used last?"""
    engine_of(request).role_for(await caller_of(request), "token.manage")
    held = await door_of(request).token_uses()
    return Json(TokenUses(tokens=[TokenUse(token_id=each.subject, seen_at=each.seen_at, address=each.address) for each in held]))


@get("/api/audit")
async def audit(request: AnyRequest) -> Json:
    """Who came in, was turned away, and was given what."""
    limit = max(1, min(number_of(request, "limit", 100), PAGE_MAX))
    lines = await _lines(request, number_of(request, "before", EVER), limit)
    page = lines[:limit]
    page += [each for each in lines[limit:] if each.at == page[-1].at]  # the next page begins before that instant
    more = page[-1].at if len(page) < len(lines) else None
    return Json(AuditPage(lines=page, next_before=more, kept_days=TRAIL_DAYS, kept_most=TRAIL_MAX))


@get("/api/audit.csv")
async def audit_file(request: AnyRequest) -> Response[bytes]:
    """The same as a file, as far as it is kept."""
    lines = await _lines(request, EVER, 2 * TRAIL_MAX)
    names = (await engine_of(request).fold(WORKSPACE)).slice(NAMES).ever
    language = choose(request.headers.get("accept-language", ""))
    head = tuple(
        say(f"audit.column.{column}", {}, language) for column in ("at", "said", "subject", "by", "address", "device", "roles")
    )
    body = await asyncio.to_thread(csv_bytes, [head, *(_cells(line, names) for line in lines)])
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(request: AnyRequest, before: int, limit: int) -> list[AuditLine]:
    """More than so many, where there are more, out of both; newest first."""
    engine = engine_of(request)
    engine.role_for(await caller_of(request), "people.manage")
    language = choose(request.headers.get("accept-language", ""))
    rows = (await engine.fold(WORKSPACE)).rows(CHANGES).values()
    changed = [_changed(row, language) for row in rows if row.at < before]
    walked = [_walked(step, language) for step in await door_of(request).walked(before, limit + SAME_INSTANT)]
    return sorted([*changed, *walked], key=lambda line: -line.at)[: limit + SAME_INSTANT]


SAME_INSTANT = 200  # so many more are looked at for what happened in the same millisecond as the last of a page


def _changed(row: ChangeRow, language: str) -> AuditLine:
    said = say(f"audit.{row.what}", {}, language)
    return AuditLine(at=row.at, what=row.what, said=said, subject=row.subject, by=row.by, address="", device="", roles=row.roles)


def _walked(step: Step, language: str) -> AuditLine:
    said = say(f"audit.{step.what}", {}, language)
    return AuditLine(
        at=step.at,
        what=step.what,
        said=said,
        subject=step.subject,
        by=step.by,
        address=step.address,
        device=step.device,
        roles=(),
    )


def _cells(line: AuditLine, names: Mapping[str, Known]) -> tuple[str, ...]:
    called = {each: names[each].name if each in names else each for each in (line.subject, line.by)}
    return (
        instant_text(line.at),
        line.said,
        called[line.subject],
        called[line.by],
        line.address,
        line.device,
        " ".join(line.roles),
    )


@put("/api/provider", status_code=200)
async def set_provider(request: AnyRequest) -> Json:
    """Let people sign in with accounts of a provider, which must answer for itself now."""
    caller, engine = await caller_of(request), engine_of(request)
    engine.role_for(caller, "people.manage")
    asked: ProviderRequest = await body_of(request, ProviderRequest)
    provider: Provider = request.app.state.provider
    if asked.issuer:
        await provider.discover(asked.issuer)
    command = SetProvider(
        issuer=asked.issuer,
        client_id=asked.client_id,
        label=asked.label,
        domains=asked.domains,
        roles=asked.roles,
        groups=asked.groups,
    )
    await engine.submit(WORKSPACE, command, caller)
    if asked.client_secret is not None or not asked.issuer:
        provider.keep_secret(asked.client_secret or "")
    return Json({})


ROUTES = [set_provider, issue_token, token_uses, audit, audit_file]
