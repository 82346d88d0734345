"""Lucky draws: what was promised before, who took part, and how it came out. Anybody can work the result out again."""

from typing import Literal

import msgspec

from kaibo.core.event import Fact

DrawStage = Literal["prepared", "open", "closed", "drawn", "cancelled"]
SeedBy = Literal["house", "team", "unknown"]
Exclusion = Literal["staff", "not_followed", "not_bought", "won_before"]


class Prize(msgspec.Struct, frozen=True, kw_only=True):
    """`count` pieces of one prize."""

    name: str
    count: int


class Conditions(msgspec.Struct, frozen=True, kw_only=True):
    """Who may win, beside having written the keyword in time. `staff` are accounts (`source/pseudonym`) that never do."""

    followed: bool = False
    bought: bool = False
    not_won: bool = True
    staff: tuple[str, ...] = ()


class Entrant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who wrote the keyword: `key` is `source/pseudonym`, `at` the platform time (ms UTC) of the first time."""

    key: str
    name: str
    at: int
    why: Exclusion | None = None


class Winner(msgspec.Struct, frozen=True, kw_only=True):
    """`rank` from 0 in the order of the draw, without those who were passed over."""

    rank: int
    prize: str
    key: str
    name: str


class DrawPrepared(Fact, frozen=True, kw_only=True, tag="draw.prepared"):
    """The rules stand, and so does the seed: `commitment` is the SHA-256 of its bytes, in hexadecimal.

    `beacon_source` says which public value, not known yet, will be mixed in ("": none). `seed_by`: who knows the seed. It is the
    team's until the house says that it made and keeps it (`draw.seed_kept`); facts of before 0.2 do not say.
    """

    draw_id: str
    title: str
    keyword: str
    minutes: int
    prizes: tuple[Prize, ...]
    conditions: Conditions
    commitment: str
    beacon_source: str = ""
    seed_by: SeedBy = "unknown"


class DrawSeedKept(Fact, frozen=True, kw_only=True, tag="draw.seed_kept"):
    """The house made the seed of this draw and shows it to nobody before it is run."""

    draw_id: str


class DrawOpened(Fact, frozen=True, kw_only=True, tag="draw.opened"):
    """Comments with the keyword take part, from `opens_at` to `closes_at` by platform time (ms UTC)."""

    draw_id: str
    opens_at: int
    closes_at: int


class DrawClosed(Fact, frozen=True, kw_only=True, tag="draw.closed"):
    """Who takes part is frozen; `entrants_hash` as in docs/draws.md.

    `closed_at`: when taking part really ended, sooner than was said when somebody closed it by hand; `listed_at`: when the list was
    frozen (ms UTC). 0 in facts of before 0.2: the event's own instant says it.
    """

    draw_id: str
    entrants: tuple[Entrant, ...]
    excluded: tuple[Entrant, ...]
    entrants_hash: str
    closed_at: int = 0
    listed_at: int = 0


class DrawRun(Fact, frozen=True, kw_only=True, tag="draw.run"):
    """The seed is revealed and the winners follow from it.

    `passed`: who would have won, had they not won in another draw after this list was frozen.
    """

    draw_id: str
    seed: str
    beacon: str
    winners: tuple[Winner, ...]
    passed: tuple[str, ...] = ()


class DrawRedrawn(Fact, frozen=True, kw_only=True, tag="draw.redrawn"):
    """A winner did not take the prize; it went to the next in the same order, or to nobody when there is none left.

    `passed` as in `draw.run`: who was passed over on the way.
    """

    draw_id: str
    rank: int
    reason: str
    winner: Winner | None
    passed: tuple[str, ...] = ()


class DrawCancelled(Fact, frozen=True, kw_only=True, tag="draw.cancelled"):
    """It will not be run."""

    draw_id: str
    reason: str
