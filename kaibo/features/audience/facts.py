"""The audience stream: hundreds to tens of thousands of small things a second, sealed in batches."""

from kaibo.core.event import Fact


class AudienceBatch(Fact, frozen=True, kw_only=True, tag="audience.batch"):
    """Audience events of one source sealed together, columnar and compressed.

    `columns` is zlib over msgpack of kaibo.features.audience.columns.Columns. Counts stand outside so that
    readers who need only them do not unpack. A comment's address is `(seq, index)`, index within the batch.
    `viewer_base` is how many viewers the show knew before; `new_viewers` in the columns extend the show's table
    of pseudonyms, so a viewer is a small dense number everywhere in this log. `message_ids` of the items that had one:
    what is told twice is known again after a restart.
    """

    source: str
    room: str
    count: int
    comments: int
    first_at: int
    last_at: int
    viewer_base: int
    columns: bytes
    duplicates: int = 0
    lag_ms: int = 0
    message_ids: tuple[str, ...] = ()
