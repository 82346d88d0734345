"""Every text of every fact is either erased with its viewer or known to be ours: a fact nobody thought of is seen here."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from kaibo.core.erasing import Told, Viewer
from kaibo.core.event import Fact
from kaibo.core.feature import Feature, tag_of
from kaibo.features import FEATURES
from kaibo.features.audience.facts import AudienceBatch

NAME = "艾米莉亞"
TOLD = f"@{NAME}"  # as their name, as their words, and as the team mentions them
AMY = Viewer("amy", frozenset({"fb"}), "s1", frozenset({0}), {"1:0": Told(0, "")}, {TOLD: 0}, frozenset({NAME}))
# What tells whose words they are, as it stands in facts.
HERS = {"ref": "1:0", "comment_ref": "1:0", "viewer": "amy", "source": "fb", "buyer": "fb/amy", "key": "fb/amy", "show_id": "s1"}
# Texts in which no viewer speaks, and why. A name of a field holds everywhere; so a field that is called `text` or `note` is listed with its fact.
OURS = {
    "addresses and accounts": (
        "also", "comment_refs", "message_ids", "passed", "platform", "room", "staff", "undoes", "rule_ids", "show_ids", "who",
        "told_by", "people", "refund_id",
        "roster.line_ticked line", "roster.line_asked line", "roster.line_answered line",
    ),
    "words of the house": (
        "beacon", "beacon_source", "codes", "code", "commitment", "currency", "digest", "entrants_hash", "fields", "flow",
        "item_type", "last_10", "line_variant", "metric", "prev_10", "rank", "raw", "course", "removed", "roles", "seed", "state",
        "timezone", "unit", "variant", "version", "warning", "weights", "whole", "order.oddity kind", "order.oddity why", "effect.kept effects.kind",
        "workspace.warned data",
    ),
    "the team's people and plans": (
        "workspace.opened name", "workspace.person_added name", "workspace.person_renamed name",
        "label", "show.planned crew.name", "title", "show_title", "theme",
        "channel", "filename", "notes", "consoles", "stands_in", "grants", "reads", "skill", "split",
        "duties", "cells", "knows", "charter.published summary", "roster.shift_planned shift.name", "roster.shift_planned shift.part",
        *(f"{tag} charter.duties.evidence" for tag in ("charter.drafted", "charter.published", "charter.adopted")), "charter.duty_written duty.evidence",
        "duty.taken duty", "duty.taken answers", "duty.taken on_duty",
        "asking.asked command", "asking.asked duty", "asking.asked answers", "asking.asked key",
        "workspace.provider_set issuer", "workspace.provider_set domains", "workspace.provider_set groups",
        *(f"{tag} charter.roles.name" for tag in ("charter.drafted", "charter.published", "charter.adopted")), "charter.role_written role.name",
    ),
    "the shop's goods, prices and rundown": (
        "assistant_action", "certificates", "extra", "fallback", "gift", "host_lines", "mechanism", "must_not_say",
        "operations_action", "proof", "selling_points",
        "tech_action", "values", "variants", "prize", "draw.prepared prizes.name", "draw.prepared keyword", "keywords",
        "product.added product.name", "product.edited product.name", "product.added product.doubts.question",
        "product.added product.doubts.answer", "product.edited product.doubts.question", "product.edited product.doubts.answer",
    ),
    "word lists, which hold words and not who wrote them": (
        "moderation.words_added rules.text", "moderation.rules_taken added.text", "platforms", "phrases", "allowed", "disallowed",
    ),
    "why the team decided so: its own words about its own work": (
        "expected", "detail", "alarm.move_rejected reason",
        "erasure.asked reason", "metric.spend_entered rows.note", "order.cancel_asked reason", "order.cancel_refused reason",
    ),
    "what the team has to do": ("depends_on", "template", "task.file_left file.kind"),
    "what a review knows of the team": (
        "month", "review.refused command", "review.refused duty",
    ),
}  # fmt: skip


def leaves(kind: Any, path: str = "") -> Iterator[str]:
    """Where texts stand in a type: `hits.name`."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is str or kind is Any:
        yield path
    elif origin is Annotated:
        yield from leaves(parts[0], path)
    elif origin in (Union, UnionType, tuple, list, dict):
        for part in parts:
            if part not in (NoneType, ...):
                yield from leaves(part, path)
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind, include_extras=True)
        for name in kind.__struct_fields__:
            yield from leaves(hints[name], f"{path}.{name}" if path else name)
    else:
        assert origin is Literal or kind in (int, float, bool, bytes, ...), (kind, path)


def filled(kind: Any, planted: set[str], path: str = "") -> Any:
    """A value of a type: hers by every address, with her name wherever it is planted."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is str or kind is Any:
        return TOLD if path in planted else HERS.get(path.rpartition(".")[2], "x")
    if origin is Annotated:
        return filled(parts[0], planted, path)
    if origin in (Union, UnionType):
        return filled(next(part for part in parts if part is not NoneType), planted, path)
    if origin is Literal:
        return parts[0]
    if origin in (tuple, list):
        return origin(filled(part, planted, path) for part in parts if part is not ...)
    if origin is dict:
        return {filled(parts[0], planted, path): filled(parts[1], planted, path)}
    if issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind, include_extras=True)
        return kind(**{name: filled(hints[name], planted, f"{path}.{name}" if path else name) for name in kind.__struct_fields__})
    return kind()


def unsaid(features: Iterable[Feature], ours: Iterable[str]) -> list[str]:
    """`tag path` of the texts that are neither erased nor ours. `ours` are names of fields, or a tag and a path."""
    found: list[str] = []
    features = tuple(features)
    known = {*ours, *HERS, *(place for feature in features for place in feature.ours)}
    for feature in features:
        for kind in feature.facts:
            for path in dict.fromkeys(leaves(kind)):
                place = f"{tag_of(kind)} {path}"
                name = path.rpartition(".")[2]
                if name not in known and not name.endswith("_id") and place not in known and not erases(feature, kind, path):
                    found.append(place)
    return found


def erases(feature: Feature, kind: type[Fact], path: str) -> bool:
    eraser = feature.erases.get(kind)
    if eraser is None:
        return False
    fact = filled(kind, {path})
    assert NAME.encode() in msgspec.json.encode(fact)
    return NAME.encode() not in msgspec.json.encode(eraser(fact, 1, AMY))


def ours() -> set[str]:
    of_features = {place for feature in FEATURES for place in feature.ours}
    return of_features | {name for names in OURS.values() for name in names}


def test_every_text_of_every_fact_is_erased_or_ours() -> None:
    assert unsaid(FEATURES, ours()) == []


def test_what_is_said_to_be_ours_is_there() -> None:
    """A line for a field that is gone would hide the next one of that name."""
    places = {f"{tag_of(kind)} {path}" for feature in FEATURES for kind in feature.facts for path in leaves(kind)}
    there = places | {place.partition(" ")[2].rpartition(".")[2] for place in places}
    assert ours() - there == set()


class Remarked(Fact, frozen=True, kw_only=True, tag="toy.remarked"):
    """A fact that copies what a viewer said, and of which nobody thought."""

    comment_ref: str
    remark: str


def test_a_fact_nobody_thought_of_is_seen() -> None:
    toy = replace(FEATURES[0], name="toy", facts=(Remarked,), erases={})
    assert unsaid([toy], ours()) == ["toy.remarked remark"]
    assert unsaid([replace(toy, ours=("toy.remarked remark",))], ours()) == []
    deaf = replace(toy, erases={Remarked: lambda fact, seq, viewer: fact})
    assert unsaid([deaf], ours()) == ["toy.remarked remark"]


def test_an_eraser_that_is_taken_away_is_missed() -> None:
    """Each of them is there for something."""
    for feature in FEATURES:
        for kind in feature.erases:
            if kind is not AudienceBatch:  # its words are packed: the law of erasing opens them
                without = replace(feature, erases={one: eraser for one, eraser in feature.erases.items() if one is not kind})
                assert unsaid([without], ours()), kind
