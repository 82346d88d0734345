"""A hand-over between shifts: line by line, said back, with the cue of the shift; and the last one, to the house."""

from collections.abc import Iterable
from typing import assert_never

from kaibo.core.event import Fact
from kaibo.core.feature import Context
from kaibo.core.script import in_one_line
from kaibo.features.roster.commands import AcceptRole, AnswerLine, AskLine, CloseRole, StandBy, TickSheetLine
from kaibo.features.roster.facts import LineAnswered, LineAsked, LineTicked, RosterAccepted, RosterClosed, RosterStoodBy
from kaibo.features.roster.refusals import (
    RosterNoCue,
    RosterNothingAsked,
    RosterOfferGone,
    RosterOfferNotYours,
    RosterOnAir,
    RosterQuestionOpen,
    RosterSayBackMore,
    RosterSheetTooLong,
    RosterShiftFollows,
)
from kaibo.features.roster.slices import Offer
from kaibo.features.roster.state import RosterState, check_holds, post_of, said_of

SAID_BACK = 3  # things in one's own words: who says a hand-over back has heard it
LINES_MAX = 400  # of a sheet: beyond what anybody reads


def offer_to(state: RosterState, offer_id: str, ctx: Context, *, giver: bool = False) -> Offer:
    """The open offer, for whom it was made to, or for who made it. Raises RosterOfferGone, RosterOfferNotYours."""
    offer = state.on_duty.offers.get(offer_id)
    if offer is None:
        raise RosterOfferGone(offer_id=offer_id)
    if ctx.actor.id != (offer.from_person_id if giver else offer.to_person_id):
        raise RosterOfferNotYours
    return offer


def accepted(offer: Offer, command: AcceptRole, ctx: Context) -> Fact:
    """The role is theirs who said back what goes along."""
    check_holds(ctx.actor.id, offer.role_id, ctx)
    return RosterAccepted(
        offer_id=offer.offer_id,
        role_id=offer.role_id,
        from_person_id=offer.from_person_id,
        to_person_id=offer.to_person_id,
        said_back=_said_back(offer, command.said_back),
        sheet_seq=min(command.sheet_seq or ctx.seq, ctx.seq) if offer.shift_id else 0,
    )


def _said_back(offer: Offer, lines: Iterable[str]) -> tuple[str, ...]:
    """Of a shift three things, and nothing asked that has no answer."""
    said = tuple(dict.fromkeys(said_of(lines)))
    if not offer.shift_id:
        return said
    if len(said) < SAID_BACK:
        raise RosterSayBackMore(said=len(said), wanted=SAID_BACK)
    if offer.unanswered:
        raise RosterQuestionOpen(open=len(offer.unanswered))
    return said


def line_said(state: RosterState, command: TickSheetLine | AskLine | AnswerLine, ctx: Context) -> list[Fact]:
    """Ticked or asked by who comes, answered by who leaves."""
    match command:
        case TickSheetLine(offer_id=offer_id, line=line, ticked=ticked):
            offer = offer_to(state, offer_id, ctx)
            _check_room(offer, line)
            same = (line in offer.ticked) is ticked
            return [] if same else [LineTicked(offer_id=offer_id, line=line, ticked=ticked)]
        case AskLine(offer_id=offer_id, line=line, question=question):
            _check_room(offer_to(state, offer_id, ctx), line)
            return [LineAsked(offer_id=offer_id, line=line, question=said_of((question,))[0])]
        case AnswerLine(offer_id=offer_id, line=line, answer=answer):
            if line not in offer_to(state, offer_id, ctx, giver=True).asked:
                raise RosterNothingAsked
            return [LineAnswered(offer_id=offer_id, line=line, answer=said_of((answer,))[0])]
        case _:
            assert_never(command)


def _check_room(offer: Offer, line: str) -> None:
    lines = {*offer.ticked, *offer.asked}
    if line not in lines and len(lines) >= LINES_MAX:
        raise RosterSheetTooLong(most=LINES_MAX)


def stood_by(state: RosterState, command: StandBy, ctx: Context) -> list[Fact]:
    """Either of the two; who comes says back what goes along."""
    offer = state.on_duty.offers.get(command.offer_id)
    giver = offer is not None and offer.from_person_id == ctx.actor.id
    offer = offer_to(state, command.offer_id, ctx, giver=giver)
    shift = state.shifts.shifts.get(offer.shift_id)
    if shift is None or not shift.cue_id:
        raise RosterNoCue
    if giver:
        said = ()
    else:
        check_holds(ctx.actor.id, offer.role_id, ctx)
        said = _said_back(offer, command.said_back)
    if ctx.actor.id in offer.stood_by:
        return []
    return [RosterStoodBy(offer_id=offer.offer_id, person_id=ctx.actor.id, said_back=said)]


def closed(state: RosterState, command: CloseRole, ctx: Context) -> Fact:
    """Nobody comes after: the role goes to the house, with what is open."""
    role = command.role_id
    post_of(state, role, ctx.actor.id)
    shifts = state.shifts
    follows = [each for each in shifts.after(ctx.at) if any(member.role_id == role for member in each.crew)]
    if follows and not state.show.ended:
        raise RosterShiftFollows(shift=follows[0].name)
    if state.show.live and ctx.at < max(map(shifts.ends_at, shifts.ordered()), default=ctx.at + 1):
        raise RosterOnAir
    lines = tuple(text for text in map(in_one_line, command.lines) if text)
    return RosterClosed(role_id=role, person_id=ctx.actor.id, lines=lines, sheet_seq=ctx.seq)
