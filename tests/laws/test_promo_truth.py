"""When a promo ends, all screens are back at what the sheet asks, and nothing else has changed."""

from typing import Any

from kaibo.features.promo.commands import ConfirmPromoEnd, FailPromoEnd
from kaibo.features.promo.facts import Coupon
from tests.laws.studio import Studio, differences


def test_when_a_promo_ends_every_screen_is_back_at_the_sheets_price() -> None:
    studio = Studio()
    studio.promo("T1", kind="price", price_minor=800)
    studio.promo("T1", kind="gift", gift="小樣")
    studio.promo("T1", kind="coupon", coupon=Coupon(name="券", amount_minor=100))
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.price_minor, host.gift, host.coupon_price_minor) == (800, "小樣", 700)
    assert studio.say("+1")[0].price_minor == 800  # a coupon is the buyer's: what is claimed costs what the shop asks
    studio.edit("T1", "list_price_minor", 1500)  # a price of the sheet's that nobody sold at takes the promo's place all the same
    studio.promo("T1", kind="price", price_minor=800)
    for place in (0, 1, 2):
        studio.end(place, ConfirmPromoEnd)
        assert differences(studio.fold) == []
    host = studio.fold.row("prompter.host", "now")
    row: Any = studio.fold.row("claim.stock", "T1/")
    assert (host.price_minor, host.gift, host.coupon, row.price_minor) == (1000, "", None, 1000)
    assert studio.say("+1")[0].price_minor == 1000


def test_the_end_of_an_older_price_does_not_end_the_newer_one() -> None:
    studio = Studio()
    studio.promo("T1", kind="price", price_minor=800)
    studio.promo("T1", kind="price", price_minor=700)
    studio.end(1, ConfirmPromoEnd)
    assert differences(studio.fold) == []
    host: Any = studio.fold.row("prompter.host", "now")
    assert (host.price_minor, host.promo_state) == (700, "applied")


def test_a_price_goes_back_to_what_the_sheet_asks_now() -> None:
    studio = Studio()
    studio.promo("T1", kind="price", price_minor=800)
    studio.edit("T1", "name", "新名字")
    studio.edit("T1", "live_price_minor", 900)
    studio.end(0, FailPromoEnd)
    studio.edit("T1", "live_price_minor", 900)
    assert studio.fold.row("prompter.host", "now").price_minor == 800  # type: ignore[union-attr]
    assert differences(studio.fold) == []
    studio.end(0, ConfirmPromoEnd)
    assert studio.fold.row("prompter.host", "now").price_minor == 900  # type: ignore[union-attr]
