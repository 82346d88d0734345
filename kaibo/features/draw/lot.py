"""The lot itself. Pure, short, and written out in docs/draws.md: the checking page does the same in the browser."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Sequence

from kaibo.core.script import one_spelling
from kaibo.features.draw.facts import Prize


def plain(text: str) -> str:
    """How keyword and comment are compared: in one spelling, as orders are read, without white space.

    A keyword that is nothing but a sign which orders pass over (💯) is compared as it is written.
    """
    spelt = "".join(one_spelling(text).split())
    return spelt or "".join(unicodedata.normalize("NFKC", text).casefold().split())


def commitment_of(seed: str) -> str:
    """SHA-256 of the seed's bytes (`seed` in hexadecimal)."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def entrants_hash(keys: Iterable[str]) -> str:
    """SHA-256 of the keys in UTF-8, sorted by their bytes, each followed by a line feed."""
    lines = sorted(key.encode() + b"\n" for key in keys)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def order_of(keys: Sequence[str], *, seed: str, draw_id: str, frozen: str, beacon: str) -> list[str]:
    """All entrants in the order of the draw: by HMAC-SHA-256(seed, draw_id LF entrants_hash LF beacon LF key), smallest first."""
    head = f"{draw_id}\n{frozen}\n{beacon}\n".encode()
    secret = bytes.fromhex(seed)
    return sorted(keys, key=lambda key: hmac.digest(secret, head + key.encode(), "sha256"))


def prize_of(prizes: Sequence[Prize], rank: int) -> str | None:
    """Which prize the n-th in order wins, None when they are all gone."""
    for prize in prizes:
        if rank < prize.count:
            return prize.name
        rank -= prize.count
    return None
