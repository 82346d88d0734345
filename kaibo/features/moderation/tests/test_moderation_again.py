"""Stories of what stands so already, and of what a person lets through."""

from kaibo.features.moderation.commands import ReleaseComments, SetSlow
from kaibo.features.moderation.facts import CommentsReleased, SlowSet
from kaibo.features.moderation.tests.test_moderation import MARK, Room


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
