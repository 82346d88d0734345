"""The tables of an archived show, as data: the writer fills them, `kaibo sql` names them, docs/archive.md is printed from them."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["int", "bigint", "instant", "text", "word"]
"""int 32 bits, bigint 64 bits, instant ms UTC, text as it is, word = text of few different values."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `rising` values grow from row to row and are stored as steps."""

    name: str
    kind: Kind
    comment: str
    rising: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table; rows are written in groups of `group`, so memory stays bounded however long the show."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    group: int = 65_536


SEQ = Column("seq", "bigint", "place of the fact in the show's log", rising=True)
PLATFORM_AT = Column("platform_at", "instant", "when it happened, by the platform's clock", rising=True)
MINOR = "in minor units of the show's currency"

TABLES: tuple[Table, ...] = (
    Table(
        "shows",
        "One row: the show itself.",
        (
            Column("show_id", "text", "id of the show"),
            Column("title", "text", "title"),
            Column("state", "text", "planned, live or ended when the archive was made"),
            Column("timezone", "text", "IANA name; `kaibo sql` shows instants in it"),
            Column("currency", "text", "ISO 4217"),
            Column("goal_gmv_minor", "bigint", f"goal of paid GMV, {MINOR}"),
            Column("starts_at", "instant", "planned start"),
            Column("ends_at", "instant", "planned end"),
            Column("aired_at", "instant", "went on air; null when it did not"),
            Column("ended_at", "instant", "ended; null while it runs"),
            Column("last_seq", "bigint", "the archive holds the log up to this fact"),
        ),
    ),
    Table(
        "events",
        "Every fact of the log. The columns of audience batches are left out of the payload: they are the table `audience`.",
        (
            SEQ,
            Column("logged_at", "instant", "when it was written down, by the server's clock", rising=True),
            Column("type", "word", "fact tag, such as `promo.approved`"),
            Column("actor", "word", "id of who did it"),
            Column("role", "word", "role they acted in"),
            Column("duty", "word", "duty of the charter they acted under"),
            Column("mode", "word", "live, rehearsal or simulated"),
            Column("cause", "bigint", "seq of the fact that led to it; null for none"),
            Column("payload", "text", "the fact as JSON: `payload->>'$.promo_id'`"),
        ),
    ),
    Table(
        "audience",
        "One row for each thing a viewer did, in the order of the log.",
        (
            SEQ,
            Column("item", "int", "place in its batch, by platform time", rising=True),
            PLATFORM_AT,
            Column("kind", "word", "comment, enter, leave, like, follow, click, view (of a product) or share"),
            Column("viewer", "int", "number of the viewer; `viewers` has the pseudonym"),
            Column("product_id", "word", "product it was about; null for none"),
            Column("count", "int", "how many at once (likes)"),
            Column("flow", "word", "where the viewer came from, as the platform tells; '' where nobody said"),
            Column("source", "word", "source that handed it in"),
            Column("room", "word", "room of the platform"),
        ),
        group=262_144,
    ),
    Table(
        "viewers",
        "One row for each viewer of the show.",
        (
            Column("viewer", "int", "dense number, in the order they were first seen", rising=True),
            Column("pseudonym", "text", "the platform's pseudonym; no contact data, ever"),
            Column("first_seq", "bigint", "seq of the batch in which they were first seen", rising=True),
        ),
        group=262_144,
    ),
    Table(
        "comments",
        "One row for each comment, with its words.",
        (
            SEQ,
            Column("comment", "int", "index among the comments of its batch; its address is `seq:comment`", rising=True),
            Column("item", "int", "its row in `audience`", rising=True),
            PLATFORM_AT,
            Column("viewer", "int", "number of the viewer"),
            Column("name", "text", "name as the platform shows it"),
            Column("text", "text", "what was said"),
            Column("source", "word", "source that handed it in"),
        ),
    ),
    Table(
        "orders",
        "One row for each thing a platform said of an order. Created and paid are two series, never mixed. An `edited` row says how the order reads "
        "from then on: it stands in place of the one before. What was given back of an order is the sum of its refunds, never above its payment; a refund without `order_lines` is money alone, the goods stayed sold. "
        "A `restated` row says that something told late changed what was said before: its worth and its `order_lines` are how the order was placed, and "
        "what was paid and given back by then stands in `order_now` alone, which holds the last word of each order: money is to be asked of it.",
        (
            SEQ,
            Column("what", "word", "created, edited, paid, cancelled, refunded or restated"),
            PLATFORM_AT,
            Column("platform", "word", "platform"),
            Column("order_id", "text", "the platform's order id"),
            Column("buyer", "text", "pseudonym of the buyer; '' when the platform hides it"),
            Column("amount_minor", "bigint", f"worth, {MINOR}; null for cancelled"),
            Column("currency", "word", "ISO 4217"),
            Column("cue_id", "word", "cue on air when it was placed, whenever it was told; '' for none"),
        ),
    ),
    Table(
        "order_now",
        "One row for each order, as all that was told of it reads, whenever it was told and in whatever order.",
        (
            Column("platform", "word", "platform"),
            Column("order_id", "text", "the platform's order id"),
            Column("buyer", "text", "pseudonym of the buyer; '' when the platform hides it"),
            Column("state", "word", "created, paid, cancelled or refunded (any of it)"),
            Column("placed_at", "instant", "when it was placed, by the platform's clock"),
            Column("created_minor", "bigint", f"worth when it was placed, {MINOR}"),
            Column("paid_at", "instant", "when it was paid; null when it was not"),
            Column("paid_minor", "bigint", f"what was paid, {MINOR}; 0 when nothing was"),
            Column("refunded_minor", "bigint", f"what was given back of that, {MINOR}"),
            Column("kept_minor", "bigint", "so much of it in money alone: the goods stayed sold"),
            Column("currency", "word", "ISO 4217"),
            Column("cue_id", "word", "cue on air when it was placed; '' for none"),
            Column("late", "word", "order or payment when that was told after the money was final, and counts nowhere; else ''"),
        ),
    ),
    Table(
        "order_lines",
        "One row for each product of each row of `orders`; one without units is money that no product explains: a coupon, or a line nobody could read.",
        (
            SEQ,
            Column("line", "int", "place in the order"),
            Column("what", "word", "created, edited, paid, cancelled, refunded or restated"),
            PLATFORM_AT,
            Column("platform", "word", "platform"),
            Column("order_id", "text", "the platform's order id"),
            Column("product_id", "word", "product"),
            Column("variant", "word", "variant; '' for none"),
            Column("quantity", "int", "units"),
            Column("price_minor", "bigint", f"for one unit, {MINOR}"),
        ),
    ),
    Table(
        "products",
        "One row for each product, as its card stood last.",
        (
            Column("product_id", "text", "id in the show"),
            Column("name", "text", "name"),
            Column("list_price_minor", "bigint", f"price before the show, {MINOR}"),
            Column("price_minor", "bigint", f"what a buyer paid last, {MINOR}"),
            Column("stock", "bigint", "stock at the start; null when unknown"),
            Column("stock_left", "bigint", "stock left; null when unknown"),
        ),
    ),
    Table(
        "cues",
        "One row for each cue of the rundown, as it stood last.",
        (
            Column("no", "int", "place in the rundown, from 1"),
            Column("cue_id", "text", "id of the cue"),
            Column("title", "text", "title"),
            Column("product_id", "text", "product; null for none"),
            Column("status", "text", "planned, live, done or skipped"),
            Column("planned_ms", "bigint", "planned length, ms"),
            Column("goal_gmv_minor", "bigint", f"goal of paid GMV, {MINOR}; null for none"),
        ),
    ),
    Table(
        "passes",
        "One row for each time a cue was on air.",
        (
            Column("seq", "bigint", "place of the fact in the show's log"),
            Column("pass_id", "text", "id of the pass"),
            Column("cue_id", "text", "cue"),
            Column("via", "text", "go, jump, skip or adlib"),
            Column("went_at", "instant", "on air from"),
            Column("ended_at", "instant", "until; null while it is"),
        ),
    ),
    Table(
        "promos",
        "One row for each proposal, and what became of it.",
        (
            Column("promo_id", "text", "id of the proposal"),
            Column("product_id", "text", "product"),
            Column("kind", "text", "price, gift or coupon"),
            Column("price_was_minor", "bigint", f"price before, {MINOR}"),
            Column("price_minor", "bigint", f"price proposed, {MINOR}"),
            Column("gift", "text", "gift; '' for none"),
            Column("stage", "text", "proposed, approved, rejected, withdrawn, applied, failed, ending, ended or lapsed"),
            Column("proposed_by", "text", "id of who proposed it"),
            Column("proposed_at", "instant", "proposed"),
            Column("settled_by", "text", "id of who settled it"),
            Column("toss", "text", "now or later, as a coin said; '' where nobody tossed one"),
            Column("tossed_by", "text", "id of who tossed it"),
            Column("applied_at", "instant", "confirmed by the shop; null when it was not"),
            Column("failure", "text", "why the shop refused; '' when it did not"),
            Column(
                "end_why", "text", "over, wrong (taken back), expired or show_ended (it never went on); '' while nobody ended it"
            ),
            Column("end_by", "text", "id of who ended it"),
            Column("ended_at", "instant", "the shop ended it; null when it did not"),
        ),
    ),
)
BY_NAME = {table.name: table for table in TABLES}


def print_tables() -> str:
    """docs/archive.md's tables, from the data above."""
    lines: list[str] = []
    for table in TABLES:
        lines += ["", f"### {table.name}", "", table.comment, "", "| column | kind | meaning |", "|---|---|---|"]
        lines += [f"| `{column.name}` | {column.kind} | {column.comment} |" for column in table.columns]
    return "\n".join(lines) + "\n"
