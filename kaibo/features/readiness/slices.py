"""GROUNDS: all that readiness is read from: the plan, the goods, the tasks, how claims are taken, and what sources told so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.audience.facts import AudienceBatch, AudienceRepeated
from kaibo.features.claim.facts import ClaimPolicySet, Policy
from kaibo.features.claim.slices import STOCK, Shelf
from kaibo.features.order.facts import OrderCreated
from kaibo.features.product.slices import OFFER, Offers
from kaibo.features.rundown.slices import COURSE, Rundown
from kaibo.features.show.slices import STAGE, ShowNow
from kaibo.features.task.slices import TASKS, Tasks

GROUND = "ground"  # what is touched: something that readiness is read from


@dataclass(slots=True)
class Grounds:
    """`policy`: how claims are taken, None while nobody said so. `told`: of comments, audience and orders, what a source told of; `heard`: any spoke at all."""

    show: ShowNow
    course: Rundown
    offers: Offers
    tasks: Tasks
    shelf: Shelf
    policy: Policy | None = None
    told: set[str] = field(default_factory=set[str])
    heard: bool = False


def fold_grounds(grounds: Grounds, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Nothing is asked any more once the show is on air: then it is all touched once, and goes."""
    heard = _hear(grounds, event.fact)
    if touched.of(STAGE):
        return (GROUND,)
    if grounds.show.stage != "planned":
        return ()
    moved = touched.of(COURSE, OFFER, TASKS, STOCK)
    return (GROUND,) if moved or heard else ()


def _hear(grounds: Grounds, fact: Fact) -> bool:
    """Whether it says something new of sources or claims."""
    match fact:
        case ClaimPolicySet(policy=policy):
            grounds.policy = policy
            return True
        case AudienceBatch(comments=comments, count=count):
            told = ({"comments"} if comments else set[str]()) | ({"audience"} if count > comments else set[str]())
        case OrderCreated():
            told = {"orders"}
        case _ if not isinstance(fact, AudienceRepeated):
            return False
        case _:
            told = set[str]()
    known, grounds.heard = grounds.heard and told <= grounds.told, True
    grounds.told |= told
    return not known


GROUNDS: Slice[Grounds] = Slice(
    name="readiness.grounds",
    reads=(ClaimPolicySet, AudienceBatch, AudienceRepeated, OrderCreated),
    state=Grounds,
    fold=fold_grounds,
    over=(STAGE, COURSE, OFFER, TASKS, STOCK),
)
