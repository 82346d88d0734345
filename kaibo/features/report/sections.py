"""The report as tables with words: what the workbook and the paper both show, each in its own way."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kaibo.analysis.counters import BY_NAME, Telling
from kaibo.analysis.definitions import DEFINED
from kaibo.core.money import MINUS, amount
from kaibo.features.report.shapes import Around, Beside, Figure, Mark, Report, ReportCue, ReportEffect, ReportPromo, ReportReady
from kaibo.features.report.table import Column, Say, Section
from kaibo.features.report.team_sections import team_sections

LANGUAGES = ("zh-Hant", "zh-Hans", "en")  # the order of a figure's titles
TIMES_MIN, TIMES_MAX = 0.01, 1_000  # what is beyond is of a base so small that the number says nothing


def sections(report: Report, say: Say, language: str) -> list[Section]:
    """All tables of a report. `say` turns `report.<word>` into a word of `language`."""
    return [
        _summary(report, say, language),
        _peaks(report, say),
        _funnel(report, say),
        _sources(report, say),
        _retention(report, say),
        _minutes(report, say),
        _products(report, say),
        _cues(report, say),
        _promos(report, say),
        _moves(report, say, language),
        _questions(report, say),
        *team_sections(report, say),
        *([_oddities(report, say)] if report.oddities else []),
        *([_ready(report.ready, report, say)] if report.ready else []),
    ]


def name_of(figure: str, language: str) -> str:
    """What a figure is called, as docs/metrics.md has it."""
    return DEFINED[figure].titles[LANGUAGES.index(language)]


def called(name: str, figure: Figure, language: str) -> str:
    """The same, of a report: what stands in for it has a name of its own."""
    return BY_NAME[figure.instead].titles[LANGUAGES.index(language)] if figure.instead else name_of(name, language)


def title_of(report: Report, say: Say) -> str:
    """The show's title; a rehearsal says so, and so does one that was made up."""
    title: str = report.show.title
    if report.show.rehearsal:
        return f"{title}（{say('report.rehearsal')}）"
    return f"{title}（{say('report.simulated')}）" if report.show.simulated else title


def _summary(report: Report, say: Say, language: str) -> Section:
    columns = (Column("metric"), Column("value", "figure"), Column("remark"))
    rows = [
        (called(name, figure, language), (figure.value, figure.unit), _remark(figure, say))
        for name, figure in report.summary.items()
    ]
    note = "　".join(filter(None, (money_note(report, say), untold_note(report.untold, say))))
    return Section(say("report.summary"), columns, rows, note, paper=0)


# What is not just left out by all sources.
UNTOLD: dict[Telling, str] = {"leave": "report.unleft", "buyer": "report.nameless", "everybody": "report.uncome"}


def untold_note(untold: Sequence[Telling], say: Say) -> str:
    """Why figures have no value: what no source told of; "" where all was told."""
    kinds = say("core.comma").join(say(f"report.told_{telling}") for telling in untold if telling not in UNTOLD)
    found = [say("report.untold", what=kinds)] if kinds else []
    return "　".join([*found, *(say(word) for telling, word in UNTOLD.items() if telling in untold)])


def _remark(figure: Figure, say: Say) -> str:
    """Why a figure has no value, or stands on an assumption: no source told of it; or what stands above is of another crowd than what stands below."""
    why = untold_note(figure.untold, say) or scope_note(figure, say)
    if not figure.mixed or figure.numerator is None or figure.denominator is None:
        return why
    parts = f"{figure.numerator:,.0f} / {figure.denominator:,.0f}　" if figure.unit == "ratio" else ""
    return f"{parts}{say('report.mixed')}　{why}".rstrip("　")


def scope_note(figure: Figure, say: Say) -> str:
    """Of which viewers it is, where not of all; "" where of all."""
    if figure.instead:
        return say("report.acted")
    return say("report.partly") if figure.partly and figure.value is not None else ""


def money_note(report: Report, say: Say) -> str:
    """Which orders the money is of, up to when they are known, and from when on it stands still."""
    if not report.money_as_of:
        return ""
    final_at = report.money_final_at
    final = "" if final_at is None else say("report.money_final", at=_instant(report, final_at))
    kept = say("report.kept_note", amount=amount(report.kept_minor, report.show.currency)) if report.kept_minor else ""
    return f"{say('report.money_note', at=_instant(report, report.money_as_of))}{final}{kept}"


def _instant(report: Report, at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(report.show.timezone)).strftime("%Y-%m-%d %H:%M")


def _peaks(report: Report, say: Say) -> Section:
    rule = report.peak_rule
    note = say(
        "report.peak_rule",
        back=rule.back_minutes,
        gmv=rule.gmv_times,
        online=rule.online_times,
        deviations=rule.deviations,
        near=rule.near_minutes,
    )
    columns = (
        Column("time", "instant"), Column("metric"), Column("value", "figure"), Column("usual", "figure"),
        Column("rise_from", "instant"), Column("near_it"),
    )  # fmt: skip
    rows = [
        (
            peak.minute * 60_000, say(f"report.{peak.series}"), (peak.value, _unit(peak.series)), (peak.usual, _unit(peak.series)),
            peak.rise_from * 60_000, _marks(peak.causes, say) or say("report.no_cause"),
        )
        for peak in report.peaks
    ]  # fmt: skip
    return Section(say("report.peaks"), columns, rows, note)


def _unit(series: str) -> str:
    return "minor" if series == "gmv_paid" else "count"


def _marks(marks: Iterable[Mark], say: Say) -> str:
    return " · ".join(f"{say('report.' + mark.kind)} {mark.title}" for mark in marks)


def _funnel(report: Report, say: Say) -> Section:
    columns = (Column("step"), Column("people", "count"), Column("times", "count"), Column("through", "ratio"))
    rows = [(say(f"report.step_{step.step}"), step.people, step.times, step.through) for step in report.funnel]
    entries = (
        f"{say('report.step_entered')} · {say('report.times')} · {say('report.partly')}" if report.summary["pv"].partly else ""
    )
    note = "　".join(filter(None, (entries, untold_note(report.untold, say))))
    return Section(say("report.funnel"), columns, rows, note)


def _sources(report: Report, say: Say) -> Section:
    columns = (
        Column("flow"), Column("impressions", "count"), Column("pv", "count"), Column("enter_rate", "ratio"),
        Column(report.summary["uv"].instead or "uv", "count"),
        Column("clicks", "count"), Column("buyers", "count"), Column("conversion", "ratio"), Column("gmv_paid", "money"),
        Column("uv_value", "money"),
    )  # fmt: skip
    rows = [
        (
            say(f"report.flow_{s.flow}"), s.impressions, s.views, s.enter_rate, s.uv, s.clicks, s.buyers, s.conversion,
            s.gmv_paid_minor, s.uv_value_minor,
        )
        for s in report.sources
    ]  # fmt: skip
    return Section(say("report.sources"), columns, rows, say("report.sources_note"))


def _retention(report: Report, say: Say) -> Section:
    """On paper the whole show only: the curve of every minute fills pages."""
    steps = report.retention[0].steps if report.retention else ()
    columns = (
        Column("came_in"),
        Column("entrants", "count"),
        *(Column("after_minutes", "ratio", minutes=step) for step in steps),
    )
    rows = [
        (_instant(report, row.minute * 60_000) if row.minute else say("report.all_minutes"), row.entrants, *row.share)
        for row in report.retention
    ]
    note = say("report.retention_note") if rows else untold_note(report.summary["stay_60"].untold, say)
    return Section(say("report.retention"), columns, rows, note, paper=1)


def _minutes(report: Report, say: Say) -> Section:
    columns = (
        Column("time", "instant"), Column("gmv_paid", "money"), Column("gmv_created", "money"), Column("orders_created", "count"),
        Column("orders_paid", "count"), Column("online", "count"), Column("comments", "count"), Column("clicks", "count"),
        Column("marks"),
    )  # fmt: skip
    rows = [
        (
            m.minute * 60_000, m.gmv_paid_minor, m.gmv_created_minor, m.orders_created, m.orders_paid, m.online, m.comments,
            m.clicks, _marks(m.marks, say),
        )
        for m in report.minutes
    ]  # fmt: skip
    return Section(say("report.minutes"), columns, rows, paper=0)


def _products(report: Report, say: Say) -> Section:
    columns = (
        Column("product_id"), Column("product"), Column("clicks", "count"), Column("orders_created", "count", paper=False),
        Column("orders_paid", "count"), Column("units_paid", "count"), Column("gmv_created", "money"), Column("gmv_paid", "money"),
        Column("buyers", "count"), Column("stock_left", "count"), Column("oversold", "count"),
    )  # fmt: skip
    rows: list[Sequence[Any]] = [
        (
            p.product_id, p.name, p.clicks, p.orders_created, p.orders_paid, p.units_paid, p.gmv_created_minor, p.gmv_paid_minor,
            p.buyers, p.stock_left, p.oversold,
        )
        for p in report.products
    ]  # fmt: skip
    created, paid = report.beyond_created_minor, report.beyond_paid_minor
    if created or paid:  # so that the column adds up to the money of the show
        rows.append(("", say("report.beyond_lines"), None, None, None, None, created, paid, None, None, None))
    return Section(say("report.products"), columns, rows)


def _cues(report: Report, say: Say) -> Section:
    columns = (
        Column("no", "count"), Column("cue"), Column("went_at", "instant"), Column("ended_at", "instant", paper=False),
        Column("planned_min", "length"), Column("actual_min", "length"), Column("diff_min", "apart"),
        Column("goal", "money"), Column("gmv_paid", "money"), Column("orders_paid", "count"),
    )  # fmt: skip
    return Section(say("report.cues"), columns, [_cue(cue) for cue in report.cues])


def _cue(cue: ReportCue) -> Sequence[Any]:
    first, last = (cue.passes[0], cue.passes[-1]) if cue.passes else (None, None)
    return (
        cue.no, cue.title, first.went_at if first else None, last.ended_at if last else None, cue.planned_ms,
        cue.actual_ms, cue.diff_ms, cue.goal_gmv_minor, cue.gmv_paid_minor, cue.orders_paid,
    )  # fmt: skip


def _promos(report: Report, say: Say) -> Section:
    columns = (
        Column("product"), Column("kind"), Column("price_was", "money"), Column("price", "money"), Column("gift", paper=False), Column("coupon", paper=False),
        Column("stage"), Column("proposed_by"), Column("settled_by", paper=False), Column("toss", paper=False), Column("applied_at", "instant"),
        Column("promo_ended_at", "instant"), Column("end_why", paper=False), Column("end_by", paper=False), Column("before_orders", "count", paper=False), Column("before_gmv", "money"),
        Column("after_orders", "count", paper=False), Column("after_gmv", "money"), Column("effect", "times"),
        Column("effect_low", "times", paper=False), Column("effect_high", "times", paper=False), Column("verdict"), Column("beside"),
    )  # fmt: skip
    rows = [_promo(promo, report.people, say) for promo in report.promos]
    return Section(say("report.promos"), columns, rows, say("report.promos_note"))


def _why_over(promo: ReportPromo, say: Say) -> str:
    if promo.end_why:
        return say(f"report.end_{promo.end_why}")
    return say("report.end_replaced") if promo.replaced_at is not None else ""


def _promo(promo: ReportPromo, people: dict[str, str], say: Say) -> Sequence[Any]:
    before, after = _around(promo.before), _around(promo.after)
    return (
        promo.name, say(f"report.{promo.kind}"), promo.price_was_minor, promo.price_minor, promo.gift,
        promo.coupon.name or promo.coupon.code if promo.coupon else "", say(f"report.{promo.reads}"), _who(people, promo.proposed_by, say),
        _who(people, promo.settled_by, say), say(f"report.toss_{promo.toss}") if promo.toss else "", promo.applied_at, promo.ended_at or promo.replaced_at,
        _why_over(promo, say), _who(people, promo.end_by, say),
        *before, *after, *_effect(promo.effect, say),
    )  # fmt: skip


def _effect(effect: ReportEffect | None, say: Say) -> tuple[float | None, float | None, float | None, str, str]:
    """The ratio and its interval, the verdict in words, and what else may be the cause."""
    if effect is None:
        return None, None, None, "", ""
    beside = say("core.comma").join(_beside(one, say) for one in effect.beside)
    more = say("report.needed", count=effect.needed) if effect.needed and effect.verdict == "no_clear_effect" else ""
    so_far = "" if effect.measured else f"（{say('report.not_measured')}）"
    if effect.verdict == "too_little":
        return None, None, None, say("report.too_little"), beside
    if effect.ratio is None or effect.low is None or effect.high is None:
        return None, None, None, f"{say('report.' + effect.verdict)}{say('report.no_base')}{more}{so_far}", beside
    span = f" {times(effect.low)} – {times(effect.high)}"
    return effect.ratio, effect.low, effect.high, f"{say('report.' + effect.verdict)}{span}{more}{so_far}", beside


def times(value: float) -> str:
    """A factor; one that nobody can mean is only said to be beyond."""
    if value >= TIMES_MAX:
        return f"> ×{TIMES_MAX:,}"
    return f"< ×{TIMES_MIN}" if value < TIMES_MIN else f"×{value:.2f}"


def _beside(one: Beside, say: Say) -> str:
    name = say(f"report.move_{one.name}") if one.kind == "move" and one.name else one.name
    return say(f"report.beside_{one.kind}", name=name)


def _moves(report: Report, say: Say, language: str) -> Section:
    columns = (
        Column("alarm"), Column("did"), Column("product"), Column("stage"), Column("proposed_by"),
        Column("settled_by", paper=False), Column("settled_at", "instant"), Column("spent", "money"), Column("before_placed", "count"),
        Column("after_placed", "count"), Column("effect", "times"), Column("effect_low", "times", paper=False),
        Column("effect_high", "times", paper=False), Column("verdict"), Column("beside"),
    )  # fmt: skip
    rows = [
        (
            name_of(move.metric, language) if move.metric else "", say(f"report.move_{move.move}"), move.channel or move.name,
            say(f"report.{move.stage}"), _who(report.people, move.proposed_by, say),
            _who(report.people, move.settled_by, say), move.settled_at, move.spent_minor,
            move.effect.orders_before if move.effect else None, move.effect.orders_after if move.effect else None,
            *_effect(move.effect, say),
        )
        for move in report.moves
    ]  # fmt: skip
    return Section(say("report.moves"), columns, rows, say("report.moves_note"))


def _oddities(report: Report, say: Say) -> Section:
    columns = (
        Column("order_id"),
        Column("platform"),
        Column("told_as"),
        Column("time", "instant"),
        Column("odd"),
        Column("counts_as"),
    )
    rows = [
        (odd.order_id, odd.platform, say(f"report.order_{odd.kind}"), odd.at, say(f"report.odd_{odd.why}"), say(f"report.order_{odd.state}"))
        for odd in report.oddities
    ]  # fmt: skip
    return Section(say("report.oddities"), columns, rows, say("report.oddities_note"), paper=40, more=report.oddities_more)


def _ready(ready: ReportReady, report: Report, say: Say) -> Section:
    columns = (
        Column("ready_by"),
        Column("time", "instant"),
        Column("lacked"),
        Column("times_lacked", "count"),
        Column("let_pass_why"),
    )
    who = _who(report.people, ready.by, say)
    lacked = [(say(f"readiness.lack_{each.code}"), each.count) for each in ready.missing] or [(say("report.lacked_nothing"), 0)]
    rows = [(who, ready.at, what, count, ready.reason) for what, count in lacked]
    return Section(say("report.ready"), columns, rows, paper=40)


def _who(people: Mapping[str, str], person_id: str, say: Say) -> str:
    """A person's name, or a program's; never an id: what Kaibo did of itself, and somebody nobody knows any more, have words."""
    if not person_id:
        return ""
    return people.get(person_id) or say("report.by_kaibo" if person_id == "system" else "report.by_unknown")


def span(ms: float) -> str:
    """A length as it is read everywhere: 1:26, 1:02:05."""
    minutes, seconds = divmod(int(abs(ms)) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{MINUS}{text}" if ms <= -1000 else text


def apart(ms: float) -> str:
    """By how much one length is more than another: +1:26, +0:00."""
    return span(ms) if ms <= -1000 else f"+{span(ms)}"


def _around(part: Around | None) -> tuple[int | None, int | None]:
    return (part.orders_created, part.gmv_paid_minor) if part else (None, None)


def _questions(report: Report, say: Say) -> Section:
    columns = (
        Column("question"), Column("count", "count"), Column("handed", "count"), Column("answered", "count"),
        Column("answered_by"), Column("took_min", "minutes"), Column("product_id"),
    )  # fmt: skip
    rows = [
        (
            q.text, q.count, q.handed, q.answered, _who(report.people, q.answered_by, say), q.took_ms, q.product_id,
        )
        for q in report.questions
    ]  # fmt: skip
    return Section(say("report.questions"), columns, rows, paper=120)
