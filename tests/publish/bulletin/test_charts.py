"""Charts: the low-high band of each metal's domestic quotes, where it was quoted on two days."""

from collections.abc import Callable
from decimal import Decimal

from touchstone.publish.bulletin.issue import Issue
from touchstone.publish.report.report import Figure

from .conftest import BEFORE, FRIDAY

Make = Callable[..., Issue]


def charts(issue: Issue) -> list[Figure]:
    return [block for block in issue.report.blocks if isinstance(block, Figure)]


def test_a_metal_quoted_on_two_days_has_a_band_in_both_languages(make: Make) -> None:
    issue = make(
        {
            BEFORE.isoformat(): "国内铋锭报41000-42000元/吨。",
            FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。",
        }
    )
    [figure] = charts(issue)
    assert (figure.zh.kind, figure.zh.title, figure.zh.unit) == ("range", "国内铋报价", "元/吨")
    assert (figure.en.title, figure.en.unit) == ("Bismuth: domestic quotes", "yuan/t")
    assert figure.zh.x == ("2020-10-09", "2020-10-16")
    [band] = figure.zh.series
    assert (band.values, band.highs) == (
        (Decimal(41000), Decimal(41500)), (Decimal(42000), Decimal(42500)),
    )  # fmt: skip
    assert "41500" in figure.alt.zh or "41000" in figure.alt.zh
    assert figure.zh.sources == ("1", "2")


def test_a_metal_quoted_once_has_none(make: Make) -> None:
    assert charts(make({FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。"})) == []


def test_products_in_one_unit_share_a_chart_and_a_day_without_a_quote_is_a_gap(make: Make) -> None:
    issue = make({
        BEFORE.isoformat(): "国内铋锭报41000-42000元/吨。",
        FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。国内氧化铋报45000-46000元/吨。",
    })  # fmt: skip
    [figure] = charts(issue)
    assert [(t.name, t.values[0]) for t in figure.zh.series] == [("铋锭", Decimal(41000)), ("氧化铋", None)]


def test_quotes_of_more_than_half_a_year_ago_are_not_drawn(make: Make) -> None:
    issue = make({
        "2020-01-10": "国内铋锭报51000-52000元/吨。", BEFORE.isoformat(): "国内铋锭报41000-42000元/吨。",
        FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。",
    })  # fmt: skip
    assert charts(issue)[0].zh.x[0] == "2020-10-09"
