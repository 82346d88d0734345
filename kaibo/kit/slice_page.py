"""docs/slices.md: every slice there is, whose it is, what it holds, and who stands on it, printed from the features."""

import inspect
import sys
from collections.abc import Iterable, Sequence
from typing import get_type_hints

from kaibo.core.feature import Feature, tag_of
from kaibo.core.slice import Slice, with_those_below

HEAD = """# Slices

Printed from the features by `make api`; a test keeps them the same. What a slice is: [decision 0016](decisions/0016-slices.md).
"""


def print_slices(features: Sequence[Feature]) -> str:
    """The page, in Markdown: by owner, in the order of the features."""
    slices = with_those_below(each for feature in features for each in _all_under(feature))
    order = [feature.name for feature in features]
    parts = [_part(each, features, slices) for each in sorted(slices, key=lambda each: order.index(owner_of(each)))]
    return "\n".join([HEAD, *parts])


def owner_of(wanted: Slice[object]) -> str:
    """The feature that folds it."""
    return wanted.fold.__module__.split(".")[2]


def _all_under(feature: Feature) -> Iterable[Slice[object]]:
    yield from feature.over
    for view in feature.views:
        yield from view.over


def _part(wanted: Slice[object], features: Sequence[Feature], slices: Sequence[Slice[object]]) -> str:
    constants = {each.name: _constant(each) for each in slices}
    lines = [
        f"## {constants[wanted.name]}",
        "",
        f"`{wanted.name}`, of {owner_of(wanted)}. {_holds(wanted)}",
        "",
        f"- Reads: {_listed(f'`{tag_of(fact)}`' for fact in wanted.reads)}",
        f"- Over: {_listed(constants[each.name] for each in wanted.over)}",
        f"- Under slices: {_listed(constants[each.name] for each in slices if wanted in each.over)}",
        f"- Under rules: {_listed(feature.name for feature in features if wanted in feature.over)}",
        f"- Under views: {_listed(f'`{view.name}`' for feature in features for view in feature.views if wanted in view.over)}",
        "",
    ]
    return "\n".join(lines)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def _constant(wanted: Slice[object]) -> str:
    """What code calls it: `OFFER`."""
    modules = [module for name, module in sys.modules.items() if name.startswith(f"kaibo.features.{owner_of(wanted)}.")]
    return next(name for module in modules for name, value in vars(module).items() if value is wanted)


def _holds(wanted: Slice[object]) -> str:
    """What its state says of itself."""
    kind = wanted.state if inspect.isclass(wanted.state) else get_type_hints(wanted.state)["return"]
    return " ".join((inspect.getdoc(kind) or "").split())
