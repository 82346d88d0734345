"""What a viewer wrote, out of a batch. Who came, when and how often stays: it stands in numbers."""

from collections.abc import Mapping

from msgspec.structs import replace

from kaibo.core.erasing import Eraser, Told, Viewer
from kaibo.core.event import Fact
from kaibo.features.audience.columns import erased, unpack
from kaibo.features.audience.facts import AudienceBatch

UNTOLD = Told(0, "")  # of what was never read


def unsaid(batch: AudienceBatch, seq: int, viewer: Viewer) -> AudienceBatch:
    """The batch without their comments; what is erased already is left."""
    if not viewer.numbers or not batch.comments:
        return batch
    columns = unpack(batch.columns)
    theirs = [index for index, number in enumerate(columns.comments_by) if number in viewer.numbers and index not in columns.told]
    if not theirs:
        return batch
    told = {index: viewer.refs.get(f"{seq}:{index}", UNTOLD) for index in theirs}
    return replace(batch, columns=erased(batch.columns, told))


ERASES: Mapping[type[Fact], Eraser] = {AudienceBatch: unsaid}
