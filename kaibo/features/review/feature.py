"""Once a month: who did what, against what the charter says; out of the log alone."""

from kaibo.core.feature import Feature
from kaibo.features.review.commands import HoldReview, NoteRefusal
from kaibo.features.review.facts import ReviewHeld, ReviewRefused
from kaibo.features.review.routes import OPERATIONS, ROUTES
from kaibo.features.review.rules import ReviewState, decide, fold
from kaibo.features.review.view import REVIEW_NOW

FEATURE = Feature(
    name="review",
    streams=("workspace",),
    facts=(ReviewHeld, ReviewRefused),
    commands=(HoldReview, NoteRefusal),
    state=ReviewState,
    fold=fold,
    decide=decide,
    views=(REVIEW_NOW,),
    routes=ROUTES,
    operations=OPERATIONS,
)
