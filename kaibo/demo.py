"""A demo show on air: a planned evening, a crew, and a simulated audience that has been there for some minutes."""

import asyncio
import logging
from dataclasses import dataclass, field
from pathlib import Path

from kaibo.app import App
from kaibo.connectors.file.inbound import replay
from kaibo.connectors.simulated.inbound import feed, hand_in_now, held_of, offers_of
from kaibo.core.errors import Refusal
from kaibo.core.event import Command
from kaibo.core.feature import WORKSPACE
from kaibo.demo_plan import CLAIM_POLICY, CREW, CUES, PRODUCTS, TITLE, cue_of
from kaibo.features.alarm.commands import ChooseUsualAlarms
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.claim.commands import SetPolicy
from kaibo.features.metric.commands import EnterSpend, NoteShow, SetTarget
from kaibo.features.metric.facts import SpendRow
from kaibo.features.moderation.commands import AddUsualWords
from kaibo.features.product.commands import AddProduct
from kaibo.features.prompter.commands import SetSignal
from kaibo.features.roster.commands import CheckIn
from kaibo.features.rundown.commands import AddCue, GoCue
from kaibo.features.show.commands import AirShow, PlanShow
from kaibo.features.show.facts import CrewMember
from kaibo.features.show.shown import LIST
from kaibo.features.workspace.commands import AddPerson
from kaibo.features.workspace.shown import PEOPLE
from kaibo.kit.engine import Caller, Engine
from kaibo.kit.react import SYSTEM
from kaibo.sim.audience import Audience, Offer, Rates, Step
from kaibo.sim.past import earlier_shows

log = logging.getLogger("kaibo.demo")

DIRECTOR = Caller(id="xiaolin", name="導播小林", roles=frozenset({"director", "planner"}))
OPERATOR = Caller(id="azhe", name="運營阿哲", roles=frozenset({"operations"}))
FOUNDER = Caller(id="system", name="system", roles=frozenset({"owner"}))
SHOW_LENGTH_MS = 2 * 3_600_000
STEP_MS = 1000
NUISANCE = 0.00012  # two or three a minute of what the word list is for
SHOUTS = 0.0009  # orders by comment, of a viewer and second: some twenty a minute in a full room


@dataclass
class Demo:
    """Makes sure that a demo show is on air, and keeps its audience coming. `seed` decides who comes and what they do."""

    seed: int = 1
    minutes: int = 12
    chat: Path | None = None
    speed: float = 1.0
    arrivals: float = 2.0
    app: App | None = None
    show_id: str = ""
    _audience: Audience = field(init=False)

    async def prepare(self) -> None:
        """Find the demo show that is on air, or make one with a past."""
        await self._crew()
        found = await self._on_air()
        self._audience = Audience(
            self.seed,
            rates=Rates(arrivals=self.arrivals, shouts=SHOUTS, nuisance=NUISANCE),
            prefix=f"s{self.seed}-{self._engine.clock()}",
        )
        if found:
            self.show_id = found
        else:
            await self._make()

    async def run(self) -> None:
        """Feed the show until it ends."""
        feeds = [feed(self._engine, self._app.gatherer, self.show_id, self._audience)]
        if self.chat is not None:
            feeds.append(self._replay(self.chat))
        await asyncio.gather(*feeds)

    @property
    def _app(self) -> App:
        assert self.app is not None, "the demo has no app yet"
        return self.app

    @property
    def _engine(self) -> Engine:
        return self._app.engine

    async def _crew(self) -> None:
        known = (await self._engine.fold(WORKSPACE)).rows(PEOPLE)
        for person_id, name, roles in CREW:
            if person_id not in known:
                await self._engine.submit(WORKSPACE, AddPerson(person_id=person_id, name=name, roles=roles), FOUNDER)
        await self._engine.submit(WORKSPACE, AddUsualWords(action_id="usual"), DIRECTOR, key="demo-usual-words")

    async def _on_air(self) -> str:
        rows = (await self._engine.fold(WORKSPACE)).rows(LIST)
        now = self._engine.clock()
        live = [
            key
            for key, row in rows.items()
            if key.startswith("demo-") and row.simulated and row.state == "live" and row.ends_at > now
        ]
        return live[-1] if live else ""

    async def _make(self) -> None:
        """Plan the show and let its first minutes pass, quickly, on a clock of its own."""
        engine = self._engine
        real, now = engine.clock, engine.clock()
        began = now - self.minutes * 60_000
        moment = began - 600_000
        engine.clock = lambda: moment
        self.show_id = f"demo-{now // 1000}"
        stream = f"show/{self.show_id}"
        try:
            await self._remember(began)
            await self._plan(stream, began)
            moment = began
            await self._do(stream, SetPolicy(policy=CLAIM_POLICY))
            await self._do(stream, AirShow())
            await self._do(stream, GoCue(expect_cue_id=CUES[0].cue_id))
            await self._do(stream, SetSignal(signal="green"))
            second = began + min(4, self.minutes) * 60_000
            went = False
            while moment + STEP_MS <= now:
                moment += STEP_MS
                if not went and moment >= second:
                    went = True
                    await self._do(stream, GoCue(expect_cue_id=CUES[1].cue_id))
                fold = await engine.fold(stream)
                on_air, others = offers_of(fold)
                step = self._audience.step(moment, STEP_MS / 1000, on_air, others, held_of(fold))
                for part in (Step(orders=step.orders), Step(items=step.items)):
                    await hand_in_now(engine, self.show_id, part)
                    await self._app.following.settled()
                await self._ring(stream, moment)
        finally:
            engine.clock = real

    async def _ring(self, stream: str, moment: int) -> None:
        """What falls due in the quick past is done at its own time."""
        fold = await self._engine.fold(stream)
        for feature in fold.due():
            wanted = fold.due()[feature]
            if wanted is not None and wanted[0] <= moment:
                await self._engine.submit(stream, wanted[1], SYSTEM)

    async def _remember(self, began: int) -> None:
        """The workspace had shows before this one."""
        offers = [
            Offer(one.product_id, one.name, one.live_price_minor, one.live_price_minor)
            for one in PRODUCTS
            if one.live_price_minor is not None
        ]
        rates = Rates(arrivals=self.arrivals)
        for told in await asyncio.to_thread(earlier_shows, self.seed, began, offers, rates=rates):
            await self._engine.submit(WORKSPACE, NoteShow(summary=told.summary, buyers=told.buyers), SYSTEM)
        await self._app.following.settled()

    async def _plan(self, stream: str, began: int) -> None:
        crew = tuple(CrewMember(person_id=person_id, name=name, roles=roles) for person_id, name, roles in CREW)
        await self._do(
            stream,
            PlanShow(
                show_id=self.show_id,
                title=TITLE,
                starts_at=began,
                ends_at=began + SHOW_LENGTH_MS,
                timezone="Asia/Taipei",
                goal_gmv_minor=30_000_000,
                crew=crew,
                simulated=True,
            ),
        )
        for product in PRODUCTS:
            await self._do(stream, AddProduct(product=product))
        for person_id, name, roles in CREW:
            await self._engine.submit(stream, CheckIn(), Caller(id=person_id, name=name, roles=frozenset(roles)))
        after = None
        for cue in CUES:
            await self._do(stream, AddCue(cue=cue_of(cue, began), after_cue_id=after))
            after = cue.cue_id
        await self._do(stream, ChooseUsualAlarms())
        await self._do(stream, SetTarget(metric="conversion", value=0.06))
        spend = SpendRow(
            spend_id="ads-1",
            at=began,
            channel="千川",
            cost_minor=1_200_000,
            impressions=42_000,
            clicks=1_900,
            gmv_minor=2_600_000,
        )
        await self._engine.submit(stream, EnterSpend(rows=(spend,)), OPERATOR)

    async def _do(self, stream: str, command: Command) -> None:
        await self._engine.submit(stream, command, DIRECTOR)
        await self._app.following.settled()  # one seed, one log: nobody's answer comes a moment later this time

    async def _replay(self, chat: Path) -> None:
        async def sink(items: tuple[AudienceItem, ...]) -> None:
            await self._app.gatherer.add(self.show_id, "file", chat.name[:64], items, SYSTEM)

        try:
            await replay(chat, sink, speed=self.speed, clock=self._engine.clock)
        except Refusal as refusal:
            log.warning("the chat stopped: %s", refusal)
