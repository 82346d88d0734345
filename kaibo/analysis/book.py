"""The definitions printed: docs/metrics.md for people, web/src/api/figures.json for the web. `python -m kaibo.analysis.book` writes both."""

from pathlib import Path

import msgspec

from kaibo.analysis.counters import COUNTERS, Counter
from kaibo.analysis.definitions import DEFINITIONS, Definition

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "metrics.md"
WEB = ROOT / "web" / "src" / "api" / "figures.json"
LANGUAGES = ("zh-Hant", "zh-Hans", "en")
WINDOWS = {
    "all": "whole show; newest 10 min; the 10 before",
    "whole": "whole show",
    "minute": "each minute's entrants",
    "now": "this instant",
}


def print_page() -> str:
    """docs/metrics.md."""
    head = [
        "# Figures",
        "",
        "Printed from `kaibo/analysis/definitions.py` and `counters.py` by `python -m kaibo.analysis.book`; a test keeps them the same.",
        "",
        "Every figure is (numerator − less) × scale ÷ denominator over raw counters, worked out in one place",
        "(`kaibo/analysis/evaluate.py`). A figure over nothing is unknown (—), never 0; a counter is 0 when nothing happened, and unknown",
        "while nobody told what it counts. Everything counts by platform time. Each tile shows the newest 10 minutes, the 10 before, the",
        "whole show, the median of the workspace's last 7 shows (sums: after as long on air; the others: whole shows), and the target.",
        "",
        "Money belongs to the show in which its order was placed, and counts when it is paid within seven days after the end; then it",
        "stands still. Orders placed later are `after_gmv`, those placed before going on air and before its planned start `before_gmv`; what is told when",
        "the money is final is an oddity and moves no figure. Refunds come off whenever they come. People, windows and curves stop at the end.",
        "Rates of a window are of one cohort; a share of more than all is of two crowds and has no value, only a mark (`mixed`); nor has one",
        "below whose line not all people stand, because a source that tells of viewers does not tell who comes in.",
        "",
        "| name | 繁 | 简 | en | numerator | denominator | basis | unit | window | over nothing | facts | seen elsewhere |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    rows = [_row(each) for each in DEFINITIONS]
    counters = [
        "",
        "## Counters",
        "",
        "| name | 繁 | 简 | en | one unit is | facts | counts | unknown until |",
        "|---|---|---|---|---|---|---|---|",
        *(_counter(each) for each in COUNTERS),
    ]
    return "\n".join([*head, *rows, *counters, ""])


def _row(each: Definition) -> str:
    above = f"`{each.numerator}`" + (f" − `{each.less}`" if each.less else "") + (f" × {each.scale:,}" if each.scale > 1 else "")
    below = f"`{each.denominator}`" if each.denominator else ""
    basis = " / ".join(dict.fromkeys(counter.basis for counter in each.counters))
    cells = (
        f'<a id="{each.name}"></a>`{each.name}`', *each.titles, above, below, basis, each.unit, WINDOWS[each.window],
        _nothing(each), ", ".join(f"`{tag}`" for tag in each.sources), each.elsewhere,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _nothing(each: Definition) -> str:
    """What it shows when nothing was counted below the line, or nobody told of what is counted."""
    until = [_until(counter) for counter in each.counters if _until(counter)]
    told = f"unknown until {', '.join(dict.fromkeys(until))}" if until else ""
    return "unknown" + (f"; {told}" if told else "") if each.when_zero == "none" else told or "0"


def _counter(each: Counter) -> str:
    facts = ", ".join(f"`{tag}`" for tag in each.sources)
    until = _until(each)
    return f"| `{each.name}` | {' | '.join(each.titles)} | {each.basis} | {facts} | {each.means} | {until} |"


def _until(each: Counter) -> str:
    """The fact without which nobody can know it, or what a source must tell."""
    told = " or ".join(f"`{telling}`" for telling in each.told_by)
    told += "".join(f", and all who do `{telling}`" for telling in each.and_by)
    return f"`{each.unknown_until}`" if each.unknown_until else f"a source tells {told}" if told else ""


def print_json() -> str:
    """The same for the web: no figure is explained in two places."""
    book = {
        "figures": {
            each.name: {
                "titles": dict(zip(LANGUAGES, each.titles, strict=True)),
                "unit": each.unit,
                "group": each.group,
                "numerator": each.numerator,
                "less": each.less,
                "denominator": each.denominator,
                "scale": each.scale,
                "window": each.window,
                "when_zero": each.when_zero,
                "sources": each.sources,
            }
            for each in DEFINITIONS
        },
        "counters": {
            each.name: {
                "titles": dict(zip(LANGUAGES, each.titles, strict=True)),
                "basis": each.basis,
                "unknown_until": each.unknown_until,
            }
            for each in COUNTERS
        },
    }
    return msgspec.json.format(msgspec.json.encode(book), indent=1).decode() + "\n"


def main() -> None:
    """Write both."""
    PAGE.write_text(print_page(), "utf-8")
    WEB.write_text(print_json(), "utf-8")


if __name__ == "__main__":
    main()
