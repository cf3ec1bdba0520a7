"""Charts: the low-high band of each metal's domestic quotes, where it was quoted on two days."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from touchstone.publish.bulletin.issue import Issue
from touchstone.publish.draw import svg
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


def test_a_band_is_broken_over_a_holiday_and_over_a_refused_quote_and_the_gaps_are_told(make: Make) -> None:
    text = (
        "国内铋锭9月27日报54000-55000元/吨，9月28日报54500-55500元/吨，10月7日报54500-55500元/吨，"
        "10月10日报55500-54500元/吨，10月12日报54600-55600元/吨，10月13日报54800-55800元/吨。"
    )
    [figure] = charts(make({"2023-10-13": text}, date(2023, 10, 13)))
    assert figure.zh.note == "断开处：9月29日—10月6日休市，10月10日报价未采用。"
    assert figure.en.note == "Gaps: closed 29 Sep to 6 Oct, quote of 10 Oct left out."
    [band] = figure.zh.series
    assert [figure.zh.x[place] for place in sorted(band.broken)] == ["2023-09-29", "2023-10-10"]
    assert all(band.values[place] is None for place in band.broken)
    drawn = svg(figure.zh, "zh")
    [area] = re.findall(r'fill-opacity=".16" d="([^"]+)"', drawn)
    assert area.count("M") == area.count("z") == 2
    assert "共 5 期" in figure.alt.zh


def test_a_weekend_breaks_no_band(make: Make) -> None:
    texts = {"2020-10-09": "国内铋锭报41000-42000元/吨。", "2020-10-12": "国内铋锭报41000-42000元/吨。"}
    [figure] = charts(make(texts | {FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。"}))
    assert figure.zh.series[0].broken == frozenset() and figure.zh.note == ""
