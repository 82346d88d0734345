"""Which duty of a charter an act belongs to, and whether the charter says that this role does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaibo.features.charter.facts import Cell, Charter, CharterDuty, Phase
from kaibo.features.charter.slices import doing, written_as


@dataclass(frozen=True)
class Written:
    """A charter by the duties of commands."""

    charter: Charter
    granting: Mapping[str, Sequence[CharterDuty]]

    def of(self, duty: str, phase: Phase | None, role: str) -> CharterDuty | None:
        """The duty that a command belongs to: one that this role does, else the first of the phase; None when no duty speaks of it."""
        found = [each for each in self.granting.get(duty, ()) if phase is None or phase in each.phases]
        return next((each for each in found if role in doing(each)), found[0] if found else None)

    def within_ms(self, duty: str, phase: Phase | None) -> int:
        """How soon what calls for a command is to be answered; 0 where nothing is said."""
        found = [each.within_s for each in self.granting.get(duty, ()) if phase is None or phase in each.phases]
        return 1000 * min((each for each in found if each), default=0)


def written(charter: Charter | None) -> Written:
    """None stands for the table the house came with."""
    charter = written_as(charter)
    granting: dict[str, list[CharterDuty]] = {}
    for each in charter.duties:
        for duty in each.grants:
            granting.setdefault(duty, []).append(each)
    return Written(charter, granting)


def cell_of(duty: CharterDuty | None, role: str) -> Cell | None:
    """What a duty says of a role."""
    return None if duty is None else duty.cells.get(role)


def done_as_written(duty: CharterDuty | None, role: str) -> bool:
    """Whether a duty says that this role does it."""
    return duty is not None and role in doing(duty)
