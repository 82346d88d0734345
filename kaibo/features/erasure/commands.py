"""What may be asked about erasing."""

from typing import Annotated, ClassVar

from msgspec import Meta

from kaibo.core.event import Command
from kaibo.features.erasure.facts import WaitsWhy

ErasureId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+(?!\n)$")]
Platform = Annotated[str, Meta(min_length=1, max_length=64)]
Reason = Annotated[str, Meta(max_length=200)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$")]
Number = Annotated[int, Meta(ge=0)]


class AskErasure(Command, frozen=True, kw_only=True, tag="erasure.ask"):
    """Erase what a viewer wrote. `who` is the house's digest of them, made by the route, under the key that `key` is a digest of: the pseudonym must not be in the log."""

    duty: ClassVar = "erasure.ask"
    routed: ClassVar = True
    erasure_id: ErasureId
    platform: Platform
    who: Digest
    key: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?(?!\n)$")] = ""
    reason: Reason = ""


class NoteErased(Command, frozen=True, kw_only=True, tag="erasure.note"):
    """So much of one show is to be erased now."""

    duty: ClassVar = "erasure.keep"
    erasure_id: ErasureId
    show_id: str
    comments: Number
    copies: Number


class WaitErasure(Command, frozen=True, kw_only=True, tag="erasure.wait"):
    """What is left waits for the end of these shows; for none, it is done."""

    duty: ClassVar = "erasure.keep"
    erasure_id: ErasureId
    show_ids: tuple[str, ...] = ()
    why: WaitsWhy = "words"


class FailErasure(Command, frozen=True, kw_only=True, tag="erasure.fail"):
    """It cannot be carried out."""

    duty: ClassVar = "erasure.keep"
    erasure_id: ErasureId
    code: str


class SweepNow(Command, frozen=True, kw_only=True, tag="erasure.sweep_now"):
    """Sweep the files though shows are on air: GO and comments wait as long as the log takes to be written."""

    duty: ClassVar = "erasure.ask"
