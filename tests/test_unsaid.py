"""What leaves the team's own sentences when a viewer is erased: mentions and quotations, and no word that merely looks like a name."""

import pytest
from msgspec.structs import replace

from kaibo.core.erasing import ERASED, Told, Viewer
from kaibo.core.event import Fact
from kaibo.features.channel.facts import ERASES as OF_CHANNELS
from kaibo.features.channel.facts import MessageEdited, MessagePosted
from kaibo.features.comment.erasing import ERASES as OF_COMMENTS
from kaibo.features.comment.facts import CommentReplySent
from kaibo.features.draw.erasing import ERASES as OF_DRAWS
from kaibo.features.draw.facts import DrawCancelled
from kaibo.features.note.facts import ERASES as OF_NOTES
from kaibo.features.note.facts import NotePinned
from kaibo.features.prompter.erasing import ERASES as OF_PROMPTERS
from kaibo.features.prompter.facts import HostMessaged, QuestionHanded
from kaibo.features.task.facts import ERASES as OF_TASKS
from kaibo.features.task.facts import (
    CheckLine,
    Task,
    TaskAdded,
    TaskBlocked,
    TaskDone,
    TaskEdited,
    TaskFile,
    TaskFileLeft,
    TaskReopened,
)

WROTE_AT = 10


def called(*names: str, longer: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> Viewer:
    return Viewer(
        "amy", frozenset({"fb"}), "s1", frozenset({0}), {"10:0": Told(0, "")}, dict.fromkeys(texts, WROTE_AT),
        frozenset(names), frozenset(longer),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("100元", "100元買二送一"),
        ("小熊", "小熊 2XL 補貨了，小熊款剩 3 件"),
        ("下一個", "下一個商品準備"),
        ("主播", "主播請看提詞"),
        ("Amy", "Amy 色號補貨，Amy"),
        ("A", "@A組 備貨"),
        ("amy", "客服信箱 care@amy.com"),
        ("kai", "@kaibo 官方帳號"),
    ],
)
def test_a_name_that_merely_stands_in_a_sentence_of_the_team_is_the_teams(name: str, text: str) -> None:
    viewer = called(name)
    for fact, erases in (
        (NotePinned(note_id="n1", text=text), OF_NOTES),
        (HostMessaged(message_id="m1", text=text), OF_PROMPTERS),
        (DrawCancelled(draw_id="d1", reason=text), OF_DRAWS),
        (CommentReplySent(reply_id="r1", comment_ref="10:0", text=text), OF_COMMENTS),
    ):
        kind: type[Fact] = type(fact)
        assert erases[kind](fact, 20, viewer) == fact


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("謝謝 @小熊", f"謝謝 @{ERASED}"),
        ("@小熊，可以，先試耳後", f"@{ERASED}，可以，先試耳後"),
        ("＠小熊謝謝你", f"＠{ERASED}謝謝你"),
        ("@ 小熊 小熊款還有", f"@ {ERASED} 小熊款還有"),
        ("@小熊維尼 @小熊", f"@小熊維尼 @{ERASED}"),
    ],
)
def test_a_mention_is_that_person_and_of_two_names_the_longer_is_another(text: str, left: str) -> None:
    assert called("小熊", longer=("小熊維尼",)).unnamed(text) == left


@pytest.mark.parametrize(
    ("text", "at", "left"),
    [
        ("100元買二送一", WROTE_AT + 1, ERASED),
        ("100元買二送一", WROTE_AT - 1, "100元買二送一"),  # the viewer copied the team
        ("請回：「100元買二送一」", WROTE_AT + 1, f"請回：「{ERASED}」"),
        ("請回：“100元買二送一”是真的", WROTE_AT + 1, f"請回：“{ERASED}”是真的"),
        ("今晚100元買二送一，快", WROTE_AT + 1, "今晚100元買二送一，快"),
        ("有人說「好的」", WROTE_AT + 1, "有人說「好的」"),
        ("小熊: 100元買二送一", WROTE_AT + 1, f"{ERASED}: {ERASED}"),
        ("回 小熊：100元買二送一，已私訊", WROTE_AT + 1, f"回 {ERASED}：{ERASED}，已私訊"),
        ("小熊說「100元買二送一」沒關係", WROTE_AT + 1, f"{ERASED}說「{ERASED}」沒關係"),
        ("小熊：100元買二送一", WROTE_AT - 1, "小熊：100元買二送一"),
        ("小熊：補貨 3 件", WROTE_AT + 1, "小熊：補貨 3 件"),
    ],
)
def test_a_quotation_is_all_of_a_line_or_stands_in_quotation_marks_and_comes_after_what_it_quotes(
    text: str, at: int, left: str
) -> None:
    viewer = called("小熊", texts=("100元買二送一", "好的"))
    fact = OF_NOTES[NotePinned](NotePinned(note_id="n1", text=text), at, viewer)
    assert fact == NotePinned(note_id="n1", text=left)


def test_what_is_to_be_done_keeps_no_words_of_a_viewer_nor_does_what_was_said_of_it_or_left_with_it() -> None:
    said, left = "小熊：100元買二送一", f"{ERASED}：{ERASED}"
    file = TaskFile(digest="ab" * 32, name="100元買二送一.jpg", kind="image/jpeg", size_bytes=9)
    task = Task(title=said, role_id="host", offset_s=0, checklist=(CheckLine(line_id="l1", text=said),))
    free = replace(task, title=left, checklist=(CheckLine(line_id="l1", text=left),))
    for fact, gone in (
        (TaskAdded(task_id="t", task=task), TaskAdded(task_id="t", task=free)),
        (TaskEdited(task_id="t", task=task), TaskEdited(task_id="t", task=free)),
        (TaskBlocked(task_id="t", why=said, whom=said), TaskBlocked(task_id="t", why=left, whom=left)),
        (TaskDone(task_id="t", evidence=said), TaskDone(task_id="t", evidence=left)),
        (TaskReopened(task_id="t", why=said), TaskReopened(task_id="t", why=left)),
        (TaskFileLeft(task_id="t", file=file), TaskFileLeft(task_id="t", file=replace(file, name=f"{ERASED}.jpg"))),
    ):
        kind: type[Fact] = type(fact)
        assert OF_TASKS[kind](fact, WROTE_AT + 1, called("小熊", texts=("100元買二送一",))) == gone


@pytest.mark.parametrize(("ref", "left"), [("10:0", ERASED), (None, ERASED), ("11:3", "小熊")])
def test_a_name_in_a_field_for_names_goes_unless_it_is_another_persons(ref: str | None, left: str) -> None:
    handed = QuestionHanded(question_id="q1", text="小熊款還有嗎", answer="小熊款還有", comment_ref=ref, asked_by="小熊")
    said = OF_PROMPTERS[QuestionHanded](handed, 20, called("小熊"))
    assert (said.asked_by, said.answer) == (left, "小熊款還有")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("第一行\n我家住在民生路五段\n第三行", f"第一行\n{ERASED}\n第三行"),
        ("> 我家住在民生路五段\n怎麼回", f"> {ERASED}\n怎麼回"),
        ("小熊貓 (fb)：我家住在民生路五段", f"{ERASED} (fb)：{ERASED}"),
        ("小熊貓 (fb)：我家住在民生路五段\n怎麼回", f"{ERASED} (fb)：{ERASED}\n怎麼回"),
        ("A01 剩 3 件\n我家", "A01 剩 3 件\n我家"),
    ],
)
def test_a_comment_that_was_pasted_into_a_channel_goes_from_its_line(text: str, left: str) -> None:
    viewer = called("小熊貓", texts=("我家住在民生路五段",))
    fact = MessagePosted(message_id="m", channel_id="on_air", text=text)
    assert OF_CHANNELS[MessagePosted](fact, WROTE_AT + 1, viewer).text == left
    edited = MessageEdited(message_id="m", text=text)
    assert OF_CHANNELS[MessageEdited](edited, WROTE_AT + 1, viewer).text == left
