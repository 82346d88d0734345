"""What is wrong with what is told of an order, for the door it comes through. No rule and no view stands on it."""

from kaibo.features.order.rules import flaw

__all__ = ["flaw"]
