"""Ad spend out of files as ad platforms and people write them."""

from datetime import UTC, datetime

import pytest

from kaibo.features.metric.sheet import read_spend
from kaibo.kit.sheets import read_book
from kaibo.kit.uploads import NoHeader

AT = 1_764_331_200_000


def read(text: str):
    return read_spend(read_book(text.encode(), "千川.csv"), "TWD", "Asia/Taipei", AT)


def test_an_export_is_read_by_the_words_of_its_columns() -> None:
    reading = read('計劃名稱,時間,消耗,展現次數,點擊數,成交金額\n直播間推廣,2025-11-28 20:00,"1,200.5",42000,1900,26000\n')
    (row,) = reading.rows
    eight = datetime(2025, 11, 28, 12, tzinfo=UTC).timestamp() * 1000
    assert (row.channel, row.at, row.cost_minor, row.impressions, row.clicks, row.gmv_minor) == (
        "直播間推廣", eight, 120_050, 42_000, 1_900, 2_600_000,
    )  # fmt: skip
    assert reading.report.imported == 1


def test_the_same_file_again_gives_the_same_ids_so_nothing_counts_twice() -> None:
    text = "channel,cost,clicks\nA,100,1\nB,200,2\n"
    assert [row.spend_id for row in read(text).rows] == [row.spend_id for row in read(text).rows]
    assert len({row.spend_id for row in read(text).rows}) == 2


def test_what_is_not_understood_is_told_and_a_row_without_a_cost_is_left_out() -> None:
    reading = read("渠道,花費,點擊\nA,很多,5\nB,10,幾個\n")
    assert [row.channel for row in reading.rows] == ["B"]
    assert [(row.status, [note.code for note in row.notes]) for row in reading.report.rows] == [
        ("skipped", ["sheet.amount_unread"]),
        ("partial", ["sheet.count_unread"]),
    ]


def test_a_row_without_a_cost_is_said_and_so_is_what_is_beyond_the_limit() -> None:
    reading = read("渠道,花費\nA,\n" + "".join(f"c{n},1\n" for n in range(501)))
    assert len(reading.rows) == reading.report.imported == 500
    told = [(row.row, row.status, row.notes[0].code, row.notes[0].data) for row in reading.report.rows if row.notes]
    assert told == [(2, "skipped", "sheet.cost_missing", {}), (503, "skipped", "sheet.row_beyond", {"most": 500})]


def test_a_file_without_a_cost_is_no_spend() -> None:
    with pytest.raises(NoHeader):
        read("商品,庫存\n護手霜,3\n")
