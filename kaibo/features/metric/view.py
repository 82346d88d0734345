"""Figures of the show that move within a second."""

from kaibo.features.metric.cues import CUES, CueFigureRow
from kaibo.features.metric.flows import FLOWS, FlowRow
from kaibo.features.metric.minutes import MINUTES, MinuteRow
from kaibo.features.metric.products import PRODUCTS, ProductFigureRow
from kaibo.features.metric.retention import RETENTION, RetentionRow
from kaibo.features.metric.spend import SPEND, SpendFigureRow
from kaibo.features.metric.tiles import TILES, TileRow

__all__ = [
    "CUES",
    "FLOWS",
    "MINUTES",
    "PRODUCTS",
    "RETENTION",
    "SPEND",
    "TILES",
    "CueFigureRow",
    "FlowRow",
    "MinuteRow",
    "ProductFigureRow",
    "RetentionRow",
    "SpendFigureRow",
    "TileRow",
]
