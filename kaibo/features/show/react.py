"""What happens to a show is noted in the workspace's list of shows."""

from collections.abc import Sequence

from msgspec.structs import asdict

from kaibo.core.event import Command, Event, Fact
from kaibo.core.feature import WORKSPACE, Reaction
from kaibo.features.show.commands import ListShow
from kaibo.features.show.facts import ShowAired, ShowEdited, ShowEnded, ShowPlanned


def note_in_list(event: Event[Fact]) -> Sequence[tuple[str, Command]]:
    """The one event alone says what the list shall say."""
    match event.fact:
        case ShowPlanned() as plan:
            note = ListShow(
                show_id=plan.show_id,
                title=plan.title,
                starts_at=plan.starts_at,
                ends_at=plan.ends_at,
                timezone=plan.timezone,
                state="planned",
                rehearsal=plan.rehearsal,
                simulated=plan.simulated,
            )
        case ShowEdited(head=head) | ShowAired(head=head) | ShowEnded(head=head) if head is not None:
            note = ListShow(**asdict(head))
        case _:
            return []
    return [(WORKSPACE, note)]


LISTING = Reaction(name="list", reads=(ShowPlanned, ShowEdited, ShowAired, ShowEnded), decide=note_in_list)
