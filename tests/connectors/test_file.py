"""A recorded chat comes in as it happened: at its pace, in whatever encoding it was saved."""

import asyncio
import gzip
from pathlib import Path
from random import Random

import pytest

from kaibo.connectors.file.inbound import BATCH_S, NotAChat, read_chat, replay
from kaibo.features.audience.commands import AudienceItem

BEGAN = 1_764_331_200_000
SAID = ("請問這個還有現貨嗎", "敏感肌可以用嗎，我想買兩瓶", "主播今天的價格是多少", "已經下單了，什麼時候出貨")
SAID_HANS = ("请问这个还有现货吗", "敏感肌可以用吗，我想买两瓶", "主播今天的价格是多少", "已经下单了，什么时候发货")


def chat(path: Path, moments: list[float], said: tuple[str, ...] = SAID, encoding: str = "utf-8") -> Path:
    rows = "".join(f"{at},v{place % 7},{said[place % len(said)]}\r\n" for place, at in enumerate(moments))
    data = f"t_s,viewer,text\r\n{rows}".encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


class Time:
    """A clock that moves only by sleeping."""

    def __init__(self) -> None:
        self.now = float(BEGAN)

    def clock(self) -> int:
        return int(self.now)

    async def sleep(self, seconds: float) -> None:
        assert 0 < seconds <= BATCH_S
        self.now += seconds * 1000


def replayed(path: Path, speed: float) -> tuple[int, list[tuple[int, AudienceItem]], float]:
    """How many it says, what came when, and the time it took."""
    time, came = Time(), []

    async def sink(items: tuple[AudienceItem, ...]) -> None:
        assert 0 < len(items) <= 1000
        came.extend((time.clock(), item) for item in items)

    count = asyncio.run(replay(path, sink, speed=speed, clock=time.clock, sleep=time.sleep))
    return count, came, time.now - BEGAN


@pytest.mark.parametrize("speed", [1.0, 10.0, 6000.0])
def test_it_comes_at_its_pace(tmp_path: Path, speed: float) -> None:
    chance = Random(1)
    moments = sorted(round(chance.uniform(0, 1200), 3) for _ in range(3000))
    count, came, took = replayed(chat(tmp_path / "chat.csv", moments), speed)
    assert count == len(came) == 3000
    for moment, (at, item) in zip(moments, came, strict=True):
        assert item.at == BEGAN + int(moment * 1000 / speed)
        assert -1 <= item.at - at <= BATCH_S * 1000  # never late, and never earlier than one batch
    assert took == pytest.approx(moments[-1] * 1000 / speed, abs=BATCH_S * 1000 + 1)
    assert [item.text for _, item in came] == [SAID[place % 4] for place in range(3000)]
    assert len({item.message_id for _, item in came}) == 3000
    assert all(len(item.message_id) <= 128 for _, item in came)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", SAID), ("utf-8-sig", SAID), ("cp950", SAID), ("big5hkscs", SAID), ("gb18030", SAID_HANS), ("utf-16", SAID)],
)
@pytest.mark.parametrize("name", ["chat.csv", "chat.csv.gz"])
def test_whatever_it_was_saved_in_it_is_read(tmp_path: Path, encoding: str, said: tuple[str, ...], name: str) -> None:
    rows = list(read_chat(chat(tmp_path / name, [0, 1.5, 2, 3], said, encoding)))
    assert rows == [(at, f"v{place}", said[place]) for place, at in enumerate([0, 1.5, 2, 3])]


@pytest.mark.parametrize(
    "body",
    [b"", b"a,b\n1,2\n", b"t_s,viewer,text\nsoon,v,x\n", b"t_s,viewer,text\n1\n", b"t_s,viewer,text\nnan,v,x\n", b"t_s,viewer,text\ninf,v,x\n", bytes(range(256)) * 4],
    ids=["empty", "other columns", "no time", "short row", "nan", "inf", "bytes"],
)  # fmt: skip
def test_what_is_no_chat_is_told(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "chat.csv"
    path.write_bytes(body)
    with pytest.raises(NotAChat):
        replayed(path, 1.0)


@pytest.mark.parametrize("cut", [3, 20, -9, None])
def test_a_broken_archive_is_told(tmp_path: Path, cut: int | None) -> None:
    path = chat(tmp_path / "chat.csv.gz", [0, 1, 2])
    whole = path.read_bytes()
    path.write_bytes(whole[:cut] if cut is not None else whole[:10] + b"\xff" * 10 + whole[20:])
    with pytest.raises(NotAChat):
        list(read_chat(path))


def test_a_long_name_and_long_texts_fit_the_door(tmp_path: Path) -> None:
    path = chat(tmp_path / f"{'long' * 50}.csv", [0], ("長" * 5000,))
    _, came, _ = replayed(path, 1.0)
    (_, item), *_ = came
    assert len(item.text) == 2000
    assert len(item.message_id) <= 128
