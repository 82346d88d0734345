"""Stories of who is muted: a person in this show, in whatever room and through whatever source they speak."""

from typing import Any

from kaibo.features.moderation.commands import EndMutes, MuteViewer, UndoAction, UnmuteViewer
from kaibo.features.moderation.facts import CommentsReleased, ViewerMuted, ViewerUnmuted
from kaibo.features.moderation.tests.test_moderation import BAN, CURTAIN_AT, SYSTEM, Room


def bridged(room: Room, *lines: Any) -> int:
    """Told by another source of a room of sim's: the people go by sim's pseudonyms."""
    return room.hear(*lines, source="bridge", room="88", platform="sim")


def test_muted_in_one_room_one_is_muted_in_the_other_of_that_source_and_nobody_is_elsewhere() -> None:
    room = Room()
    first = room.hear(("ann", "看我主頁"), source="sim", room="88")
    room.do(MuteViewer(action_id="m", comment_ref=f"{first}:0"))
    second, other = room.hear(("ann", "再看"), source="sim", room="89"), room.hear(("ann", "你好"), source="fb", room="88x")
    assert room.hidden == {f"{first}:0": "mute", f"{second}:0": "mute"}
    assert f"{other}:0" not in room.hidden


def test_a_second_source_of_the_room_speaks_of_the_same_people() -> None:
    room = Room()
    first = room.hear(("ann", "看我主頁"), source="sim", room="88")
    room.do(MuteViewer(action_id="m", comment_ref=f"{first}:0"))
    second = bridged(room, ("ann", "再看"), ("bob", "多少錢"))
    assert room.hidden == {f"{first}:0": "mute", f"{second}:0": "mute"}
    room.do(UndoAction(action_id="u", undoes="m")).then(
        ViewerUnmuted(action_id="u", source="sim", viewer="ann", undoes="m"),
        CommentsReleased(action_id="u-comments", comment_refs=(f"{first}:0",), source="sim", undoes="m"),
        CommentsReleased(action_id="u-comments-bridge", comment_refs=(f"{second}:0",), source="bridge", undoes="m"),
    )
    assert room.hidden == {}


def test_muted_through_the_second_source_one_is_muted_through_the_first_and_stands_once_on_the_list() -> None:
    room = Room()
    first = bridged(room, ("ann", "看我主頁"))
    room.do(MuteViewer(action_id="m", comment_ref=f"{first}:0", minutes=5))
    assert room.stage.events[-1].fact.person == ("sim", "ann")
    second = room.hear(("ann", "再看"), source="sim", room="88")
    room.do(MuteViewer(action_id="n", comment_ref=f"{second}:0", minutes=10))
    assert list(room.stage.rows("moderation.muted")) == ["sim/ann"]
    assert room.stage.row("moderation.now", "now").muted == 1
    room.do(UnmuteViewer(action_id="u", source="sim", viewer="ann"))
    assert room.stage.rows("moderation.muted") == {}
    assert room.stage.row("moderation.now", "now").muted == 0


def test_by_a_word_of_the_list_and_until_its_time_is_up_as_well() -> None:
    room = Room(BAN)
    first = bridged(room, ("ann", "百家樂"))
    assert [event.fact.person for event in room.stage.events if isinstance(event.fact, ViewerMuted)] == [("sim", "ann")]
    room.hear(("ann", "百家樂", 1_000), source="sim", room="88")
    assert sum(isinstance(event.fact, ViewerMuted) for event in room.stage.events) == 1
    room.stage.when(EndMutes(), by=SYSTEM, at=CURTAIN_AT + 3_600_000)
    room.stage.then(ViewerUnmuted(action_id=f"rule-{first}:0-end", source="bridge", viewer="ann", expired=True, people="sim"))
    assert room.stage.rows("moderation.muted") == {}
