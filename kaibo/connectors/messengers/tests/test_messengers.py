"""What an answer means, by its body; and what is never taken for a confirmation."""

from typing import Any

import msgspec
import pytest

from kaibo.connectors.messengers import MESSENGERS
from kaibo.connectors.messengers.pacing import Pacing
from kaibo.connectors.messengers.shape import cut
from kaibo.features.bridge.facts import Kind
from kaibo.kit.outward import Answer

PAGE = b"<!doctype html><title>sign in</title>"


def read(kind: Kind, body: Any, status: int = 200, **headers: str) -> tuple[str, str, int]:
    sent = body if isinstance(body, bytes) else msgspec.json.encode(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    said = MESSENGERS[kind].read(Answer(status=status, headers=named, body=sent), "key")
    return said.outcome, said.code, said.wait_ms


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("slack", {"ok": True, "ts": "1.2"}, ("confirmed", "", 0)),
        ("slack", {"ok": True}, ("sent", "", 0)),
        ("slack", {"ok": False, "error": "channel_not_found"}, ("failed", "channel_not_found", 0)),
        ("slack", {"ok": False, "error": "message_limit_exceeded"}, ("limited", "message_limit_exceeded", 0)),
        ("slack", {"ok": False, "error": "internal_error"}, ("unknown", "internal_error", 0)),
        ("slack", {"ok": False, "error": "service_unavailable"}, ("unreached", "service_unavailable", 0)),
        ("slack", {"ok": "true"}, ("failed", "unknown", 0)),
        ("dingtalk", {"errcode": 0}, ("sent", "", 0)),
        ("dingtalk", {"errcode": 130101}, ("limited", "130101", 600_000)),
        ("dingtalk", {"errcode": 310000}, ("failed", "310000", 0)),
        ("dingtalk", {"errcode": -1}, ("unreached", "-1", 0)),
        ("wecom", {"errcode": False}, ("unknown", "unreadable 200", 0)),
        ("feishu", {"code": 0}, ("sent", "", 0)),
        ("feishu", {"StatusCode": 0}, ("sent", "", 0)),
        ("feishu", {"code": 19021}, ("failed", "19021", 0)),
        ("feishu", {"code": 11232}, ("limited", "11232", 5_000)),
        ("feishu", {"code": 9499, "msg": "too many request"}, ("limited", "9499", 5_000)),
        ("feishu", {"code": 9499, "msg": "Bad Request"}, ("failed", "9499", 0)),
        ("wecom", {"errcode": 0}, ("sent", "", 0)),
        ("wecom", {"errcode": 45009}, ("limited", "45009", 60_000)),
        ("wecom", {"errcode": 93000}, ("failed", "93000", 0)),
        ("line", {"sentMessages": [{"id": "7"}]}, ("confirmed", "", 0)),
        ("line", {"sentMessages": []}, ("sent", "", 0)),
        ("webhook", {"received": "key"}, ("confirmed", "", 0)),
        ("webhook", {"received": True}, ("sent", "", 0)),
        ("webhook", {"received": "other"}, ("sent", "", 0)),
        ("webhook", b"ok", ("sent", "", 0)),
        ("webhook", b"", ("sent", "", 0)),
    ],
)
def test_the_body_says_what_became_of_it(kind: Kind, body: Any, found: tuple[str, str, int]) -> None:
    assert read(kind, body) == found


@pytest.mark.parametrize(
    "body", [PAGE, b"\x00\xff{]", b" \n<html>", b"[]", b"null", b'"ok"', b"{}", "錯".encode("gbk"), b"[" * 100_000]
)
@pytest.mark.parametrize("kind", ["slack", "dingtalk", "feishu", "wecom", "line"])
def test_what_says_nothing_is_no_confirmation(kind: Kind, body: bytes) -> None:
    assert read(kind, body)[0] == "unknown"


@pytest.mark.parametrize("body", [PAGE, b"\x00\xff{]", b" \n<html>"])
def test_a_page_is_no_receipt(body: bytes) -> None:
    assert read("webhook", body)[0] == "unknown"


@pytest.mark.parametrize("kind", MESSENGERS)
def test_busy_and_broken_are_told_by_the_status(kind: Kind) -> None:
    assert read(kind, PAGE, 429, retry_after="7") == ("limited", "429", 7_000)
    assert read(kind, PAGE, 429, retry_after="soon") == ("limited", "429", 0)
    assert read(kind, PAGE, 429, retry_after="9" * 30) == ("limited", "429", 0)
    assert read(kind, PAGE, 503) == ("unreached", "503", 0)
    for status in (500, 502, 504):  # it may have been taken before it broke
        assert read(kind, PAGE, status) == ("unknown", str(status), 0)
    assert read(kind, {"errcode": 0, "code": 0, "ok": True}, 403)[0] == "failed"
    assert read(kind, PAGE, 302)[0] == "failed"


def test_line_knows_again_what_it_took_and_says_when_the_month_is_used_up() -> None:
    assert read("line", {}, 409, x_line_accepted_request_id="r") == ("confirmed", "", 0)
    assert read("line", {"message": "no such"}, 409)[0] == "failed"
    assert read("line", {"message": "You have reached your monthly limit."}, 429) == ("failed", "429 monthly limit", 0)


def test_a_text_is_cut_between_signs_and_says_so() -> None:
    assert cut("五號鏈接", 12) == "五號鏈接"
    assert cut("五號鏈接打不開", 14) == "五號鏈…"
    assert len(cut("😀" * 100, 50).encode()) <= 50


def test_some_of_what_a_robot_takes_is_kept_for_what_cannot_wait() -> None:
    pacing = Pacing(MESSENGERS["wecom"])
    for at in range(13):
        assert pacing.wait(at, urgent=False) == 0
        pacing.note(at)
    assert pacing.wait(13, urgent=False) == 60_000 - 13
    for at in range(13, 18):
        assert pacing.wait(at, urgent=True) == 0
        pacing.note(at)
    assert pacing.wait(18, urgent=True) == 60_000 - 18
    assert pacing.wait(60_000, urgent=True) == 0
    pacing.rest(70_000)
    assert pacing.wait(60_000, urgent=True) == 10_000
    assert Pacing(MESSENGERS["wecom"], [9_000_000] * 18, 9_900_000).wait(5_000, urgent=True) == 0  # the clock was set back
