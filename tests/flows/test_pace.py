"""What works beside the loop lets the loop in, and keeps the collector away."""

import gc
import time
from threading import Event
from typing import Any

import pytest

from kaibo.kit import pace
from kaibo.kit.pace import Pace, Stopped, sweep, uncollected


@pytest.fixture
def collections() -> Any:
    """How often the collector ran."""
    ran: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            ran.append(info["generation"])

    gc.callbacks.append(note)
    yield ran
    gc.callbacks.remove(note)
    gc.unfreeze()


def much() -> list[list[int]]:
    return [[number] for number in range(50_000)]


def test_nothing_is_collected_while_much_is_built(collections: list[int]) -> None:
    much()
    assert collections
    collections.clear()
    with uncollected(), uncollected():
        built = much()
        ran = list(collections)
    assert ran == []
    assert len(built) == 50_000
    assert gc.isenabled()


def test_what_took_long_to_build_is_out_of_the_collectors_sight_until_the_floor_is_swept(
    collections: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with uncollected():
        little = much()
    before = gc.get_freeze_count()
    monkeypatch.setattr(pace, "LARGE_S", 0)
    with uncollected():
        large = much()
    assert gc.get_freeze_count() >= before + len(large)
    circle: list[Any] = []
    circle.append(circle)
    gc.freeze()
    del circle, little, large
    frozen = gc.get_freeze_count()
    sweep()
    assert 2 in collections
    assert gc.get_freeze_count() < frozen


def test_work_rests_by_the_clock_and_ends_when_the_house_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    now = [0.0]
    monkeypatch.setattr(time, "sleep", rests.append)
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    closing = Event()
    work = Pace(closing)
    work()
    for _ in range(100):
        now[0] += pace.WORK_S / 40
        work()
    assert len(rests) == 3
    closing.set()
    now[0] += 1
    with pytest.raises(Stopped):
        work()


def test_where_no_show_is_on_air_it_rests_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    now, alone = [0.0], [True]
    monkeypatch.setattr(time, "sleep", rests.append)
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    work = Pace(alone=lambda: alone[0])
    for _ in range(20):
        work()
        now[0] += pace.ALONE_S / 10
    assert len(rests) == 2
    alone[0] = False
    rests.clear()
    for _ in range(10):
        work()
        now[0] += pace.WORK_S
    assert len(rests) == 10
