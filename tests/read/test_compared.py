"""Columns headed 较1月24日, 较上周, vs 24 Jan are changes, not prices of that day."""

import pytest

from .conftest import read_words, said


def last_column(head: str, value: str = "+4000") -> tuple[str, str, str, str | None, str | None]:
    """Subject, measure, value, period and base of the figure under a head behind two columns of days."""
    text = f"国内价格\n品种\t单位\t10月13日\t10月14日\t{head}\n锑锭\t元/吨\t145000\t147000\t{value}\n"
    fact = read_words(text)[-1]
    return fact.subject, fact.measure, said(fact), fact.period, fact.base


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ("较9月30日", "2022-09-30"),
        ("比9月30日涨跌", "2022-09-30"),
        ("vs 30 Sep", "2022-09-30"),
        ("较上周", "上周"),
        ("较上周五", "上周五"),
        ("较节前", "节前"),
        ("Change on week", "week"),
        ("vs last Friday", "last Friday"),
    ],
)
def test_a_head_that_compares_with_a_day_heads_changes(head: str, base: str) -> None:
    assert last_column(head) == ("sb.ingot", "price.change", "4000 元/吨", "2022-10-14", base)


def test_a_fall_against_a_day_is_below_zero() -> None:
    assert last_column("较9月30日", "-150")[2] == "-150 元/吨"


def test_a_rate_against_a_day_is_a_change_too() -> None:
    assert last_column("较9月30日（%）", "2.8")[1:3] == ("price.change", "2.8 %")


def test_a_column_against_last_month_is_no_price_of_that_month() -> None:
    assert last_column("比上月")[1] == "price.change"


@pytest.mark.parametrize("head", ["9月30日", "30 Sep"])
def test_a_head_that_only_names_a_day_heads_prices(head: str) -> None:
    assert last_column(head, "143000")[1:4] == ("price", "143000 元/吨", "2022-09-30")


def test_a_head_that_begins_with_the_word_for_share_compares_nothing() -> None:
    [fact] = read_words("结构\n产品\t比重（%）\n铜\t32\n")
    assert fact.measure == "share"


def bases(text: str) -> list[tuple[str, str | None, str | None]]:
    """Each change of a note of 16 October 2020: the product, its day and the day it is against."""
    facts = read_words(f"{text}\n", "2020-10-16")
    return [(f.subject, f.period, f.base) for f in facts if f.measure.endswith("change")]


@pytest.mark.parametrize(
    "words",
    ["较10月9日", "与10月9日相比", "较上周五（10月9日）", "较节前（10月9日）", "与国庆节前(10月9日)相比"],
)
@pytest.mark.parametrize("moved", ["上涨500元/吨", "下跌1.2%", "持平"])
def test_a_document_that_states_its_base_day_is_compared_with_that_day(words: str, moved: str) -> None:
    assert bases(f"国内铋锭{words}{moved}，镁锭报15700元/吨。") == [("bi.ingot", "2020-10-16", "2020-10-09")]


def test_the_day_in_the_bracket_dates_nothing_behind_it() -> None:
    *_, magnesium = read_words("国内铋锭较节前（9月30日）上涨500元/吨，镁锭报15700元/吨。\n", "2020-10-16")
    assert (magnesium.subject, magnesium.period) == ("mg.ingot", "2020-10-16")


def test_english_names_the_day_behind_the_change() -> None:
    _, change, other = read_words(
        "Bismuth was at $3 per lb, up $0.1 per lb from last Friday (9 October). Selenium was at $6 per lb.",
        "2020-10-16",
    )
    assert change.base == "2020-10-09" and other.period == "2020-10-16"


def test_a_head_with_the_day_in_a_bracket_is_compared_with_that_day() -> None:
    table = "品种\t10月16日\t较节前（9月30日）\n铋锭（元/吨）\t42000\t500\n"
    assert bases(table) == [("bi.ingot", "2020-10-16", "2020-09-30")]
