"""What does not fit a field is refused in the reader's language, with the field; whatever command it stands in."""

import re
from collections.abc import Iterator

import msgspec
import msgspec.inspect as shapes
import pytest

from kaibo.core.event import Command
from kaibo.features import FEATURES
from kaibo.kit.words import LANGUAGES, say
from tests.served import served

COMMANDS = [command for feature in FEATURES for command in feature.commands]


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("Expected `str` of length <= 3 - at `$.a`", "a：最多 3 個字", "a: may have 3 characters at most"),
        ("Expected `str` of length >= 1 - at `$.a`", "a：不能空白", "a: may not be empty"),
        ("Expected `str` of length >= 12", "至少 12 個字", "needs 12 characters at least"),
        ("Expected `int` >= 0 - at `$.lines[0].n`", "lines[0].n：不能小於 0", "lines[0].n: may not be below 0"),
        ("Expected `float` <= 9.0 - at `$.f`", "f：不能大於 9", "f: may not be above 9"),
        ("Expected `float` > 0.5", "要大於 0.5", "must be above 0.5"),
        ("Expected `int` < 7", "要小於 7", "must be below 7"),
        ("Expected `array` of length <= 1 - at `$.c`", "c：最多 1 項", "c: may have 1 entries at most"),
        ("Expected `object` of length >= 2", "至少 2 項", "needs 2 entries at least"),
        ("Expected `int | null`, got `str` - at `$.b`", "b：要是整數或空值", "b: must be a whole number or empty"),
        ("Expected `str`, got `int` - at `key in $.d`", "d：要是文字", "d: must be a text"),
        ("Expected `str` matching regex '^[a-z]+$' - at `$.r`", "r：寫法不對", "r: is not written as it must be"),
        ("Object missing required field `title`", "少了 title", "title is missing"),
        ("Object contains unknown field `q` - at `$.x`", "x：沒有 q 這一項", "x: there is no q here"),
        ("Invalid enum value 'q' - at `$.kind`", "kind：不認得「q」", "kind: “q” is not known here"),
        ("Invalid value 'k' - at `$.t.type`", "t.type：不認得「k」", "t.type: “k” is not known here"),
        ("something else", "something else", "something else"),
    ],
)
def test_each_line_of_the_decoder_is_said_in_words(line: str, zh: str, en: str) -> None:
    data = {"where": "", "why": line}
    assert say("core.invalid", data, "zh-Hant") == f"看不懂請求： {zh}"
    assert say("core.invalid", data, "en") == f"The request is not understood:  {en}"


def wrong(shape: shapes.Type) -> Iterator[object]:
    """Values that do not fit."""
    match shape:
        case shapes.StrType(max_length=most):
            yield from (1, True, *(() if most is None else ("x" * (most + 1),)))
            yield ""
        case shapes.IntType(ge=least, le=most):
            yield from ("x", 1.5, *(() if least is None else (least - 1,)), *(() if most is None else (most + 1,)))
        case shapes.VarTupleType(max_length=most):
            yield from ("x", {}, *(() if most is None else ([None] * (most + 1),)))
        case shapes.LiteralType():
            yield from ("no such", 10**9)
        case shapes.UnionType(types=several):
            yield from (value for one in several for value in wrong(one))
        case _:
            yield from ([1], "no such", 7)


def lines(command: type[Command]) -> Iterator[str]:
    """What the decoder says of each field with a value that does not fit."""
    info = shapes.type_info(command)
    assert isinstance(info, shapes.StructType)
    for field in info.fields:
        shape = field.type.type if isinstance(field.type, shapes.Metadata) else field.type
        for value in wrong(shape):
            try:
                msgspec.convert({str(info.tag_field): info.tag, field.encode_name: value}, command)
            except msgspec.ValidationError as error:
                yield str(error)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_is_refused_in_the_decoders_english(language: str) -> None:
    told = {line for command in COMMANDS for line in lines(command)}
    assert len(told) > 300
    said = {say("core.invalid", {"where": "", "why": line}, language) for line in told}
    assert [one for one in said if re.search(r"Expected|Invalid|Object|`|str\b", one)] == []


def test_at_the_door_the_field_is_named_apart_from_what_is_wrong() -> None:
    with served() as house:
        owner = house.owner()
        body = {"show_id": "s1", "title": "x" * 1000, "starts_at": 0, "ends_at": 1}
        answer = owner.post("/api/streams/show/s1/commands/show.plan", json=body, headers={"Accept-Language": "zh-Hant"})
        assert answer.status_code == 422
        told = answer.json()
        assert (told["code"], told["data"]["where"]) == ("core.invalid", "title")
        assert re.fullmatch(r"看不懂請求：title 最多 \d+ 個字", told["message"])
