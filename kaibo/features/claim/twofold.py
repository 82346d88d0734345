"""A comment that may be meant in two ways: which of several things is wanted, or which of them is given up. Then nothing is done, and it is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaibo.features.claim.tokens import Token

THINGS = ("product", "variant", "part")
SILENT = ("space", "plus", "emote", "size", "each")
JOINS = "、/"  # what stands between things of one sentence
_EITHER = re.compile(r"或者?|或是|or")  # between two things, and between a thing and a second number
_ELSE = re.compile(
    r"还是|不然|要不然?|否则|没有的?话?就?|otherwise|else|if(?:none|not?)?"
)  # between two things alone: 还是+1 is no choice
_THIS = re.compile(r"(?:这|那)(?:个|款|件|支|双|条)?(?:我|就|都|先)?")


@dataclass(slots=True)
class _Piece:
    """A thing, a number, a word of wanting or of giving up; `said`: what stands before it that is no part of an order."""

    kind: str
    said: str = ""
    counted: bool = False


def twofold(tokens: Sequence[Token]) -> bool:
    """Whether it says two things of which only one can be meant."""
    return any(_chooses(pieces) or _tears(pieces) for pieces in _sentences(tokens))


def _sentences(tokens: Sequence[Token]) -> list[list[_Piece]]:
    """What counts of each sentence; a product and what it comes in are one thing."""
    found: list[list[_Piece]] = [[]]
    said = ""
    for token in tokens:
        if token.kind in ("junk", "filler"):
            said += token.text
        elif token.kind == "hard" and token.text not in JOINS:
            found.append([])
            said = ""
        elif token.kind not in SILENT:
            _take(found[-1], token, said)
            said = ""
    return found


def _take(pieces: list[_Piece], token: Token, said: str) -> None:
    before = pieces[-1] if pieces and pieces[-1].kind == "thing" and not said else None
    if before is not None and token.kind == "number":
        before.counted = True
    elif before is None or before.counted or token.kind not in ("variant", "part"):  # B2 粉 is one thing
        pieces.append(_Piece("thing" if token.kind in THINGS else token.kind, said))


def _chooses(pieces: Sequence[_Piece]) -> bool:
    """A01+1 或 A12+1: one of them."""
    first = next((place for place, piece in enumerate(pieces) if piece.kind == "thing"), len(pieces))
    return any(_is_other(piece, pieces[place:]) for place, piece in enumerate(pieces) if place > first)


def _is_other(piece: _Piece, rest: Sequence[_Piece]) -> bool:
    """Whether it begins what may be instead of that before it: a thing, or a number for it."""
    choice = _EITHER.fullmatch(piece.said) is not None
    thing = bool(_things(rest)) and piece.kind in ("thing", "prefix", "cancel")
    return (choice and piece.kind == "number") or (thing and (choice or _ELSE.fullmatch(piece.said) is not None))


def _tears(pieces: Sequence[_Piece]) -> bool:
    """Whether it is not plain which of its things are given up."""
    at = next((place for place, piece in enumerate(pieces) if piece.kind == "cancel"), None)
    if at is None:
        return False
    before, after = _things(pieces[:at]), _things(pieces[at + 1 :])
    if not before:
        return bool(after) and (_THIS.fullmatch(pieces[at].said) is not None or _stops(pieces[at + 1 :], after))
    return any(not each.counted for each in before[:-1]) or _behind(
        before[-1], after, pieces[at:]
    )  # A01 A12 取消: also the first?


def _behind(before: _Piece, after: Sequence[_Piece], rest: Sequence[_Piece]) -> bool:
    """A01不要 A12+1 is plain; A12+1 不要A01 and 要A12不要A01 are not; nor is A01+1 取消一单, of which more may have been ordered."""
    if after:
        return before.counted or not after[0].counted
    return before.counted and any(piece.kind == "number" for piece in rest)


def _stops(pieces: Sequence[_Piece], things: Sequence[_Piece]) -> bool:
    """取消A01 我要A12, 取消A01 A12+1: the second is no part of what is given up."""
    places = [place for place, piece in enumerate(pieces) if piece.kind == "thing"]
    wants = any(piece.kind == "prefix" for piece in pieces[places[0] : places[-1]])
    return wants or len({each.counted for each in things}) > 1


def _things(pieces: Sequence[_Piece]) -> list[_Piece]:
    return [piece for piece in pieces if piece.kind == "thing"]
