"""What the host must see now, and nothing else."""

import msgspec


class HostRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `prompter.host`, one row, key `now`. Countdown comes from `rundown.on_air`; price, stock from the product. `promo_state` is "", approved (waiting for the shop), applied or failed."""

    show_state: str
    cue_id: str | None
    cue_title: str
    cue_type: str
    host_lines: tuple[str, ...]
    must_not_say: tuple[str, ...]
    next_title: str
    product_id: str | None
    product_name: str
    list_price_minor: int | None
    price_minor: int | None
    currency: str
    stock_left: int | None
    promo_state: str
    promo_price_minor: int | None
    promo_gift: str
    promo_at: int | None
    message: str
    message_at: int | None
    signal: str


class QuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `prompter.questions`, key question_id: those that wait, oldest first by `handed_at`."""

    question_id: str
    text: str
    answer: str
    asked_by: str
    product_id: str | None
    comment_ref: str | None
    handed_at: int
