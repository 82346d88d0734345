"""Stories of moderation: lists, hidden comments, mutes, slow mode, and taking any of it back."""

from typing import Any

import pytest

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.audience.columns import in_order, pack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.audience.facts import AudienceBatch
from kaibo.features.moderation import screening, state
from kaibo.features.moderation.commands import (
    EndMutes,
    HideComments,
    MuteViewer,
    ReleaseComments,
    ScreenBatch,
    SetSlow,
    SettleByHand,
    SettleModeration,
    TakeRules,
    UndoAction,
    UnmuteViewer,
)
from kaibo.features.moderation.facts import (
    BatchSkipped,
    CommentsCaught,
    CommentsHidden,
    CommentsReleased,
    Hit,
    ModerationSettled,
    RulesTaken,
    Said,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    WordRule,
)
from kaibo.features.moderation.feature import FEATURE
from kaibo.features.moderation.rules import (
    ModerationActionTaken,
    ModerationCommentUnknown,
    ModerationMixedSources,
    ModerationTooLongAgo,
    SettledAlready,
)
from kaibo.features.moderation.state import due
from kaibo.features.moderation.undoing import ActionUndoneAlready, ActionUnknown, NothingToUndo

MEI = Actor(id="mei", role="assistant")
SYSTEM = Actor(id="system", role="system")
LINE = WordRule(rule_id="line", text="加賴")
MARK = WordRule(rule_id="fraud", text="詐騙", does="mark")
BAN = WordRule(rule_id="ban", text="百家樂", does="mute", mute_minutes=10)
Line = tuple[str, str] | tuple[str, str, int]  # viewer, text, ms after the curtain


class Room:
    """A stage of a show that hears comments and looks through them at once, as the follower does."""

    def __init__(self, *rules: WordRule, allowed: tuple[str, ...] = ()) -> None:
        self.stage = Stage(FEATURE)
        self.known: dict[str, int] = {}
        if rules or allowed:
            self.stage.when(TakeRules(rules=rules, allowed=allowed), by=SYSTEM)

    def hear(
        self, *lines: Line, source: str = "sim", moderates: bool = False, look: bool = True, room: str = "", platform: str = ""
    ) -> int:
        """A batch; its seq."""
        items = in_order([
            AudienceItem(
                kind="comment", at=CURTAIN_AT + (line[2] if len(line) > 2 else 0), viewer=line[0], name=line[0].upper(), text=line[1]
            )
            for line in lines
        ])  # fmt: skip
        columns = pack(items, self.known, len(self.known))
        batch = AudienceBatch(
            source=source, room=room, platform=platform, count=len(items), comments=len(items), first_at=items[0].at, last_at=items[-1].at,
            viewer_base=len(self.known), columns=columns, moderates=moderates,
        )  # fmt: skip
        for item in items:
            self.known.setdefault(item.viewer, len(self.known))
        self.stage.given(batch)
        seq = self.stage.seq
        if look:
            self.stage.when(ScreenBatch(batch=seq), by=SYSTEM)
        return seq

    def do(self, command: Any, at: int | None = None) -> Stage:
        return self.stage.when(command, by=MEI, at=at)

    @property
    def hidden(self) -> dict[str, str]:
        """Why each hidden comment is, by address."""
        return {ref: row.why for ref, row in self.stage.rows("moderation.held").items() if not row.marked}


def said(ref: str, viewer: str, text: str, at: int = CURTAIN_AT) -> Said:
    return Said(ref=ref, at=at, viewer=viewer, name=viewer.upper(), text=text)


def test_a_word_of_the_list_is_caught_with_who_said_it_and_how() -> None:
    room = Room(LINE)
    room.hear(("ann", "你好"), ("bob", "加 賴 領券"), ("eve", "加賴"))
    first, second = (
        Hit(
            ref="2:1",
            at=CURTAIN_AT,
            viewer="bob",
            name="BOB",
            text="加 賴 領券",
            why="word",
            does="hide",
            rule_id="line",
            how="loose",
        ),
        Hit(
            ref="2:2", at=CURTAIN_AT, viewer="eve", name="EVE", text="加賴", why="word", does="hide", rule_id="line", how="exact"
        ),
    )
    room.stage.then(CommentsCaught(action_id="caught-2", batch=2, source="sim", hits=(first, second)))
    assert room.hidden == {"2:1": "word", "2:2": "word"}
    assert room.stage.row("moderation.now", "now").hidden == 2
    assert room.stage.row("moderation.words", "line").caught == 2


def test_a_batch_is_looked_through_once_and_a_clean_one_leaves_no_trace() -> None:
    room = Room(LINE)
    room.hear(("ann", "你好"))
    room.stage.then()
    seq = room.hear(("ann", "加賴"))
    room.do(ScreenBatch(batch=seq)).then()
    room.do(ScreenBatch(batch=999)).then()


def test_a_marked_comment_stays_in_sight() -> None:
    room = Room(MARK)
    seq = room.hear(("ann", "這是詐騙吧"))
    assert room.hidden == {}
    assert room.stage.row("moderation.held", f"{seq}:0").marked
    assert room.stage.row("moderation.now", "now").marked == 1


def test_a_rule_of_one_platform_holds_there_alone() -> None:
    room = Room(WordRule(rule_id="line", text="加賴", platforms=("douyin",)))
    room.hear(("ann", "加賴"), source="shopee")
    assert room.hidden == {}
    seq = room.hear(("ann", "加賴"), source="douyin")
    assert room.hidden == {f"{seq}:0": "word"}


def test_a_word_that_mutes_silences_its_author_from_there_on_until_its_time_is_up() -> None:
    room = Room(BAN)
    seq = room.hear(("eve", "你好", 0), ("eve", "百家樂", 1), ("eve", "還在嗎", 2), ("ann", "你好", 3))
    assert room.hidden == {f"{seq}:1": "word", f"{seq}:2": "mute"}
    later = room.hear(("eve", "在嗎", 9 * 60_000), ("eve", "在嗎", 10 * 60_000 + 1))
    assert room.hidden.keys() == {f"{seq}:1", f"{seq}:2", f"{later}:0"}
    row = room.stage.row("moderation.muted", "sim/eve")
    assert (row.until, row.by) == (CURTAIN_AT + 1 + 600_000, "system")


def test_hide_and_release_by_hand() -> None:
    room = Room()
    seq = room.hear(("ann", "劇透"), ("bob", "你好"))
    room.do(HideComments(action_id="a1", comment_refs=(f"{seq}:0", f"0{seq}:00"))).then(
        CommentsHidden(action_id="a1", comments=(said(f"{seq}:0", "ann", "劇透"),), source="sim")
    )
    room.do(HideComments(action_id="a2", comment_refs=(f"{seq}:0",))).then()
    assert room.hidden == {f"{seq}:0": "hand"}
    room.do(ReleaseComments(action_id="a3", comment_refs=(f"{seq}:0",))).then(
        CommentsReleased(action_id="a3", comment_refs=(f"{seq}:0",), source="sim")
    )
    assert room.hidden == {}
    room.do(ReleaseComments(action_id="a4", comment_refs=(f"{seq}:0",))).then()
    assert [row.what for row in room.stage.rows("moderation.log").values()] == ["hidden", "released"]
    assert room.stage.row("moderation.log", "a1").names == ("劇透",)


def test_what_a_person_released_no_list_hides_again() -> None:
    room = Room(LINE)
    seq = room.hear(("ann", "加賴"))
    room.do(ReleaseComments(action_id="a1", comment_refs=(f"{seq}:0",)))
    room.stage.when(TakeRules(rules=(LINE, MARK), allowed=()), by=SYSTEM).then(RulesTaken(added=(MARK,)))
    assert room.hidden == {}
    assert room.stage.row("moderation.words", "line").released == 1


def test_comments_that_are_not_there_and_two_platforms_at_once_are_refused() -> None:
    room = Room()
    one, two = room.hear(("ann", "a"), source="x"), room.hear(("bob", "b"), source="y")
    room.do(HideComments(action_id="a1", comment_refs=(f"{one}:1",))).refused(ModerationCommentUnknown)
    room.do(HideComments(action_id="a1", comment_refs=("99:0",))).refused(ModerationCommentUnknown)
    both = HideComments(action_id="a1", comment_refs=(f"{one}:0", f"{two}:0"))
    room.do(both).refused(ModerationMixedSources, sources=["x", "y"])
    room.do(MuteViewer(action_id="a1", comment_ref="99:0")).refused(ModerationCommentUnknown)


def test_mute_hides_the_comment_and_what_its_author_writes_until_the_time_is_up() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0", minutes=5)).then(
        ViewerMuted(
            action_id="m1", source="sim", viewer="eve", name="EVE", comment=said(f"{seq}:0", "eve", "煩"),
            until=CURTAIN_AT + 300_000,
        )
    )  # fmt: skip
    room.do(MuteViewer(action_id="m2", comment_ref=f"{seq}:0", minutes=5)).then()
    after = room.hear(("eve", "再煩", 1000), ("ann", "你好", 1000))
    assert room.hidden == {f"{seq}:0": "mute", f"{after}:0": "mute"}
    elsewhere = room.hear(("eve", "別的平台"), source="other")
    assert f"{elsewhere}:0" not in room.hidden
    assert due(room.stage.state) == (CURTAIN_AT + 300_000, EndMutes())
    room.stage.when(EndMutes(), by=SYSTEM, at=CURTAIN_AT + 300_000)
    assert room.stage.rows("moderation.muted") == {}
    assert due(room.stage.state) is None
    free = room.hear(("eve", "回來了", 300_000))
    assert f"{free}:0" not in room.hidden


def test_unmute_lets_talk_again_and_leaves_what_was_hidden() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0"))
    room.do(UnmuteViewer(action_id="m2", source="sim", viewer="eve")).then(
        ViewerUnmuted(action_id="m2", source="sim", viewer="eve")
    )
    room.do(UnmuteViewer(action_id="m3", source="sim", viewer="eve")).then()
    room.hear(("eve", "我改", 1))
    assert room.hidden == {f"{seq}:0": "mute"}


def test_a_mute_needs_a_comment_that_is_still_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "RECENT_COMMENTS", 1)
    room = Room()
    old = room.hear(("eve", "煩"))
    room.hear(("ann", "你好"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{old}:0")).refused(ModerationTooLongAgo)
    room.do(HideComments(action_id="h1", comment_refs=(f"{old}:0",))).then(
        CommentsHidden(action_id="h1", comments=(Said(ref=f"{old}:0"),), source="sim")
    )


def test_a_batch_that_slipped_by_is_said_to_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "RECENT_COMMENTS", 1)
    room = Room(LINE)
    old = room.hear(("eve", "加賴"), look=False)
    room.hear(("ann", "你好"), look=False)
    room.do(ScreenBatch(batch=old)).then(BatchSkipped(batch=old, comments=1))
    assert room.stage.row("moderation.now", "now").unread == 1
    free = Room()
    gone = free.hear(("eve", "加賴"), look=False)
    free.hear(("ann", "你好"), look=False)
    free.do(ScreenBatch(batch=gone)).then()  # where nothing is looked for, nothing was missed


def test_slow_mode_shows_each_viewer_once_in_a_while() -> None:
    room = Room()
    room.do(SetSlow(action_id="s1", seconds=10)).then(SlowSet(action_id="s1", seconds=10))
    seq = room.hear(("eve", "一", 0), ("ann", "一", 1), ("eve", "二", 9_999), ("eve", "三", 10_000), ("eve", "四", 19_000))
    assert room.hidden == {f"{seq}:2": "slow", f"{seq}:4": "slow"}  # what is not shown starts no new pause
    assert room.stage.row("moderation.now", "now").slow == {"": 10}
    room.do(SetSlow(action_id="s2", seconds=10)).then()
    room.do(SetSlow(action_id="s3", seconds=0, source="sim"))
    quick = room.hear(("eve", "五", 20_000), ("eve", "六", 20_001))
    assert not {f"{quick}:0", f"{quick}:1"} & room.hidden.keys()
    room.do(SetSlow(action_id="s4", seconds=0)).then(SlowSet(action_id="s4", seconds=0))
    room.do(SetSlow(action_id="s5", seconds=0)).then()


def test_undo_brings_back_what_stood_before() -> None:
    room = Room()
    seq = room.hear(("eve", "一"), ("eve", "二"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0"))
    after = room.hear(("eve", "三", 1))
    assert room.hidden == {f"{seq}:0": "mute", f"{after}:0": "mute"}
    room.do(UndoAction(action_id="u1", undoes="m1"))
    assert room.hidden == {}
    assert room.stage.rows("moderation.muted") == {}
    row = room.stage.row("moderation.log", "m1")
    assert (row.undone_by, row.undone_at) == ("mei", CURTAIN_AT)
    room.do(UndoAction(action_id="u2", undoes="m1")).refused(ActionUndoneAlready)
    room.do(UndoAction(action_id="u2", undoes="nothing")).refused(ActionUnknown)
    room.do(HideComments(action_id="h1", comment_refs=(f"{seq}:1",)))
    room.do(UndoAction(action_id="u2", undoes="h1")).then(
        CommentsReleased(action_id="u2", comment_refs=(f"{seq}:1",), source="sim", undoes="h1")
    )
    room.do(UndoAction(action_id="u3", undoes="u2")).then(
        CommentsHidden(action_id="u3", comments=(said(f"{seq}:1", "eve", "二"),), source="sim", undoes="u2")
    )
    room.do(SetSlow(action_id="s1", seconds=5))
    room.do(SetSlow(action_id="s2", seconds=30))
    room.do(UndoAction(action_id="u4", undoes="s2")).then(SlowSet(action_id="u4", seconds=5, undoes="s2"))
    room.do(UndoAction(action_id="u5", undoes="s1")).then(SlowSet(action_id="u5", seconds=0, undoes="s1"))


def test_undoing_an_unmute_mutes_again_as_before() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0", minutes=5))
    room.do(UnmuteViewer(action_id="m2", source="sim", viewer="eve"))
    room.do(UndoAction(action_id="u1", undoes="m2")).then(
        ViewerMuted(action_id="u1", source="sim", viewer="eve", name="EVE", until=CURTAIN_AT + 300_000, undoes="m2")
    )


def test_what_a_list_caught_can_be_undone_as_one() -> None:
    room = Room(LINE)
    seq = room.hear(("ann", "加賴"), ("bob", "加 賴"))
    room.do(UndoAction(action_id="u1", undoes=f"caught-{seq}"))
    assert room.hidden == {}
    room.do(UndoAction(action_id="u2", undoes=f"caught-{seq}")).refused(ActionUndoneAlready)


def test_undo_of_what_stands_no_more_is_refused() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(HideComments(action_id="h1", comment_refs=(f"{seq}:0",)))
    room.do(ReleaseComments(action_id="h2", comment_refs=(f"{seq}:0",)))
    room.do(UndoAction(action_id="u1", undoes="h1")).refused(NothingToUndo)


def test_an_action_has_its_own_id() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(SetSlow(action_id="a1", seconds=5))
    room.do(HideComments(action_id="a1", comment_refs=(f"{seq}:0",))).refused(ModerationActionTaken)


def test_a_new_line_is_held_against_what_was_said_of_late_and_its_removal_frees_it() -> None:
    room = Room()
    seq = room.hear(("ann", "加賴"), ("bob", "你好"), moderates=True)
    room.stage.when(TakeRules(rules=(LINE,), allowed=()), by=SYSTEM)
    assert room.hidden == {f"{seq}:0": "word"}
    later = room.hear(("ann", "加賴"), moderates=True)
    room.stage.when(TakeRules(rules=(), allowed=()), by=SYSTEM).then(
        RulesTaken(removed=("line",)),
        CommentsReleased(action_id="freed-2-0", comment_refs=(f"{seq}:0", f"{later}:0"), source="sim", ask=True, by_rules=True),
    )
    assert room.hidden == {}
    room.stage.when(TakeRules(rules=(), allowed=()), by=SYSTEM).then()


def test_only_what_is_near_is_looked_back_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "LOOKED_BACK", 1)
    room = Room()
    room.hear(("ann", "加賴"))
    seq = room.hear(("ann", "加賴"))
    room.stage.when(TakeRules(rules=(LINE,), allowed=()), by=SYSTEM)
    assert room.hidden == {f"{seq}:0": "word"}


def test_never_again_for_this_phrase_frees_its_comments_and_spares_the_next() -> None:
    room = Room(WordRule(rule_id="ma", text="媽的"))
    seq = room.hear(("ann", "媽媽的奶粉"), ("bob", "他媽的"))
    room.stage.when(TakeRules(rules=(WordRule(rule_id="ma", text="媽的"),), allowed=("媽媽的",)), by=SYSTEM).then(
        RulesTaken(allowed=("媽媽的",)),
        CommentsReleased(action_id="freed-1-0", comment_refs=(f"{seq}:0",), source="sim", by_rules=True),
    )
    room.hear(("ann", "媽媽的衣服"))
    assert room.hidden == {f"{seq}:1": "word"}


def test_hidden_by_hand_stays_hidden_when_rules_leave() -> None:
    room = Room(LINE)
    seq = room.hear(("ann", "劇透"))
    room.do(HideComments(action_id="h1", comment_refs=(f"{seq}:0",)))
    room.stage.when(TakeRules(rules=(), allowed=()), by=SYSTEM).then(RulesTaken(removed=("line",)))
    assert room.hidden == {f"{seq}:0": "hand"}


def test_the_platform_is_asked_where_it_can_and_its_word_is_written_down() -> None:
    room = Room(LINE)
    seq = room.hear(("ann", "加賴"), ("bob", "煩"), moderates=True)
    assert room.stage.events[-1].fact.ask
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:1"))
    assert room.stage.row("moderation.log", "m1").platform == "asked"
    room.stage.when(SettleModeration(action_id="m1", code="too_many"), by=SYSTEM).then(
        ModerationSettled(action_id="m1", source="sim", code="too_many")
    )
    assert room.stage.row("moderation.log", "m1").platform == "too_many"
    room.stage.when(SettleModeration(action_id="m1"), by=SYSTEM).refused(SettledAlready)
    room.do(HideComments(action_id="h1", comment_refs=(f"{seq}:1",))).then()
    other = room.hear(("ann", "你好"), source="file")
    room.do(HideComments(action_id="h2", comment_refs=(f"{other}:0",)))
    room.stage.when(SettleModeration(action_id="h2"), by=SYSTEM).refused(SettledAlready)


def test_where_no_platform_answers_who_did_it_there_says_so() -> None:
    room = Room(LINE)
    seq = room.hear(("ann", "煩"), ("bob", "吵"), moderates=True)
    room.do(HideComments(action_id="h1", comment_refs=(f"{seq}:0",)))
    room.do(HideComments(action_id="h2", comment_refs=(f"{seq}:1",)))
    room.stage.when(SettleByHand(asked="h1"), by=MEI).then(ModerationSettled(action_id="h1", source="sim", by_hand=True))
    row = room.stage.row("moderation.log", "h1")
    assert (row.platform, row.platform_by, row.platform_at) == ("done", MEI.id, room.stage.at)
    room.stage.when(SettleByHand(asked="h1"), by=MEI).refused(SettledAlready, action_id="h1")
    room.stage.when(SettleByHand(asked="h2", done=False), by=MEI)
    assert room.stage.row("moderation.log", "h2").platform == "moderation.by_hand"
