"""People who did something are not all that watched, and shares of them are none: in the report, on paper and in the workbook."""

from kaibo.features.audience.commands import AudienceItem
from kaibo.features.report.report import Report
from kaibo.features.report.sections import sections
from kaibo.features.report.tests.test_report import START, Evening, planned, read
from kaibo.features.report.tests.test_report_whole import paper_of
from kaibo.features.show.facts import ShowAired


def said(count: int, kind: str = "comment", of: str = "v") -> tuple[AudienceItem, ...]:
    return tuple(AudienceItem(kind=kind, at=START + 60_000, viewer=f"{of}{n}", product_id="A") for n in range(count))  # pyright: ignore[reportArgumentType]


def evening() -> Evening:
    return planned().at(0, ShowAired(show_id="r")).crowd(1, *said(5)).crowd(1, *said(3, "view")).crowd(1, *said(2, "click"))


def whole_of(told: Evening) -> Report:
    return told.crowd(1, *said(5, "enter")).report()


def funnel_note(made: Report) -> str:
    told = sections(made, lambda code, **_: code.removeprefix("report."), "en")
    return next(section.note for section in told if section.title == "funnel")


def steps(made: Report) -> dict[str, tuple[float | None, float | None, bool]]:
    return {step.step: (step.people, step.through, step.mixed) for step in made.funnel}


def test_of_a_show_that_only_tells_comments_nobody_says_how_many_watched() -> None:
    made = evening().report()
    assert (made.summary["uv"].value, made.summary["uv"].instead) == (5, "did_u")
    assert steps(made) == {
        "shown": (None, None, False),
        "acted": (5, None, False),
        "saw": (3, None, False),
        "clicked": (2, 2 / 3, False),
        "ordered": (None, None, False),
        "paid": (None, None, False),
    }
    book, paper = read(made), paper_of(made)
    assert next(row for row in book["summary"] if row[1] == 5 and row[2] == "acted")[0] == "viewers who did anything"
    assert "viewers" not in {row[0] for row in book["summary"]}
    assert book["funnel"][2][:2] == ("step_acted", 5)
    assert "did_u" in book["sources"][0]
    assert "uv" not in book["sources"][0]
    assert "有動作的人數" in paper
    assert "觀看人數" not in paper


def test_where_one_source_tells_who_comes_and_another_does_not_the_shares_are_of_two_crowds() -> None:
    whole = evening().crowd(1, *said(5, "enter"))
    assert (steps(whole.report())["saw"], whole.report().summary["uv"].instead) == ((3, 0.6, False), "")
    made = whole.crowd(2, *said(20, of="y"), source="fb").buys(2, "1").report()
    assert steps(made)["saw"] == (3, None, True)
    assert steps(made)["ordered"] == (1, 0.5, True)
    conversion = made.summary["conversion"]
    assert (conversion.value, conversion.numerator, conversion.denominator, conversion.mixed) == (None, 1, 25, True)
    remarks = {row[0]: row[2] for row in read(made)["summary"]}
    assert remarks["conversion"] == "1 / 25　mixed　uncome"
    assert remarks["peak online"] == "partly"
    assert (made.summary["pv"].value, made.summary["pv"].partly) == (5, True)  # 25 people, and 5 times: of the first source alone
    assert "step_entered · times · partly" in funnel_note(made)
    assert "partly" not in funnel_note(whole_of(evening()))
    assert (made.summary["stay_s"].denominator, made.summary["stay_s"].mixed) == (5, False)
    paper = paper_of(made)
    assert "1/25" in paper
    assert "不是同一群人" in paper
