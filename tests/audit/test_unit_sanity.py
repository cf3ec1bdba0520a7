"""Prices of one metal in two markets."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


MARKED = """
国内锗锭[6900元/公斤|锗锭 price.low 2020-10-09 market.domestic]至[7300元/公斤|锗锭 price.high 2020-10-09 market.domestic]。
鹿特丹锗[{price}|锗 price 2020-10-08 market.rotterdam]。
"""


def test_a_price_in_the_wrong_currency_is_told_with_the_right_one(found: Found) -> None:
    [wrong] = found("unit_sanity", MARKED.format(price="997.5元/公斤"))
    assert wrong.verdict == "fails"
    assert wrong.note and "US dollars" in wrong.note.en and "美元" in wrong.note.zh


def test_the_same_price_in_dollars_is_in_order(found: Found) -> None:
    assert [f.verdict for f in found("unit_sanity", MARKED.format(price="997.5美元/公斤"))] == ["holds"]


def test_the_same_price_per_pound_is_compared_too(found: Found) -> None:
    assert [f.verdict for f in found("unit_sanity", MARKED.format(price="452.5美元/磅"))] == ["holds"]


def test_a_price_no_currency_explains_is_worth_a_look(found: Found) -> None:
    assert [f.verdict for f in found("unit_sanity", MARKED.format(price="3元/公斤"))] == ["warning"]


def test_an_oxide_is_not_compared_with_its_metal(found: Found) -> None:
    marked = (
        MARKED.format(price="925美元/公斤")
        .replace("鹿特丹锗", "鹿特丹二氧化锗")
        .replace("|锗 price", "|二氧化锗 price")
    )
    assert found("unit_sanity", marked) == []


def test_a_change_of_price_is_no_price(found: Found) -> None:
    marked = (
        MARKED.format(price="997.5美元/公斤")
        + "较上周下跌[下跌5元/公斤|锗锭 price.change 2020-10-09 market.domestic]。"
    )
    [tested] = found("unit_sanity", marked)
    assert "5元/公斤" not in tested.quotes


RATE = "10月8日美元兑人民币[6.8|currency.usd exchange_rate 2020-10-08 unit=元/美元]。\n"


def test_the_stated_exchange_rate_of_the_day_and_its_tax_are_used_and_shown(found: Found) -> None:
    [tested] = found("unit_sanity", MARKED.format(price="997.5美元/公斤") + RATE)
    assert "6.8000" in tested.arithmetic.zh and "13%" in tested.arithmetic.zh
    assert "6.8" in tested.quotes


def test_without_a_stated_rate_the_wide_interval_is_named(found: Found) -> None:
    [tested] = found("unit_sanity", MARKED.format(price="997.5美元/公斤"))
    assert "6.0-8.5" in tested.arithmetic.en


def test_the_domestic_price_may_stand_in_another_document_of_about_that_time(found: Found) -> None:
    home, abroad = MARKED.strip().splitlines()
    wrong = abroad.format(price="997.5元/公斤")
    assert [f.verdict for f in found("unit_sanity", home, wrong)] == ["fails"]
    later = wrong.replace("2020-10-08", "2020-11-08")
    assert found("unit_sanity", home, later) == []


YEARS = """
国内锗锭
[7000元/公斤|锗锭 price 2017-10-09 market.domestic]
[8000元/公斤|锗锭 price 2019-10-09 market.domestic]
[9000元/公斤|锗锭 price 2022-10-09 market.domestic]
[18000元/公斤|锗锭 price 2025-10-09 market.domestic]
鹿特丹锗
[1000元/公斤|锗 price 2017-10-08 market.rotterdam]
[1100元/公斤|锗 price 2019-10-08 market.rotterdam]
[1300元/公斤|锗 price 2022-10-08 market.rotterdam]
[2600元/公斤|锗 price 2025-10-08 market.rotterdam]
"""


def test_a_file_of_many_years_is_compared_day_by_day_and_told_once(found: Found) -> None:
    [wrong] = found("unit_sanity", YEARS)
    assert wrong.verdict == "fails" and "2600" in wrong.arithmetic.en and "18000" in wrong.arithmetic.en
    assert {"1000元/公斤", "2600元/公斤"} <= set(wrong.quotes)


def test_one_wrong_day_of_many_is_told_with_the_home_price_of_its_day(found: Found) -> None:
    marked = YEARS.replace("元/公斤|锗 price", "美元/公斤|锗 price").replace("1100美元", "9000美元")
    [wrong] = found("unit_sanity", marked)
    assert wrong.verdict == "fails" and "8000" in wrong.arithmetic.en and wrong.quotes[0] == "9000美元/公斤"
    assert "2600美元/公斤" not in wrong.quotes


def test_the_note_says_at_which_rate_the_other_currency_fits(found: Found) -> None:
    [wrong] = found("unit_sanity", MARKED.format(price="997.5元/公斤") + RATE)
    assert wrong.note and "6.8000" in wrong.note.zh and "6.8000" in wrong.note.en
