"""The engine: one answer for one key, one order for one log, and nothing told that a crash could take back."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kaibo.core.errors import KeyReused, NotFound, StoreUnavailable
from kaibo.kit.engine import Engine
from kaibo.stores.contract import Append, Conflict
from kaibo.stores.sqlite import SqliteStore
from tests.flows.toy import AMY, TOY, AddWord, EnsureWord, Gate, WordAdded, WordTaken, engine_on, told, words_in

A = "show/a"


async def shut(store: Gate) -> None:
    """From here on commits wait; whatever is on its way is let through first."""
    store.open.clear()
    store.arrived.clear()


class Turns(Gate):
    """Each commit waits for its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.here, self.turn = threading.Semaphore(0), threading.Semaphore(0)

    def append(self, appends: Sequence[Append]) -> list[Conflict | None]:
        self.here.release()
        assert self.turn.acquire(timeout=10)
        return super().append(appends)


async def came(store: Turns) -> None:
    assert await asyncio.to_thread(store.here.acquire, timeout=10)


async def arrived(store: Gate) -> None:
    assert await asyncio.to_thread(store.arrived.wait, 10)


def shown(engine: Engine) -> tuple[str, ...]:
    fold = engine.folded(A)
    row: Any = fold.row("toy.words", "all") if fold else None
    return row.words if row else ()


def test_the_same_key_sent_at_once_gives_one_result() -> None:
    store = Gate()

    async def story(engine: Engine) -> None:
        await shut(store)
        asks = [asyncio.create_task(engine.submit(A, AddWord(word="x"), AMY, key="k")) for _ in range(20)]
        await arrived(store)
        await asyncio.sleep(0)
        assert not any(ask.done() for ask in asks)  # nobody hears of it before it is durable
        store.open.set()
        receipts = await asyncio.gather(*asks)
        assert len(set(receipts)) == 1
        assert receipts[0].events == (1,)
        assert words_in(store, engine) == ["x"]
        with pytest.raises(KeyReused):
            await engine.submit(A, AddWord(word="y"), AMY, key="k")

    told(story, store)


def test_a_key_is_remembered_over_a_restart(tmp_path: Path) -> None:
    receipts = []

    async def story(engine: Engine) -> None:
        receipts.append(await engine.submit(A, AddWord(word="x"), AMY, key="k"))
        assert len(words_in(engine.store, engine)) == 1

    told(story, SqliteStore(tmp_path / "log.db"))
    told(story, SqliteStore(tmp_path / "log.db"))
    assert receipts[0] == receipts[1]


def test_a_failed_write_is_a_503_and_the_stream_goes_on_from_what_is_stored() -> None:
    store = Gate()

    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        store.failures.append(OSError("disk full"))
        with pytest.raises(StoreUnavailable) as failed:
            await engine.submit(A, AddWord(word="two"), AMY)
        assert failed.value.status == 503
        assert words_in(store, engine) == ["one"]
        assert (await engine.fold(A)).seq == 1
        assert shown(engine) == ("one",)
        receipt = await engine.submit(A, AddWord(word="two"), AMY)  # not taken: the first try left nothing behind
        assert receipt.events == (2,)
        assert words_in(store, engine) == ["one", "two"]
        assert shown(engine) == ("one", "two")

    told(story, store)


def test_what_was_decided_on_a_failed_write_is_decided_again() -> None:
    """`two` fails while `three` and a repeated `two` wait behind it: all that were told yes are stored, once, in order."""
    store = Gate()

    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        await shut(store)
        store.failures.append(OSError("disk full"))
        two = asyncio.create_task(engine.submit(A, AddWord(word="two"), AMY, key="k2"))
        await arrived(store)
        again = asyncio.create_task(engine.submit(A, AddWord(word="two"), AMY, key="k2"))
        ensured = asyncio.create_task(engine.submit(A, EnsureWord(word="two"), AMY))
        three = asyncio.create_task(engine.submit(A, AddWord(word="three"), AMY))
        await asyncio.sleep(0)
        store.open.set()
        answers = await asyncio.gather(two, again, ensured, three, return_exceptions=True)
        assert isinstance(answers[0], StoreUnavailable)
        assert not any(isinstance(answer, BaseException) for answer in answers[1:]), answers
        stored = words_in(store, engine)
        assert sorted(stored) == ["one", "three", "two"]
        assert shown(engine) == tuple(stored)
        seqs = {answer.events: answer.seq for answer in answers[1:]}  # type: ignore[union-attr]
        assert all(stored[seq - 1] for seq in seqs.values())

    told(story, store)


def test_an_old_job_that_fails_does_not_throw_away_the_state_that_was_folded_since() -> None:
    """`x` fails; `y`, decided on it, is still with the writer while `z` is decided afresh: y's answer must not touch z's state."""
    store = Turns()

    async def story(engine: Engine) -> None:
        asked = asyncio.create_task(engine.submit(A, AddWord(word="one"), AMY))
        await came(store)
        store.turn.release()
        await asked
        store.failures.append(OSError("disk full"))
        x = asyncio.create_task(engine.submit(A, AddWord(word="x"), AMY))
        await came(store)
        y = asyncio.create_task(engine.submit(A, AddWord(word="y"), AMY))
        await asyncio.sleep(0)
        y.cancel()  # its client hung up, so nobody will ask for it again
        store.turn.release()
        await came(store)
        await asyncio.gather(x, return_exceptions=True)
        z = asyncio.create_task(engine.submit(A, AddWord(word="z"), AMY))
        while (fold := engine.folded(A)) is None or fold.seq < 2:  # noqa: ASYNC110  the engine has no event for it
            await asyncio.sleep(0)
        store.turn.release()
        await came(store)
        assert (await engine.fold(A)).view_seq == 1
        store.turn.release()
        assert (await z).events == (2,)
        assert words_in(store, engine) == ["one", "z"]
        assert shown(engine) == ("one", "z")

    told(story, store)


def test_a_conflict_is_decided_again_on_the_news() -> None:
    """Somebody else wrote into the same log: the command is asked again, on a state that knows what they wrote."""
    store = Gate()

    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        other = engine_on(store)
        other.start()
        await other.submit(A, AddWord(word="two"), AMY)
        receipt = await engine.submit(A, AddWord(word="three"), AMY)
        assert receipt.events == (3,)
        with pytest.raises(WordTaken):  # the other one must not add it a second time
            await other.submit(A, AddWord(word="three"), AMY)
        assert words_in(store, engine) == ["one", "two", "three"]
        assert shown(engine) == ("one", "two", "three")

    told(story, store)


def test_sixty_four_producers_make_one_log_in_one_order() -> None:
    store = Gate()
    heard: list[int] = []

    async def story(engine: Engine) -> None:
        engine.listen(lambda fold, events, changed: heard.extend(event.seq for event in events))
        receipts: dict[str, int] = {}

        async def produce(number: int) -> None:
            for count in range(20):
                word = f"{number}-{count}"
                receipts[word] = (await engine.submit(A, AddWord(word=word), AMY)).seq

        await asyncio.gather(*(produce(number) for number in range(64)))
        stored = words_in(store, engine)
        assert len(stored) == 64 * 20
        assert {word: seq for seq, word in enumerate(stored, 1)} == receipts
        for number in range(64):
            mine = [word for word in stored if word.startswith(f"{number}-")]
            assert mine == [f"{number}-{count}" for count in range(20)]
        assert heard == list(range(1, 64 * 20 + 1))
        assert shown(engine) == tuple(stored)

    told(story, store)


def test_what_gathers_while_the_disk_is_busy_is_one_commit() -> None:
    store = Gate()

    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="first"), AMY)
        store.commits.clear()
        await shut(store)
        asks = [asyncio.create_task(engine.submit(A, AddWord(word="slow"), AMY))]
        await arrived(store)
        asks += [asyncio.create_task(engine.submit(f"show/{n % 3}", AddWord(word=f"w{n}"), AMY)) for n in range(50)]
        while sum(fold is not None and fold.seq for fold in map(engine.folded, ("show/0", "show/1", "show/2"))) < 50:  # noqa: ASYNC110  the engine has no event for it
            await asyncio.sleep(0)
        store.open.set()
        await asyncio.gather(*asks)
        assert store.commits == [1, 50]

    told(story, store)


def test_a_client_that_hangs_up_stops_neither_its_write_nor_its_neighbours() -> None:
    store = Gate()

    async def story(engine: Engine) -> None:
        await shut(store)
        slow = asyncio.create_task(engine.submit(A, AddWord(word="slow"), AMY))
        await arrived(store)
        x, y = (asyncio.create_task(engine.submit(A, AddWord(word=word), AMY)) for word in "xy")
        await asyncio.sleep(0)
        x.cancel()
        with pytest.raises(asyncio.CancelledError):
            await x
        store.open.set()
        assert (await slow).events == (1,)
        assert (await y).events == (3,)
        assert words_in(store, engine) == ["slow", "x", "y"]
        assert shown(engine) == ("slow", "x", "y")

    told(story, store)


def test_nothing_is_shown_or_told_before_it_is_durable() -> None:
    store = Gate()
    heard: list[str] = []

    async def story(engine: Engine) -> None:
        engine.listen(lambda fold, events, changed: heard.extend(event.fact.word for event in events))
        await engine.submit(A, AddWord(word="one"), AMY)
        await shut(store)
        asked = asyncio.create_task(engine.submit(A, AddWord(word="two"), AMY))
        ensured = asyncio.create_task(engine.submit(A, EnsureWord(word="two"), AMY))
        await arrived(store)
        await asyncio.sleep(0)
        with pytest.raises(WordTaken):  # deciding runs ahead
            await engine.submit(A, AddWord(word="two"), AMY)
        assert (shown(engine), heard) == (("one",), ["one"])  # showing does not
        assert (await engine.fold(A)).view_seq == 1
        assert not ensured.done()  # nor does "it is there already"
        store.open.set()
        assert (await asked).events == (2,)
        assert (await ensured).events == ()
        assert (shown(engine), heard) == (("one", "two"), ["one", "two"])

    told(story, store)


def test_a_listener_that_stumbles_silences_nobody() -> None:
    heard: list[str] = []

    def stumble(*args: object) -> None:
        raise RuntimeError("a bug")

    async def story(engine: Engine) -> None:
        engine.listen(stumble)
        engine.listen(lambda fold, events, changed: heard.extend(event.fact.word for event in events))
        await engine.submit(A, AddWord(word="one"), AMY)
        await engine.submit(A, AddWord(word="two"), AMY)

    told(story)
    assert heard == ["one", "two"]


def test_a_view_that_stumbles_leaves_no_client_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        fold = engine.folded(A)
        monkeypatch.setattr(fold, "project", lambda event: 1 / 0)
        assert (await engine.submit(A, AddWord(word="two"), AMY)).events == (2,)
        await engine.fold(A)
        assert shown(engine) == ("one", "two")  # folded again, from the log

    told(story)


def test_what_no_log_can_hold_has_not_happened() -> None:
    async def run(engine: Engine) -> None:
        await engine.submit(A, AddWord(word="one"), AMY)
        for _ in range(2):  # sent again it is no more done than before
            with pytest.raises(UnicodeEncodeError):
                await engine.submit(A, AddWord(word="\ud800"), AMY)
        assert (await engine.submit(A, AddWord(word="two"), AMY)).events == (2,)
        assert (await engine.fold(A)).state("toy") == ["one", "two"]

    told(run)


def test_a_state_that_a_bug_left_half_folded_is_not_kept() -> None:
    bugs = [1]

    def stumbling(words: list[str], event: Any) -> None:
        words.append("half")
        if event.fact.word == "two" and bugs:
            raise ZeroDivisionError(bugs.pop())
        words[-1] = event.fact.word

    async def run() -> None:
        engine = Engine((replace(TOY, fold=stumbling),), Gate(), clock=lambda: 1000, allows=lambda roles, duty, fold: "director")
        engine.start()
        await engine.submit(A, AddWord(word="one"), AMY)
        with pytest.raises(ZeroDivisionError):
            await engine.submit(A, AddWord(word="two"), AMY)
        assert (await engine.submit(A, AddWord(word="half"), AMY)).events == (2,)
        assert (await engine.submit(A, AddWord(word="two"), AMY)).events == (3,)
        assert (await engine.fold(A)).state("toy") == ["one", "half", "two"]
        await engine.stop()

    asyncio.run(run())


def test_guessed_names_are_not_kept() -> None:
    async def story(engine: Engine) -> None:
        for number in range(50):
            with pytest.raises(NotFound):
                await engine.fold(f"show/{number}")
        assert not engine.in_memory()
        assert not engine.keeper._loading

    told(story)


def test_time_never_runs_backwards_in_a_log() -> None:
    async def run() -> None:
        ticks = iter([5000, 3000, 9000])
        engine = engine_on(Gate(), clock=lambda: next(ticks))
        engine.start()
        for word in ("a", "b", "c"):
            await engine.submit(A, AddWord(word=word), AMY)
        assert [event.at for event in await engine.events(A)] == [5000, 5000, 9000]
        assert all(isinstance(event.fact, WordAdded) for event in await engine.events(A))
        await engine.stop()

    asyncio.run(run())
