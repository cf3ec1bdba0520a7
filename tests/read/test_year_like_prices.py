"""Prices that look like years are prices; spans of years stay spans of years."""

import pytest

from .conftest import phrases, read_words, said


@pytest.mark.parametrize(
    "text",
    [
        "国内金属镓报1950-2000元/公斤",
        "国内金属镓报1900-1950元/公斤",
        "国内金属镓本周报2000—2050元/公斤",
        "国内金属镓报1975~2025元/公斤",
        "国内金属镓报1950至2000元/公斤",
        "镁锭出口报价2000-2050美元/吨",
        "Gallium was at 1950-2000 USD/kg",
        "Magnesium was offered at 2000 to 2050 USD/t",
    ],
)
def test_a_range_with_a_unit_is_a_price_though_both_ends_look_like_years(text: str) -> None:
    low, high = read_words(text)
    assert (low.measure, high.measure) == ("price.low", "price.high")
    assert 1900 <= low.value < high.value <= 2050
    assert low.period == high.period == "2022-10-14"


@pytest.mark.parametrize("range_", ["1950-2000元/公斤", "1950-2000", "2000-2050"])
def test_a_price_that_looks_like_years_does_not_date_what_follows(range_: str) -> None:
    *_, last = read_words(f"国内金属镓报{range_}。鹿特丹镓报560-600美元/公斤。")
    assert (said(last), last.period) == ("600 美元/公斤", "2022-10-14")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2016-2020年铜产量为500万吨", "2016/2020"),
        ("From 2015-2020 copper output was 5 Mt", "2015/2020"),
        ("In 2020 copper output was 5 Mt", "2020"),
        ("At 2020 prices copper investment was 5 million tonnes", "2020"),
    ],
)
def test_years_without_a_unit_are_years(text: str, period: str) -> None:
    [fact] = read_words(text)
    assert fact.period == period


@pytest.mark.parametrize(
    "rows",
    [
        "国内价格\n品种\t最低\t最高\n金属镓（元/公斤）\t1950\t2000\n锗锭（元/公斤）\t16000\t16500\n",
        "国内价格\n品种\t单位\t低\t高\n金属镓\t元/公斤\t1950\t2000\n锗锭\t元/公斤\t16000\t16500\n",
    ],
)
def test_the_first_row_of_a_price_table_is_no_head_though_its_prices_look_like_years(rows: str) -> None:
    assert phrases(rows) == ["1950 元/公斤", "2000 元/公斤", "16000 元/公斤", "16500 元/公斤"]


def test_a_second_head_of_years_stays_a_head() -> None:
    facts = read_words("产品\t产量（万吨）\t产量（万吨）\n\t2019\t2020\n铜\t12\t15\n")
    assert [(said(fact), fact.period) for fact in facts] == [("12 万吨", "2019"), ("15 万吨", "2020")]
