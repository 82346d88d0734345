"""The usual alarms: what a room's operators watch, relative to its own history."""

from kaibo.features.alarm.facts import Against, AlarmRule, Move, Side, Window


def _rule(
    alarm_id: str, metric: str, window: Window, side: Side, against: Against, threshold: float, hold_s: int, move: Move
) -> AlarmRule:
    return AlarmRule(
        alarm_id=alarm_id,
        metric=metric,
        window=window,
        side=side,
        against=against,
        threshold=threshold,
        hold_s=hold_s,
        cool_s=300,
        move=move,
    )


USUAL: tuple[AlarmRule, ...] = (
    _rule("sales-fall", "gmv_paid", "last_10", "below", "prev_10", 0.7, 60, "promo"),
    _rule("conversion-low", "conversion", "last_10", "below", "median_7", 0.7, 60, "answer"),
    _rule("online-fall", "online", "last_10", "below", "prev_10", 0.7, 60, "ads"),
    _rule("enter-low", "enter_rate", "last_10", "below", "median_7", 0.7, 120, "ads"),
    _rule("clicks-low", "click_rate", "last_10", "below", "median_7", 0.7, 60, "pin"),
    _rule("unpaid", "pay_rate", "last_10", "below", "median_7", 0.8, 120, "coupon"),
    _rule("no-orders", "idle_s", "now", "above", "value", 180.0, 0, "reorder"),
    _rule("questions-late", "questions_late", "now", "above", "value", 2.0, 0, "answer"),  # one or two slip by in any room
    _rule("stock-ends", "stock_minutes", "now", "below", "value", 3.0, 0, "reorder"),
)
