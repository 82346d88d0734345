"""Peaks stand out from the minutes before them; what the team did near the rise is named, and nothing is when there was nothing."""

from hypothesis import given
from hypothesis import strategies as st

from kaibo.features.report.peaks import MINUTE_MS, PEAKS_MAX, peaks_of
from kaibo.features.report.shapes import Mark, Peak, ReportMinute, Where

FIRST = 29_000_000


def minute(place: int, *, gmv: int = 0, online: int = 100, marks: tuple[Mark, ...] = ()) -> ReportMinute:
    at = (FIRST + place) * MINUTE_MS
    return ReportMinute(
        minute=FIRST + place,
        gmv_paid_minor=gmv,
        gmv_created_minor=0,
        orders_created=0,
        orders_paid=0,
        online=online,
        comments=0,
        clicks=0,
        marks=marks,
        events=Where(types="", from_at=at, to_at=at + MINUTE_MS),
    )


def mark(place: int, second: int = 0, kind: str = "cue") -> Mark:
    return Mark(kind=kind, id=f"{kind}{place}", title=f"{place}", at=(FIRST + place) * MINUTE_MS + second * 1000, seq=place)


def curve(*gmv: int, marks: tuple[Mark, ...] = ()) -> list[ReportMinute]:
    return [
        minute(place, gmv=value, marks=tuple(m for m in marks if m.at // MINUTE_MS == FIRST + place))
        for place, value in enumerate(gmv)
    ]


def only(minutes: list[ReportMinute]) -> Peak:
    (peak,) = peaks_of(minutes)
    return peak


def test_the_promo_before_the_rise_is_named() -> None:
    promo = mark(10, 30, "promo")
    found = only(curve(*[100, 110] * 5, 130, 400, 900, 300, 120, 100, marks=(mark(0), promo)))
    assert (found.series, found.minute - FIRST, found.value, found.usual) == ("gmv_paid", 12, 900, 110)
    assert found.rise_from - FIRST == 10
    assert found.causes == (promo,)
    assert (found.events.from_at, found.events.to_at) == ((FIRST + 10) * MINUTE_MS, (FIRST + 13) * MINUTE_MS)


def test_a_rise_is_looked_back_on_for_five_minutes_at_most() -> None:
    early, near = mark(7), mark(8)
    found = only(curve(*[100] * 10, 200, 300, 400, 500, 600, 900, 100, 100, 100, marks=(early, near)))
    assert (found.minute - FIRST, found.rise_from - FIRST, found.usual) == (15, 10, 150)
    assert found.causes == (near,)
    slower = only(curve(*[100] * 10, 110, 120, 200, 300, 400, 500, 600, 900, 100, 100, 100))
    assert (slower.minute - FIRST, slower.rise_from - FIRST) == (17, 12)


@given(st.lists(st.integers(0, 9), min_size=6, max_size=40))
def test_no_rise_is_longer_than_half_of_the_minutes_it_stands_out_from(gmv: list[int]) -> None:
    for peak in peaks_of(curve(*gmv)):
        assert 0 <= peak.minute - peak.rise_from <= min(10, peak.minute - FIRST) // 2


def test_no_cause_is_named_when_nothing_was_near() -> None:
    far = mark(8, 59)  # more than two minutes before the rise
    after = mark(14)
    found = only(curve(*[100] * 12, 100, 900, 100, 100, 100, marks=(far, after)))
    assert found.rise_from - FIRST == 13
    assert found.causes == ()


def test_marks_are_near_from_two_minutes_before_the_rise_to_the_end_of_the_peak() -> None:
    near = (mark(11), mark(12, 5, "pin"), mark(13, 59, "promo"))
    found = only(curve(*[100] * 13, 900, 100, 100, 100, marks=(mark(10, 59), *near, mark(14))))
    assert found.causes == near


def test_a_scattered_curve_has_no_peak_that_is_only_scatter() -> None:
    assert peaks_of(curve(0, 400, 100, 500, 0, 450, 200, 480, 100, 420, 0, 500, 150, 430)) == ()


def test_a_peak_is_more_than_half_again_of_what_was_usual() -> None:
    assert peaks_of(curve(*[100] * 10, 150, 100, 100, 100)) == ()
    assert only(curve(*[100] * 10, 151, 100, 100, 100)).value == 151


def test_where_values_scatter_it_is_more_than_two_deviations() -> None:
    assert peaks_of(curve(*[80, 120] * 5, 159, 100, 100, 100)) == ()
    assert only(curve(*[80, 120] * 5, 160, 100, 100, 100)).value == 160


def test_what_is_usual_is_the_middle_of_the_ten_minutes_before() -> None:
    *_, last = peaks_of(curve(200, *[100] * 5, *[200] * 5, 900, 100, 100, 100))
    assert (last.minute - FIRST, last.usual) == (11, 150)


def test_a_steady_curve_and_its_first_minutes_have_none() -> None:
    assert peaks_of(curve(*[100] * 20)) == ()
    assert peaks_of(curve(900, 100, 100, 100, 100)) == ()
    assert peaks_of([]) == ()


def test_of_two_equal_minutes_the_first_is_the_peak() -> None:
    assert only(curve(*[100] * 10, 900, 900, 100, 100)).minute - FIRST == 10


def test_a_minute_without_a_row_sold_nothing_and_kept_its_viewers() -> None:
    minutes = [minute(place, gmv=100, online=50) for place in range(11) if place not in (4, 5)]
    minutes.append(minute(11, gmv=100, online=90))
    found = only(minutes)
    assert (found.series, found.minute - FIRST, found.usual) == ("online", 11, 50)


def test_only_the_highest_rises_are_kept_in_the_order_of_time() -> None:
    heights = [300 + 10 * place for place in range(9)]
    found = peaks_of(curve(*[100] * 10, *[value for height in heights for value in (height, *[100] * 9)]))
    assert [peak.value for peak in found] == heights[-PEAKS_MAX:]
