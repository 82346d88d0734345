"""What a viewer wrote was to be erased, and how far that came. Who it was stands here under a keyed digest alone."""

from kaibo.core.event import Fact


class ErasureAsked(Fact, frozen=True, kw_only=True, tag="erasure.asked"):
    """An owner asked to erase what a viewer of a platform wrote, and their names.

    `who` is a digest of platform and pseudonym under the key of this house: they are known again by it, and by nobody who has the log alone.
    """

    erasure_id: str
    platform: str
    who: str
    reason: str


class ShowErased(Fact, frozen=True, kw_only=True, tag="erasure.show_erased"):
    """In one show (""; the workspace) so many comments, and so many facts that held copies or the name, are erased from here on."""

    erasure_id: str
    show_id: str
    comments: int
    copies: int


class ErasureWaits(Fact, frozen=True, kw_only=True, tag="erasure.waits"):
    """All else is erased; these shows are on air and come after their end. None left: it is done, and the files are swept."""

    erasure_id: str
    show_ids: tuple[str, ...] = ()
