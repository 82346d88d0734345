"""Figures of the show that move within a second."""

from kaibo.features.metric.cues import CUES, CueFigureRow
from kaibo.features.metric.minutes import MINUTES, MinuteRow
from kaibo.features.metric.products import PRODUCTS, ProductFigureRow
from kaibo.features.metric.tiles import TILES, TileRow

__all__ = ["CUES", "MINUTES", "PRODUCTS", "TILES", "CueFigureRow", "MinuteRow", "ProductFigureRow", "TileRow"]
