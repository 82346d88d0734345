"""What moves brought, with names of what else happened near them: it may be the cause as well."""

from collections.abc import Sequence
from typing import get_args

from msgspec.structs import replace

from kaibo.features.report.rows import Rows
from kaibo.features.report.shapes import Around, Beside, BesideKind, ReportEffect

KINDS: dict[str, BesideKind] = {kind: kind for kind in get_args(BesideKind)}


def effect_of(rows: Rows, ref: str) -> ReportEffect | None:
    """What a promo or move (`promo:<id>`, `move:<id>`) brought, None before it took effect."""
    row = rows.move_effects.get(ref)
    if row is None:
        return None
    fields: Sequence[str] = [name for name in ReportEffect.__struct_fields__ if name != "beside"]
    beside = tuple(dict.fromkeys(_beside(rows, mark) for mark in row.alongside))
    effect = ReportEffect(**{name: getattr(row, name) for name in fields}, beside=beside)
    return replace(effect, orders_before=None, orders_after=None) if orders_untold(rows) else effect


def orders_untold(rows: Rows) -> bool:
    """Whether no source ever told of an order: then none is not nought."""
    tile = rows.tiles.get("orders_created")
    return tile is not None and bool(tile.untold)


def as_told(rows: Rows, part: Around) -> Around:
    """What a product did, without the orders that nobody told of."""
    if not orders_untold(rows):
        return part
    return replace(part, orders_paid=None, gmv_paid_minor=None, orders_created=None, gmv_created_minor=None)


def _beside(rows: Rows, mark: str) -> Beside:
    kind, _, ref = mark.partition(":")
    return Beside(kind=KINDS[kind], name=_name(rows, kind, ref))


def _name(rows: Rows, kind: str, ref: str) -> str:
    """The title of a cue or draw, the move, else the product's name; "" for one that nobody knows any more."""
    match kind:
        case "cue":
            return rows.cues[ref].cue.title if ref in rows.cues else ""
        case "draw":
            return rows.draws[ref].title if ref in rows.draws else ""
        case "move":
            return rows.moves[ref].move if ref in rows.moves else ""
        case "promo" | "promo_end":
            product_id = rows.promos[ref].product_id if ref in rows.promos else ""
        case _:
            product_id = ref
    return rows.cards[product_id].name if product_id in rows.cards else product_id
