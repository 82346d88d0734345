"""Stories of letters: when one is tried again, goes another way, or is given up; and what is said of one that is over."""

import pytest

from kaibo.core.event import Actor, Command
from kaibo.core.stage import CURTAIN_AT, Stage
from kaibo.features.channel.facts import MessagePosted, MessageTaken, MessageWithdrawn
from kaibo.features.outbox.commands import (
    AcknowledgeLetter,
    BeginLetters,
    DropLetters,
    QueueLetters,
    TellLetters,
    TendOutbox,
)
from kaibo.features.outbox.facts import LetterQueued, LettersDropped, OutboxWoken
from kaibo.features.outbox.feature import FEATURE
from kaibo.features.outbox.rules import LATE_MS, PERHAPS_MAX, SOON_MS, URGENT_LATE_MS
from kaibo.features.outbox.slices import LOST_MS
from kaibo.features.outbox.view import SHOWN_MAX, LetterRow

HOUSE = Actor(id="system", role="system")


@pytest.fixture
def show() -> Stage:
    """One urgent message, one with a tag, one that is only said."""
    stage = Stage(FEATURE, "show/t")
    stage.given(
        MessagePosted(message_id="fire", channel_id="on_air", text="黑屏", urgent=True), by=Actor(id="ai", role="assistant")
    )
    stage.given(MessagePosted(message_id="tag", channel_id="on_air", text="缺貨", tag="stock"))
    stage.given(MessagePosted(message_id="talk", channel_id="on_air", text="在嗎"))
    return stage


def queue(show: Stage, message_id: str, *bridges: str, told: int = 3, reserves: tuple[str, ...] = ()) -> list[str]:
    show.when(QueueLetters(message_id=message_id, told=told, bridges=bridges, reserves=reserves), by=HOUSE)
    return [f"{message_id}/{told}/{each}" for each in bridges]


def due(show: Stage) -> tuple[int, Command] | None:
    assert FEATURE.due is not None
    return FEATURE.due(show.state)


def tell(show: Stage, letter_id: str, outcome: str, **more: object) -> None:
    show.when(TellLetters(letter_ids=(letter_id,), outcome=outcome, **more), by=HOUSE)  # type: ignore[arg-type]


def states(show: Stage) -> dict[str, str]:
    rows: dict[str, LetterRow] = show.rows("outbox.letters")  # type: ignore[assignment]
    return {key: row.state for key, row in rows.items()}


def test_a_letter_is_queued_once_leaves_and_is_told_of_once(show: Stage) -> None:
    [letter] = queue(show, "tag", "d")
    queue(show, "tag", "d")
    assert states(show) == {letter: "queued"}
    show.when(BeginLetters(letter_ids=(letter,)), by=HOUSE)
    assert (states(show)[letter], show.row("outbox.letters", letter).tries) == ("begun", 1)
    tell(show, letter, "sent")
    for late in (
        TellLetters(letter_ids=(letter,), outcome="failed"),
        BeginLetters(letter_ids=(letter,)),
        DropLetters(letter_ids=(letter,), why="late"),
    ):
        show.when(late, by=HOUSE).then()
    assert states(show) == {letter: "sent"}
    show.when(AcknowledgeLetter(letter_id=letter, person_id="lin"), by=HOUSE)
    show.when(AcknowledgeLetter(letter_id=letter, person_id="ai"), by=HOUSE).then()
    assert show.row("outbox.letters", letter).acknowledged_by == "lin"
    show.when(AcknowledgeLetter(letter_id="none", person_id="ai"), by=HOUSE).then()


def test_what_waits_is_tried_again_when_its_time_has_come_and_never_at_once(show: Stage) -> None:
    [letter] = queue(show, "talk", "d")
    tell(show, letter, "limited", until=CURTAIN_AT)
    assert due(show) == (CURTAIN_AT + SOON_MS, TendOutbox())
    show.when(TendOutbox(), by=HOUSE).then()
    show.at += SOON_MS
    show.when(TendOutbox(), by=HOUSE).then(OutboxWoken(letter_ids=(letter,)))
    assert due(show) == (show.at + LOST_MS, TendOutbox())  # nobody spoke of it: it is handed on again
    tell(show, letter, "confirmed", remote_id="1.2")
    assert due(show) is None


@pytest.mark.parametrize(("message_id", "lasts_ms"), [("talk", LATE_MS), ("fire", URGENT_LATE_MS)])
def test_old_news_is_given_up(show: Stage, message_id: str, lasts_ms: int) -> None:
    [letter] = queue(show, message_id, "d")
    show.at += lasts_ms
    show.when(TendOutbox(), by=HOUSE).then(OutboxWoken(letter_ids=(letter,)))
    show.at += LOST_MS
    show.when(TendOutbox(), by=HOUSE).then(LettersDropped(letter_ids=(letter,), why="late"))


@pytest.mark.parametrize("over", [MessageTaken(message_id="fire"), MessageWithdrawn(message_id="fire")])
def test_what_nobody_asks_any_more_is_not_carried(show: Stage, over: MessageTaken | MessageWithdrawn) -> None:
    [letter] = queue(show, "fire", "d")
    show.given(over, by=Actor(id="lin", role="director"))
    show.at += LOST_MS
    show.when(TendOutbox(), by=HOUSE).then(LettersDropped(letter_ids=(letter,), why="settled"))
    show.when(QueueLetters(message_id="fire", told=9, bridges=("d",)), by=HOUSE).then()
    show.when(QueueLetters(message_id="none", told=9, bridges=("d",)), by=HOUSE).then()


@pytest.mark.parametrize("outcome", ["limited", "unreached", "unknown", "failed"])
def test_what_cannot_wait_goes_over_the_reserve_at_once_and_then_the_next(show: Stage, outcome: str) -> None:
    [letter] = queue(show, "fire", "d", reserves=("s", "l", "d"))
    tell(show, letter, outcome)
    assert states(show)["fire/3/s"] == "queued"
    assert show.row("outbox.letters", letter).instead == "s"
    tell(show, letter, outcome)
    tell(show, "fire/3/s", "failed")
    assert states(show)["fire/3/l"] == "queued"
    assert len(states(show)) == 3


def test_anything_else_waits_and_goes_another_way_only_where_it_is_refused(show: Stage) -> None:
    [letter] = queue(show, "talk", "d", reserves=("s",))
    tell(show, letter, "limited")
    tell(show, letter, "unreached")
    assert list(states(show)) == [letter]
    show.when(TellLetters(letter_ids=(letter,), outcome="failed"), by=HOUSE)
    assert states(show) == {letter: "failed", "talk/3/s": "queued"}


def test_two_letters_of_one_message_do_not_take_the_same_reserve(show: Stage) -> None:
    one, two = queue(show, "fire", "d", "w", reserves=("s",))
    show.when(TellLetters(letter_ids=(one, two), outcome="failed"), by=HOUSE)
    assert [key for key in states(show) if key.endswith("/s")] == ["fire/3/s"]


def test_once_another_way_has_it_the_first_is_not_tried_any_more(show: Stage) -> None:
    [letter] = queue(show, "fire", "d", reserves=("s",))
    tell(show, letter, "limited")
    tell(show, "fire/3/s", "sent")
    show.at += SOON_MS
    show.when(TendOutbox(), by=HOUSE).then(LettersDropped(letter_ids=(letter,), why="elsewhere"))


@pytest.mark.parametrize("outcome", ["sent", "confirmed", "unknown"])
def test_what_may_have_come_goes_no_other_way(show: Stage, outcome: str) -> None:
    [letter] = queue(show, "talk", "d", reserves=("s",))
    tell(show, letter, outcome)
    assert states(show) == {letter: outcome}
    assert due(show) is None


def test_a_screen_shows_the_newest_and_what_is_on_its_way(show: Stage) -> None:
    [first] = queue(show, "fire", "d")
    for number in range(SHOWN_MAX + 2):
        show.given(LetterQueued(letter_id=f"n{number}", bridge_id="d", message_id="talk", told=1, urgent=False))
        tell(show, f"n{number}", "sent")
    assert len(states(show)) == SHOWN_MAX + 1
    assert first in states(show)
    tell(show, first, "sent")
    assert first not in states(show)


def test_the_third_way_counts_for_the_first(show: Stage) -> None:
    [letter] = queue(show, "fire", "d", reserves=("s", "l"))
    tell(show, letter, "limited")
    tell(show, "fire/3/s", "failed")
    tell(show, "fire/3/l", "sent")
    show.at += SOON_MS
    show.when(TendOutbox(), by=HOUSE).then(LettersDropped(letter_ids=(letter,), why="elsewhere"))


def test_what_leaves_without_an_answer_leaves_so_often_and_no_more(show: Stage) -> None:
    [letter] = queue(show, "fire", "d")
    for _ in range(PERHAPS_MAX):
        assert due(show) is not None
        show.when(BeginLetters(letter_ids=(letter,)), by=HOUSE)
        tell(show, letter, "unknown")
    assert due(show) is None
    assert states(show) == {letter: "unknown"}
