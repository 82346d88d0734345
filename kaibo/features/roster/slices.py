"""ON_DUTY: who is on duty in which role of a show, since when and how they came; at any past second."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from kaibo.core.event import Event, Fact
from kaibo.core.slice import Slice, Touched
from kaibo.features.roster.facts import (
    LineAnswered,
    LineAsked,
    LineTicked,
    RosterAbsent,
    RosterAccepted,
    RosterAssigned,
    RosterCheckedIn,
    RosterClosed,
    RosterDeclined,
    RosterOffered,
    RosterStoodBy,
    RosterTaken,
    RosterUnassigned,
    RosterWithdrawn,
)
from kaibo.features.roster.shifts import SHIFTS, Shifts
from kaibo.features.rundown.facts import CueWent
from kaibo.features.show.facts import CrewMember, ShowPlanned
from kaibo.features.show.slices import STAGE, ShowNow, just_ended

Came = Literal["planned", "assigned", "accepted", "taken", "stand_in"]
Left = Literal["", "handed_over", "taken", "absent", "closed"]
Asked = tuple[str, str]  # what was asked of a line, and the answer, "" while there is none


@dataclass(frozen=True, slots=True)
class Offer:
    """An open offer of a role; `at` ms UTC. `shift_id`: for a shift, with its sheet, of which lines were `ticked` and `asked` about.

    `stood_by`: who waits for the cue of the shift to change; who comes has `said_back` by then.
    """

    offer_id: str
    role_id: str
    from_person_id: str
    to_person_id: str
    lines: tuple[str, ...]
    at: int
    shift_id: str = ""
    ticked: tuple[str, ...] = ()
    asked: Mapping[str, Asked] = field(default_factory=dict[str, Asked])
    stood_by: tuple[str, ...] = ()
    said_back: tuple[str, ...] = ()

    @property
    def unanswered(self) -> list[str]:
        """Lines that were asked about and have no answer yet."""
        return [line for line, (_, answer) in self.asked.items() if not answer]


@dataclass(frozen=True, slots=True)
class Post:
    """A person in a role: on duty `since` (ms UTC) while `left` is "", else gone since then. `after`: whose place they took, "" nobody's.

    `lines`: what one who closed it left to the house.
    """

    role_id: str
    person_id: str
    since: int
    came: Came
    call_before_s: int = 0
    stand_in_id: str = ""
    checked_in_at: int | None = None
    after: str = ""
    said_back: tuple[str, ...] = ()
    left: Left = ""
    reason: str = ""
    sheet_seq: int = 0
    lines: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """As rows are called."""
        return key_of(self.role_id, self.person_id)

    @property
    def on_duty(self) -> bool:
        """Whether it is theirs now."""
        return not self.left


def key_of(role_id: str, person_id: str) -> str:
    """`assistant/ai`."""
    return f"{role_id}/{person_id}"


@dataclass(slots=True)
class OnDuty:
    """`posts` by key; open `offers` by offer_id, and the ids of all there ever were. `turns`: who was on duty from when (ms UTC), by role."""

    show: ShowNow
    shifts: Shifts
    posts: dict[str, Post] = field(default_factory=dict[str, Post])
    offers: dict[str, Offer] = field(default_factory=dict[str, Offer])
    offered: set[str] = field(default_factory=set[str])
    absent: set[str] = field(default_factory=set[str])
    turns: dict[str, list[tuple[int, tuple[str, ...]]]] = field(default_factory=dict[str, list[tuple[int, tuple[str, ...]]]])

    def post(self, role_id: str, person_id: str) -> Post | None:
        """Somebody's place in a role, while they are on duty in it."""
        post = self.posts.get(key_of(role_id, person_id))
        return post if post is not None and post.on_duty else None

    def gone(self, role_id: str, person_id: str) -> bool:
        """Whether somebody was on duty in a role and no longer is."""
        post = self.posts.get(key_of(role_id, person_id))
        return post is not None and not post.on_duty

    def of(self, person_id: str) -> list[Post]:
        """The roles a person is on duty in now."""
        return [post for post in self.posts.values() if post.on_duty and post.person_id == person_id]

    def anybody(self) -> bool:
        """Whether somebody is on duty in anything now."""
        return any(post.on_duty for post in self.posts.values())

    def people_in(self, role_id: str) -> tuple[str, ...]:
        """Who is on duty in a role now."""
        turns = self.turns.get(role_id)
        return turns[-1][1] if turns else ()

    def at(self, instant: int) -> dict[str, frozenset[str]] | None:
        """Who was on duty at an instant (ms UTC), by role; None where there was no roster then."""
        found = {
            role: frozenset(next((people for at, people in reversed(turns) if at <= instant), ()))
            for role, turns in self.turns.items()
            if turns[0][0] <= instant
        }
        return found or None

    def offer_of(self, role_id: str, person_id: str) -> Offer | None:
        """What somebody offers of a role just now."""
        return next((one for one in self.offers.values() if (one.role_id, one.from_person_id) == (role_id, person_id)), None)

    def closed(self) -> list[Post]:
        """What was left to the house, by whom and with which words."""
        return [post for post in self.posts.values() if post.left == "closed"]

    def here_since(self, person_id: str) -> int | None:
        """When a person who is on duty said that they are here."""
        return next((post.checked_in_at for post in self.of(person_id) if post.checked_in_at is not None), None)


def fold_on_duty(state: OnDuty, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """Somebody comes on duty, goes off, says that they are here, or offers what is theirs."""
    before = dict(state.posts)
    keys = set(_offers(state, event, touched)) | {_change(state, each, event) for each in _changing(state, event.fact)}
    _move(state, event.fact, event.at)
    moved = {key for key in before.keys() | state.posts.keys() if before.get(key) != state.posts.get(key)}
    _turn(state, {(state.posts.get(key) or before[key]).role_id for key in moved}, event.at)
    return keys | moved


def _move(state: OnDuty, fact: Fact, at: int) -> None:
    match fact:
        case ShowPlanned(crew=crew):
            _crew(state, crew, at)
        case RosterAssigned():
            _assign(state, fact, at)
        case RosterUnassigned(role_id=role, person_id=person):
            state.posts.pop(key_of(role, person), None)
        case RosterCheckedIn(person_id=person):
            _here(state, person, at)
        case RosterAccepted(role_id=role, from_person_id=giver, to_person_id=taker, said_back=said_back, sheet_seq=seq):
            post = Post(role, taker, at, "accepted", after=giver, said_back=said_back, sheet_seq=seq)
            _take_over(state, post, "handed_over")
        case RosterTaken(role_id=role, person_id=taker, from_person_id=giver, reason=reason):
            _take_over(state, Post(role, taker, at, "taken", after=giver, reason=reason), "taken")
        case RosterAbsent():
            _stand_in(state, fact, at)
        case RosterClosed():
            _close(state, fact, at)
        case _:
            pass


def _changing(state: OnDuty, fact: Fact) -> list[Offer]:
    """The offers that come true with this cue: it is that of their shift, and both stand by."""
    if not isinstance(fact, CueWent) or fact.via == "undo":
        return []
    shifts = state.shifts.shifts
    here = [one for one in state.offers.values() if {one.from_person_id, one.to_person_id} <= set(one.stood_by)]
    return [one for one in here if one.shift_id in shifts and shifts[one.shift_id].cue_id == fact.cue_id]


def _change(state: OnDuty, offer: Offer, event: Event[Fact]) -> str:
    """With the cue, as both said: the one goes, the other is on duty."""
    del state.offers[offer.offer_id]
    role, taker, giver = offer.role_id, offer.to_person_id, offer.from_person_id
    post = Post(role, taker, event.at, "accepted", after=giver, said_back=offer.said_back, sheet_seq=event.seq - 1)
    _take_over(state, post, "handed_over")
    return key_of(role, giver)


def _sheet(offer: Offer, fact: Fact) -> Offer:
    """What one of the two says while the hand-over is open."""
    match fact:
        case LineTicked(line=line, ticked=ticked):
            lines = tuple(each for each in offer.ticked if each != line)
            asked = {each: said for each, said in offer.asked.items() if each != line or said[1]}
            return replace(offer, ticked=(*lines, line), asked=asked) if ticked else replace(offer, ticked=lines)
        case LineAsked(line=line, question=question):
            ticked = tuple(each for each in offer.ticked if each != line)
            stood_by = tuple(each for each in offer.stood_by if each != offer.to_person_id)  # who asks is not ready
            return replace(offer, asked={**offer.asked, line: (question, "")}, ticked=ticked, stood_by=stood_by)
        case LineAnswered(line=line, answer=answer):
            return replace(offer, asked={**offer.asked, line: (offer.asked[line][0], answer)})
        case RosterStoodBy(person_id=person, said_back=said_back):
            others = tuple(each for each in offer.stood_by if each != person)
            return replace(offer, stood_by=(*others, person), said_back=said_back or offer.said_back)
        case _:
            return offer


def _offers(state: OnDuty, event: Event[Fact], touched: Touched) -> Iterable[str]:
    """An offer is made, or some are void; gives the keys of those who made them."""
    fact = event.fact
    if isinstance(fact, RosterOffered):
        offer = Offer(fact.offer_id, fact.role_id, fact.from_person_id, fact.to_person_id, fact.lines, event.at, fact.shift_id)
        state.offers[offer.offer_id] = offer
        state.offered.add(offer.offer_id)
        return [key_of(offer.role_id, offer.from_person_id)]
    if isinstance(fact, LineTicked | LineAsked | LineAnswered | RosterStoodBy):
        offer = state.offers[fact.offer_id] = _sheet(state.offers[fact.offer_id], fact)
        return [key_of(offer.role_id, offer.from_person_id)]
    over = just_ended(state.show, touched)
    void = [one for one in state.offers.values() if over or _void(one, fact)]
    for one in void:
        del state.offers[one.offer_id]
    return [key_of(one.role_id, one.from_person_id) for one in void]


def _void(offer: Offer, fact: Fact) -> bool:
    """Settled; or one of the two went."""
    match fact:
        case RosterAccepted(role_id=role, from_person_id=giver) | RosterTaken(role_id=role, from_person_id=giver):
            return (offer.role_id, offer.from_person_id) == (role, giver)
        case RosterUnassigned(role_id=role, person_id=person) | RosterClosed(role_id=role, person_id=person):
            return (offer.role_id, offer.from_person_id) == (role, person)
        case RosterAbsent(person_id=person):
            return person in (offer.from_person_id, offer.to_person_id)
        case RosterDeclined(offer_id=offer_id) | RosterWithdrawn(offer_id=offer_id):
            return offer.offer_id == offer_id
        case _:
            return False


def _put(state: OnDuty, post: Post) -> None:
    state.posts[post.key] = post
    if post.on_duty:
        state.absent.discard(post.person_id)


def _crew(state: OnDuty, crew: Iterable[CrewMember], at: int) -> None:
    for member in crew:
        for role in member.roles:
            _put(state, Post(role, member.person_id, at, "planned"))


def _here(state: OnDuty, person: str, at: int) -> None:
    for post in state.of(person):
        _put(state, replace(post, checked_in_at=at))


def _assign(state: OnDuty, fact: RosterAssigned, at: int) -> None:
    """Who is on duty already stays so, since when they were."""
    post = state.post(fact.role_id, fact.person_id)
    if post is None:
        post = Post(fact.role_id, fact.person_id, at, "assigned", checked_in_at=state.here_since(fact.person_id))
    _put(state, replace(post, call_before_s=fact.call_before_s, stand_in_id=fact.stand_in_id))


def _take_over(state: OnDuty, post: Post, left: Left) -> None:
    """One comes, and is here when the show is on air: they pressed it; the other goes."""
    heir = _heir(state, post)
    checked_in_at = post.since if heir.checked_in_at is None and state.show.live else heir.checked_in_at
    if post.after:
        _off(state, post.role_id, post.after, post.since, left, post.reason)
    _put(state, replace(heir, checked_in_at=checked_in_at))


def _stand_in(state: OnDuty, fact: RosterAbsent, at: int) -> None:
    """One is not there; who stands in is on duty at once, and says by themselves when they are here."""
    _off(state, fact.role_id, fact.person_id, at, "absent", fact.reason)
    if not state.of(fact.person_id):  # who is here in another role is not absent
        state.absent.add(fact.person_id)
    if fact.stand_in_id:
        _put(state, _heir(state, Post(fact.role_id, fact.stand_in_id, at, "stand_in", after=fact.person_id)))


def _heir(state: OnDuty, post: Post) -> Post:
    """Who takes a place over is called when the one before was; who stood in the role already keeps their own call and stand-in."""
    before = state.posts.get(key_of(post.role_id, post.after))
    own = state.post(post.role_id, post.person_id) or before
    call_before_s, stand_in_id = (0, "") if own is None else (own.call_before_s, own.stand_in_id)
    return replace(
        post,
        call_before_s=call_before_s,
        stand_in_id="" if stand_in_id == post.person_id else stand_in_id,
        checked_in_at=state.here_since(post.person_id),
    )


def _off(state: OnDuty, role_id: str, person_id: str, at: int, left: Left, reason: str) -> None:
    post = state.post(role_id, person_id)
    if post is not None:
        state.posts[post.key] = replace(post, since=at, left=left, reason=reason)


def _close(state: OnDuty, fact: RosterClosed, at: int) -> None:
    post = state.post(fact.role_id, fact.person_id)
    if post is not None:
        state.posts[post.key] = replace(post, since=at, left="closed", sheet_seq=fact.sheet_seq, lines=fact.lines)


def _turn(state: OnDuty, roles: Iterable[str], at: int) -> None:
    for role in roles:
        people = tuple(post.person_id for post in state.posts.values() if post.on_duty and post.role_id == role)
        if people != state.people_in(role):
            state.turns.setdefault(role, []).append((at, people))


ON_DUTY: Slice[OnDuty] = Slice(
    name="roster.on_duty",
    reads=(
        ShowPlanned,
        RosterAssigned,
        RosterUnassigned,
        RosterCheckedIn,
        RosterOffered,
        RosterAccepted,
        RosterDeclined,
        RosterWithdrawn,
        RosterTaken,
        RosterAbsent,
        LineTicked,
        LineAsked,
        LineAnswered,
        RosterStoodBy,
        RosterClosed,
        CueWent,
    ),
    state=OnDuty,
    fold=fold_on_duty,
    over=(STAGE, SHIFTS),
)
