"""What every figure means, as data: the views count by it, the screens show it, docs/metrics.md is printed from it."""

from functools import cached_property
from typing import Literal

import msgspec

from kaibo.analysis.counters import BY_NAME, Counter, Titles

Unit = Literal["minor", "count", "number", "ratio", "times", "seconds"]
Group = Literal["sales", "traffic", "interest", "orders", "ads", "after", "now"]
Window = Literal["all", "whole", "minute", "now"]


PEOPLE = ("uv", "people_now")  # bases: one is counted once, however long a window is
THERE = ("uv", "came_u", "did_u")  # who is in a room is there in a short window as in a long one


class Definition(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One figure: (numerator - less) x scale / denominator, all raw counters (no denominator: the counter itself).

    `unit`: minor (money), count, number (with decimals), ratio (a share), times, seconds. `window`: all (whole show, the
    newest ten minutes, the ten before), whole (the whole show only), minute (a cohort of each minute), now (this instant). A figure over
    nothing is unknown, never 0; a plain counter is 0 when nothing happened. `elsewhere` are other meanings of the name;
    `formerly` the counter that stands above the line where that is not known, and in the samples and summaries of older logs,
    `formerly_below` the one below it there.
    """

    name: str
    titles: Titles
    unit: Unit
    group: Group
    numerator: str
    denominator: str = ""
    less: str = ""
    scale: int = 1
    window: Window = "all"
    elsewhere: str = ""
    formerly: str = ""
    formerly_below: str = ""

    @cached_property
    def counters(self) -> tuple[Counter, ...]:
        """The raw counters it is made of."""
        return tuple(BY_NAME[name] for name in (self.numerator, self.less, self.denominator) if name)

    @property
    def grows(self) -> bool:
        """Whether it is a sum, which grows with time; a share, an average and people at an instant do not."""
        return not self.denominator and BY_NAME[self.numerator].basis != "people_now"

    @property
    def per_time(self) -> bool:
        """Whether it grows with the length of a window in a room that stays as it is: times, money and seconds do, and their share for each who is there."""
        summed = BY_NAME[self.numerator].basis not in PEOPLE
        return summed and (not self.denominator or self.denominator in THERE)

    @property
    def sources(self) -> tuple[str, ...]:
        """Tags of the facts it comes from."""
        return tuple(dict.fromkeys(tag for counter in self.counters for tag in counter.sources))

    @property
    def when_zero(self) -> Literal["zero", "none"]:
        """What it is when nothing was counted below the line."""
        return "none" if self.denominator else "zero"


def _plain(
    name: str, unit: Unit, group: Group, window: Window = "all", elsewhere: str = "", formerly: str = ""
) -> Definition:  # fmt: skip
    return Definition(
        name=name, titles=BY_NAME[name].titles, unit=unit, group=group, numerator=name, window=window, elsewhere=elsewhere,
        formerly=formerly,
    )  # fmt: skip


def _over(
    name: str, titles: Titles, unit: Unit, group: Group, numerator: str, denominator: str,
    *, scale: int = 1, window: Window = "all", elsewhere: str = "", formerly: str = "", formerly_below: str = "",
) -> Definition:  # fmt: skip
    return Definition(
        name=name, titles=titles, unit=unit, group=group, numerator=numerator, denominator=denominator,
        scale=scale, window=window, elsewhere=elsewhere, formerly=formerly, formerly_below=formerly_below,
    )  # fmt: skip


DEFINITIONS: tuple[Definition, ...] = (
    # sales
    _plain("gmv_paid", "minor", "sales",
           elsewhere="with unpaid orders (here GMV placed); TikTok: direct, indirect, attributed, with platform coupons"),
    _plain("gmv_paid_on_air", "minor", "sales", elsewhere="shops that count by the time of payment"),
    _plain("gmv_created", "minor", "sales"),
    Definition(name="net_sales", titles=("淨銷售額", "净销售额", "net sales"), unit="minor", group="sales",
               numerator="gmv_paid", less="refunded", elsewhere="what was really paid, refunds taken off"),
    _plain("orders_paid", "count", "sales"),
    _plain("orders_created", "count", "sales"),
    _plain("units_paid", "count", "sales"),
    _plain("buyers", "count", "sales"),
    _over("value_per_buyer", ("客單價", "客单价", "value per buyer"), "minor", "sales", "gmv_paid", "buyers",
          elsewhere="per order: see AOV; WeChat customer_price"),
    _over("aov", ("平均成單金額", "平均成单金额", "average order value"), "minor", "sales", "gmv_paid", "orders_paid"),
    _over("price_per_unit", ("件均價", "件均价", "price per unit"), "minor", "sales", "gmv_paid", "units_paid"),
    _over("units_per_order", ("連帶率", "连带率", "units per order"), "times", "sales", "units_paid", "orders_paid"),
    _over("uv_value", ("UV 價值", "UV 价值", "value per viewer"), "minor", "sales", "gmv_paid", "uv"),
    _over("gpm", ("千次觀看成交", "千次观看成交", "GPM (per 1,000 views)"), "minor", "sales", "gmv_paid", "pv", scale=1000,
          elsewhere="TikTok show_gpm: per 1,000 impressions; some trade blogs: per 1,000 viewers"),
    _over("show_gpm", ("千次曝光成交", "千次曝光成交", "show GPM (per 1,000 impressions)"), "minor", "sales", "gmv_paid", "imp",
          scale=1000),
    _over("gmv_per_hour", ("每小時成交", "每小时成交", "GMV per hour"), "minor", "sales", "gmv_placed_on_air", "live_s", scale=3600,
          elsewhere="with what was placed before going on air", formerly="gmv_paid"),
    # traffic
    _plain("online", "count", "traffic"),
    _plain("pcu", "count", "traffic", elsewhere="WeChat max_online_watch_uv; TikTok peak_concurrent_user_count"),
    _over("acu", ("平均在線", "平均在线", "average online"), "number", "traffic", "watch_s", "live_s"),
    _plain("uv", "count", "traffic", elsewhere="Volcengine: one device is one viewer", formerly="did_u"),
    _plain("pv", "count", "traffic", elsewhere="TikTok watch_pv, views; Volcengine cumulative visits"),
    _plain("imp", "count", "traffic"),
    _over("imp_per_hour", ("每小時曝光", "每小时曝光", "impressions per hour"), "number", "traffic", "imp", "live_s", scale=3600),
    _over("enter_rate", ("曝光進入率", "曝光进入率", "enter rate"), "ratio", "traffic", "pv", "imp",
          elsewhere="WeChat: effective new viewers / impression UV, in 1/10,000"),
    _over("stay_s", ("人均停留", "人均停留", "stay per viewer"), "seconds", "traffic", "watch_s", "came_u",
          elsewhere="TikTok has it per view and per viewer", formerly_below="uv"),
    _over("stay_per_view_s", ("次均停留", "次均停留", "stay per visit"), "seconds", "traffic", "watch_s", "visits",
          elsewhere="divided by views, of a window those of the window alone: longer than the window itself"),
    _over("stay_60", ("1 分留存率", "1 分留存率", "stayed over a minute"), "ratio", "traffic", "stays_60s", "stays"),
    _over("retention", ("留存曲線", "留存曲线", "retention curve"), "ratio", "traffic", "stays_60s", "stays", window="minute",
          elsewhere="trade: share of the first five minutes; here for each minute m and each k, stays of k minutes or more"),
    # interest
    _plain("comments", "count", "interest"),
    _plain("likes", "count", "interest"),
    _plain("shares", "count", "interest"),
    _plain("follows", "count", "interest"),
    _over("engagement", ("互動率", "互动率", "engagement"), "ratio", "interest", "engaged_u", "uv",
          elsewhere="TikTok: comments / views, likes / views (may exceed 1); trade: (likes+comments+shares)/views"),
    _over("comment_rate", ("評論率", "评论率", "comment rate"), "ratio", "interest", "comment_u", "uv",
          elsewhere="TikTok: comments / views"),
    _over("follow_rate", ("轉粉率", "转粉率", "follow rate"), "ratio", "interest", "follow_u", "uv",
          elsewhere="TikTok list: followers / viewers, minutes: / views"),
    _over("fans_rate", ("加團率", "加团率", "fan-club rate"), "ratio", "interest", "fans_u", "uv"),
    # towards the order
    _plain("pimp", "count", "orders"),
    _plain("pimp_u", "count", "orders"),
    _over("product_reach", ("商品曝光率", "商品曝光率", "product reach"), "ratio", "orders", "pimp_u", "uv"),
    _plain("clicks", "count", "orders"),
    _plain("pclk_u", "count", "orders"),
    _plain("created_u", "count", "orders"),
    _over("click_rate", ("商品點擊率", "商品点击率", "product click rate"), "ratio", "orders", "clicks", "pimp",
          elsewhere="TikTok core: clicks / views; Lazada: clickers / viewers"),
    _over("ctor", ("點擊成交率", "点击成交率", "click to order"), "ratio", "orders", "buyers", "pclk_u",
          elsewhere="TikTok: paid SKU orders / clicks (PV)"),
    _over("conversion", ("看播轉化率", "看播转化率", "conversion"), "ratio", "orders", "buyers", "uv",
          elsewhere="TikTok order_rate: orders / views; its minutes: orders / impressions"),
    _over("pay_rate", ("支付率", "支付率", "payment rate"), "ratio", "orders", "placed_paid", "orders_created",
          elsewhere="its complement: share of orders not paid", formerly="orders_paid"),
    _plain("buyers_new", "count", "orders", "whole"),
    _plain("buyers_old", "count", "orders", "whole"),
    _over("returning_share", ("老客占比", "老客占比", "returning share"), "ratio", "orders", "buyers_old", "buyers_known",
          window="whole"),
    # advertising
    _plain("ad_cost", "minor", "ads", "whole"),
    _over("roi", ("整體 ROI", "整体 ROI", "ROI, overall"), "times", "ads", "gmv_paid", "ad_cost", window="whole",
          elsewhere="after refunds and seven days: settled ROI"),
    _over("ad_roi", ("廣告 ROI", "广告 ROI", "ROI, as the ads claim"), "times", "ads", "ad_gmv", "ad_gmv_cost",
          window="whole", formerly_below="ad_cost"),
    _over("cpm", ("千次展現費用", "千次展现费用", "CPM"), "minor", "ads", "ad_imp_cost", "ad_imp", scale=1000,
          window="whole", formerly="ad_cost"),
    _over("cpc", ("點擊單價", "点击单价", "CPC"), "minor", "ads", "ad_clicks_cost", "ad_clicks",
          window="whole", formerly="ad_cost"),
    _over("ad_ctr", ("廣告點擊率", "广告点击率", "ad click rate"), "ratio", "ads", "ad_both_clicks", "ad_both_imp",
          window="whole", formerly="ad_clicks", formerly_below="ad_imp"),
    # afterwards
    _plain("refunded", "minor", "after"),
    _plain("kept", "minor", "after"),
    _over("refund_rate", ("退款率", "退款率", "refund rate"), "ratio", "after", "paid_back", "orders_paid",
          formerly="orders_refunded"),
    _over("refund_amount_rate", ("退款金額率", "退款金额率", "refund rate by amount"), "ratio", "after", "paid_back_minor", "gmv_paid",
          formerly="refunded"),
    _plain("before_orders", "count", "after", "whole"),
    _plain("before_gmv", "minor", "after", "whole"),
    _plain("after_gmv", "minor", "after", "whole", elsewhere="Lazada: seven days, by the show's viewers"),
    # of this instant
    _plain("idle_s", "seconds", "now", "now"),
    _plain("questions_late", "count", "now", "now"),
    _plain("stock_left", "count", "now", "now"),
    _over("stock_minutes", ("講解商品還能賣幾分鐘", "讲解商品还能卖几分钟", "minutes of stock left"), "number", "now",
          "stock_left", "pace_10", scale=10, window="now"),
)  # fmt: skip
DEFINED = {definition.name: definition for definition in DEFINITIONS}
TILED = tuple(definition for definition in DEFINITIONS if definition.window in ("all", "whole"))
