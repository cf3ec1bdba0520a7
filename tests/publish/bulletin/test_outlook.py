"""The outlook follows from declared rules; a rule that lacks its figures says nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from touchstone.errors import UnreadableFile
from touchstone.publish.bulletin.issue import Issue, Known, issue_of
from touchstone.publish.bulletin.outlook import outlook, outlook_rules
from touchstone.publish.bulletin.week import Week
from touchstone.publish.report.report import Sentence

from .conftest import FRIDAY

WEEK = date(2020, 10, 9)
SHIPPED = Path(__file__).parents[3] / "src" / "touchstone" / "data" / "bulletins" / "outlook.toml"


def fridays(prices: list[str], last: date = date(2020, 9, 25)) -> dict[str, str]:
    """One bulletin a week up to a day, each with the price of bismuth."""
    days = [last - timedelta(weeks=n) for n in range(len(prices))][::-1]
    return {day.isoformat(): f"国内铋锭报{price}元/吨。" for day, price in zip(days, prices, strict=True)}


def rules_said(week: Week) -> list[Sentence]:
    return list(outlook(week, outlook_rules()).sentences)


def test_breadth_counts_what_rose_fell_and_did_not_move(sample: Known) -> None:
    issue = issue_of(WEEK, sample, ("zh", "en"))
    said = next(s for s in issue.report.sentences() if s.rule == "outlook.breadth")
    values = [int(issue.week.facts[id].value) for id in said.facts]
    assert values[0] == sum(values[1:]) and said.kind == "rule"
    directions = [told.direction for told in issue.week.told.values() if told.direction is not None]
    assert values == [len(directions), directions.count(1), directions.count(-1), directions.count(0)]
    assert "以平稳为主" in said.text.zh and "mostly steady" in said.text.en


def test_with_few_quotations_there_is_no_breadth(gather: Callable[..., Week]) -> None:
    assert rules_said(gather(fridays(["41000-42000", "41500-42500"]), date(2020, 9, 25))) == []


def test_three_weeks_in_one_direction_are_a_trend(gather: Callable[..., Week]) -> None:
    week = gather(fridays(["40000", "41000", "42000", "43000"]), date(2020, 9, 25))
    [said] = rules_said(week)
    assert said.rule == "outlook.trend"
    assert said.text.zh == "国内市场铋锭均价已连续3周上涨，累计涨幅7.50%，走势偏强。"
    assert said.text.en.endswith("has been up for 3 weeks running, up 7.50% in all: the trend is firm.")


@pytest.mark.parametrize(
    "prices",
    [["41000", "42000", "43000"], ["40000", "42000", "42000", "43000"], ["43000", "41000", "42000", "43000"]],
)
def test_fewer_weeks_a_standstill_or_a_turn_are_no_trend(
    gather: Callable[..., Week], prices: list[str]
) -> None:
    assert rules_said(gather(fridays(prices), date(2020, 9, 25))) == []


def test_a_range_far_wider_than_before_says_that_trade_is_thin(gather: Callable[..., Week]) -> None:
    week = gather(fridays([*["41000-42000"] * 8, "40500-42500"]), date(2020, 9, 25))
    said = outlook(week, outlook_rules())
    [sentence] = said.sentences
    assert sentence.rule == "outlook.spread" and "价差扩大" in sentence.text.zh
    numbers = [next(f.value for f in said.facts if f.id == id) for id in sentence.facts]
    assert [str(n) for n in numbers] == ["4.82", "8", "2.41"]


def test_an_ordinary_range_says_nothing(gather: Callable[..., Week]) -> None:
    assert rules_said(gather(fridays([*["41000-42000"] * 8, "41000-42100"]), date(2020, 9, 25))) == []


def test_every_number_of_the_outlook_opens_to_the_quotes_behind_it(gather: Callable[..., Week]) -> None:
    week = gather(fridays(["40000", "41000", "42000", "43000"]), date(2020, 9, 25))
    for fact in outlook(week, outlook_rules()).facts:
        assert fact.status == "derived" and fact.parents
        assert all(parent in week.facts for parent in fact.parents)


def test_quotes_of_many_months_are_no_run_of_weeks(gather: Callable[..., Week]) -> None:
    days = ("2019-07-26", "2019-11-15", "2020-03-13", "2020-09-25")
    texts = {day: f"国内铋锭报4{n}000元/吨。" for n, day in enumerate(days)}
    assert rules_said(gather(texts, date(2020, 9, 25))) == []


def test_a_run_with_a_week_that_nobody_quoted_is_counted_in_quotes(gather: Callable[..., Week]) -> None:
    texts = fridays(["39000", "40000", "41000", "42000", "43000"])
    del texts["2020-09-11"]
    [said] = rules_said(gather(texts, date(2020, 9, 25)))
    assert "已连续3次上涨" in said.text.zh and "up for 3 quotes running" in said.text.en


def test_a_workspace_may_set_its_own_thresholds(make: Callable[..., Issue], tmp_path: Path) -> None:
    own = SHIPPED.read_text(encoding="utf-8").replace("quotations = 5", "quotations = 1")
    (tmp_path / "outlook.toml").write_text(own, encoding="utf-8")
    text = "国内铋锭报41500元/吨，均价较上周五下跌100元/吨。"
    issue = make({FRIDAY.isoformat(): text})
    assert [s.rule for s in issue.report.sentences() if s.kind == "rule"] == ["outlook.breadth"]


@pytest.mark.parametrize("broken", ["trend = 3", "[trend]\nweeks = 'x'", "[trend", ""])
def test_rules_that_cannot_be_used_say_why(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "outlook.toml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        outlook_rules(path)
    assert caught.value.code == "BULLETIN-002" and caught.value.zh


@pytest.mark.parametrize("place", ["{nonsense}", "{market.zh}", "{0}", "{"])
def test_a_place_that_a_rule_cannot_fill_is_told(tmp_path: Path, place: str) -> None:
    path = tmp_path / "outlook.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace("{product}", place), encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        outlook_rules(path)
    assert caught.value.code == "BULLETIN-002"
