"""Who is here, in which role, since when, editing what. Not in the log: it is true only now."""

from dataclasses import dataclass

import msgspec

from kaibo.kit.frames import Wire, text_frame
from kaibo.kit.messages import Present, PresentPerson


@dataclass(eq=False)
class Seat:
    """One open page of one person at one stream."""

    wire: Wire
    stream: str
    person_id: str
    name: str
    since: int
    role: str = ""
    editing: str | None = None


class Presence:
    """Tells everybody at a stream who else is there."""

    def __init__(self) -> None:
        self._seats: dict[str, set[Seat]] = {}

    def sit(self, seat: Seat) -> None:
        """Someone came, or changed role or field."""
        self._seats.setdefault(seat.stream, set()).add(seat)
        self._tell(seat.stream)

    def leave(self, seat: Seat) -> None:
        """Someone left."""
        seats = self._seats.get(seat.stream)
        if seats is None:
            return
        seats.discard(seat)
        if seats:
            self._tell(seat.stream)
        else:
            del self._seats[seat.stream]

    def _tell(self, stream: str) -> None:
        seats = self._seats[stream]
        people = [
            PresentPerson(person_id=s.person_id, name=s.name, role=s.role, since=s.since, editing=s.editing)
            for s in sorted(seats, key=lambda seat: (seat.since, seat.person_id))
        ]
        payload = msgspec.json.encode(Present(stream=stream, people=people))
        frame = text_frame(payload)
        for seat in seats:
            seat.wire.write(payload, frame)
