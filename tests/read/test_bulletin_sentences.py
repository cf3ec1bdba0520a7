"""The sentences of price bulletins, in either language: market, end of the range, what the change is against."""

import pytest

from touchstone.facts.fact import Fact

from .conftest import read_words, said


def told(text: str) -> list[str]:
    """Each figure as `measure market amount [against base]`."""
    return [_told(fact) for fact in read_words(text)]


def _told(fact: Fact) -> str:
    market = (fact.place or "no market").removeprefix("market.")
    against = f" against {fact.base}" if fact.base else ""
    return f"{fact.measure} {market} {said(fact)}{against}"


def test_what_is_left_of_a_bookmark_is_no_word_of_the_sentence() -> None:
    facts = read_words(
        "[bookmark: _Toc12597]截至到目前电解锰的报价在10200-10400元/吨，均价较上周五下跌100元/吨。"
    )
    assert {(f.subject, f.subject_words, f.place) for f in facts} == {
        ("mn.electrolytic", "电解锰的报价", "market.domestic")
    }
    assert facts[0].locator and facts[0].locator.start == len("[bookmark: _Toc12597]截至到目前电解锰的报价在")


@pytest.mark.parametrize("text", ["[bookmark: _Toc22498]总体要求", "1、[bookmark: _Toc8]硒评论"])
def test_the_number_of_a_bookmark_is_no_figure(text: str) -> None:
    assert read_words(text) == []


def test_a_price_in_yuan_a_tonne_is_domestic_where_no_market_is_named() -> None:
    assert told("锑锭报80000-81000元/吨，均价持平。") == [
        "price.low domestic 80000 元/吨", "price.high domestic 81000 元/吨", "price.change domestic 0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "market"),
    [
        ("上网电价为0.38元/千瓦时", "no market"),
        ("组件价格为1.6元/瓦", "no market"),
        ("某配方的售价为8000元/吨", "no market"),
        ("锌锭现货升水50元/吨", "no market"),
        ("沪铜收报66000元/吨", "shfe"),
        ("锑锭报5美元/磅", "no market"),
        ("有生产商表示，当前锑锭的报价在81000元/吨", "no market"),
    ],
)
def test_other_prices_without_a_market_stay_without_one(text: str, market: str) -> None:
    [fact] = read_words(text)
    assert (fact.place or "no market").removeprefix("market.") == market


def test_each_end_of_a_range_has_a_change_of_its_own() -> None:
    assert told("海外硒粉报6-7美元/磅，最低价较上周五下跌0.25美元/磅，最高价较上周五下跌0.5美元/磅。")[
        2:
    ] == [
        "price.low.change international -0.25 美元/磅 against 上周五",
        "price.high.change international -0.5 美元/磅 against 上周五",
    ]


@pytest.mark.parametrize(
    ("word", "market"),
    [
        ("International", "international"),
        ("Rotterdam", "rotterdam"),
        ("Domestic", "domestic"),
        ("Export-market", "export"),
    ],
)
def test_an_english_sentence_that_opens_with_a_market_is_about_it(word: str, market: str) -> None:
    assert told(f"{word} bismuth ingot was quoted at 2.8–2.9 USD/lb, unchanged from last Friday.") == [
        f"price.low {market} 2.8 USD/lb", f"price.high {market} 2.9 USD/lb",
        f"price.change {market} 0 against last Friday",
    ]  # fmt: skip


def test_english_says_behind_a_change_what_it_is_against() -> None:
    text = (
        "International selenium powder was quoted at 6–7 USD/lb; "
        "the low end fell by 0.25 USD/lb and the high end fell by 0.5 USD/lb from last Friday."
    )
    facts = read_words(text)
    assert [_told(fact) for fact in facts[2:]] == [
        "price.low.change international -0.25 USD/lb",
        "price.high.change international -0.5 USD/lb against last Friday",
    ]
    assert {fact.subject for fact in facts} == {"se.powder"}


def test_unchanged_without_a_base_is_no_figure_in_english() -> None:
    assert told("Treatment charges were left unchanged from the draft.") == []


def test_a_column_of_prices_with_many_dashes_is_no_column_of_names() -> None:
    rows = "10月7日\t—\t2.8\n10月8日\t—\t2.8\n10月9日\t6.5\t2.8\n"
    text = f"鹿特丹价格\n日期\t硒（美元/磅）\t铋（美元/磅）\n{rows}"
    assert [f"{fact.subject} {said(fact)}" for fact in read_words(text)] == [
        "bi 2.8 美元/磅", "bi 2.8 美元/磅", "se 6.5 美元/磅", "bi 2.8 美元/磅",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("国内铋锭报41500元/吨，价格较上周五下跌250元/吨（跌幅0.60%）。", "上周五"),
        ("国内铋锭报41500元/吨，价格较上周五下跌250元/吨，跌幅0.60%。", "上周五"),
        ("Domestic bismuth ingot was quoted at 41,500 yuan/t, down 250 yuan/t from last Friday (down 0.60%).", "last Friday"),
    ],
)  # fmt: skip
def test_a_rate_behind_the_size_of_a_change_is_against_the_same_day(text: str, base: str) -> None:
    *_, size, rate = read_words(text)
    assert (size.base, rate.base) == (base, base)
    assert (said(rate), rate.measure) == ("-0.60 %", "price.change")


def test_a_rate_of_something_else_keeps_a_base_of_its_own() -> None:
    *_, rate = read_words("国内铋锭价格较上周五下跌250元/吨，9月产量同比涨幅0.60%。")
    assert rate.base != "上周五"


def test_a_price_that_looks_like_a_year_is_a_price_behind_a_day() -> None:
    assert [said(fact) for fact in read_words("国内价格\n日期\t精铟（元/公斤）\n9月24日\t1900\n9月25日\t100\n")] == [
        "1900 元/公斤", "100 元/公斤",
    ]  # fmt: skip


def test_a_price_a_standard_tonne_keeps_that_unit_and_is_domestic() -> None:
    assert told("65%黑钨精矿报142500-143500元/标吨。") == [
        "price.low domestic 142500 元/标吨", "price.high domestic 143500 元/标吨",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["节前", "春节前", "上周", "上周五", "上一交易日"])
def test_a_change_names_the_day_it_is_against(words: str) -> None:
    moved, same = read_words(f"锑锭均价较{words}上涨4000元/吨。镁锭均价较{words}持平。")
    assert (moved.base, same.base) == (words, words)
