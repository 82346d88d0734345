"""The seam as TypeScript, told of a feature of one page; and that errors stand once in the API's description."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Literal

import msgspec

from kaibo.app import openapi
from kaibo.core.errors import Refusal
from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import Feature, View
from kaibo.kit.openapi import ERRORS, Operation
from kaibo.kit.typescript import seam


class Spice(msgspec.Struct, frozen=True, kw_only=True):
    """Travels both ways."""

    name: str
    grams: int = 1


class Stir(Command, frozen=True, kw_only=True, tag="pot.stir"):
    """Stir it.

    Not too fast.
    """

    duty: ClassVar = "pot.stir"
    spices: tuple[Spice, ...]
    turns: int | msgspec.UnsetType = msgspec.UNSET


class Cover(Command, frozen=True, kw_only=True, tag="pot.cover"):
    """Put the lid on."""

    duty: ClassVar = "pot.stir"


class PotRow(msgspec.Struct, frozen=True, kw_only=True):
    state: Literal["cold", "hot"] | None = None
    spices: tuple[Spice, ...] = ()
    tastes: dict[Literal["salt", "sour"], float] = {}
    marks: tuple[tuple[int, bool], ...] = ()
    steps: list[int | None] = []
    more: dict[str, Any] = {}


class LidRow(msgspec.Struct, frozen=True):
    on: bool


class Recipe(msgspec.Struct, frozen=True, omit_defaults=True):
    event: Event[Any]
    serves: int = 4


class PotEmpty(Refusal):
    code = "pot.empty"
    spices: list[str]


class PotHot(PotEmpty):
    """With what it has from the one above."""

    code = "pot.hot"
    degrees: int | None


def never(*_: object) -> Iterable[Any]:
    raise AssertionError


def view(name: str, row: type[msgspec.Struct], **more: Any) -> View:
    return View(name=name, row=row, reads=(), state=list, fold=never, keys=never, get=lambda *_: None, duty="pot.read", **more)


class Stirred(Fact, frozen=True, kw_only=True, tag="pot.stirred"):
    """What no browser says or is shown is not in the file."""

    turns: int


POT = Feature(
    name="pot",
    streams=("show",),
    facts=(Stirred,),
    commands=(Stir, Cover),
    state=list,
    fold=lambda *_: None,
    decide=never,
    views=(view("pot.now", PotRow, beside=(LidRow,), lens=never), view("pot.lid", LidRow)),
)
OPERATIONS = (
    Operation("get", "/api/pots/{pot_id}", "A recipe.", answer=Recipe, query={"at": {}, "by": {}}),
    Operation("post", "/api/pots", "A new one.", Spice),
    Operation("post", "/api/pots/{pot_id}/picture", "What it looks like.", upload=True),
    Operation("get", "/api/pots/{pot_id}.pdf", "On paper.", answer="application/pdf"),
)
TEXT = seam((POT,), OPERATIONS, (PotHot, PotEmpty))


def declared(name: str) -> str:
    """The text of one interface or type, without its comment."""
    found = re.search(rf"^export (?:interface|type) {name} .*?(?=\n\n|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found, name
    return found.group(0).strip()


def test_what_is_said_to_a_stream_and_what_it_shows() -> None:
    assert declared("Commands") == "export interface Commands {\n  'pot.stir': Stir\n  'pot.cover': Cover\n}"
    assert declared("Views") == "export interface Views {\n  'pot.now': PotRow | LidRow\n  'pot.lid': LidRow\n}"
    assert declared("Lens") == "export type Lens = 'pot.now'"


def test_a_body_may_leave_out_what_has_a_default_and_names_no_type() -> None:
    assert declared("Stir") == "export interface Stir {\n  spices: SpiceGiven[]\n  turns?: number\n}"
    assert declared("SpiceGiven") == "export interface SpiceGiven {\n  name: string\n  grams?: number\n}"
    assert declared("Cover") == "export type Cover = Record<string, never>"


def test_what_the_server_says_is_complete() -> None:
    assert declared("Spice") == "export interface Spice {\n  name: string\n  grams: number\n}"
    assert declared("PotRow") == (
        "export interface PotRow {\n"
        "  state: 'cold' | 'hot' | null\n"
        "  spices: Spice[]\n"
        "  tastes: Partial<Record<'salt' | 'sour', number>>\n"
        "  marks: [number, boolean][]\n"
        "  steps: (number | null)[]\n"
        "  more: Record<string, unknown>\n"
        "}"
    )


def test_what_the_server_leaves_out_may_be_missing() -> None:
    assert declared("Recipe") == "export interface Recipe {\n  event: Event\n  serves?: number\n}"
    assert "  cause?: number | null\n" in declared("Event")


def test_operations_have_query_body_and_answer_and_files_are_links() -> None:
    assert declared("Operations") == (
        "export interface Operations {\n"
        "  'get /api/pots/{pot_id}': { query: 'at' | 'by'; body: undefined; answer: Recipe }\n"
        "  'post /api/pots': { query: never; body: SpiceGiven; answer: unknown }\n"
        "  'post /api/pots/{pot_id}/picture': { query: never; body: FormData; answer: unknown }\n"
        "}"
    )


def test_refusals_have_their_data() -> None:
    assert declared("Refusals") == (
        "export interface Refusals {\n"
        "  'pot.empty': { spices: string[] }\n"
        "  'pot.hot': { spices: string[]; degrees: number | null }\n"
        "}"
    )


def test_messages_of_the_live_channel_say_which_they_are() -> None:
    assert declared("ClientMessage") == "export type ClientMessage = Subscribe | Unsubscribe | Here | Ping"
    assert (
        declared("ServerMessage") == "export type ServerMessage = Snapshot | Patch | CaughtUp | Present | Pong | RefusedMessage"
    )
    assert declared("Snapshot").startswith("export interface Snapshot {\n  type: 'snapshot'\n  stream: string\n")
    assert declared("Table") == "export interface Table {\n  rows: Record<string, unknown>\n}"


def test_comments_come_along() -> None:
    assert "/** Travels both ways. */\nexport interface Spice {" in TEXT
    assert "/**\n * Stir it.\n *\n * Not too fast.\n */\nexport interface Stir {" in TEXT
    assert "Stirred" not in TEXT


def test_errors_stand_once_in_the_description_of_the_api() -> None:
    described = openapi()
    assert set(described["components"]["responses"]) == set(ERRORS)
    for path in described["paths"].values():
        for operation in path.values():
            failing = {code: answer for code, answer in operation["responses"].items() if code != "200"}
            assert failing == {code: {"$ref": f"#/components/responses/{code}"} for code in ERRORS}
