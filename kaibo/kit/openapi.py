"""The OpenAPI document, from the same Structs that decode the requests: one operation for each command."""

import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

import msgspec

from kaibo.core.event import Command
from kaibo.core.feature import Feature, tag_of
from kaibo.core.stream import Receipt
from kaibo.kit.http import Problem, ViewAnswer

Schema: TypeAlias = dict[str, object]  # of JSON, or a part of the document

REF = "#/components/schemas/{name}"
ERRORS = {
    "400": "The body is not JSON of this shape.",
    "401": "Not signed in, or the session has ended.",
    "403": "The charter does not give this duty to the caller's roles.",
    "404": "Something named here does not exist.",
    "409": "A rule of the house says no, or somebody was faster.",
    "413": "The body is too large.",
    "415": "A file form is needed.",
    "422": "A value is not understood.",
    "429": "Too many tries.",
    "503": "The log could not be written; nothing was acknowledged.",
}
FAILS = {code: {"$ref": f"#/components/responses/{code}"} for code in ERRORS}  # said once, meant of every operation


@dataclass(frozen=True)
class Operation:
    """An operation that is not a command: `query` maps parameter names to JSON schemas; `answer` a Struct, a media type, or None for `{}`."""

    method: str
    path: str
    summary: str
    body: type[msgspec.Struct] | None = None
    answer: type[msgspec.Struct] | str | None = None
    query: dict[str, Schema] = field(default_factory=dict[str, Schema])
    upload: bool = False
    open: bool = False


def document(features: Sequence[Feature], operations: Sequence[Operation], version: str) -> Schema:
    """The whole OpenAPI 3.1 document."""
    rows = {view.name: view.row for feature in features for view in feature.views}
    beside = [kind for feature in features for view in feature.views for kind in view.beside]
    bodies = {command for feature in features for command in feature.commands if not command.routed}
    asked = [op.body for op in operations if op.body is not None]
    answers = [op.answer for op in operations if isinstance(op.answer, type)]
    facts = [fact for feature in features for fact in feature.facts]
    kinds = list(dict.fromkeys([Problem, Receipt, ViewAnswer, *rows.values(), *beside, *bodies, *asked, *answers, *facts]))
    refs, components = msgspec.json.schema_components(kinds, ref_template=REF)
    names = {kind: ref["$ref"] for kind, ref in zip(kinds, refs, strict=True)}
    for command in bodies:
        _without_tag(components[names[command].rsplit("/", 1)[1]])
    paths: dict[str, Schema] = {}
    for feature in features:
        for command in (each for each in feature.commands if not each.routed):
            for kind in feature.streams_of(command):
                path = f"/api/streams/{kind}/{{stream_id}}/commands/{tag_of(command)}"
                paths[path] = {"post": _command(feature, kind, command, names)}
    for op in operations:
        paths.setdefault(op.path, {})[op.method] = _operation(op, names)
    return {
        "openapi": "3.1.0",
        "info": {"title": "開播 Kaibo", "version": version, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {code: _ok(text, {"$ref": names[Problem]}) for code, text in ERRORS.items()},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "kaibo_session"},
            },
        },
        "security": [{"token": []}, {"session": []}],
        "x-views": {name: {"$ref": names[row]} for name, row in rows.items()},
        "x-facts": {tag_of(fact): {"$ref": names[fact]} for fact in facts},
    }


def _command(feature: Feature, kind: str, command: type[Command], names: dict[type, str]) -> Schema:
    about = inspect.cleandoc(command.__doc__ or "")
    many = len(feature.streams_of(command)) > 1
    return {
        "operationId": tag_of(command) if not many else f"{tag_of(command)}:{kind}",
        "summary": about.split("\n")[0],
        "description": f"{about}\n\nDuty: `{command.duty}`.",
        "tags": [feature.name],
        "parameters": [_path("stream_id"), _header("Idempotency-Key"), _header("X-Kaibo-Role")],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": names[command]}}}},
        "responses": {"200": _ok("The events are durable.", {"$ref": names[Receipt]}), **FAILS},
    }


def _operation(op: Operation, names: dict[type, str]) -> Schema:
    found: Schema = {
        "operationId": f"{op.method}:{op.path}",
        "summary": op.summary,
        "parameters": [_path(name) for name in re.findall(r"\{(\w+)\}", op.path)]
        + [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in op.query.items()],
        "responses": {"200": _answer(op, names), **FAILS},
    }
    if op.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": {"$ref": names[op.body]}}}}
    if op.upload:
        form = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
        found["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    if op.open:
        found["security"] = []
    return found


def _answer(op: Operation, names: dict[type, str]) -> Schema:
    if isinstance(op.answer, str):
        return {"description": "A file.", "content": {op.answer: {"schema": {"type": "string", "format": "binary"}}}}
    return _ok("Done.", {"$ref": names[op.answer]} if op.answer is not None else {"type": "object"})


def _ok(description: str, schema: Schema) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _header(name: str) -> Schema:
    return {"name": name, "in": "header", "required": False, "schema": {"type": "string", "maxLength": 64}}


def _without_tag(schema: Schema) -> None:
    cast("Schema", schema.get("properties", {})).pop("type", None)
    if "required" in schema:
        schema["required"] = [name for name in cast("list[str]", schema["required"]) if name != "type"]
