"""The raw counters every figure is made of, as data: what is counted, from which facts, and its name in three languages."""

from typing import Literal

import msgspec

Basis = Literal["pv", "uv", "orders", "units", "money", "seconds", "people_now"]
Titles = tuple[str, str, str]  # zh-Hant, zh-Hans, en
Telling = Literal[
    "impression",
    "enter",
    "leave",
    "view",
    "click",
    "comment",
    "like",
    "share",
    "follow",
    "join",
    "viewer",
    "everybody",
    "order",
    "buyer",
]
"""What a source may tell: what viewers do, any of it (`viewer`), orders, and of an order who bought (`buyer`); all that tell of viewers tell who comes in (`everybody`)."""


class Counter(msgspec.Struct, frozen=True, kw_only=True):
    """One raw counter.

    `basis` says what one unit of it is: pv (times), uv (distinct people), orders, units, money (minor units), seconds,
    people_now (online at an instant). `sources` are tags of facts. `unknown_until` names the fact without which nobody
    can know it: the counter is then unknown, never zero. `told_by`: so it is while no source told any of these; `and_by`: and
    while one that told them keeps silent about any of these. `assumes`: while one does, it is as if nothing of this happened.
    """

    name: str
    basis: Basis
    titles: Titles
    sources: tuple[str, ...]
    means: str
    unknown_until: str = ""
    told_by: tuple[Telling, ...] = ()
    and_by: tuple[Telling, ...] = ()
    assumes: tuple[Telling, ...] = ()


BATCH = ("audience.batch",)
ENTERS: tuple[Telling, ...] = ("enter",)
LEAVES: tuple[Telling, ...] = ("leave",)
EVERYBODY: tuple[Telling, ...] = ("everybody",)
ORDERS: tuple[Telling, ...] = ("order",)
SHOWN = ("audience.shown",)
CREATED = ("order.created",)
PAID = ("order.paid",)
REFUNDED = ("order.refunded", "order.restated")
ORDERED = ("order.created", "order.edited", "order.restated")
SETTLED = ("order.paid", "order.edited", "order.restated")
HELD = (*CREATED, "order.edited", *PAID, "order.cancelled", *REFUNDED)
CLAIMED = ("claim.decided", "claim.offered", "claim.released", "claim.settled")
SPEND = ("metric.spend_entered",)


def _counter(
    name: str, basis: Basis, titles: Titles, sources: tuple[str, ...], means: str,
    unknown_until: str = "", told_by: tuple[Telling, ...] = (), and_by: tuple[Telling, ...] = (),
    assumes: tuple[Telling, ...] = (),
) -> Counter:  # fmt: skip
    return Counter(
        name=name, basis=basis, titles=titles, sources=sources, means=means,
        unknown_until=unknown_until, told_by=told_by, and_by=and_by, assumes=assumes,
    )  # fmt: skip


_OF_A_SHOW: tuple[Counter, ...] = (
    # people and traffic
    _counter(
        "imp", "pv", ("直播間曝光次數", "直播间曝光次数", "room impressions"), SHOWN,
        "times the room was shown to somebody, as the platform tells", unknown_until="audience.shown", told_by=("impression",),
    ),
    _counter("pv", "pv", ("觀看人次", "观看人次", "views"), BATCH, "times somebody entered from going on air on", told_by=ENTERS),
    _counter("uv", "uv", ("觀看人數", "观看人数", "viewers"), BATCH,
             "distinct viewers who did anything from going on air on, or were in the room then; in a window also those who were in the room and only watched (while nobody tells who goes, all who came)", told_by=ENTERS, and_by=EVERYBODY),
    _counter("did_u", "uv", ("有動作的人數", "有动作的人数", "viewers who did anything"), BATCH,
             "the same where a source that tells of viewers does not tell who comes in: who only watched is missing, so nothing is a share of them",
             told_by=("viewer",)),
    _counter("came_u", "uv", ("看得到進場的觀看人數", "看得到进场的观看人数", "viewers told of when they come in"), BATCH,
             "those of them whose source tells who comes in: how long anybody stays is known of these alone", told_by=ENTERS),
    _counter("online", "people_now", ("在線", "在线", "online"), BATCH,
             "distinct viewers whose last move was to enter; in a window the mean over its seconds; while nobody tells who goes, all who came",
             told_by=ENTERS, assumes=LEAVES),
    _counter("pcu", "people_now", ("最高在線", "最高在线", "peak online"), BATCH, "the most online at the end of any second",
             told_by=ENTERS, assumes=LEAVES),
    _counter("watch_s", "seconds", ("觀看總秒數", "观看总秒数", "seconds watched"), BATCH,
             "online summed over the seconds of the show", told_by=ENTERS, assumes=LEAVES),
    _counter("visits", "pv", ("停留次數", "停留次数", "visits"), BATCH,
             "times somebody who was not in the room came in, and everybody who was in it when the show (or the window) began",
             told_by=ENTERS, and_by=LEAVES),
    _counter("live_s", "seconds", ("開播秒數", "开播秒数", "seconds on air"), ("show.aired", "show.ended"),
             "from going on air (or the first thing heard) to the end, whatever was heard; while on air to the newest instant heard of"),
    _counter("stays", "pv", ("進場次數（計停留）", "进场次数（计停留）", "stays begun"), BATCH,
             "times somebody who was not in the room came in, or was in it when the show went on air; but for those begun less than a minute ago", told_by=ENTERS, and_by=LEAVES),
    _counter("stays_60s", "pv", ("停留滿 1 分的次數", "停留满 1 分的次数", "stays of a minute or more"), BATCH,
             "stays that lasted sixty seconds, or have lasted so long by now", told_by=ENTERS, and_by=LEAVES),
    # what viewers do
    _counter("pimp", "pv", ("商品曝光次數", "商品曝光次数", "product impressions"), BATCH, "times a product was shown", told_by=("view",)),
    _counter("pimp_u", "uv", ("商品曝光人數", "商品曝光人数", "viewers shown a product"), BATCH, "distinct viewers shown a product", told_by=("view",)),
    _counter("clicks", "pv", ("商品點擊次數", "商品点击次数", "product clicks"), BATCH, "clicks on products", told_by=("click",)),
    _counter("pclk_u", "uv", ("商品點擊人數", "商品点击人数", "viewers who clicked"), BATCH, "distinct viewers who clicked a product", told_by=("click",)),
    _counter("comments", "pv", ("留言", "评论", "comments"), BATCH, "comments", told_by=("comment",)),
    _counter("comment_u", "uv", ("留言人數", "评论人数", "commenters"), BATCH, "distinct viewers who commented", told_by=("comment",)),
    _counter("likes", "pv", ("按讚", "点赞", "likes"), BATCH, "likes, as many as each push says", told_by=("like",)),
    _counter("shares", "pv", ("分享", "分享", "shares"), BATCH, "shares", told_by=("share",)),
    _counter("follows", "pv", ("新增關注", "新增关注", "new follows"), BATCH, "follows, as the platform tells them", told_by=("follow",)),
    _counter("follow_u", "uv", ("新增粉絲", "新增粉丝", "new followers"), BATCH, "distinct viewers who followed during the show", told_by=("follow",)),
    _counter("fans_u", "uv", ("新加團人數", "新加团人数", "new fan-club members"), BATCH, "distinct viewers who joined the fan club", told_by=("join",)),
    _counter("engaged_u", "uv", ("互動人數", "互动人数", "viewers who engaged"), BATCH,
             "distinct viewers who commented, liked, shared or followed", told_by=("comment", "like", "share", "follow")),
    # orders
    _counter("orders_created", "orders", ("下單數", "下单数", "orders placed"), ORDERED,
             "orders placed in the show (from going on air, or its planned start when that was earlier, to the end), paid or not",
             told_by=ORDERS),
    _counter("orders_paid", "orders", ("付款數", "付款数", "orders paid"), SETTLED,
             "orders placed in the show and paid within seven days after its end, later refunded or not", told_by=ORDERS),
    _counter("orders_refunded", "orders", ("退款數", "退款数", "orders refunded"), REFUNDED,
             "paid orders of which anything was given back, each once, by its first refund", told_by=ORDERS),
    _counter("placed_paid", "orders", ("已付款的下單數", "已付款的下单数", "of those placed, paid"), SETTLED,
             "orders by the time they were placed, that are paid by now", told_by=ORDERS),
    _counter("paid_back", "orders", ("已退款的付款數", "已退款的付款数", "of those paid, refunded"), REFUNDED,
             "orders by the time they were paid, of which anything was given back by now", told_by=ORDERS),
    _counter("units_paid", "units", ("付款件數", "付款件数", "units paid"), SETTLED, "units of paid orders", told_by=ORDERS),
    _counter("gmv_created", "money", ("下單金額", "下单金额", "GMV placed"), ORDERED,
             "amount of orders placed in the show, paid or not, as they read before their payment", told_by=ORDERS),
    _counter("gmv_paid", "money", ("成交金額", "成交金额", "GMV paid"), SETTLED,
             "amount of the orders placed in the show that are paid, by the time of payment, refunds not taken off; it stands still seven days after the end",
             told_by=ORDERS),
    _counter("gmv_paid_on_air", "money", ("播中付款金額", "播中付款金额", "paid on air"), SETTLED,
             "the part of it that was paid by the end of the show", told_by=ORDERS),
    _counter("gmv_placed_on_air", "money", ("播中下單的成交金額", "播中下单的成交金额", "paid of orders placed on air"), (*SETTLED, "show.aired"),
             "the part of it that was placed from going on air on: what is measured by the time on air", told_by=ORDERS),
    _counter("refunded", "money", ("退款金額", "退款金额", "refunds"), REFUNDED,
             "amount given back of payments that count, whenever; all refunds of an order never exceed what was paid for it, and a paid order that is cancelled is refunded",
             told_by=ORDERS),
    _counter("kept", "money", ("只退款的金額", "只退款的金额", "refunded, goods kept"), REFUNDED,
             "the part of refunds that went back in money alone: the goods stayed sold", told_by=ORDERS),
    _counter("paid_back_minor", "money", ("已退回的付款金額", "已退回的付款金额", "of what was paid, given back"), REFUNDED,
             "amount given back by now of the payments of that time", told_by=ORDERS),
    _counter("created_u", "uv", ("下單人數", "下单人数", "people who ordered"), CREATED,
             "distinct people who placed an order; one that hides its buyer stands for a person of its own", told_by=ORDERS),
    _counter("buyers", "uv", ("付款人數", "付款人数", "buyers"), PAID,
             "distinct buyers of paid orders; an order that hides its buyer stands for a buyer of its own", told_by=ORDERS),
    _counter("buyers_old", "uv", ("老客數", "老客数", "returning buyers"), (*PAID, "metric.history_taken"),
             "buyers who bought in one of the workspace's earlier shows that the history covers",
             unknown_until="metric.history_taken", told_by=("buyer",)),
    _counter("buyers_new", "uv", ("新客數", "新客数", "new buyers"), (*PAID, "metric.history_taken"),
             "buyers the history does not know", unknown_until="metric.history_taken", told_by=("buyer",)),
    _counter("buyers_known", "uv", ("認得出的買家", "认得出的买家", "buyers known by an id"), (*PAID, "metric.history_taken"),
             "buyers of orders that say who bought, beside a history that can be asked about them",
             unknown_until="metric.history_taken", told_by=("buyer",)),
    _counter("after_gmv", "money", ("播後 7 天成交", "播后 7 天成交", "sold after the show (7 days)"), (*PAID, "show.ended"),
             "amount of orders placed after the end and paid within seven days after it", unknown_until="show.ended", told_by=ORDERS),
    _counter("before_orders", "orders", ("開播前下單數", "开播前下单数", "orders before air"), (*CREATED, "show.aired"),
             "orders placed before going on air and before the planned start: no orders of the show, unless the clock of their source is behind",
             told_by=ORDERS),
    _counter("before_gmv", "money", ("開播前成交", "开播前成交", "sold before air"), (*SETTLED, "show.aired"),
             "amount paid for them", told_by=ORDERS),
    # advertising, entered by hand or from a file
    _counter("ad_cost", "money", ("投放花費", "投放花费", "ad spend"), SPEND, "what advertising cost", unknown_until=SPEND[0]),
    _counter("ad_imp", "pv", ("廣告展現", "广告展现", "ad impressions"), SPEND, "times an ad was shown", unknown_until=SPEND[0]),
    _counter("ad_clicks", "pv", ("廣告點擊", "广告点击", "ad clicks"), SPEND, "clicks on ads", unknown_until=SPEND[0]),
    _counter("ad_gmv", "money", ("廣告成交", "广告成交", "GMV the ads claim"), SPEND,
             "paid amount the ad platform attributes to its ads", unknown_until=SPEND[0]),
    _counter("ad_gmv_cost", "money", ("有回報成交的投放花費", "有回报成交的投放花费", "ad spend of known GMV"), SPEND,
             "what those ads cost of which somebody told what they sold", unknown_until=SPEND[0]),
    _counter("ad_imp_cost", "money", ("有回報展現的投放花費", "有回报展现的投放花费", "ad spend of known impressions"), SPEND,
             "what those ads cost of which somebody told how often they were shown", unknown_until=SPEND[0]),
    _counter("ad_clicks_cost", "money", ("有回報點擊的投放花費", "有回报点击的投放花费", "ad spend of known clicks"), SPEND,
             "what those ads cost of which somebody told how often they were clicked", unknown_until=SPEND[0]),
    _counter("ad_both_imp", "pv", ("兩者都回報的廣告展現", "两者都回报的广告展现", "impressions beside clicks"), SPEND,
             "times those ads were shown of which somebody told impressions and clicks", unknown_until=SPEND[0]),
    _counter("ad_both_clicks", "pv", ("兩者都回報的廣告點擊", "两者都回报的广告点击", "clicks beside impressions"), SPEND,
             "clicks on those", unknown_until=SPEND[0]),
)  # fmt: skip
# Of this instant only: what alarms look at beside the figures.
_OF_NOW: tuple[Counter, ...] = (
    _counter("idle_s", "seconds", ("多久沒有新訂單", "多久没有新订单", "time without an order"), (*CREATED, "rundown.cue_went"),
             "seconds since the last order, or since the product on air went on air", unknown_until="rundown.cue_went", told_by=ORDERS),
    _counter("stock_left", "units", ("講解商品剩餘庫存", "讲解商品剩余库存", "stock of the product on air"),
             ("product.added", "product.edited", "claim.stock_set", *CREATED, "order.cancelled", *REFUNDED, *CLAIMED),
             "units of the product on air that nobody ordered or holds", unknown_until="product.added"),
    _counter("pace_10", "units", ("講解商品近 10 分下單件數", "讲解商品近 10 分下单件数", "units of it ordered in 10 min"), HELD,
             "units of the product on air that orders placed in the newest ten minutes hold by now: what was edited away, cancelled or given back is not among them",
             unknown_until="rundown.cue_went", told_by=ORDERS),
    _counter("questions_late", "pv", ("等超過 1 分的提問", "等超过 1 分的提问", "late questions"),
             ("comment.questions_late",), "unlike questions asked more than a minute ago that nobody has taken up"),
)  # fmt: skip
COUNTERS = (*_OF_A_SHOW, *_OF_NOW)
BY_NAME = {counter.name: counter for counter in COUNTERS}
