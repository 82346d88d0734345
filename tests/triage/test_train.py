"""A workspace teaches its model: from corrections in the log to the next show's sorting, and every replay stays what it was."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from kaibo.app import App, build
from kaibo.config import Settings
from kaibo.features.audience.commands import AudienceItem, SealBatch
from kaibo.features.comment.commands import AnswerComment, CorrectComment
from kaibo.features.comment.training import shipped
from kaibo.features.product.commands import AddProduct
from kaibo.features.product.facts import ProductSheet
from kaibo.features.prompter.commands import FinishQuestion, HandQuestion
from kaibo.features.show.commands import AirShow, PlanShow
from kaibo.kit.engine import Caller
from kaibo.stores.sqlite import SqliteStore
from kaibo.train import CORRECTIONS_MIN, TooFewCorrections, learn
from tests.served import ROOT

AT = 1_764_331_200_000
LIN = Caller(id="lin", name="小林", roles=frozenset({"owner", "director", "assistant", "host", "planner"}))
FEED = Caller(id="feed", name="feed", roles=frozenset({"source"}))
# What this shop's regulars say for "one for me" is in nobody's lessons.
OURS = [f"第{n}波 開車開車 {word}" for n, word in enumerate(["滴滴", "嘟嘟", "轟轟", "咻咻", "隆隆"] * 8)]


def kaibo(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kaibo", *command], cwd=ROOT, check=False, capture_output=True, text=True)


async def until(app: App, stream: str, fact: str) -> None:
    """Followers work at their own pace: wait for what they write, not for a time."""
    async with asyncio.timeout(30):
        while not any(type(event.fact).__name__ == fact for event in await app.engine.events(stream, 0, 1000)):  # noqa: ASYNC110
            await asyncio.sleep(0)


async def show(app: App, show_id: str, texts: list[str]) -> str:
    stream = f"show/{show_id}"
    plan = PlanShow(show_id=show_id, title=f"{show_id} 場", starts_at=AT, ends_at=AT + 3_600_000)
    await app.engine.submit(stream, plan, LIN)
    await until(app, stream, "ModelChosen")
    await app.engine.submit(stream, AddProduct(product=ProductSheet(product_id="P1", name="山茶護手霜")), LIN)
    await app.engine.submit(stream, AirShow(), LIN)
    items = tuple(AudienceItem(kind="comment", at=AT, viewer="v", name="小鹿", text=text) for text in texts)
    receipt = await app.engine.submit(stream, SealBatch(source="sim", items=items), FEED)
    return str(receipt.events[0])


def run(folder: Path, story) -> None:
    async def play() -> None:
        app = build(Settings(data_dir=folder), clock=lambda: AT)
        await app.start()
        try:
            await story(app)
        finally:
            await app.stop()

    asyncio.run(play())


@pytest.fixture
def taught(tmp_path: Path) -> Path:
    async def story(app: App) -> None:
        seq = await show(app, "one", [*OURS, "山茶護手霜會黏嗎"])
        for place in range(len(OURS)):
            await app.engine.submit("show/one", CorrectComment(comment_ref=f"{seq}:{place}", kind="order"), LIN)

    run(tmp_path, story)
    return tmp_path


def test_corrections_change_how_the_next_show_is_sorted_and_nothing_that_was(taught: Path) -> None:
    before = kaibo("views", "one", "--data", str(taught)).stdout
    answer = kaibo("train", "--data", str(taught))
    assert answer.returncode == 0, answer.stderr
    assert f"{len(OURS)} corrections" in answer.stdout
    assert kaibo("views", "one", "--data", str(taught)).stdout == before

    async def story(app: App) -> None:
        await show(app, "two", ["第99波 開車開車 嘀"])
        fold = await app.engine.fold("show/two")
        assert [row.kind for row in fold.rows("comment.window").values()] == ["order"]

    run(taught, story)


def test_an_exported_show_replays_to_the_byte_with_the_model_it_had(taught: Path) -> None:
    kaibo("train", "--data", str(taught))
    run(taught, lambda app: show(app, "two", ["第99波 開車開車", "多少錢"]))
    for show_id in ("one", "two"):
        log = taught / f"{show_id}.jsonl"
        log.write_text(kaibo("export", show_id, "--data", str(taught)).stdout, "utf-8")
        assert kaibo("replay", str(log)).stdout == kaibo("views", show_id, "--data", str(taught)).stdout != ""


def test_the_same_logs_teach_the_same_model_and_it_is_better_on_what_was_kept_aside(taught: Path) -> None:
    store = SqliteStore(taught / "log.db")
    first, second = learn(store), learn(store)
    store.close()
    assert first.model.digest == second.model.digest != shipped().digest
    assert first.held_out > 0
    assert first.after["order"].recall > first.before["order"].recall


def test_too_few_corrections_are_said_to_be_too_few(tmp_path: Path) -> None:
    async def story(app: App) -> None:
        seq = await show(app, "one", OURS)
        for place in range(CORRECTIONS_MIN - 1):
            await app.engine.submit("show/one", CorrectComment(comment_ref=f"{seq}:{place}", kind="order"), LIN)

    run(tmp_path, story)
    store = SqliteStore(tmp_path / "log.db")
    with pytest.raises(TooFewCorrections):
        learn(store)
    store.close()
    answer = kaibo("train", "--data", str(tmp_path))
    assert answer.returncode == 65
    assert f"{CORRECTIONS_MIN - 1} corrections" in answer.stderr
    assert not (tmp_path / "comment-model.txt").exists()


def test_a_broken_model_file_leaves_the_shipped_one_at_work(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    tmp_path.joinpath("comment-model.txt").write_text("1+9\nnothing\n", "ascii")

    async def story(app: App) -> None:
        await show(app, "one", ["多少錢"])
        (chosen,) = [e.fact for e in await app.engine.events("show/one", 0, 100) if type(e.fact).__name__ == "ModelChosen"]
        assert chosen.digest == shipped().digest

    run(tmp_path, story)
    assert "is no model" in caplog.text


def test_an_answer_given_in_one_show_is_at_hand_in_the_next_with_its_source(tmp_path: Path) -> None:
    async def story(app: App) -> None:
        engine = app.engine
        seq = await show(app, "one", ["護手霜會黏嗎", "可以寄澎湖嗎"])
        await engine.submit(
            "show/one",
            HandQuestion(question_id="q1", text="護手霜會黏嗎", answer="一分鐘就吸收", comment_ref=f"{seq}:0", product_id="P1"),
            LIN,
        )
        await engine.submit("show/one", FinishQuestion(question_id="q1", outcome="answered"), LIN)
        reply = AnswerComment(comment_ref=f"{seq}:1", answer="澎湖可以寄，三天到")
        await engine.submit("show/one", reply, LIN)
        await until(app, "workspace/main", "AnswerRemembered")
        async with asyncio.timeout(30):
            while len((await engine.fold("workspace/main")).rows("comment.memory")) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0)
        await show(app, "two", ["山茶護手霜黏不黏手 會黏嗎", "澎湖？"])
        await until(app, "show/two", "AnswersGiven")
        rows = (await engine.fold("show/two")).rows("comment.questions")
        found = {
            row.text: [(one.answer, one.source, one.show_title) for one in row.suggestions]
            for key, row in rows.items()
            if key != "tally"
        }
        assert found == {
            "山茶護手霜黏不黏手 會黏嗎": [("一分鐘就吸收", "team", "one 場")],
            "澎湖？": [("澎湖可以寄，三天到", "team", "one 場")],
        }

    run(tmp_path, story)
