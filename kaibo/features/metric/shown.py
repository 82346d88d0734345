"""The figures, for readers outside: routes, followers, connectors, the report, the archive. No rule and no view stands on them."""

from kaibo.features.metric.view import (
    CUES,
    FLOWS,
    MINUTES,
    PRODUCTS,
    RETENTION,
    TILES,
    CueFigureRow,
    FlowRow,
    MinuteRow,
    ProductFigureRow,
    RetentionRow,
    TileRow,
)

__all__ = [
    "CUES",
    "FLOWS",
    "MINUTES",
    "PRODUCTS",
    "RETENTION",
    "TILES",
    "CueFigureRow",
    "FlowRow",
    "MinuteRow",
    "ProductFigureRow",
    "RetentionRow",
    "TileRow",
]
