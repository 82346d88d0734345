"""What does not fit a field, as people say it: the decoder tells it in one line of English."""

import re
from collections.abc import Mapping

# A line of the decoder, and the key of the words for it; `n` is a bound, `name` a field or a value, `wanted` kinds of values.
_LINES = (
    (re.compile(r"Expected `str` of length <= (?P<n>\d+)"), "why.signs_most"),
    (re.compile(r"Expected `str` of length >= 1"), "why.blank"),
    (re.compile(r"Expected `str` of length >= (?P<n>\d+)"), "why.signs_least"),
    (re.compile(r"Expected `(?:array|object)` of length <= (?P<n>\d+)"), "why.entries_most"),
    (re.compile(r"Expected `(?:array|object)` of length >= (?P<n>\d+)"), "why.entries_least"),
    (re.compile(r"Expected `(?:int|float)` <= (?P<n>\S+)"), "why.number_most"),
    (re.compile(r"Expected `(?:int|float)` >= (?P<n>\S+)"), "why.number_least"),
    (re.compile(r"Expected `(?:int|float)` < (?P<n>\S+)"), "why.number_below"),
    (re.compile(r"Expected `(?:int|float)` > (?P<n>\S+)"), "why.number_above"),
    (re.compile(r"Expected `str` matching regex .*|Invalid base64 encoded string"), "why.form"),
    (re.compile(r"Expected `(?P<wanted>[^`]+)`, got `\S+`"), "why.kind"),
    (re.compile(r"Object missing required field `(?P<name>.+)`"), "why.missing"),
    (re.compile(r"Object contains unknown field `(?P<name>.+)`"), "why.unknown"),
    (re.compile(r"Invalid (?:enum )?value '?(?P<name>.*?)'?"), "why.choice"),
)
_PLACE = re.compile(r"(?P<what>.*?)(?: - at `(?P<key>key in )?\$\.?(?P<where>[^`]*)`)?", re.DOTALL)


def placed(line: str) -> tuple[str, str]:
    """A line of the decoder, and where the value stands ("" for the whole): `lines[0].quantity`."""
    found = _PLACE.fullmatch(line)
    return (found["what"], found["where"] or "") if found else (line, "")


def misread(line: str, known: Mapping[str, str]) -> str:
    """What the decoder says in the words of a language, with the place before it; any other line as it is."""
    what, where = placed(line)
    for pattern, key in _LINES:
        if found := pattern.fullmatch(what):
            told = known[key].format(**{name: _said(name, value, known) for name, value in found.groupdict().items()})
            return f"{where}{known['core.colon']}{told}" if where else told
    return known.get(f"why.{line}", line)


def _said(name: str, value: str, known: Mapping[str, str]) -> str:
    if name == "wanted":
        return known["why.or"].join(known.get(f"why.kind.{kind}", kind) for kind in value.split(" | "))
    return value.removesuffix(".0") if name == "n" else value
