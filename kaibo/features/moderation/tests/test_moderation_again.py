"""Stories of what stands so already, of what a person lets through, and of what is taken back in part."""

from kaibo.core.event import Actor
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.moderation.commands import (
    AddWords,
    AllowPhrases,
    DisallowPhrases,
    EndMutes,
    HideComments,
    MuteViewer,
    NewWord,
    ReleaseComments,
    RemoveWords,
    ScreenBatch,
    SetSlow,
    TakeRules,
    UndoAction,
    UndoWords,
    UnmuteViewer,
)
from kaibo.features.moderation.facts import (
    CommentsReleased,
    PhrasesAllowed,
    PhrasesDisallowed,
    RulesTaken,
    SlowSet,
    ViewerMuted,
    ViewerUnmuted,
    WordRule,
    WordsAdded,
)
from kaibo.features.moderation.feature import FEATURE
from kaibo.features.moderation.state import TEXT_MAX
from kaibo.features.moderation.tests.test_moderation import BAN, LINE, MARK, SYSTEM, Room
from kaibo.features.moderation.undoing import NothingToUndo

MEI = Actor(id="mei", role="assistant")


def test_a_marked_comment_is_let_through_by_a_person() -> None:
    room = Room(MARK)
    seq = room.hear(("ann", "這是詐騙吧"))
    room.do(ReleaseComments(action_id="a1", comment_refs=(f"{seq}:0",)))
    room.stage.then(CommentsReleased(action_id="a1", comment_refs=(f"{seq}:0",), source="sim"))
    assert room.stage.rows("moderation.held") == {}


def test_slow_mode_that_is_off_is_not_switched_off() -> None:
    room = Room()
    room.do(SetSlow(action_id="s1", seconds=0)).then()
    room.do(SetSlow(action_id="s2", seconds=0, source="sim")).then()
    room.do(SetSlow(action_id="s3", seconds=10)).then(SlowSet(action_id="s3", seconds=10))
    room.do(SetSlow(action_id="s4", seconds=0, source="sim")).then(SlowSet(action_id="s4", seconds=0, source="sim"))
    room.do(SetSlow(action_id="s5", seconds=0, source="sim")).then()
    room.do(SetSlow(action_id="s6", seconds=0)).then(SlowSet(action_id="s6", seconds=0))
    room.do(SetSlow(action_id="s7", seconds=0)).then()


def test_who_was_muted_where_another_source_told_of_them_is_unmuted_by_either() -> None:
    for source in ("bridge", "sim"):
        room = Room()
        muted = ViewerMuted(action_id="m1", source="bridge", viewer="eve", name="EVE", until=CURTAIN_AT + 600_000, people="sim")
        room.stage.given(muted)
        room.do(UnmuteViewer(action_id="m2", source=source, viewer="eve"))
        room.stage.then(ViewerUnmuted(action_id="m2", source="bridge", viewer="eve", people="sim"))


def test_the_platform_that_is_slowed_is_the_one_that_is_asked() -> None:
    room = Room()
    room.hear(("ann", "你好"), source="sim", moderates=True)
    room.hear(("bob", "你好"), source="file")
    room.do(SetSlow(action_id="s1", seconds=5, source="file")).then(SlowSet(action_id="s1", seconds=5, source="file"))
    room.do(SetSlow(action_id="s2", seconds=5, source="sim")).then(SlowSet(action_id="s2", seconds=5, source="sim", ask=True))
    room.do(SetSlow(action_id="s3", seconds=9)).then(SlowSet(action_id="s3", seconds=9, ask=True))


def test_a_mute_is_made_longer_by_another() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0", minutes=5))
    room.do(MuteViewer(action_id="m2", comment_ref=f"{seq}:0", minutes=10))
    assert room.stage.row("moderation.muted", "sim/eve").until == CURTAIN_AT + 600_000


def test_where_the_muted_say_nothing_nothing_is_said_of_them() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0"))
    room.hear(("ann", "你好"))
    room.stage.then()


def test_what_a_hand_was_quicker_to_hide_no_list_hides_again() -> None:
    room = Room(LINE)
    seq = room.hear(("ann", "加賴"), look=False)
    room.do(HideComments(action_id="h1", comment_refs=(f"{seq}:0",)))
    room.stage.when(ScreenBatch(batch=seq), by=SYSTEM).then()
    assert room.hidden == {f"{seq}:0": "hand"}


def test_a_new_line_that_mutes_also_mutes_for_what_was_said_of_late() -> None:
    room = Room()
    seq = room.hear(("eve", "百家樂"), ("ann", "你好"))
    room.stage.when(TakeRules(rules=(BAN,), allowed=()), by=SYSTEM)
    assert room.hidden == {f"{seq}:0": "word"}
    assert list(room.stage.rows("moderation.muted")) == ["sim/eve"]


def test_of_a_long_comment_the_log_keeps_its_beginning_a_second_time() -> None:
    room = Room(LINE)
    room.hear(("ann", "加賴" + "好" * 1000))
    (hit,) = room.stage.events[-1].fact.hits
    assert len(hit.text) == TEXT_MAX == 300


def test_an_undone_mute_names_what_it_undoes() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0"))
    room.do(UndoAction(action_id="u1", undoes="m1")).then(
        ViewerUnmuted(action_id="u1", source="sim", viewer="eve", undoes="m1"),
        CommentsReleased(action_id="u1-comments", comment_refs=(f"{seq}:0",), source="sim", undoes="m1"),
    )


def test_an_unmute_is_not_undone_for_somebody_who_is_muted_again() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0"))
    room.do(UnmuteViewer(action_id="m2", source="sim", viewer="eve"))
    room.do(MuteViewer(action_id="m3", comment_ref=f"{seq}:0"))
    room.do(UndoAction(action_id="u1", undoes="m2")).refused(NothingToUndo, action_id="m2")


def test_the_platform_that_was_asked_to_mute_is_asked_to_unmute() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"), moderates=True)
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0"))
    room.do(UndoAction(action_id="u1", undoes="m1"))
    assert [event.fact.ask for event in room.stage.events[-2:]] == [True, True]


def test_what_another_action_hid_stays_hidden() -> None:
    room = Room()
    seq = room.hear(("ann", "一"), ("ann", "二"))
    room.do(HideComments(action_id="h1", comment_refs=(f"{seq}:0",)))
    room.do(HideComments(action_id="h2", comment_refs=(f"{seq}:1",)))
    room.do(UndoAction(action_id="u1", undoes="h1"))
    assert room.hidden == {f"{seq}:1": "hand"}


# the lists
def test_a_line_that_was_put_back_since_is_not_brought_back() -> None:
    office = Stage(FEATURE, "workspace/main")
    one, two = NewWord(rule_id="r1", text="加賴"), NewWord(rule_id="r2", text="加微")
    office.when(AddWords(action_id="a1", rules=(one, two)), by=MEI)
    office.when(RemoveWords(action_id="a2", rule_ids=("r1", "r2")), by=MEI)
    office.when(AddWords(action_id="a3", rules=(one,)), by=MEI)
    office.when(UndoWords(action_id="u1", undoes="a2"), by=MEI)
    office.then(WordsAdded(action_id="u1", rules=(WordRule(rule_id="r2", text="加微"),), undoes="a2"))
    office.when(RemoveWords(action_id="a4", rule_ids=("r1",)), by=MEI).when(AddWords(action_id="a5", rules=(one,)), by=MEI)
    office.when(UndoWords(action_id="u2", undoes="a4"), by=MEI).refused(NothingToUndo, action_id="a4")


def test_a_line_is_kept_with_all_that_was_said_of_it() -> None:
    line = {"text": "百.樂", "kind": "pattern", "match": "exact", "does": "mute", "platforms": ("sim",), "mute_minutes": 7}
    office = Stage(FEATURE, "workspace/main")
    office.when(AddWords(action_id="a1", rules=(NewWord(rule_id="r1", **line),)), by=MEI)  # type: ignore[arg-type]
    office.then(WordsAdded(action_id="a1", rules=(WordRule(rule_id="r1", **line),)))  # type: ignore[arg-type]


def test_what_was_allowed_is_taken_back_as_far_as_it_stands() -> None:
    office = Stage(FEATURE, "workspace/main")
    office.when(AllowPhrases(action_id="a1", phrases=("依賴", "信賴")), by=MEI)
    office.when(DisallowPhrases(action_id="a2", phrases=("依賴",)), by=MEI)
    office.when(UndoWords(action_id="u1", undoes="a1"), by=MEI)
    office.then(PhrasesDisallowed(action_id="u1", phrases=("信賴",), undoes="a1"))
    office.when(UndoWords(action_id="u2", undoes="a2"), by=MEI)
    office.then(PhrasesAllowed(action_id="u2", phrases=("依賴",), undoes="a2"))


def test_what_stands_on_both_lists_is_no_news() -> None:
    room = Room(LINE, MARK, allowed=("依賴", "信賴"))
    room.stage.when(TakeRules(rules=(LINE, MARK), allowed=("信賴", "依賴")), by=SYSTEM).then()
    room.stage.when(TakeRules(rules=(LINE,), allowed=("信賴", "耍賴")), by=SYSTEM)
    room.stage.then(RulesTaken(removed=("fraud",), allowed=("耍賴",), disallowed=("依賴",)))


def test_lines_that_are_gone_are_not_taken_off_again() -> None:
    office = Stage(FEATURE, "workspace/main")
    office.when(AddWords(action_id="a1", rules=(NewWord(rule_id="r1", text="加賴"),)), by=MEI)
    office.when(RemoveWords(action_id="a2", rule_ids=("r1",)), by=MEI)
    office.when(UndoWords(action_id="u1", undoes="a1"), by=MEI).refused(NothingToUndo, action_id="a1")


def test_an_unmute_that_is_undone_mutes_the_same_viewer_and_nobody_who_was_muted_since() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"), ("bob", "吵"))
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0", minutes=10))
    room.do(MuteViewer(action_id="m2", comment_ref=f"{seq}:1"))
    room.do(UnmuteViewer(action_id="m3", source="sim", viewer="eve"))
    room.do(UndoAction(action_id="u1", undoes="m3")).then(
        ViewerMuted(action_id="u1", source="sim", viewer="eve", name="EVE", until=CURTAIN_AT + 600_000, undoes="m3")
    )


def test_where_the_platform_was_asked_to_mute_it_is_asked_to_let_speak_again() -> None:
    room = Room()
    seq = room.hear(("eve", "煩"), moderates=True)
    room.do(MuteViewer(action_id="m1", comment_ref=f"{seq}:0", minutes=10))
    room.stage.when(EndMutes(), by=SYSTEM, at=CURTAIN_AT + 600_000)
    room.stage.then(ViewerUnmuted(action_id="m1-end", source="sim", viewer="eve", ask=True, expired=True))
