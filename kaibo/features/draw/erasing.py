"""A name, out of draws. The accounts stay: the seed, the list and the result are proved by them, and by no name."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Viewer, blank
from kaibo.core.event import Fact
from kaibo.features.draw.facts import DrawCancelled, DrawClosed, DrawRedrawn, DrawRun, Entrant, Winner


def _entrants(entrants: tuple[Entrant, ...], viewer: Viewer) -> tuple[Entrant, ...]:
    return tuple(replace(one, name=blank(one.name)) if one.key in viewer.keys else one for one in entrants)


def _winner(winner: Winner, viewer: Viewer) -> Winner:
    return replace(winner, name=blank(winner.name)) if winner.key in viewer.keys else winner


def closed(fact: DrawClosed, seq: int, viewer: Viewer) -> DrawClosed:
    """Who took part, by account."""
    del seq
    return replace(fact, entrants=_entrants(fact.entrants, viewer), excluded=_entrants(fact.excluded, viewer))


def run(fact: DrawRun, seq: int, viewer: Viewer) -> DrawRun:
    """Who won, by account."""
    del seq
    return replace(fact, winners=tuple(_winner(one, viewer) for one in fact.winners))


def redrawn(fact: DrawRedrawn, seq: int, viewer: Viewer) -> DrawRedrawn:
    """Who came next, by account; the reason may name who did not come."""
    del seq
    winner = None if fact.winner is None else _winner(fact.winner, viewer)
    return replace(fact, winner=winner, reason=viewer.unnamed(fact.reason))


def cancelled(fact: DrawCancelled, seq: int, viewer: Viewer) -> DrawCancelled:
    """Why, without a name."""
    del seq
    return replace(fact, reason=viewer.unnamed(fact.reason))


ERASES: Mapping[type[Fact], Eraser] = {DrawClosed: closed, DrawRun: run, DrawRedrawn: redrawn, DrawCancelled: cancelled}
