"""A refusal names things as people do: no id of the machine stands in its text, while its data keep it."""

import re

import pytest

from kaibo.kit.words import words
from tests.served import ask, do, served

MADE_UP = re.compile(
    r"\{\w*(?:move|claim|reply|action|question|alarm|rule|show|token|raise|note)_id\}"
)  # ids that nobody ever reads


def test_a_cue_on_air_and_a_product_in_use_are_called_by_their_names() -> None:
    with served() as house:
        owner = house.owner()
        do(owner, "show", "s1", "show.plan", show_id="s1", title="x", starts_at=0, ends_at=3_600_000)
        do(owner, "show", "s1", "product.add", product={"product_id": "A1", "name": "晨光面霜", "live_price_minor": 100})
        for number, title in enumerate(("開場", "面霜")):
            cue = {"cue_id": f"c{number}", "title": title, "duration_ms": 60_000, "product_id": "A1" if number else None}
            do(owner, "show", "s1", "rundown.add_cue", cue=cue, after_cue_id="c0" if number else None)
        do(owner, "show", "s1", "show.air")
        do(owner, "show", "s1", "rundown.go", expect_cue_id="c0")
        live = ask(owner, "show", "s1", "rundown.remove_cue", cue_id="c0").json()
        assert (live["data"], live["message"]) == ({"cue_id": "c0"}, "環節「開場」正在播出，不能移動、刪除、跳過或重新開始")
        stale = ask(owner, "show", "s1", "rundown.go", expect_cue_id="c0").json()
        assert stale["message"] == "下一個環節已經是「面霜」，不是「開場」"
        used = ask(owner, "show", "s1", "product.remove", product_id="A1").json()
        assert "晨光面霜" in used["message"]
        alone = ask(owner, "workspace", "main", "workspace.remove_person", person_id="owner").json()
        assert "負責人" in alone["message"]
        assert "owner" not in alone["message"]


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_no_text_asks_for_an_id_that_nobody_reads(language: str) -> None:
    assert [code for code, text in words(language).items() if MADE_UP.search(text)] == []
