"""Stories of asking to erase, and of how far it came."""

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.erasure.commands import AskErasure, FailErasure, NoteErased, SweepNow, WaitErasure
from kaibo.features.erasure.facts import ErasureAsked, ErasureFailed, ErasureWaits, ShowErased, SweepAsked
from kaibo.features.erasure.feature import FEATURE
from kaibo.features.erasure.rules import ErasureIdTaken, ErasureNothingToSweep, ErasureUnderWay, ErasureUnknown
from kaibo.features.erasure.view import ErasureRow

OWNER = Actor(id="owner", role="owner")
AMY, BEN = "a" * 64, "b" * 64
ASKED = ErasureAsked(erasure_id="e1", platform="fb", who=AMY, reason="本人要求")


@pytest.fixture
def house() -> Stage:
    return Stage(FEATURE)


def test_it_is_asked_for_with_a_reason_and_without_a_pseudonym(house: Stage) -> None:
    house.when(AskErasure(erasure_id="e1", platform="fb", who=AMY, reason=" 本人要求 "), by=OWNER)
    house.then(ASKED)
    assert house.rows("erasure.list") == {"e1": ErasureRow(platform="fb", reason="本人要求", by="owner", at=CURTAIN_AT)}


def test_of_one_viewer_one_is_under_way(house: Stage) -> None:
    house.given(ASKED, ErasureWaits(erasure_id="e1", show_ids=("tonight",)), by=OWNER)
    house.when(AskErasure(erasure_id="e2", platform="fb", who=AMY), by=OWNER)
    house.refused(ErasureUnderWay)
    house.when(AskErasure(erasure_id="e2", platform="fb", who=BEN), by=OWNER)
    house.then(ErasureAsked(erasure_id="e2", platform="fb", who=BEN, reason=""))


def test_one_that_is_done_may_be_asked_again_under_another_id(house: Stage) -> None:
    house.given(ASKED, ErasureWaits(erasure_id="e1"), by=OWNER)
    house.when(AskErasure(erasure_id="e1", platform="fb", who=AMY), by=OWNER)
    house.refused(ErasureIdTaken, erasure_id="e1")
    house.when(AskErasure(erasure_id="e2", platform="fb", who=AMY), by=OWNER)
    house.then(ErasureAsked(erasure_id="e2", platform="fb", who=AMY, reason=""))


def test_a_show_is_noted_once(house: Stage) -> None:
    house.given(ASKED, by=OWNER)
    house.when(NoteErased(erasure_id="e1", show_id="s1", comments=3, copies=1))
    house.then(ShowErased(erasure_id="e1", show_id="s1", comments=3, copies=1))
    house.when(NoteErased(erasure_id="e1", show_id="s1", comments=3, copies=1)).then()


def test_what_nobody_asked_for_is_not_noted(house: Stage) -> None:
    house.when(NoteErased(erasure_id="e9", show_id="s1", comments=3, copies=1))
    house.refused(ErasureUnknown, erasure_id="e9")


def test_the_list_says_how_much_is_done_and_what_it_waits_for(house: Stage) -> None:
    house.given(
        ASKED,
        ShowErased(erasure_id="e1", show_id="s1", comments=3, copies=1),
        ShowErased(erasure_id="e1", show_id="s2", comments=2, copies=0),
        ShowErased(erasure_id="e1", show_id="", comments=0, copies=1),
        by=OWNER,
    )
    house.when(WaitErasure(erasure_id="e1", show_ids=("tonight",)), at=CURTAIN_AT + 5)
    row = house.row("erasure.list", "e1")
    assert (row.comments, row.copies, row.shows, row.waits, row.state, row.done_at) == (5, 2, 2, ("tonight",), "waiting", None)
    house.when(WaitErasure(erasure_id="e1", show_ids=("tonight",))).then()
    house.when(WaitErasure(erasure_id="e1"), at=CURTAIN_AT + 9)
    row = house.row("erasure.list", "e1")
    assert (row.waits, row.state, row.done_at) == ((), "done", CURTAIN_AT + 9)


def test_one_that_failed_is_never_done_and_may_be_asked_again(house: Stage) -> None:
    house.given(ASKED, ErasureWaits(erasure_id="e1", show_ids=("tonight",)), by=OWNER)
    house.when(FailErasure(erasure_id="e1", code="erasure.key_lost"), at=CURTAIN_AT + 5)
    house.then(ErasureFailed(erasure_id="e1", code="erasure.key_lost"))
    row = house.row("erasure.list", "e1")
    assert (row.state, row.failure, row.waits, row.done_at) == ("failed", "erasure.key_lost", (), None)
    assert house.state.waiting_for("tonight") == []
    house.when(WaitErasure(erasure_id="e1")).then()
    house.when(FailErasure(erasure_id="e1", code="erasure.key_lost")).then()
    house.when(AskErasure(erasure_id="e2", platform="fb", who=AMY), by=OWNER)
    house.then(ErasureAsked(erasure_id="e2", platform="fb", who=AMY, reason=""))


def test_it_goes_on_with_the_show_it_waits_for_and_no_other(house: Stage) -> None:
    house.given(ASKED, ErasureWaits(erasure_id="e1", show_ids=("tonight",)), by=OWNER)
    assert (house.state.waiting_for("tonight"), house.state.waiting_for("tomorrow")) == (["e1"], [])


def test_what_is_done_does_not_fail_later(house: Stage) -> None:
    house.given(ASKED, ErasureWaits(erasure_id="e1"), by=OWNER)
    house.when(FailErasure(erasure_id="e1", code="erasure.key_lost")).then()


def test_the_file_waits_since_the_first_show_that_kept_it_waiting(house: Stage) -> None:
    house.given(ASKED, by=OWNER)
    house.when(WaitErasure(erasure_id="e1", show_ids=("a",)), at=CURTAIN_AT + 1)
    house.when(WaitErasure(erasure_id="e1", show_ids=("a", "b"), why="file"), at=CURTAIN_AT + 5)
    house.when(WaitErasure(erasure_id="e1", show_ids=("b", "c"), why="file"), at=CURTAIN_AT + 9)
    row = house.row("erasure.list", "e1")
    assert (row.waits, row.waits_why, row.waits_since) == (("b", "c"), "file", CURTAIN_AT + 5)


def test_the_file_is_swept_on_air_only_where_one_waits_for_it(house: Stage) -> None:
    house.given(ASKED, ErasureWaits(erasure_id="e1", show_ids=("a",)), by=OWNER)
    house.when(SweepNow(), by=OWNER).refused(ErasureNothingToSweep)
    house.when(WaitErasure(erasure_id="e1", show_ids=("a",), why="file"))
    house.when(SweepNow(), by=OWNER).then(SweepAsked())
