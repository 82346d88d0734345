"""The role charter 職責說明書 as data: which roles hold which duty. Every guard of the house reads this one table.

Forbidden by the trade, and proven by a test: the assistant does not analyse figures; operations does not answer
viewers; who proposes a promo is not who approves it; only the system speaks for a shop. Who changed something in its back office
says that they did, under their own name. To end a promo or take it back gives nothing away, so one person does it. The system holds some duties of people because it carries out what they approved.
"""

from collections.abc import Mapping

from kaibo.features.workspace.facts import MACHINES, MONITOR, SOURCE

# The order of precedence too: who holds several roles acts in the first that carries the duty.
ROLES = ("owner", "planner", "director", "host", "assistant", "operations", "tech", "care", *MACHINES)
# A monitor hangs on a wall where anybody may stand: it reads what the room works by, and no viewer, no order, no cost.
READERS = frozenset(ROLES) - {MONITOR, SOURCE}
CREW = READERS - {"system"}
SEEN_BY_ALL = READERS | {MONITOR}


def _held(*roles: str) -> frozenset[str]:
    return frozenset(roles)


CHARTER: Mapping[str, frozenset[str]] = {
    # the workspace
    "workspace.open": _held("owner", "system"),
    "people.manage": _held("owner"),
    "token.manage": _held("owner"),
    "house.watch": _held("owner", "planner", "director", "operations", "tech"),
    "house.warn": _held("system"),
    "staff.mark": _held("owner", "planner", "director", "assistant", "operations", "care"),
    # what viewers wrote
    "erasure.ask": _held("owner"),
    "erasure.keep": _held("system"),
    # one's own name
    "name.own": CREW,
    # the charter itself
    "charter.edit": _held("owner"),
    "charter.publish": _held("owner"),
    "charter.sign": CREW,
    "charter.take": _held("owner", "director"),
    "charter.keep": _held("system"),
    # once a month: who really did what
    "review.hold": _held("owner", "planner", "director"),
    "review.keep": _held("system"),
    # the show
    "show.plan": _held("owner", "planner", "director"),
    "show.run": _held("owner", "director"),
    "show.list": _held("system"),
    # before air: who says ready, and who answers for it when something required is missing
    "show.ready": _held("owner", "planner", "director"),
    "show.override": _held("owner", "director"),
    # what is to be done for a show: who plans it says whose it is, and a rule lets only those do it
    "task.plan": _held("owner", "planner", "director"),
    "task.do": CREW,
    # who is on duty; the system says of who left the workspace that they are absent
    "roster.plan": _held("owner", "planner", "director", "system"),
    "roster.own": CREW,
    "roster.tend": _held("system"),
    # in need anybody of the crew takes a duty for a while
    "duty.take": CREW,
    "duty.keep": _held("system"),
    # of some things somebody must agree before they count
    "asking.answer": CREW,
    "asking.keep": _held("system"),
    # what the team says to each other; the house asks the next one when nobody took it
    "channel.post": CREW,
    "channel.keep": _held("system"),
    # where else it is carried to (everything the team says may go there), and what became of it there
    "bridge.manage": _held("owner"),
    "outbox.keep": _held("system"),
    # before a cue goes: whoever is in a role answers for it
    "standby.answer": CREW,
    # products and the rundown
    "product.edit": _held("owner", "planner", "operations"),
    "product.pin": _held("owner", "director", "assistant", "system"),
    "rundown.edit": _held("owner", "planner", "director", "system"),
    "rundown.run": _held("owner", "director"),
    # the host
    "host.message": _held("owner", "director", "system"),
    "host.signal": _held("owner", "director"),
    "comment.hand_to_host": _held("owner", "director", "assistant", "system"),
    "host.question": _held("owner", "director", "host", "assistant"),
    # one line for everybody
    "note.pin": _held("owner", "director"),
    # viewers and orders
    "audience.ingest": _held("source", "system"),
    "order.ingest": _held("source", "system"),
    "order.cancel": _held("owner", "director", "operations", "care"),
    "comment.reply": _held("owner", "director", "assistant", "care"),
    "comment.correct": _held("owner", "director", "assistant", "care"),
    "comment.teach": _held("system"),
    "comment.settle": _held("system"),
    # words and people
    "moderation.act": _held("owner", "director", "assistant", "care"),
    "moderation.words": _held("owner", "planner", "director", "assistant"),
    "moderation.keep": _held("system"),
    "moderation.settle": _held("system"),
    # claims: orders by comment
    "claim.setup": _held("owner", "planner", "director", "operations", "assistant"),
    "claim.handle": _held("owner", "director", "assistant", "care"),
    "claim.decide": _held("system"),
    # draws: who prepares one is not alone with it, the director runs it
    "draw.prepare": _held("owner", "planner", "director", "operations", "assistant"),
    "draw.close": _held("owner", "director", "operations", "assistant", "system"),
    "draw.run": _held("owner", "director"),
    "draw.keep_seed": _held("system"),
    # promos
    "promo.propose": _held("owner", "director", "operations"),
    "promo.approve": _held("owner", "director"),
    "promo.end": _held("owner", "director", "operations"),
    "promo.settle": _held("system"),
    "promo.settle_by_hand": _held("owner", "director", "operations"),
    "promo.keep": _held("system"),
    # figures
    "metric.target": _held("owner", "planner", "director"),
    "metric.spend": _held("owner", "planner", "operations"),
    "metric.keep": _held("system"),
    "alarm.choose": _held("owner", "planner", "director", "operations"),
    "alarm.propose": _held("owner", "director", "operations"),
    "alarm.approve": _held("owner", "director"),
    "alarm.keep": _held("system"),
    "effect.keep": _held("system"),
    # reading; a source hands in and need not read: its token lies on machines outside the house
    "show.read": SEEN_BY_ALL,
    "people.read": CREW,
    "charter.read": CREW,
    "task.read": CREW,
    "channel.read": CREW,
    "roster.read": CREW,
    "metric.read": _held("owner", "planner", "director", "operations"),
    "comment.read": CREW,
    "moderation.read": CREW,
    "order.read": CREW,
    "claim.read": CREW,
    "draw.read": CREW,
    "promo.read": READERS,
    "product.read": READERS,
    "rundown.read": SEEN_BY_ALL,
    "prompter.read": CREW | {"monitor"},
    "audience.read": CREW,
    # the log itself holds every figure, so who may not read figures may not read it
    "log.read": _held("owner", "planner", "director", "operations", "system"),
}


# Whoever holds one of these may give away money or the house itself: a password alone is little for that.
GUARDED = ("people.manage", "token.manage", "charter.publish", "promo.approve", "metric.spend", "draw.run")


def allows(roles: frozenset[str], duty: str) -> bool:
    """Does any of these roles hold the duty? A duty that is not in the charter is held by nobody."""
    return not roles.isdisjoint(CHARTER.get(duty, frozenset()))


def role_allowing(roles: frozenset[str], duty: str) -> str | None:
    """The first role among `roles`, in the charter's order, that carries the duty; None when none does."""
    held = roles & CHARTER.get(duty, frozenset())
    return next((role for role in ROLES if role in held), None)


def print_duties() -> str:
    """The table as docs/duties.md, in Markdown."""
    head = [
        "# Duties",
        "",
        "Printed from `kaibo/features/workspace/charter.py`; a test keeps them the same. ● holds the duty.",
        "",
        f"| duty | {' | '.join(ROLES)} |",
        f"|---|{':-:|' * len(ROLES)}",
    ]
    rows = [f"| `{duty}` | {' | '.join('●' if role in holders else '' for role in ROLES)} |" for duty, holders in CHARTER.items()]
    return "\n".join([*head, *rows, ""])
