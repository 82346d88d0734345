"""Why something may not be done to a roster."""

from kaibo.core.errors import Refusal


class RosterShowEnded(Refusal):
    """The show is over: nobody goes on or off duty."""

    code = "roster.show_ended"


class RosterOnAir(Refusal):
    """What is running is not taken from anybody: it is handed over, taken in need, or they are absent."""

    code = "roster.on_air"


class RosterNoDuty(Refusal):
    """Not on duty in any role of this show."""

    code = "roster.no_duty"


class RosterNotOnDuty(Refusal):
    """Not on duty in this role."""

    code = "roster.not_on_duty"
    role: str


class RosterPersonUnknown(Refusal):
    """Nobody of the workspace."""

    code = "roster.person_unknown"
    status = 404
    person: str


class RosterRoleNotHeld(Refusal):
    """The person does not hold this role in the workspace."""

    code = "roster.role_not_held"
    role: str


class RosterMayNotTake(Refusal):
    """Neither holds the role nor one that stands in for it."""

    code = "roster.may_not_take"
    status = 403
    role: str


class RosterToOneself(Refusal):
    """Nobody hands over to, takes from or stands in for themselves."""

    code = "roster.to_oneself"


class RosterOfferOpen(Refusal):
    """One's role is offered to somebody already."""

    code = "roster.offer_open"
    role: str


class RosterOfferIdTaken(Refusal):
    """Another offer had this id."""

    code = "roster.offer_id_taken"
    offer_id: str


class RosterOfferGone(Refusal):
    """The offer was settled, or is void: somebody accepted, declined, withdrew, took it or went."""

    code = "roster.offer_gone"
    offer_id: str


class RosterOfferNotYours(Refusal):
    """An offer is answered by whom it was made to, and withdrawn by who made it."""

    code = "roster.offer_not_yours"
    status = 403


class RosterNothingSaid(Refusal):
    """What is handed over, said back, or the reason is not said."""

    code = "roster.nothing_said"
    status = 422


class RosterSomebodyElse(Refusal):
    """Another one is on duty in the role now than was seen: look again."""

    code = "roster.somebody_else"
    role: str


class RosterShiftUnknown(Refusal):
    """There is no such shift."""

    code = "roster.shift_unknown"
    status = 404
    shift_id: str


class RosterShiftBackwards(Refusal):
    """A shift ends before it begins."""

    code = "roster.shift_backwards"
    status = 422


class RosterShiftCrosses(Refusal):
    """Two shifts share time: nobody could say whose it is."""

    code = "roster.shift_crosses"
    shift: str


class RosterShiftBegun(Refusal):
    """What has begun keeps its start, and no end is put before now."""

    code = "roster.shift_begun"
    shift: str


class RosterShiftsTooMany(Refusal):
    """More shifts than a show may have."""

    code = "roster.shifts_too_many"
    status = 422
    most: int


class RosterShiftFollows(Refusal):
    """Another shift does this role after: it is handed over, not closed."""

    code = "roster.shift_follows"
    shift: str


class RosterSayBackMore(Refusal):
    """Of a shift three things are said back, and no two the same."""

    code = "roster.say_back_more"
    status = 422
    said: int
    wanted: int


class RosterQuestionOpen(Refusal):
    """Something was asked of the sheet and is not answered: it would be lost."""

    code = "roster.question_open"
    open: int


class RosterNothingAsked(Refusal):
    """Nothing was asked of this line."""

    code = "roster.nothing_asked"


class RosterSheetTooLong(Refusal):
    """More lines were ticked or asked about than a sheet has."""

    code = "roster.sheet_too_long"
    status = 422
    most: int


class RosterNoCue(Refusal):
    """The shift has no cue to change with: the role is accepted instead."""

    code = "roster.no_cue"
