"""Quantities: any number with any unit is read where it stands, and nothing is invented."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from touchstone.facts.unit import convert, same_kind, surfaces
from touchstone.read.normal import normal
from touchstone.read.scan import tokens

from .conftest import phrases, read_words

UNITS = ["万吨", "吨", "元/吨", "美元/磅", "亿元", "万千瓦时", "千瓦时/吨", "吨标准煤", "亩", "公顷", "万立方米",
         "%", "个百分点", "家", "项", "台", "GW", "MW", "kt", "kgce/t", "美元/干吨度", "元/千瓦时", "平方米"]  # fmt: skip
BLANKS = st.sampled_from(["", " ", "\u00a0", "\u2009"])
NUMBERS = st.decimals(min_value=2, max_value=10**7, places=2).map(
    lambda d: d.quantize(Decimal(1)) if d == d.to_integral_value() else d
)


def plain(number: Decimal) -> str:
    return f"{number:f}"


def with_commas(number: Decimal) -> str:
    return f"{number:,f}"


@given(NUMBERS, st.sampled_from(UNITS), BLANKS, st.sampled_from([plain, with_commas]))
def test_any_number_with_any_unit_is_read_where_it_stands(number, unit, blank, write) -> None:
    quote = write(number) + blank + unit
    text = f"该项指标达到{quote}，好于预期。"
    [fact] = read_words(text)
    assert fact.locator is not None
    assert (fact.value, fact.quote, fact.locator.start) == (number, quote, text.index(quote))
    assert fact.unit == unit or convert(1, fact.unit, unit) == 1


def _units_read(text: str) -> list[str]:
    return [token.unit for token in tokens(normal(text)) if token.kind == "quantity"]


@pytest.mark.parametrize("text", ["合计12{}，", "total 3.5 {}, "])
def test_no_unit_is_cut_short_or_taken_for_another(text: str) -> None:
    """千瓦小时 is never 千瓦. A word that is no unit where it stands (12月, 12a) may go unread."""
    wrong = {
        unit: read
        for unit in surfaces()
        for read in [_units_read(text.format(unit))]
        if len(read) > 1 or any(not same_kind(one, unit) for one in read)
    }
    assert wrong == {}


@given(NUMBERS, NUMBERS, st.sampled_from(["-", "~", "～", "—", "至", " - "]))
@example(Decimal(125), Decimal(1000000), "-")  # no telephone: an area code begins with 0
@example(Decimal(125), Decimal("1000000.01"), "-")
@example(Decimal(400), Decimal(1000000), "-")
def test_a_range_is_one_figure_with_two_ends(one: Decimal, other: Decimal, to: str) -> None:
    low, high = sorted((one, other))
    [fact] = read_words(f"预计总出货在{plain(low)}{to}{plain(high)}吨之间")
    assert (fact.value, fact.value_high) == (low, high)


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.integers(0, 3))
def test_the_rounding_interval_is_half_a_unit_of_the_last_place(value: Decimal, places: int) -> None:
    printed = f"{value:.{places}f}"
    [fact] = read_words(f"产量{printed}万吨")
    assert fact.half_width * 2 == Decimal(1).scaleb(-places)


@given(st.text(max_size=200))
def test_normal_text_keeps_every_offset(text: str) -> None:
    assert len(normal(text)) == len(text)


@given(st.text(alphabet="０１２３４５６７８９．％，～１", min_size=1, max_size=20))
def test_full_width_figures_are_plain_ones_to_the_rules(text: str) -> None:
    assert normal(text).translate(str.maketrans("，", ",")).isascii()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产量93.2万吨", ["93.2 万吨"]),
        ("占地1000亩", ["1000 亩"]),
        ("约12万㎡", ["12 万㎡"]),
        ("规模15000 m³/d", ["15000 m³/d"]),
        ("电耗降至13,350千瓦时/吨", ["13350 千瓦时/吨"]),
        ("产量4 027万吨", ["4027 万吨"]),
        ("增加5000多亿元", ["5000 亿元"]),
        ("十余家企业", ["10 家"]),
        ("逾八成企业", ["8 成"]),
        ("近亿元", ["1 亿元"]),
        ("负 1000 米中段", ["-1000 米"]),
        ("达到２３．５％", ["23.5 %"]),
        ("1 万-1.2 万吨的装置", ["1~1.2 万吨"]),
        ("0.20～0.38元/千瓦时", ["0.20 元/千瓦时", "0.38 元/千瓦时"]),
        ("报6-7美元/磅", ["6 美元/磅", "7 美元/磅"]),
        ("a stake worth US$1.2 billion", ["1.2 billion US$"]),
        ("output of 1,337 tonnes", ["1337 tonnes"]),
        ("fell 3.2 percent", ["-3.2 percent"]),
        ("提高25个基点", ["25 个基点"]),
        ("十几万个数据", ["100000 个"]),
        ("近三十公里", ["30 公里"]),
        ("两千五百余人", ["2500 人"]),
        ("百分之十二", ["12 %"]),
    ],
)
def test_quantities_as_they_stand_in_documents(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("约300项", "about"), ("300项左右", "about"), ("大约300项", "about"), ("超过300项", "over"),
        ("300项以上", "over"), ("300余项", "over"), ("逾300项", "over"), ("至少300项", "over"),
        ("不到300项", "under"), ("300项以内", "under"), ("不超过300项", "under"), ("近300项", "near"),
        ("接近300项", "near"), ("about 300 companies", "about"), ("more than 300 companies", "over"),
        ("nearly 300 companies", "near"), ("fewer than 300 companies", "under"), ("共有300项", None),
    ],
)  # fmt: skip
def test_hedges_are_kept(text: str, hedge: str | None) -> None:
    [fact] = read_words(text)
    assert (fact.value, fact.approx) == (300, hedge)
