"""A recorded chat handed in through the ingest endpoint comes to its end without an alarm."""

import asyncio
from pathlib import Path

import pytest

from kaibo.connectors.file.inbound import read_chat
from kaibo.feed import feed_chat
from tests.served import do, row, served

START = 1_764_331_200_000


def test_a_chat_that_came_to_its_end_is_no_outage(tmp_path: Path) -> None:
    chat = tmp_path / "chat.csv"
    chat.write_text("t_s,viewer,text\n0,a,嗨\n1,b,好美\n", "utf-8")
    with served() as house:
        owner = house.owner()
        do(owner, "show", "s", "show.plan", show_id="s", title="直播", starts_at=START, ends_at=START + 3_600_000)
        do(owner, "show", "s", "show.air")
        token = owner.post("/api/tokens", json={"label": "chat", "roles": ["source"]}).json()["token"]
        assert asyncio.run(feed_chat(house.base, token, "s", chat, 20.0)) == 2
        lamp = row(owner, "show/s", "audience.sources", "file/chat.csv")
        assert (lamp["comments"], lamp["finished_at"] is not None) == (2, True)
        again = asyncio.run(feed_chat(house.base, token, "s", chat, 20.0))
        assert again == 2
        assert row(owner, "show/s", "audience.sources", "file/chat.csv")["outages"] == 0


@pytest.mark.parametrize(
    "header", ["t_s, viewer, text", " T_S ,viewer ,text", "\ufefft_s,viewer,text", "text\tviewer\tt_s", "t_s; viewer; text"]
)
def test_a_header_is_read_as_people_write_it(tmp_path: Path, header: str) -> None:
    mark = next(mark for mark in "\t;," if mark in header)
    chat = tmp_path / "chat.csv"
    row = {"t_s": " 1", "viewer": " 小鹿", "text": " 好美，想要"}
    names = [name.strip().lower().lstrip("\ufeff") for name in header.split(mark)]
    chat.write_text(f"{header}\n{mark.join(row[name] for name in names)}\n", "utf-8")
    assert list(read_chat(chat)) == [(1.0, "小鹿", "好美，想要")]


def test_bad_lines_are_named_and_the_others_are_taken(tmp_path: Path) -> None:
    chat = tmp_path / "odd.csv"
    rows = ["t_s,viewer,text", "0,a,嗨", "soon,b,好美", "0.1,c", "1e300,d,遠", f"0.2,e,{'長' * 3000}", "0.3,f,走"]
    chat.write_text("\n".join(rows) + "\n", "utf-8")
    with served() as house:
        owner = house.owner()
        do(owner, "show", "s", "show.plan", show_id="s", title="直播", starts_at=START, ends_at=START + 3_600_000)
        do(owner, "show", "s", "show.air")
        token = owner.post("/api/tokens", json={"label": "chat", "roles": ["source"]}).json()["token"]
        odd: list[tuple[int, str]] = []
        taken = asyncio.run(feed_chat(house.base, token, "s", chat, 20.0, lambda line, why: odd.append((line, why))))
        assert (taken, [line for line, _ in odd]) == (3, [3, 4, 5])
        texts = [each["text"] for each in owner.get("/api/streams/show/s/views/comment.window").json()["rows"].values()]
        assert sorted(map(len, texts)) == [1, 1, 2000]
        do(owner, "show", "s", "show.end")
        assert asyncio.run(feed_chat(house.base, token, "s", chat, 1000.0, lambda line, why: odd.append((line, why)))) == 0
        assert [line for line, why in odd[3:] if "audience.show_ended" in why] == [2, 6, 7]
