"""Lucky draws that anybody can check: rules and seed promised before, entrants frozen before, winners worked out from both."""

from kaibo.core.feature import Feature, Named
from kaibo.features.draw.commands import CancelDraw, CloseDraw, KeepSeed, OpenDraw, PrepareDraw, RedrawWinner, RunDraw
from kaibo.features.draw.erasing import ERASES
from kaibo.features.draw.facts import DrawCancelled, DrawClosed, DrawOpened, DrawPrepared, DrawRedrawn, DrawRun, DrawSeedKept
from kaibo.features.draw.routes import OPERATIONS, ROUTES
from kaibo.features.draw.rules import decide
from kaibo.features.draw.state import OVER, READS, DrawState, due, fold
from kaibo.features.draw.view import BOARD

FEATURE = Feature(
    name="draw",
    streams=("show",),
    facts=(DrawPrepared, DrawSeedKept, DrawOpened, DrawClosed, DrawRun, DrawRedrawn, DrawCancelled),
    commands=(PrepareDraw, KeepSeed, OpenDraw, CloseDraw, RunDraw, RedrawWinner, CancelDraw),
    state=DrawState,
    fold=fold,
    decide=decide,
    reads=READS,
    over=OVER,
    views=(BOARD,),
    due=due,
    routes=ROUTES,
    operations=OPERATIONS,
    names={"draw_id": Named(BOARD, lambda row: row.title)},
    erases=ERASES,
)
