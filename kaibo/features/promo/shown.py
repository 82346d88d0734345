"""The promos, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.promo.view import BOARD, PromoRow

__all__ = ["BOARD", "PromoRow"]
