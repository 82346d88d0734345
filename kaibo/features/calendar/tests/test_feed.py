"""A calendar as other programs read it: times in their zone, texts that cannot break out, lines of 75 bytes."""

from datetime import UTC, datetime

import pytest

from kaibo.features.calendar.feed import LINE_BYTES, Entry, write_feed

AT = 1_764_331_200_000  # 2025-11-28 12:00 UTC


def told(title: str = "場", zone: str = "Asia/Taipei", at: int = AT) -> list[str]:
    return write_feed("開播", [Entry("u", 7, AT, title, at, zone)]).decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("zone", "wall"),
    [("Asia/Taipei", "20251128T200000"), ("America/New_York", "20251128T070000"), ("Asia/Kathmandu", "20251128T174500")],
)
def test_an_instant_is_told_as_the_clocks_of_the_show_read(zone: str, wall: str) -> None:
    assert f"DTSTART;TZID={zone}:{wall}" in told(zone=zone)
    assert f"TZID:{zone}" in told(zone=zone)


def test_each_turn_of_the_clocks_stands_in_the_file() -> None:
    lines = told(zone="America/New_York")
    at = lines.index("DTSTART:20251102T020000")
    assert lines[at - 1 : at + 3] == ["BEGIN:STANDARD", "DTSTART:20251102T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500"]
    at = lines.index("DTSTART:20260308T020000")
    assert lines[at - 1 : at + 3] == ["BEGIN:DAYLIGHT", "DTSTART:20260308T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400"]
    assert sum(each.startswith(("BEGIN:STANDARD", "BEGIN:DAYLIGHT")) for each in told()) == 1  # Taipei turns none


def test_a_text_stays_a_text_whatever_stands_in_it() -> None:
    lines = told("a;b,c\\d\r\nBEGIN:VEVENT\nend\x07")
    assert "SUMMARY:a\\;b\\,c\\\\d\\nBEGIN:VEVENT\\nend" in lines
    assert lines.count("BEGIN:VEVENT") == 1


def test_no_line_is_longer_than_it_may_be_and_none_is_cut_within_a_letter() -> None:
    body = write_feed("開播", [Entry("u", 1, AT, "直播" * 60, AT, "Asia/Taipei")])
    assert max(len(line) for line in body.split(b"\r\n")) <= LINE_BYTES
    for line in body.split(b"\r\n"):
        line.decode()
    assert "SUMMARY:" + "直播" * 60 in body.decode().replace("\r\n ", "")


def test_the_same_entries_are_the_same_bytes() -> None:
    assert told() == told()
    zones = ["Asia/Taipei", "Asia/Kathmandu", "America/New_York", "Europe/Paris", "Asia/Tokyo", "Africa/Cairo"]
    body = write_feed("開播", [Entry("u", 7, AT, "場", AT, zone) for zone in zones]).decode()
    assert [line[5:] for line in body.split("\r\n") if line.startswith("TZID:")] == sorted(zones)
    assert datetime.fromtimestamp(AT / 1000, UTC).hour == 12
