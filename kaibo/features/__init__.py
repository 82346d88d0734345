"""The jobs of the house. A new one is a folder beside these and a line here."""

from kaibo.core.feature import Feature
from kaibo.features.alarm.feature import FEATURE as ALARM
from kaibo.features.asking.feature import FEATURE as ASKING
from kaibo.features.audience.feature import FEATURE as AUDIENCE
from kaibo.features.bridge.feature import FEATURE as BRIDGE
from kaibo.features.calendar.feature import FEATURE as CALENDAR
from kaibo.features.channel.feature import FEATURE as CHANNEL
from kaibo.features.charter.feature import FEATURE as CHARTER
from kaibo.features.claim.feature import FEATURE as CLAIM
from kaibo.features.comment.feature import FEATURE as COMMENT
from kaibo.features.draw.feature import FEATURE as DRAW
from kaibo.features.effect.feature import FEATURE as EFFECT
from kaibo.features.erasure.feature import FEATURE as ERASURE
from kaibo.features.metric.feature import FEATURE as METRIC
from kaibo.features.moderation.feature import FEATURE as MODERATION
from kaibo.features.note.feature import FEATURE as NOTE
from kaibo.features.order.feature import FEATURE as ORDER
from kaibo.features.outbox.feature import FEATURE as OUTBOX
from kaibo.features.product.feature import FEATURE as PRODUCT
from kaibo.features.promo.feature import FEATURE as PROMO
from kaibo.features.prompter.feature import FEATURE as PROMPTER
from kaibo.features.readiness.feature import FEATURE as READINESS
from kaibo.features.report.feature import FEATURE as REPORT
from kaibo.features.review.feature import FEATURE as REVIEW
from kaibo.features.roster.feature import FEATURE as ROSTER
from kaibo.features.rundown.feature import FEATURE as RUNDOWN
from kaibo.features.show.feature import FEATURE as SHOW
from kaibo.features.standby.feature import FEATURE as STANDBY
from kaibo.features.taking.feature import FEATURE as TAKING
from kaibo.features.task.feature import FEATURE as TASK
from kaibo.features.workspace.feature import FEATURE as WORKSPACE

FEATURES: tuple[Feature, ...] = (
    WORKSPACE,
    SHOW,
    CHARTER,
    ROSTER,
    TAKING,
    PRODUCT,
    RUNDOWN,
    TASK,
    AUDIENCE,
    COMMENT,
    MODERATION,
    ORDER,
    CLAIM,
    DRAW,
    PROMO,
    PROMPTER,
    NOTE,
    METRIC,
    ALARM,
    EFFECT,
    REPORT,
    ERASURE,
    READINESS,
    REVIEW,
    CALENDAR,
    ASKING,
    CHANNEL,
    STANDBY,
    BRIDGE,
    OUTBOX,
)
