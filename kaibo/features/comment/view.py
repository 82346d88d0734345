"""The newest comments, and the exact counters beside them."""

import msgspec


class CommentRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.window`, key `seq:index`, newest 300 of the show. `kind` is question, order, aftersales, praise or other; `product_id` the product it is about, "" if none."""

    at: int
    viewer: str
    name: str
    text: str
    source: str
    kind: str
    product_id: str
    state: str


class OpenQuestionRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.questions`, key `seq:index`: questions nobody has answered, newest 100. `answer` is the product sheet's, "" if it has none."""

    at: int
    name: str
    text: str
    product_id: str
    answer: str


class CommentCountRow(msgspec.Struct, frozen=True, kw_only=True):
    """View `comment.counts`, key `all`: exact counts of the whole show, whatever the window holds."""

    comments: int
    questions: int
    orders: int
    aftersales: int
    answered: int
    last_minute: int
