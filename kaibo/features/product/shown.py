"""The cards, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.product.view import CARDS, ProductCard

__all__ = ["CARDS", "ProductCard"]
