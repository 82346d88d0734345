"""What the report says, as it goes to the screen, the workbook and the paper."""

from typing import Any, Literal

import msgspec

from kaibo.analysis.counters import Telling
from kaibo.analysis.definitions import Unit
from kaibo.analysis.interval import Verdict
from kaibo.analysis.placebo import Basis
from kaibo.features.alarm.facts import Move
from kaibo.features.audience.commands import Flow
from kaibo.features.promo.facts import Arm, Coupon, EndWhy, PromoKind, PromoStage, Reads
from kaibo.features.readiness.facts import Missing
from kaibo.features.report.team import ReportClaims, ReportPart, ReportPost, ReportResponse, ReportTaking, TeamTable
from kaibo.features.rundown.facts import CueStatus, Via

MarkKind = Literal["cue", "promo", "promo_end", "pin", "draw"]
Series = Literal["gmv_paid", "online"]
Step = Literal["shown", "entered", "acted", "saw", "clicked", "ordered", "paid"]


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Which events a number comes from: fact tags, and instants (ms UTC, the end not included); None: whenever they were told.

    What is placed before going on air, or paid and given back after the end, is told then: a number of the whole show has no bounds.
    """

    types: str
    from_at: int | None = None
    to_at: int | None = None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A metric of the whole show; ratios with numerator and denominator. `mixed`: of two crowds; without a value where that says nothing.

    `untold`: what would have to be told for it to have a value, and no source told. `partly` and `instead`: as of a tile.
    """

    value: float | None
    unit: Unit
    numerator: float | None
    denominator: float | None
    events: Where
    mixed: bool = False
    untold: tuple[Telling, ...] = ()
    partly: bool = False
    instead: str = ""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Something the team did at an instant; `kind` is cue, promo, promo_end, pin or draw, `id` that of the cue, promo, product or draw."""

    kind: MarkKind
    id: str
    title: str
    at: int
    seq: int


class ReportMinute(msgspec.Struct, frozen=True, kw_only=True):
    """One minute of the curve; `minute` since 1970. None is what no source told of."""

    minute: int
    gmv_paid_minor: int | None
    gmv_created_minor: int | None
    orders_created: int | None
    orders_paid: int | None
    online: int | None
    comments: int | None
    clicks: int | None
    marks: tuple[Mark, ...]
    events: Where


class Peak(msgspec.Struct, frozen=True, kw_only=True):
    """A minute that stands out.

    `series` is gmv_paid or online; `usual` the median of the minutes before it; the rise began in minute `rise_from`.
    `causes` are what the team did near the rise, none when nothing was found. They stand near it: that is no proof.
    """

    series: Series
    minute: int
    value: int
    usual: float
    rise_from: int
    causes: tuple[Mark, ...]
    events: Where


class PeakRule(msgspec.Struct, frozen=True, kw_only=True):
    """When a minute stands out, and which marks are near: the numbers of the rule.

    It is higher than `*_times` the median of the `back_minutes` before it and than that median plus so many `deviations`
    (by the median absolute deviation), and the highest `apart_minutes` to both sides. A mark is near from `near_minutes`
    before the rise to the end of the peak.
    """

    back_minutes: int
    gmv_times: float
    online_times: float
    deviations: float
    apart_minutes: int
    near_minutes: int


class FunnelStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step towards paying: shown, entered (acted: who did anything, where not all sources tell who comes in), saw, clicked, ordered, paid.

    `times` it happened, to how many `people`; None where nobody can know. `through` is the share of the step before: people
    of people, or times of times where people are unknown. `mixed`: the two are not of one crowd; None where more came than stood before.
    """

    step: Step
    times: float | None
    people: float | None
    through: float | None
    events: Where
    mixed: bool = False


class ReportSource(msgspec.Struct, frozen=True, kw_only=True):
    """Viewers who came by one flow, and what they did; `flow` is `none` where nobody said. None is what no source told of."""

    flow: Flow | Literal["none"]
    impressions: int | None
    views: int | None
    uv: int | None
    clicks: int | None
    buyers: int | None
    orders_paid: int | None
    gmv_paid_minor: int | None
    enter_rate: float | None
    conversion: float | None
    uv_value_minor: float | None
    events: Where


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """Of the `entrants` of a minute (0: of all) the `share` who stayed so many minutes or more; None where it is too early."""

    minute: int
    entrants: int
    steps: tuple[int, ...]
    share: tuple[float | None, ...]
    events: Where


BesideKind = Literal["cue", "promo", "promo_end", "move", "pin", "draw", "sold_out"]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What else began (or ended, or ran out) near a move: the title of a cue or draw, the kind of a move, else the product's name."""

    kind: BesideKind
    name: str


class ReportEffect(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a product's orders: the rate after a promo over the rate before, with its interval.

    `verdict` is up, down, no_clear_effect or too_little; `basis` what it was ranked among (`placebos` moments of the show where nothing
    was done, its slumps, or, with too few of them, a wide interval); `needed`: about so many moves like it would tell an effect of one
    half more. `per` watch_s (for each second watched) or seconds; `beside` may be the cause as well, `alongside` are their addresses.
    Orders are None where no source told of any.
    """

    orders_before: int | None
    orders_after: int | None
    window_ms: int
    per: Literal["watch_s", "seconds"]
    verdict: Verdict
    ratio: float | None
    low: float | None
    high: float | None
    measured: bool
    alongside: tuple[str, ...]
    beside: tuple[Beside, ...]
    before_ms: int
    after_ms: int
    basis: Basis
    placebos: int
    slump: bool
    needed: int | None


class ReportProduct(msgspec.Struct, frozen=True, kw_only=True):
    """What one product did; `clicks` None where no source told of any. `oversold`: units promised beyond what there is, in any variant."""

    product_id: str
    name: str
    clicks: int | None
    orders_created: int | None
    orders_paid: int | None
    units_paid: int | None
    gmv_created_minor: int | None
    gmv_paid_minor: int | None
    buyers: int | None
    stock_left: int | None
    events: Where
    oversold: int = 0


class ReportPass(msgspec.Struct, frozen=True, kw_only=True):
    """One time a cue was on air."""

    pass_id: str
    went_at: int
    ended_at: int | None
    via: Via
    seq: int


class ReportCue(msgspec.Struct, frozen=True, kw_only=True):
    """Plan against actual of one cue; `diff_ms` + = longer than planned, of the two in whole seconds, None when it never went, or runs and is not over its time."""

    cue_id: str
    no: int
    title: str
    status: CueStatus
    passes: tuple[ReportPass, ...]
    planned_ms: int
    actual_ms: int
    diff_ms: int | None
    gmv_paid_minor: int | None
    gmv_created_minor: int | None
    orders_paid: int | None
    goal_gmv_minor: int | None
    events: Where


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What one product did in a window of `window_ms`: orders placed in it, how many of these are paid by now, and clicks. None is what no source told of."""

    window_ms: int
    orders_paid: int | None
    gmv_paid_minor: int | None
    clicks: int | None
    orders_created: int | None = 0
    gmv_created_minor: int | None = 0


class ReportPromo(msgspec.Struct, frozen=True, kw_only=True):
    """A promo with the same stretch of time before and after it; `stands`: buyers had it still when the report was made.

    `reads`: what became of it, as on the board. `replaced_at`: another promo or the sheet took its place. `toss`: a coin said now or later.
    """

    promo_id: str
    product_id: str
    name: str
    kind: PromoKind
    price_was_minor: int
    price_minor: int
    gift: str
    stage: PromoStage
    proposed_by: str
    settled_by: str
    proposed_at: int
    approved_at: int | None
    applied_at: int | None
    failure: str
    before: Around | None
    after: Around | None
    effect: ReportEffect | None
    events: Where
    coupon: Coupon | None = None
    stands: bool = False
    ended_at: int | None = None
    end_why: EndWhy | Literal["show_ended", ""] = ""
    end_by: str = ""
    replaced_at: int | None = None
    toss: Arm = ""
    reads: Reads = "proposed"


class ReportMove(msgspec.Struct, frozen=True, kw_only=True):
    """A move that an alarm offered and is no promo: which figure (`metric`) rang, who settled it, and what it brought.

    `stage` is proposed, approved or rejected. `effect` is None unless it was approved, `product_id` "" for the whole show.
    `spent_minor` is what was really spent on more ads, None while nobody entered it; `channel` and `cost_minor` where they ran and what
    they might cost.
    """

    move_id: str
    move: Move
    metric: str
    product_id: str
    name: str
    stage: Literal["proposed", "approved", "rejected"]
    proposed_by: str
    proposed_at: int
    settled_by: str
    settled_at: int | None
    effect: ReportEffect | None
    events: Where
    spent_minor: int | None = None
    channel: str = ""
    cost_minor: int | None = None


class ReportQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question that was asked so many times; `sample_refs` are addresses in the log.

    `answered_by` is the person who answered it first, at `answered_at`, `took_ms` after it was asked first.
    """

    text: str
    count: int
    answered: int
    handed: int
    first_at: int
    answered_by: str
    answered_at: int | None
    took_ms: int | None
    product_id: str
    sample_refs: tuple[str, ...]
    events: Where


class ReportOddity(msgspec.Struct, frozen=True, kw_only=True):
    """Something a platform told of an order that does not fit; `state` is how the order counts in this report, `unknown` of one that nobody placed."""

    order_id: str
    platform: str
    state: str
    kind: str
    why: str
    at: int


class ReportReady(msgspec.Struct, frozen=True, kw_only=True):
    """Who said that the show is ready, when (ms UTC); what was required and `missing` then, and the `reason` to let it pass."""

    by: str
    at: int
    missing: tuple[Missing, ...] = ()
    reason: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report. `generated_seq` is the seq of the log it was made at.

    Orders are known `money_as_of` (ms UTC, 0: none was told); payments change nothing any more from `money_final_at` on.
    `kept_minor`: so much of the refunds was given back in money alone: the goods stayed sold. `oddities`: newest first, of
    at most 200 orders; there are `oddities_more` besides.
    `beyond_created_minor` and `beyond_paid_minor`: so much the show's money is more or less than that of all its products,
    whose lines carry prices of goods alone: coupons, shipping, what was given for nothing.
    `claims`: comment orders; `posts`: who came in another's place or left; `parts`: by shift and host; `takings`: in need. Empty where there were none; `team` says them in words.
    `ready`: None where nobody said it. `untold`: what no source told of, so that figures of it have no value.
    """

    show: Any
    summary: dict[str, Figure]
    minutes: tuple[ReportMinute, ...]
    peaks: tuple[Peak, ...]
    peak_rule: PeakRule
    funnel: tuple[FunnelStep, ...]
    sources: tuple[ReportSource, ...]
    retention: tuple[Retention, ...]
    products: tuple[ReportProduct, ...]
    cues: tuple[ReportCue, ...]
    promos: tuple[ReportPromo, ...]
    moves: tuple[ReportMove, ...]
    questions: tuple[ReportQuestion, ...]
    people: dict[str, str]
    generated_seq: int
    money_as_of: int = 0
    money_final_at: int | None = None
    kept_minor: int = 0
    oddities: tuple[ReportOddity, ...] = ()
    oddities_more: int = 0
    beyond_created_minor: int = 0
    beyond_paid_minor: int = 0
    ready: ReportReady | None = None
    claims: ReportClaims | None = None
    posts: tuple[ReportPost, ...] = ()
    parts: tuple[ReportPart, ...] = ()
    responses: tuple[ReportResponse, ...]
    takings: tuple[ReportTaking, ...] = ()
    team: tuple[TeamTable, ...] = ()
    untold: tuple[Telling, ...] = ()
