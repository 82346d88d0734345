"""The jobs of the house. A new one is a folder beside these and a line here."""

from kaibo.core.feature import Feature
from kaibo.features import (
    alarm,
    audience,
    claim,
    comment,
    draw,
    metric,
    moderation,
    order,
    product,
    promo,
    prompter,
    report,
    rundown,
    show,
    workspace,
)

FEATURES: tuple[Feature, ...] = (
    workspace.FEATURE,
    show.FEATURE,
    product.FEATURE,
    rundown.FEATURE,
    audience.FEATURE,
    comment.FEATURE,
    moderation.FEATURE,
    order.FEATURE,
    claim.FEATURE,
    draw.FEATURE,
    promo.FEATURE,
    prompter.FEATURE,
    metric.FEATURE,
    alarm.FEATURE,
    report.FEATURE,
)
