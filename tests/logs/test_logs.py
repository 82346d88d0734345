"""The logs of every release fold for ever to what they showed then.

A later version may show more (new views, new fields of a row), never less and nothing else: each stored row must come
out again to the byte once the fields it did not have are left out. Where two screens contradicted each other, the wrong one
is listed in `mended.json` with what it says now and why.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kaibo.core.feature import fact_of, tag_of
from kaibo.features import FEATURES
from tests.logs.make import views
from tests.world import CODEC

LOGS = sorted(Path(__file__).parent.glob("*.log.jsonl"))
FIRST_FACTS = {  # of 0.1.0, with its seed; moderation.skipped is written by nobody who keeps up
    "alarm": 6, "audience": 3, "claim": 12, "comment": 7, "draw": 6, "metric": 6, "moderation": 12, "order": 5, "product": 5, "promo": 6, "prompter": 4, "rundown": 10, "show": 5, "workspace": 7,
}  # fmt: skip
MENDED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "mended.json").read_text("utf-8"))
RENAMED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "renamed.json").read_text("utf-8")
)  # a key of None: a row more
GROWING = {"metric.tiles"}  # tables of named figures: a later version knows more of them


def known(then: Any, now: Any) -> Any:
    """`now` without what `then` did not have."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: known(then[key], now[key]) for key in then if key in now}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [known(before, after) for before, after in zip(then, now, strict=True)]
    return now


def mended(log: Path, row: dict[str, Any]) -> dict[str, Any] | None:
    """A stored row as it must come out now, None when there is none any more."""
    for each in RENAMED:
        if (each["log"], each["view"], each["key"]) == (log.name, row["view"], row["key"]):
            row["key"] = each["becomes"]
            break
    for each in MENDED:
        if (each["log"], each["view"], each["key"]) == (log.name, row["view"], row["key"]):
            if each["field"] is None:  # there is no such row any more
                return None
            assert row["row"][each["field"]] == each["said"]
            row["row"][each["field"]] = each["says"]
    return row


def changed(then: list[bytes], now: list[bytes]) -> list[str]:
    """The stored rows that do not come out again."""
    found = {(row["view"], row["key"]): row for row in map(json.loads, now)}
    wrong: list[str] = []
    for line in then:
        row = json.loads(line)
        again = found.get((row["view"], row["key"]))
        if again is None or msgspec.json.encode(known(row, again)) != line:
            wrong.append(f"{row['view']} {row['key']}: {row['row']} became {again and again['row']}")
    shown = {json.loads(line)["view"] for line in then}
    stored = {(row["view"], row["key"]) for row in map(json.loads, then)}
    return wrong + [f"{view} {key}: new" for view, key in found if view in shown - GROWING and (view, key) not in stored]


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name)
def test_an_old_log_shows_what_it_showed(log: Path) -> None:
    lines = log.with_name(log.name.replace(".log.", ".views.")).read_bytes().splitlines()
    stored = [msgspec.json.encode(row) for line in lines if (row := mended(log, json.loads(line))) is not None]
    assert stored
    more = {f"{each['view']} {each['becomes']}: new" for each in RENAMED if each["log"] == log.name and each["key"] is None}
    assert set(changed(stored, views(log.read_bytes().splitlines()))) == more


def test_the_first_release_left_a_log_of_every_fact_it_had() -> None:
    told = {
        tag_of(fact_of(CODEC.from_json(line)))
        for log in LOGS
        if log.name.startswith("0.1.0")
        for line in log.read_bytes().splitlines()
    }
    count: dict[str, int] = {}
    for tag in told:
        feature = tag.split(".")[0]
        count[feature] = count.get(feature, 0) + 1
    assert count == FIRST_FACTS
    assert told <= {tag_of(fact) for feature in FEATURES for fact in feature.facts}


def test_what_is_mended_says_which_contradiction_it_mends() -> None:
    names = {log.name for log in LOGS}
    assert all(each["why"] and each["said"] != each["says"] and each["log"] in names for each in MENDED)
    assert all(each["why"] and each["becomes"] != each["key"] and each["log"] in names for each in RENAMED)


def test_a_row_that_changed_is_seen() -> None:
    log = LOGS[0]
    stored = log.with_name(log.name.replace(".log.", ".views.")).read_bytes().splitlines()
    now = [json.loads(line) for line in stored]
    for row in now:
        row["row"]["more"] = 1
    more = [msgspec.json.encode(row) for row in now]
    assert changed(stored, more) == []
    assert len(changed(stored, more[1:])) == 1
    now[0]["row"][next(iter(now[0]["row"]))] = "other"
    assert len(changed(stored, [msgspec.json.encode(row) for row in now])) == 1
    extra = {"view": now[0]["view"], "key": "extra", "row": {}}
    assert len(changed(stored, [*more, msgspec.json.encode(extra)])) == 1
