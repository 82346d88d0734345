"""One script for everybody who compares texts: OpenCC's table, for every character that people here use."""

import json

import opencc
import pytest

from kaibo.core.script import SIMPLIFIED, TRADITIONAL, VARIANTS, in_one_line, one_spelling, written
from kaibo.features.audience.script import tidy
from tests.served import ROOT

FIRST_LEVEL = range(0xA4, 0xC7)  # of Big5: the 5,401 usual characters


def usual() -> list[str]:
    places = (bytes((row, cell)) for row in FIRST_LEVEL for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return [text for place in places if (text := place.decode("big5", errors="ignore"))]


def test_the_table_is_opencc_s_but_for_what_it_says() -> None:
    simplified = opencc.OpenCC("t2s").convert
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    theirs = {sign: simplified(sign) for sign in TRADITIONAL}
    ours = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    assert {sign: ours[sign] for sign in ours if ours[sign] != theirs[sign]} == VARIANTS


def test_no_usual_character_is_forgotten() -> None:
    simplified = opencc.OpenCC("t2s").convert
    assert [sign for sign in usual() if simplified(sign) != sign and sign not in TRADITIONAL] == []


@pytest.mark.parametrize("word", ["鹹蛋糕", "便當袋", "麥片", "飯鍋", "賬號", "麵線"])
def test_a_word_is_one_word_in_both_scripts_for_claims_and_questions_alike(word: str) -> None:
    hans = opencc.OpenCC("t2s").convert(word)
    assert one_spelling(word) == one_spelling(hans)
    assert tidy([word]) == tidy([hans]) == [one_spelling(word)]


@pytest.mark.parametrize("text", ["", " \u3000\n", "\u200b", "\x00\x1f", "\ufe0f\u20e3", "\u3164", "\u2800 \u00ad"])
def test_what_cannot_be_seen_is_not_said(text: str) -> None:
    assert written(text) == ""


@pytest.mark.parametrize("text", ["好", ".", "❤️", "👩\u200d👧", "é", "กำ", "a\u200bb"])
def test_what_can_be_seen_is_said_as_it_came(text: str) -> None:
    assert written(f" {text}\n") == text


@pytest.mark.parametrize(("text", "line"), json.loads((ROOT / "web/src/ui/written.cases.json").read_text("utf-8")))
def test_what_is_written_in_one_line(text: str, line: str) -> None:
    """The same cases as the web's forms, which open their button for what the server takes."""
    assert in_one_line(text) == line


def test_no_mark_turns_the_order_of_signs_about() -> None:
    assert written("價錢 \u202e100\u202c 元") == "價錢 100 元"
    assert written("\u2066\u2069") == ""
