"""What a viewer wrote was to be erased, and how far that came. Who it was stands here under a keyed digest alone."""

from typing import Literal

from kaibo.core.event import Fact

WaitsWhy = Literal["words", "file"]
"""words: the viewer was heard in shows that are on air; file: all is erased in the logs, and traces stay in the file until nobody is on air."""


class ErasureAsked(Fact, frozen=True, kw_only=True, tag="erasure.asked"):
    """An owner asked to erase what a viewer of a platform wrote, and their names.

    `who` is a digest of platform and pseudonym under the key of this house: they are known again by it, and by nobody who has the log alone.
    `key` is a digest of that key: under another one nobody would be found. "" in a log of before.
    """

    erasure_id: str
    platform: str
    who: str
    reason: str
    key: str = ""


class ShowErased(Fact, frozen=True, kw_only=True, tag="erasure.show_erased"):
    """In one show (""; the workspace) so many comments, and so many facts that held copies or the name, are erased from here on."""

    erasure_id: str
    show_id: str
    comments: int
    copies: int


class ErasureWaits(Fact, frozen=True, kw_only=True, tag="erasure.waits"):
    """All else is erased; `why` it waits for the end of these shows. None left: it is done, and the files are swept."""

    erasure_id: str
    show_ids: tuple[str, ...] = ()
    why: WaitsWhy = "words"


class SweepAsked(Fact, frozen=True, kw_only=True, tag="erasure.sweep_asked"):
    """An owner does not wait until nobody is on air: the files are swept now, and whoever writes waits meanwhile."""


class ErasureFailed(Fact, frozen=True, kw_only=True, tag="erasure.failed"):
    """It cannot be carried out, for the reason of this code: what is not erased by now stays."""

    erasure_id: str
    code: str
