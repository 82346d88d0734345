"""Lines of the sheet, and who is called when: by rows and people alone, without a house."""

from types import SimpleNamespace
from typing import Any

from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.channel import shown as channel
from kaibo.features.charter.slices import HouseCharter, InForce
from kaibo.features.claim import shown as claim
from kaibo.features.roster.conflicts import RosterConflict, evening_of, within
from kaibo.features.roster.facts import RosterAssigned, Shift, ShiftMember, ShiftPlanned
from kaibo.features.roster.feature import FEATURE
from kaibo.features.roster.handover import SECTION_MAX, Desk, SheetSection, draw_sheet
from kaibo.features.roster.slices import ON_DUTY
from kaibo.features.show.facts import CrewMember, ShowPlanned
from kaibo.features.workspace.slices import Member, Names

HOUR_MS = 3_600_000
AI, BAO = (CrewMember(person_id=each, name=each, roles=("assistant",)) for each in ("ai", "bao"))


def pool(product_id: str, left: int | None, **more: Any) -> SimpleNamespace:
    given: dict[str, Any] = {"variant": "", "held": 0, "waits": 0, "oversold": 0, "empty_at": None, **more}
    return SimpleNamespace(product_id=product_id, name=product_id, left=left, **given)


def drawn(*pools: SimpleNamespace) -> dict[str, SheetSection]:
    rows = {claim.STOCK: {each.product_id: each for each in pools}}
    fold: Any = SimpleNamespace(view_seq=1, rows=lambda view: rows.get(view, {}))
    sheet = draw_sheet(Desk(fold, CURTAIN_AT, under=SECTION_MAX * 2), "s1", {claim.CLAIMS.duty, claim.STOCK.duty})
    return {section.name: section for section in sheet.sections}


def test_the_scarcest_comes_first_and_nothing_left_is_scarcer_than_one():
    few = drawn(pool("two", 2), pool("one", 1), pool("none", 0))["stock"]
    assert ([line.subject for line in few.lines], few.more) == (["none", "one", "two"], 0)
    many = drawn(*(pool(str(left), left) for left in range(SECTION_MAX + 3)))["stock"]
    assert (len(many.lines), many.more) == (SECTION_MAX, 3)


def test_when_it_runs_out_is_told_while_that_is_still_to_come():
    lines = drawn(pool("soon", 1, empty_at=CURTAIN_AT + 1), pool("past", 2, empty_at=CURTAIN_AT), pool("unknown", 3))[
        "stock"
    ].lines
    assert [line.at for line in lines] == [CURTAIN_AT + 1, None, None]


def test_what_is_held_who_waits_and_what_nobody_has_are_three_lines():
    lines = drawn(pool("I01", None, held=1, waits=2, oversold=3))["holds"].lines
    assert [(line.key, line.kind, line.count) for line in lines] == [
        ("held/I01", "held", 1),
        ("waiting/I01", "waiting", 2),
        ("oversold/I01", "oversold", 3),
    ]


def test_what_the_team_was_asked_and_is_not_done_goes_along():
    def said(message_id: str, stage: str, *, urgent: bool = False, by: str = "") -> SimpleNamespace:
        return SimpleNamespace(
            message_id=message_id, stage=stage, urgent=urgent, at=len(message_id), text="第一行\n第二行", stage_by=by
        )

    rows = [
        said("done", "done"),
        said("mine", "taken", by="ai"),
        said("old", "open"),
        said("urgent", "open", urgent=True),
        said("talk", "plain"),
    ]
    fold: Any = SimpleNamespace(
        view_seq=1, rows=lambda view: {each.message_id: each for each in rows} if view is channel.MESSAGES else {}
    )
    (section,) = draw_sheet(Desk(fold, CURTAIN_AT, under=20), "s1", {channel.MESSAGES.duty}).sections
    assert [(line.key, line.kind, line.person_id, line.text) for line in section.lines] == [
        ("message/urgent", "message_open", "", "第一行 第二行"),
        ("message/old", "message_open", "", "第一行 第二行"),
        ("message/mine", "message_taken", "ai", "第一行 第二行"),
    ]


def in_shifts(*crews: tuple[str, ...], crew: tuple[CrewMember, ...] = (AI, BAO)) -> Stage:
    at = {"starts_at": CURTAIN_AT, "ends_at": CURTAIN_AT + 8 * HOUR_MS}
    stage = Stage(FEATURE).given(
        ShowPlanned(show_id="s1", title="不打烊", timezone="Asia/Taipei", currency="TWD", crew=crew, **at)
    )
    for place, people in enumerate(crews):
        members = tuple(ShiftMember(role_id="assistant", person_id=person) for person in people)
        span = {"from_s": place * 14_400, "to_s": (place + 1) * 14_400}
        stage.given(ShiftPlanned(shift=Shift(shift_id=str(place), name=str(place), crew=members, **span)))
    return stage


def test_who_is_in_the_first_shift_is_called_before_it_and_nobody_else_is():
    stage = in_shifts(("ai",), ("bao",))
    for person in ("ai", "bao"):
        stage.given(RosterAssigned(role_id="assistant", person_id=person, call_before_s=3600))
    evening = evening_of(stage.fold.slice(ON_DUTY))
    assert evening is not None
    middle = CURTAIN_AT + 4 * HOUR_MS
    assert evening.spells == {"ai": ((CURTAIN_AT - HOUR_MS, middle),), "bao": ((middle, CURTAIN_AT + 8 * HOUR_MS),)}


def test_who_comes_in_a_later_shift_and_lost_the_role_is_named():
    on_duty = in_shifts(("ai",), ("bao",), crew=(AI,)).fold.slice(ON_DUTY)
    names = Names()
    names.members = {"ai": Member("ai", ("assistant",), 1), "bao": Member("bao", ("host",), 2)}
    assert list(within(on_duty, InForce(on_duty.show), HouseCharter(), names)) == [
        RosterConflict(kind="role_lost", role_id="assistant", person_id="bao")
    ]
