"""One TypeScript file from the features: what a browser may say, what it is shown, and with what it is refused.

Names and fields are those of the Structs that decode and encode here, so no side can mean another thing. What the server says
is complete: every field is there. What one says to it may leave out what has a default.
"""

import inspect
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_origin

import msgspec
from msgspec import inspect as kinds

from kaibo.core.errors import Refusal
from kaibo.core.event import Command
from kaibo.core.feature import Feature, View, tag_of
from kaibo.core.stream import Receipt
from kaibo.kit.item_types import item_words
from kaibo.kit.messages import ClientMessage, ServerMessage
from kaibo.kit.openapi import Operation

HEAD = """/**
 * What this app and the server say to each other. Generated from the server's features by `make api`: do not edit.
 * What the server says is complete; of what one says to it, fields with a default may be left out.
 */
"""
PLAIN: Mapping[type[kinds.Type], str] = {
    kinds.StrType: "string",
    kinds.BytesType: "string",  # base64
    kinds.IntType: "number",
    kinds.FloatType: "number",
    kinds.BoolType: "boolean",
    kinds.NoneType: "null",
    kinds.AnyType: "unknown",
    kinds.CustomType: "unknown",
    kinds.RawType: "Record<string, unknown>",  # bytes that are a JSON object already
}


def seam(features: Sequence[Feature], operations: Sequence[Operation], refusals: Iterable[type[Refusal]]) -> str:
    """The whole file: tables of commands, views, limits of views, operations and refusals, the live channel's messages, and every Struct they name."""
    commands = [command for feature in features for command in feature.commands if not command.routed]
    views = [view for feature in features for view in feature.views]
    spoken = [operation for operation in operations if not isinstance(operation.answer, str)]  # files are links
    codes = {kind.code: kind.declared() for kind in refusals}
    rows = [row for view in views for row in _rows(view)]
    data = [kind for declared in codes.values() for kind in declared.values()]
    said = _reached([Receipt, *rows, *(op.answer for op in spoken if op.answer), *data, ServerMessage])
    given = _reached([*commands, *(op.body for op in spoken if op.body), ClientMessage])
    loose = frozenset(kind for kind in said.keys() & given.keys() if _leaves_out(given[kind]))
    out, into = _Side(said), _Side(given, loose, given=True)
    return "\n".join(
        [
            HEAD,
            _table("Commands", {tag_of(command): into.type_of(command) for command in commands}),
            _table("Views", {view.name: " | ".join(map(out.type_of, _rows(view))) for view in views}),
            f"/** Views that may be asked through a question. */\nexport type Lens = {_union(v.name for v in views if v.lens)}\n",
            _table("Limits", {view.name: str(view.whole.most) for view in views if view.whole}),
            _table("Operations", {f"{op.method} {op.path}": _operation(op, out, into) for op in spoken}),
            _table("Refusals", {code: _fields(codes[code], out) for code in sorted(codes)}),
            "/** What teams call the five jobs of a product, as written and as compared: simplified, in small letters. */",
            f"export const ITEM_WORDS: Readonly<Record<string, string>> = {json.dumps(item_words(), ensure_ascii=False, indent=2)}\n",
            f"export type ClientMessage = {into.type_of(ClientMessage)}\n",
            f"export type ServerMessage = {out.type_of(ServerMessage)}\n",
            *(text for _, text in sorted({**out.interfaces(), **into.interfaces()}.items())),
        ]
    )


def _rows(view: View[msgspec.Struct]) -> tuple[type[msgspec.Struct], ...]:
    return (view.row, *view.beside)


def _reached(roots: Iterable[object]) -> dict[type, kinds.StructType]:
    """Every Struct that is named by these types, or by one of those."""
    waiting = [kinds.type_info(root) for root in roots]
    found: dict[type, kinds.StructType] = {}
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, kinds.StructType):
            if _class(kind) in found:
                continue
            found[_class(kind)] = kind
        waiting.extend(_parts(kind))
    return found


def _class(kind: kinds.StructType) -> type[msgspec.Struct]:
    """The Struct itself, for one with a parameter too."""
    return get_origin(kind.cls) or kind.cls


def _parts(kind: kinds.Type) -> Iterator[kinds.Type]:
    match kind:
        case kinds.StructType(fields=fields):
            yield from (field.type for field in fields)
        case kinds.UnionType(types=types) | kinds.TupleType(item_types=types):
            yield from types
        case kinds.ListType(item_type=item) | kinds.VarTupleType(item_type=item):
            yield item
        case kinds.DictType(key_type=key, value_type=value):
            yield from (key, value)
        case _:
            pass


def _leaves_out(kind: kinds.Type) -> bool:
    """Whether a field of it, at any depth, has a default."""
    absent = isinstance(kind, kinds.StructType) and not all(field.required for field in kind.fields)
    return absent or any(map(_leaves_out, _parts(kind)))


@dataclass(frozen=True)
class _Side:
    """One direction, and the Structs that travel in it. Those that are `loose` in one and complete in the other are `…Given` there."""

    structs: Mapping[type, kinds.StructType]
    loose: frozenset[type] = frozenset()
    given: bool = False

    def type_of(self, kind: object) -> str:
        """The TypeScript of a type of ours."""
        return self._type(kinds.type_info(kind))

    def interfaces(self) -> dict[str, str]:
        """The text of each Struct by its name."""
        return {self._name(kind): self._interface(kind) for kind in self.structs.values()}

    def _name(self, kind: kinds.StructType) -> str:
        return _class(kind).__name__ + ("Given" if _class(kind) in self.loose else "")

    def _type(self, kind: kinds.Type) -> str:
        match kind:
            case kinds.StructType():
                return self._name(kind)
            case kinds.LiteralType(values=values):
                return _union(values)
            case kinds.UnionType(types=types):
                return " | ".join(dict.fromkeys(map(self._type, types)))
            case kinds.ListType(item_type=item) | kinds.VarTupleType(item_type=item):
                one = self._type(item)
                return f"({one})[]" if " | " in one else f"{one}[]"
            case kinds.TupleType(item_types=items):
                return f"[{', '.join(map(self._type, items))}]"
            case kinds.DictType(key_type=key, value_type=value):
                table = f"Record<{self._type(key)}, {self._type(value)}>"
                return f"Partial<{table}>" if isinstance(key, kinds.LiteralType) else table
            case _:
                return PLAIN[type(kind)]

    def _interface(self, kind: kinds.StructType) -> str:
        about = inspect.cleandoc(_class(kind).__doc__ or "").replace("*/", "* /")
        head = (
            f"/** {about} */\n"
            if "\n" not in about
            else "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in about.split("\n")) + " */\n"
        )
        lines = [f"  {name}: {text}\n" for name, text in self._lines(kind)]
        if not lines:
            return f"{head}export type {self._name(kind)} = Record<string, never>\n"
        return f"{head}export interface {self._name(kind)} {{\n{''.join(lines)}}}\n"

    def _lines(self, kind: kinds.StructType) -> Iterator[tuple[str, str]]:
        if kind.tag_field is not None and not issubclass(_class(kind), Command):  # a command's tag is in its address
            yield kind.tag_field, _word(kind.tag)
        may_miss = self.given or _class(kind).__struct_config__.omit_defaults
        for field in kind.fields:
            yield field.encode_name + ("?" if may_miss and not field.required else ""), self._type(field.type)


def _operation(operation: Operation, out: _Side, into: _Side) -> str:
    query = _union(operation.query)
    body = "FormData" if operation.upload else into.type_of(operation.body) if operation.body else "undefined"
    answer = out.type_of(operation.answer) if operation.answer else "unknown"
    return f"{{ query: {query}; body: {body}; answer: {answer} }}"


def _fields(declared: Mapping[str, object], out: _Side) -> str:
    return (
        "{ " + "; ".join(f"{name}: {out.type_of(kind)}" for name, kind in declared.items()) + " }"
        if declared
        else "Record<string, never>"
    )


def _table(name: str, entries: Mapping[str, str]) -> str:
    return f"export interface {name} {{\n" + "".join(f"  {_word(key)}: {text}\n" for key, text in entries.items()) + "}\n"


def _union(words: Iterable[object]) -> str:
    return " | ".join(map(_word, words)) or "never"


def _word(value: object) -> str:
    """A text or a number as a literal."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" if isinstance(value, str) else str(value)
