"""A show planned like another."""

from collections.abc import Iterable

import msgspec
from litestar import post

from kaibo.core.errors import NotFound, Refusal
from kaibo.core.event import Command
from kaibo.core.feature import Copying, tag_of
from kaibo.features.show.commands import PlanShow
from kaibo.features.show.view import HEAD
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.http import AnyRequest, Json, body_of, caller_of, engine_of
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, say


class NotCarried(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the new show does not have of the old one: the command that would have given it, and why it was refused."""

    command: str
    code: str
    message: str


class ShowCopied(msgspec.Struct, frozen=True, kw_only=True):
    """The new show; how many commands prepared it, and what it lacks."""

    show_id: str
    carried: int
    refused: tuple[NotCarried, ...]


OPERATIONS = (
    Operation(
        "post", "/api/streams/show/{stream_id}/copies",
        "Plan a show (the body is that of show.plan) and carry over what can be: products, rundown, how claims are taken, targets, alarms.",
        answer=ShowCopied, body=PlanShow,
    ),
)  # fmt: skip


@post("/api/streams/show/{stream_id:str}/copies", status_code=200)
async def copy_show(request: AnyRequest, stream_id: str) -> Json:
    """Plan a show like this one."""
    caller = await caller_of(request)
    engine = engine_of(request)
    plan = await body_of(request, PlanShow)
    fold = await engine.fold(f"show/{stream_id}")
    engine.role_for(caller, HEAD.duty, fold)
    head = fold.row(HEAD, "show")
    if head is None:
        raise NotFound(kind="stream", id=fold.stream)
    copying = Copying(title=head.title, later_ms=plan.starts_at - head.starts_at, left_ms=plan.starts_at - engine.clock())
    wanted = [
        command
        for feature in engine.features
        if feature.carries is not None
        for command in feature.carries(fold.state(feature.name), copying)
    ]
    stream = f"show/{plan.show_id}"
    await engine.submit(stream, plan, caller)
    language = choose(request.headers.get("accept-language", ""))
    refused = await _prepare(engine, stream, wanted, caller, language)
    return Json(ShowCopied(show_id=plan.show_id, carried=len(wanted) - len(refused), refused=tuple(refused)))


async def _prepare(engine: Engine, stream: str, wanted: Iterable[Command], caller: Caller, language: str) -> list[NotCarried]:
    """What may not be done by this caller, or no longer makes sense, is told; the rest is done."""
    refused: list[NotCarried] = []
    for command in wanted:
        try:
            await engine.submit(stream, command, caller)
        except Refusal as refusal:
            words = say(refusal.code, refusal.data, language)
            refused.append(NotCarried(command=tag_of(type(command)), code=refusal.code, message=words))
    return refused


ROUTES = [copy_show]
