"""Stories of a show in which nobody turned comment orders on: what viewers ordered is counted, and taken in with one key."""

from kaibo.core.stage import CURTAIN_AT
from kaibo.features.claim.commands import DecideClaims, PolicyAsked, SetPolicy, TakeMissed
from kaibo.features.claim.facts import ClaimPolicySet, ClaimsDecided, ClaimsMissed, ClaimsMissedSettled, Missed, Policy
from kaibo.features.claim.rules import ClaimNothingMissed
from kaibo.features.claim.state import MISSED_MAX, UNHEARD_MAX
from kaibo.features.claim.tests.room import AI, SYSTEM, Room
from kaibo.features.product.facts import ProductPinned
from kaibo.features.show.facts import ShowEnded

OFF = Policy()


def off() -> Room:
    """On air, and the show takes no claims."""
    return Room(OFF)


def desk(room: Room) -> tuple[bool, int, int | None]:
    row = room.stage.row("claim.desk", "all")
    return row.taking, row.missed, row.missed_at


def test_what_viewers_order_while_nobody_takes_it_is_counted() -> None:
    room = off()
    room.say(("ann", "A01+2"), ("bob", "好看"), ("cat", "B2粉+1"), ("dan", "B2+1"), at=CURTAIN_AT + 50)
    assert desk(room) == (False, 3, CURTAIN_AT + 50)
    assert room.stock("A01/").held == 0
    room.say(("eve", "你好"))
    room.say(("eve", "A01取消"))
    assert desk(room) == (False, 3, CURTAIN_AT + 50)


def test_one_key_opens_and_takes_them_in_at_the_time_they_were_written() -> None:
    room = off()
    room.say(("ann", "A01+4"), at=CURTAIN_AT + 900)
    room.say(("bob", "A01+3"), at=CURTAIN_AT + 100)
    room.stage.when(TakeMissed(), by=AI, at=CURTAIN_AT + 5000)
    facts = [event.fact for event in room.stage.events[-3:]]
    assert [type(fact) for fact in facts] == [ClaimPolicySet, ClaimsDecided, ClaimsMissedSettled]
    decided = room.stage.events[-2].fact
    assert isinstance(decided, ClaimsDecided)
    assert [(one.buyer, one.got, one.waits, one.rule) for one in decided.decisions] == [
        ("live/bob", 3, 0, "claimed"),
        ("live/ann", 2, 2, "claimed_part"),
    ]
    assert desk(room) == (True, 0, None)
    assert room.got(("cat", "A01+1")) == [("waitlisted", 0, 1)]
    room.stage.when(TakeMissed(), by=AI).refused(ClaimNothingMissed)


def test_a_bare_plus_means_what_was_on_air_when_it_was_written() -> None:
    room = off()
    room.stage.given(ProductPinned(product_id="A01"), at=CURTAIN_AT + 1000)
    room.say(("ann", "+1"), at=CURTAIN_AT + 1500)
    room.stage.given(ProductPinned(product_id="B2"), at=CURTAIN_AT + 2000)
    room.stage.when(TakeMissed(), by=AI)
    assert room.stock("A01/").held == 1


def test_what_was_ordered_before_the_show_went_on_air_is_told_and_never_taken_in() -> None:
    room = off()
    room.say(("ann", "A01+4"), ("bob", "早安"), at=CURTAIN_AT - 60_000)
    row = room.stage.row("claim.desk", "all")
    assert (row.missed, row.missed_at, row.early) == (0, None, 1)
    room.say(("cat", "A01+1"), at=CURTAIN_AT + 50)
    room.stage.when(TakeMissed(), by=AI)
    assert room.stock("A01/").held == 1
    row = room.stage.row("claim.desk", "all")
    assert (row.missed, row.early) == (0, 0)


def test_they_may_be_left() -> None:
    room = off()
    room.say(("ann", "A01+4"))
    room.stage.when(TakeMissed(take=False), by=AI).then(ClaimsMissedSettled(count=1, taken=False))
    assert desk(room) == (False, 0, None)
    room.stage.when(TakeMissed(take=False), by=AI).refused(ClaimNothingMissed)


def test_with_nothing_missed_the_key_opens() -> None:
    room = off()
    room.stage.when(TakeMissed(), by=AI).then(ClaimPolicySet(policy=Policy(capture="always")))


def test_who_opened_by_the_settings_still_takes_them_in_and_stays_with_the_window() -> None:
    room = off()
    room.say(("ann", "A01+1"))
    room.stage.when(SetPolicy(policy=PolicyAsked(capture="window")), by=AI)
    room.stage.when(TakeMissed(), by=AI)
    assert (room.stock("A01/").held, room.stage.state.policy.capture) == (1, "window")


def test_what_is_written_before_the_show_or_after_it_was_no_order_anyway() -> None:
    room = off()
    room.say(("ann", "A01+1"), at=CURTAIN_AT - 5000)
    room.stage.given(ShowEnded(show_id="s1"), at=CURTAIN_AT + 1000)
    room.say(("bob", "A01+1"), at=CURTAIN_AT + 2000)
    assert desk(room)[1] == 0


def test_that_it_stays_off_is_said_once_and_not_asked_again() -> None:
    room = off()
    assert room.stage.row("claim.desk", "all").chosen
    room.stage.when(SetPolicy(policy=PolicyAsked.of(OFF))).then()


def test_a_batch_is_looked_through_once() -> None:
    room = off()
    room.say(("ann", "A01+1"))
    seq = room.mark()
    room.stage.when(DecideClaims(batch=seq), by=SYSTEM).then()
    assert desk(room)[1] == 1


def test_memory_has_an_end() -> None:
    room = off()
    many = tuple((f"v{n}", "A01+1") for n in range(MISSED_MAX // 2 + 10))
    room.say(*many, spread_ms=0)
    room.say(*many, spread_ms=0)
    assert desk(room)[1] == MISSED_MAX
    room.say(("zoe", "A01+1"))
    assert room.stage.row("claim.desk", "all").unkept == 21  # nobody reads 5,000 as all there were
    for _ in range(UNHEARD_MAX + 5):
        room.say(("ann", "你好"))
    assert len(room.stage.state.unheard) == UNHEARD_MAX


def test_what_is_missed_stands_in_the_log_as_it_came() -> None:
    room = off()
    room.say(("ann", "Ａ01＋１"))
    missed = next(event.fact for event in room.stage.events if isinstance(event.fact, ClaimsMissed))
    assert missed.comments == (Missed(ref=f"{room.mark()}:0", buyer="live/ann", name="ANN", text="Ａ01＋１", at=room.stage.at),)
