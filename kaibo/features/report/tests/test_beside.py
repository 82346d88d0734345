"""What happened near a move has a name, also when what it is of has left the list."""

from dataclasses import fields
from typing import Any

from kaibo.features.alarm.shown import MoveEffectRow
from kaibo.features.report.effects import effect_of
from kaibo.features.report.rows import Rows

EFFECT = MoveEffectRow(
    ref="promo:p", move="promo", kind="price", product_id="P1", at=1, seq=1, window_ms=300_000, orders_before=0, orders_after=0,
    per="seconds", exposure_before=300, exposure_after=300, verdict="too_little", ratio=None, low=None, high=None, dispersion=1,
    measured=True, after_ms=300_000, alongside=("sold_out:P9", "promo:gone"), before_ms=300_000, basis="spread", placebos=0,
    slump=False, needed=None, standard=None,
)  # fmt: skip


def test_a_product_that_left_the_list_goes_by_its_number_and_a_promo_nobody_knows_by_nothing() -> None:
    nothing: dict[str, Any] = {each.name: {} for each in fields(Rows)}
    found = effect_of(Rows(**(nothing | {"move_effects": {"promo:p": EFFECT}})), "promo:p")
    assert found is not None
    assert [each.name for each in found.beside] == ["P9", ""]
