"""What a team agreed on: who does what, who answers for it, who may not; drafted, published as a version, signed, kept by a show."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kaibo.core.event import Fact

# R does it, A answers for it and may do it too, RA both, C is asked first, CF too and must agree, I is told, X may not.
Cell = Literal["R", "A", "RA", "C", "CF", "I", "X"]
Phase = Literal["before", "on_air", "after"]
Preset = Literal["seven", "four", "two", "fixed", "published"]

ID = r"^[a-z0-9_][a-z0-9_.]*(?!\n)$"
RoleId = Annotated[str, Meta(min_length=1, max_length=40, pattern=ID)]
DutyId = Annotated[str, Meta(min_length=1, max_length=64, pattern=ID)]
Name = Annotated[str, Meta(max_length=64)]  # of a command, a view, a console, a fact
Words = Annotated[str, Meta(max_length=200)]
ROLES_MAX = 20
DUTIES_MAX = 300


class CharterRole(msgspec.Struct, frozen=True, kw_only=True):
    """A role people hold. `name` is the team's own word, "" the house's. `stands_in`: roles whose work it takes when nobody else can."""

    role_id: RoleId
    name: Annotated[str, Meta(max_length=40)] = ""
    consoles: Annotated[tuple[Name, ...], Meta(max_length=20)] = ()
    stands_in: Annotated[tuple[Name, ...], Meta(max_length=ROLES_MAX)] = ()


class CharterDuty(msgspec.Struct, frozen=True, kw_only=True):
    """One duty, in the phases of a show in which it is due; `cells` by role_id.

    `grants` are the duties of commands that R and A may give with it, `reads` those of views that also C and I may look at. `evidence` are
    facts that prove it was done, `proof` the same in the team's words; `within_s`: how soon (s) after what calls for it, 0 no deadline;
    `ahead_s`: how long (s) before going on air it must be done, 0 no such time. `split` says how two who do it share it. `contested`:
    teams quarrel about it. `emergency`: must not hang on one person.
    """

    duty_id: DutyId
    title: Words = ""
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=3)]
    grants: Annotated[tuple[Name, ...], Meta(max_length=60)] = ()
    reads: Annotated[tuple[Name, ...], Meta(max_length=60)] = ()
    evidence: Annotated[tuple[Name, ...], Meta(max_length=60)] = ()
    proof: Words = ""
    skill: Words = ""
    split: Words = ""
    within_s: Annotated[int, Meta(ge=0, le=100_000_000)] = 0
    ahead_s: Annotated[int, Meta(ge=0, le=100_000_000)] = 0
    contested: bool = False
    emergency: bool = False
    cells: Annotated[dict[Name, Cell], Meta(max_length=ROLES_MAX)] = {}


class Separation(msgspec.Struct, frozen=True, kw_only=True):
    """Nobody may hold all these duties alone: it takes `people` of them."""

    separation_id: Name
    duties: Annotated[tuple[Name, ...], Meta(max_length=20)]
    people: Annotated[int, Meta(ge=2, le=20)] = 2


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """Roles in the order of precedence (who holds several acts in the first that carries a duty), duties, and what is kept apart.

    `knows`: the commands of people there were when it was published; of those that came later it says nothing, and the fixed table does.
    """

    roles: Annotated[tuple[CharterRole, ...], Meta(max_length=ROLES_MAX)]
    duties: Annotated[tuple[CharterDuty, ...], Meta(max_length=DUTIES_MAX)]
    separations: Annotated[tuple[Separation, ...], Meta(max_length=20)] = ()
    knows: Annotated[tuple[Name, ...], Meta(max_length=1000)] = ()


class CellChange(msgspec.Struct, frozen=True, kw_only=True):
    """One cell, as it was and as it is now; None for an empty one."""

    duty_id: str
    role_id: str
    was: Cell | None = None
    cell: Cell | None = None


class CharterDrafted(Fact, frozen=True, kw_only=True, tag="charter.drafted"):
    """A draft was begun from a preset: all of it stands here."""

    preset: Preset
    charter: Charter


class CellsChanged(Fact, frozen=True, kw_only=True, tag="charter.cells_changed"):
    """Cells of the draft now read so."""

    changes: tuple[CellChange, ...]


class DutyWritten(Fact, frozen=True, kw_only=True, tag="charter.duty_written"):
    """A duty of the draft now reads so; a new one stands at the end."""

    duty: CharterDuty


class DutyStruck(Fact, frozen=True, kw_only=True, tag="charter.duty_struck"):
    """A duty left the draft."""

    duty_id: str


class RoleWritten(Fact, frozen=True, kw_only=True, tag="charter.role_written"):
    """A role of the draft now reads so; a new one stands at the end."""

    role: CharterRole


class RoleStruck(Fact, frozen=True, kw_only=True, tag="charter.role_struck"):
    """A role left the draft, and its cells with it: its duties may show as gaps."""

    role_id: str


class DraftDropped(Fact, frozen=True, kw_only=True, tag="charter.draft_dropped"):
    """The draft is gone; what was published stands."""


class CharterPublished(Fact, frozen=True, kw_only=True, tag="charter.published"):
    """From now on this is the charter of the house; shows on air keep theirs. `version` counts from 1; 0 is the table the house came with."""

    version: int
    charter: Charter
    summary: str = ""


class CharterSigned(Fact, frozen=True, kw_only=True, tag="charter.signed"):
    """A member signed their own page of a version, as it read for these roles."""

    version: int
    person_id: str
    roles: tuple[str, ...]


class CharterTaken(Fact, frozen=True, kw_only=True, tag="charter.taken"):
    """Show log: somebody wants this show to go by the published charter; the house answers with `charter.adopted`."""


class CharterAdopted(Fact, frozen=True, kw_only=True, tag="charter.adopted"):
    """Show log: from now on this show goes by this version, all of which stands here. None: by the table the house came with."""

    version: int
    charter: Charter | None = None
