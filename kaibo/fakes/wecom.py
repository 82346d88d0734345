"""WeCom's group robot. Its key is all the security there is; what became of a message stands in `errcode`."""

from kaibo.fakes.credentials import WECOM_KEY
from kaibo.fakes.protocol import Judged, Protocol, Rate, Seen, need, parsed, text_of
from kaibo.fakes.wire import Reply, Request

SENT_MAX = 20  # a minute
CONTENT_BYTES_MAX = {"text": 2048, "markdown": 4096}
TYPES = (*CONTENT_BYTES_MAX, "image", "news", "file", "voice", "template_card")


def said(errcode: int, errmsg: str) -> Reply:
    """As WeCom says anything."""
    return Reply.of({"errcode": errcode, "errmsg": errmsg})


class WeCom(Protocol):
    """One robot of one group."""

    kind = "wecom"
    paths = ("/cgi-bin/webhook/send",)
    limited = said(45009, "api freq out of limit")
    refused = said(40058, "invalid Request Parameter")

    def __init__(self) -> None:
        self._rate = Rate((SENT_MAX, 60.0))

    def judge(self, request: Request, at: float) -> Judged:
        need(request.query.get("key") == WECOM_KEY, said(93000, "invalid webhook url"))
        body = parsed(request.body, said(47001, "data format error"))
        message_type = str(body.get("msgtype"))
        need(message_type in TYPES and message_type in body, said(40008, "invalid message type"))
        text = text_of(body[message_type])
        most = CONTENT_BYTES_MAX.get(message_type)
        if most is not None:
            too_long = said(40058, f"{message_type}.content exceed max length {most}. invalid Request Parameter")
            need(len(text.encode("utf-8")) <= most, too_long)
        need(self._rate.admits(at), self.limited)
        return said(0, "ok"), Seen(kind="wecom", target=WECOM_KEY, text=text, at=at)
