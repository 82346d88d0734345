"""WeCom 企業微信, the robot of a group: its key, in the address, is its secret. 2,048 bytes of text, twenty a minute."""

import msgspec

from kaibo.connectors.messengers.shape import JSON, Answered, Messenger, Outgoing, Request, Way, by_code, by_status, fields_of
from kaibo.kit.outward import Answer

BUSY = {45009: 60_000, 45033: 10_000}  # errcode: how long it is to rest (ms)
DOWN = (-1,)


def make(way: Way, letter: Outgoing, at: int) -> Request:
    """Whatever is urgent is called out to everybody in the group."""
    del at
    text = {"content": letter.text, **({"mentioned_list": ["@all"]} if letter.urgent else {})}
    return Request(url=way.url, headers=JSON, body=msgspec.json.encode({"msgtype": "text", "text": text}))


def read(answer: Answer, _: str) -> Answered:
    """By the body's errcode."""
    return by_status(answer) or by_code(answer, (fields_of(answer) or {}).get("errcode"), BUSY, DOWN)


MESSENGER = Messenger(
    hosts=frozenset({"qyapi.weixin.qq.com"}), most=18, per_ms=60_000, reserve=5, text_bytes=2_000, make=make, read=read
)
