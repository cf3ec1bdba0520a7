"""Prices of one metal in two markets."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


MARKED = """
国内锗锭[6900元/公斤|锗锭 price.low 2020-10-09 market.domestic]至[7300元/公斤|锗锭 price.high 2020-10-09 market.domestic]。
鹿特丹锗[{price}|锗 price 2020-10-08 market.rotterdam]。
"""


BESIDE = "鹿特丹碲[62美元/公斤|碲 price 2020-10-08 market.rotterdam]。\n"
"""Another price of the market, in the currency it is quoted in."""


def test_a_price_in_the_wrong_currency_is_told_with_the_one_its_neighbours_are_in(found: Found) -> None:
    [wrong] = found("unit_sanity", MARKED.format(price="997.5元/公斤") + BESIDE)
    assert wrong.verdict == "fails"
    assert wrong.note and "may be in US dollars" in wrong.note.en and "可能是美元" in wrong.note.zh
    assert "truly" in wrong.note.en and "确实背离" in wrong.note.zh


def test_without_neighbours_in_the_other_currency_a_gap_is_only_worth_a_look(found: Found) -> None:
    [alone] = found("unit_sanity", MARKED.format(price="997.5元/公斤"))
    assert alone.verdict == "warning" and alone.note and "may be in US dollars" in alone.note.en


BISMUTH = """
国内铋锭[148元/公斤|铋锭 price 2025-04-11 market.domestic]。
| 品种 | 鹿特丹 |
| 铋 | [50美元/磅|铋 price 2025-04-11 market.rotterdam] |
| 锗 | [1750美元/公斤|锗 price 2025-04-11 market.rotterdam] |
| 镓 | [700美元/公斤|镓 price 2025-04-11 market.rotterdam] |
"""


def test_a_true_divergence_after_export_controls_is_no_wrong_unit(found: Found) -> None:
    """Bismuth in Rotterdam at several times the Chinese price, in a table that is in dollars throughout."""
    [apart] = found("unit_sanity", BISMUTH)
    assert apart.verdict == "warning"
    assert apart.note and "export controls" in apart.note.en and "出口管制" in apart.note.zh


def test_a_price_per_tonne_that_says_kilogram_names_the_tonne(found: Found) -> None:
    marked = BISMUTH.replace("[148元/公斤", "[148000元/公斤").replace("[50美元/磅", "[8美元/磅")
    [apart] = found("unit_sanity", marked)
    assert apart.verdict == "warning" and apart.note and "home price" not in apart.note.zh
    dear = MARKED.format(price="997500美元/公斤")
    [wrong] = found("unit_sanity", dear)
    assert (
        wrong.verdict == "warning" and wrong.note and "USD/t" in wrong.note.en and "美元/吨" in wrong.note.zh
    )


def test_the_table_of_a_quote_speaks_before_the_rest_of_its_document(found: Found) -> None:
    table = """
| 品种 | 鹿特丹 |
| 锗 | [997.5元/公斤|锗 price 2020-10-08 market.rotterdam] |
| 碲 | [420元/公斤|碲 price 2020-10-08 market.rotterdam] |
"""
    home = MARKED.strip().splitlines()[0]
    [in_yuan] = found("unit_sanity", home + table + BESIDE + BESIDE.replace("碲", "铟"))
    assert in_yuan.verdict == "warning"
    [in_dollars] = found("unit_sanity", home + table.replace("420元", "62美元"))
    assert in_dollars.verdict == "fails"


def test_the_same_price_in_dollars_is_in_order(found: Found) -> None:
    assert [f.verdict for f in found("unit_sanity", MARKED.format(price="997.5美元/公斤"))] == ["holds"]


def test_the_same_price_per_pound_is_compared_too(found: Found) -> None:
    assert [f.verdict for f in found("unit_sanity", MARKED.format(price="452.5美元/磅"))] == ["holds"]


def test_a_price_no_currency_explains_is_worth_a_look(found: Found) -> None:
    [odd] = found("unit_sanity", MARKED.format(price="0.3元/公斤") + BESIDE)
    assert odd.verdict == "warning" and odd.note and "No other currency or unit" in odd.note.en


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
    wrong = abroad.format(price="997.5元/公斤") + BESIDE
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
    [wrong] = found("unit_sanity", YEARS + BESIDE)
    assert wrong.verdict == "fails" and "2600" in wrong.arithmetic.en and "18000" in wrong.arithmetic.en
    assert {"1000元/公斤", "2600元/公斤"} <= set(wrong.quotes)


def test_one_wrong_day_of_many_is_told_with_the_home_price_of_its_day(found: Found) -> None:
    marked = YEARS.replace("元/公斤|锗 price", "美元/公斤|锗 price").replace("1100美元", "9000美元")
    [wrong] = found("unit_sanity", marked)
    assert wrong.verdict == "warning" and "8000" in wrong.arithmetic.en and wrong.quotes[0] == "9000美元/公斤"
    assert "2600美元/公斤" not in wrong.quotes


def test_the_note_says_at_which_rate_the_other_currency_fits(found: Found) -> None:
    [wrong] = found("unit_sanity", MARKED.format(price="997.5元/公斤") + BESIDE + RATE)
    assert wrong.note and "6.8000" in wrong.note.zh and "6.8000" in wrong.note.en


def test_both_ends_of_a_foreign_range_are_printed_on_the_left(found: Found) -> None:
    ranged = "275元/公斤|锗 price.low 2020-10-08 market.rotterdam]至[305元/公斤"
    marked = MARKED.replace("锗 price 2020", "锗 price.high 2020").format(price=ranged)
    [tested] = found("unit_sanity", marked)
    assert tested.arithmetic.en.startswith("275-305元/公斤 / 6900-7300元/公斤 = ")
