"""Why something that was agreed to was not done after all, in the words of who reads it."""

from collections.abc import Mapping

import msgspec
from litestar import get

from kaibo.core.errors import NotFound
from kaibo.features.asking.slices import REQUESTS
from kaibo.features.asking.view import REQUEST_ROWS
from kaibo.kit.http import AnyRequest, Json, caller_of, engine_of
from kaibo.kit.naming import named
from kaibo.kit.openapi import Operation
from kaibo.kit.words import choose, say


class WhyNotDone(msgspec.Struct, frozen=True, kw_only=True):
    """The `code` of the rule that refused it, and what it says; both "" where none did."""

    code: str
    message: str


PATH = "/api/asking/{kind}/{stream_id}/{request_id}"
OPERATIONS = (Operation("get", PATH, "Why something that was agreed to was not done after all.", answer=WhyNotDone),)


@get("/api/asking/{kind:str}/{stream_id:str}/{request_id:str}")
async def read_why_not_done(request: AnyRequest, kind: str, stream_id: str, request_id: str) -> Json:
    """In the language of the request, with names for ids that the stream knows."""
    caller = await caller_of(request)
    engine = engine_of(request)
    if kind not in ("show", "workspace"):
        raise NotFound(kind="stream", id=f"{kind}/{stream_id}")
    fold = await engine.fold(f"{kind}/{stream_id}")
    engine.role_for(caller, REQUEST_ROWS.duty, fold)
    found = fold.slice(REQUESTS).requests.get(request_id)
    if found is None:
        raise NotFound(kind="request", id=request_id)
    data = named(_read(dict(found.data)), fold, engine.features)
    message = say(found.code, data, choose(request.headers.get("accept-language", ""))) if found.code else ""
    return Json(WhyNotDone(code=found.code, message=message))


def _read(data: Mapping[str, str]) -> dict[str, object]:
    """Values as they were refused with; one whose words were erased is told as it stands."""
    return {name: _value(text) for name, text in data.items()}


def _value(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


ROUTES = [read_why_not_done]
