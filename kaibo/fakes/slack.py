"""Slack's Web API as far as one posts with it and looks up what stands there. Refusals come with status 200; only too many requests get 429."""

from collections import defaultdict
from decimal import Decimal
from itertools import islice
from math import ceil
from re import fullmatch
from typing import cast
from urllib.parse import parse_qsl

from kaibo.fakes.credentials import SLACK_TOKEN
from kaibo.fakes.protocol import Judged, Protocol, Refused, Seen, need, parsed, text_of
from kaibo.fakes.wire import Reply, Request

TEXT_MAX = 40_000
BURST = 30  # a channel takes these at once, and then one a second
LOOKED_UP_MAX = 999
BOT = {"user": "U0FAKEBOT", "bot_id": "B0FAKEBOT", "team": "T0FAKE"}
Message = dict[str, object]


def failed(error: str, status: int = 200, **headers: str) -> Reply:
    """As Slack says no."""
    return Reply.of({"ok": False, "error": error}, status, {name.replace("_", "-"): text for name, text in headers.items()})


class Slack(Protocol):
    """A workspace in which every well-formed channel exists."""

    kind = "slack"
    paths = ("/api/chat.postMessage", "/api/auth.test", "/api/conversations.history", "/api/conversations.replies")
    methods = ("POST", "GET")
    limited = failed("rate_limited")
    refused = failed("restricted_action")

    def __init__(self) -> None:
        self._channels: defaultdict[str, list[Message]] = defaultdict(list)
        self._filled: defaultdict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))  # how many, and when
        self._last_us = 0

    def judge(self, request: Request, at: float) -> Judged:
        need(request.bearer, failed("not_authed"))
        need(request.bearer == SLACK_TOKEN, failed("invalid_auth"))
        asked = _arguments(request)
        method = request.path.removeprefix("/api/")
        if method == "auth.test":
            you = {
                "url": "https://fake.slack.com/",
                "team": "Fake",
                "user": "kaibo",
                "team_id": BOT["team"],
                "user_id": BOT["user"],
            }
            return Reply.of({"ok": True, **you, "bot_id": BOT["bot_id"]}), None
        channel = str(asked.get("channel", ""))
        need(fullmatch("[CDG][A-Z0-9]+", channel), failed("channel_not_found"))
        if method == "chat.postMessage":
            return self._post(channel, asked, at)
        return (self._history if method == "conversations.history" else self._replies)(channel, asked), None

    def _post(self, channel: str, asked: Message, at: float) -> Judged:
        text = str(asked.get("text") or "") or text_of(asked.get("blocks"))
        need(text, failed("no_text"))
        need(len(text) <= TEXT_MAX, failed("msg_too_long"))
        metadata = _metadata(asked.get("metadata"))
        self._pour(channel, at)
        self._last_us = max(self._last_us + 1, int(at * 1_000_000))
        ts = f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06}"
        message: Message = {"type": "message", "text": text, "ts": ts, **BOT}
        message |= {name: asked[name] for name in ("thread_ts", "blocks") if asked.get(name)}
        if metadata:
            message["metadata"] = metadata
        self._channels[channel].append(message)
        payload = cast("Message", metadata.get("event_payload", {}))
        key = str(next(iter(payload.values()), ""))
        return Reply.of({"ok": True, "channel": channel, "ts": ts, "message": message}), Seen(
            kind="slack", target=channel, text=text, key=key, at=at
        )

    def _pour(self, channel: str, at: float) -> None:
        """Count it, or say when there is room again."""
        filled, when = self._filled[channel]
        filled = max(0.0, filled - max(0.0, at - when)) + 1
        need(filled <= BURST, failed("ratelimited", 429, Retry_After=str(ceil(filled - BURST))))
        self._filled[channel] = filled, at

    def _history(self, channel: str, asked: Message) -> Reply:
        """From the newest on; what was answered in a thread stands there alone."""
        roots = (each for each in reversed(self._channels[channel]) if each.get("thread_ts", each["ts"]) == each["ts"])
        return _page([each for each in roots if _between(each, asked)], asked, 100)

    def _replies(self, channel: str, asked: Message) -> Reply:
        """A thread from its beginning on."""
        root = str(asked.get("ts", ""))
        thread = [each for each in self._channels[channel] if root in (each["ts"], each.get("thread_ts"))]
        need(thread, failed("thread_not_found"))
        return _page([each for each in thread if _between(each, asked)], asked, LOOKED_UP_MAX)


def _arguments(request: Request) -> Message:
    if "json" in request.headers.get("content-type", ""):
        return {**request.query, **parsed(request.body or b"{}", failed("json_not_object"))}
    try:
        return {**request.query, **dict(parse_qsl(request.body.decode()))}
    except UnicodeError as error:
        raise Refused(failed("invalid_form_data")) from error


def _metadata(given: object) -> Message:
    """As it is in JSON, or as a text of JSON in a form."""
    if not given:
        return {}
    malformed = failed("invalid_metadata_format")
    metadata = parsed(given, malformed) if isinstance(given, str) else given
    need(isinstance(metadata, dict), malformed)
    metadata = cast("Message", metadata)
    need(isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict), malformed)
    return metadata


def _between(message: Message, asked: Message) -> bool:
    ts = Decimal(str(message["ts"]))
    oldest, latest = _time(asked, "oldest"), _time(asked, "latest")
    if _said(asked, "inclusive"):
        return (oldest is None or oldest <= ts) and (latest is None or ts <= latest)
    return (oldest is None or oldest < ts) and (latest is None or ts < latest)


def _time(asked: Message, name: str) -> Decimal | None:
    given = str(asked.get(name) or "")
    need(fullmatch(r"([0-9]{1,15}(\.[0-9]{1,9})?)?", given), failed(f"invalid_ts_{name}"))
    return Decimal(given) if given else None


def _said(asked: Message, name: str) -> bool:
    return str(asked.get(name, "")).lower() in ("1", "true")


def _page(found: list[Message], asked: Message, usual: int) -> Reply:
    """Metadata is shown only to who asks for it."""
    limit = str(asked.get("limit") or usual)
    need(fullmatch("[1-9][0-9]{0,2}", limit), failed("invalid_limit"))
    left_out = () if _said(asked, "include_all_metadata") else ("metadata",)
    shown = [{name: each[name] for name in each if name not in left_out} for each in islice(found, int(limit))]
    return Reply.of({"ok": True, "messages": shown, "has_more": len(found) > len(shown)})
