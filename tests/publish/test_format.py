"""The one formatter."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import UnknownUnit
from touchstone.facts.fact import Fact
from touchstone.publish import format as written
from touchstone.publish.format import Unwritable

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)


def test_the_printed_digits_are_kept() -> None:
    assert written.number(Decimal("74.0"), "zh") == "74.0"
    assert written.number(Decimal("1E+3"), "zh") == "1000"


def test_english_groups_thousands_and_chinese_does_not() -> None:
    assert written.number(Decimal("10400.50"), "en") == "10,400.50"
    assert written.number(Decimal("10400.50"), "zh") == "10400.50"


@given(decimals)
def test_a_written_number_reads_back_as_itself(value: Decimal) -> None:
    for lang in ("zh", "en"):
        text = written.number(value, lang, signed=True)
        read_back = Decimal(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
        assert read_back == value
        assert read_back.as_tuple().exponent == value.as_tuple().exponent


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), 3.5, None])
def test_what_is_no_finite_decimal_is_an_error(value: object) -> None:
    with pytest.raises(Unwritable):
        written.number(value, "zh")  # type: ignore[arg-type]


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(Unwritable):
        written.number(Decimal(1), "fr")


def test_a_change_always_has_its_sign_and_a_level_only_a_minus(fact: Callable[..., Fact]) -> None:
    assert written.value(fact("2.4", "%", measure="output.yoy"), "zh") == "+2.4"
    assert written.value(fact("-100", "元/吨", measure="price.change"), "en") == "\N{MINUS SIGN}100"
    assert written.value(fact("2.4"), "zh") == "2.4"


def test_a_range_has_both_ends_and_one_unit(fact: Callable[..., Fact]) -> None:
    span = fact("18", "GW", value_high=Decimal(20))
    assert written.amount(span, "zh") == "18—20 GW"
    assert written.amount(span, "en") == "18\N{EN DASH}20 GW"


@pytest.mark.parametrize(
    ("approx", "zh", "en"),
    [
        ("about", "约5000亿元", "about 5,000×100 million yuan"),
        ("over", "逾5000亿元", "over 5,000×100 million yuan"),
        ("under", "不足5000亿元", "under 5,000×100 million yuan"),
        ("near", "近5000亿元", "nearly 5,000×100 million yuan"),
    ],
)
def test_a_hedge_is_written_in_words(fact: Callable[..., Fact], approx: str, zh: str, en: str) -> None:
    hedged = fact("5000", "亿元", approx=approx)
    assert (written.amount(hedged, "zh"), written.amount(hedged, "en")) == (zh, en)


def test_the_interval_is_that_of_the_last_printed_place(fact: Callable[..., Fact]) -> None:
    assert written.interval(fact("620.2", "万吨"), "zh") == "620.2 [620.15, 620.25]"


def test_a_computed_value_is_rounded_once_to_what_its_interval_can_carry(fact: Callable[..., Fact]) -> None:
    computed = fact("1211.63333333", status="derived", half_width=Decimal("0.05"))
    assert written.value(computed, "zh") == "1211.6"


def test_chinese_words_that_are_no_unit_are_an_error_in_english() -> None:
    with pytest.raises(UnknownUnit):
        written.unit("斗笠", "en")


def test_a_measure_the_vocabulary_lacks_is_named_by_its_parts() -> None:
    assert written.measure("output.cumulative", "zh") == "累计产量"
    assert written.measure("area.mom", "zh") == "面积环比"
    assert written.measure("area.mom", "en") == "area, on the previous period"
    assert written.measure("output.cumulative.mom", "zh") == "累计产量环比"


def test_a_measure_without_a_name_stays_a_code_so_that_its_page_still_opens() -> None:
    assert written.measure("area.nonsense", "zh") == "area.nonsense"
    assert written.measure("nonsense.mom", "en") == "nonsense.mom"


def test_words_that_are_no_code_stay_as_printed() -> None:
    assert written.name("某生产商报价", "en") == "某生产商报价"
    assert written.name("market.domestic", "zh") == "国内市场"
    assert written.name(None, "zh") == ""


@pytest.mark.parametrize(
    ("chance", "text"), [(0.0, "<0.1%"), (0.49, "49%"), (0.003, "0.3%"), (0.0001, "<0.1%"), (1.0, "100%")]
)
def test_a_chance_is_written_in_percent(chance: float, text: str) -> None:
    assert written.chance(chance, "zh") == text


def test_what_is_no_chance_is_an_error() -> None:
    with pytest.raises(Unwritable):
        written.chance(1.2, "zh")


def test_places_in_a_document_are_put_into_words() -> None:
    assert written.where("page 3", "zh") == "第 3 页"
    assert written.where("page 3, running head", "en") == "page 3, running head"
    assert written.where("价格!B2:F9", "en") == "价格!B2:F9"


def test_every_unit_and_measure_the_sample_prints_can_be_written_in_both_languages(
    sample_folder: object,
) -> None:
    from pathlib import Path

    from touchstone.read.figures import read_figures
    from touchstone.read.read import read_document

    for file in sorted(Path(str(sample_folder)).iterdir()):
        for fact in read_figures(read_document(file, file.name)):
            for lang in ("zh", "en"):
                assert written.amount(fact, lang)
                assert written.measure(fact.measure, lang)
