"""What the host sees: little, and true. The cue on air, its product with price and stock, the promo, a line, three questions."""

from kaibo.core.feature import Feature
from kaibo.features.moderation.facts import HIDING_FACTS, CommentsReleased
from kaibo.features.prompter.commands import FinishQuestion, HandQuestion, MessageHost, SetSignal
from kaibo.features.prompter.erasing import ERASES
from kaibo.features.prompter.facts import HostMessaged, QuestionFinished, QuestionHanded, SignalSet
from kaibo.features.prompter.rules import decide
from kaibo.features.prompter.state import PrompterState, fold
from kaibo.features.prompter.view import HOST, QUESTIONS

FEATURE = Feature(
    name="prompter",
    streams=("show",),
    facts=(HostMessaged, SignalSet, QuestionHanded, QuestionFinished),
    commands=(MessageHost, SetSignal, HandQuestion, FinishQuestion),
    state=PrompterState,
    fold=fold,
    decide=decide,
    reads=(*HIDING_FACTS, CommentsReleased),
    views=(HOST, QUESTIONS),
    erases=ERASES,
)
