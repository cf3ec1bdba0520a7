"""Units: every printed form is understood, conversion is exact, and what differs in kind is refused."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.characters import simplify
from touchstone.facts.unit import convert, format_unit, same_kind, surfaces, unit, unit_pattern
from touchstone.facts.unit_table import table

FORMS = st.sampled_from(surfaces())
BEHIND_SLASH = st.sampled_from(sorted(table().behind_slash))
MULTIPLIERS = st.sampled_from(["", *table().powers])
VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@st.composite
def comparable(draw: st.DrawFn, size: int) -> list[str]:
    """Codes of units of one dimension, from the table."""
    first = draw(st.sampled_from(sorted(table().rows.values(), key=lambda row: row.code)))
    alike = sorted(row.code for row in table().rows.values() if row.dimension == first.dimension)
    return [draw(st.sampled_from(alike)) for _ in range(size)]


@given(VALUES, comparable(2))
def test_there_and_back_is_the_same_number(value: Decimal, units: list[str]) -> None:
    first, second = units
    assert convert(convert(value, first, second), second, first) == Fraction(value)


@given(VALUES, comparable(3))
def test_a_detour_changes_nothing(value: Decimal, units: list[str]) -> None:
    first, second, third = units
    assert convert(convert(value, first, second), second, third) == convert(value, first, third)


@given(VALUES, VALUES, comparable(2))
def test_conversion_is_linear(one: Decimal, other: Decimal, units: list[str]) -> None:
    total = convert(Fraction(one) + Fraction(other), *units)
    assert total == convert(one, *units) + convert(other, *units)


@given(VALUES, comparable(2), comparable(2))
def test_a_ratio_of_units_converts_as_its_parts(value: Decimal, above: list[str], below: list[str]) -> None:
    joint = convert(value, f"{above[0]}/{below[0]}", f"{above[1]}/{below[1]}")
    assert joint == convert(value, *above) / convert(1, *below)


@given(st.sampled_from(sorted(table().rows)), st.sampled_from(sorted(table().rows)))
def test_units_of_different_kinds_are_refused_and_others_are_not(first: str, second: str) -> None:
    if table().rows[first].dimension == table().rows[second].dimension:
        assert same_kind(first, second)
        assert convert(1, first, second) > 0
    else:
        assert not same_kind(first, second)
        with pytest.raises(UnitMismatch):
            convert(1, first, second)


@given(MULTIPLIERS, FORMS)
def test_every_printed_form_is_understood_with_every_multiplier(power: str, form: str) -> None:
    space = " " if power.isascii() and power else ""
    found = unit(f"{power}{space}{form}")
    assert found.factor == unit(form).factor * 10 ** table().powers.get(power, 0)


@given(MULTIPLIERS, FORMS, BEHIND_SLASH)
def test_a_code_reads_back_as_the_same_unit(power: str, above: str, below: str) -> None:
    found = unit(f"{power} {above}/{below}".strip())
    again = unit(found.code)
    assert (again.dimension, again.factor) == (found.dimension, found.factor)


@given(st.from_regex(unit_pattern(), fullmatch=True))
def test_whatever_the_pattern_matches_is_understood(text: str) -> None:
    assert unit(text).factor > 0


@given(MULTIPLIERS, FORMS)
def test_the_pattern_matches_every_printed_form(power: str, form: str) -> None:
    space = " " if power.isascii() and power else ""
    if form in table().anywhere and "(?=" not in table().anywhere[form]:
        assert re.fullmatch(unit_pattern(), f"{power}{space}{form}")


@pytest.mark.parametrize(
    ("printed", "value", "to", "result"),
    [
        ("万吨", "93.2", "t", "932000"),
        ("亿千瓦时", "1.5", "MWh", "150000"),
        ("元/公斤", "41.5", "元/吨", "41500"),
        ("美元/磅", "1", "US$/t", Fraction(100000000, 45359)),
        ("美分/磅", "250", "美元/磅", "2.5"),
        ("亩", "15", "公顷", "1"),
        ("英亩", "1", "m2", "4046.8564224"),
        ("金衡盎司", "1", "克", "31.1034768"),
        ("mtu", "100", "金属吨", "1"),
        ("kWh/t-Al", "13500", "兆瓦时/吨", "13.5"),
        ("个基点", "25", "个百分点", "0.25"),
        ("成", "8", "%", "80"),
        ("年", "2", "个月", "24"),
        ("大卡", "1", "kJ", "4.1868"),
        ("kg/t", "5", "%", "0.5"),
        ("Mtpa", "3.5", "万吨/年", "350"),
        ("million tpa", "1", "百万吨/年", "1"),
        ("A/cm²", "0.03", "A/m2", "300"),
        ("吨标准煤/万元", "0.5", "kgce/元", "0.05"),
        ("m?/d", "24", "立方米/小时", "1"),
    ],
)
def test_published_factors_hold(printed: str, value: str, to: str, result: str | Fraction) -> None:
    expected = Fraction(result) / 1 if isinstance(result, str) else None
    found = convert(Decimal(value), printed, to)
    if expected is None:
        assert found == Fraction(1) / Fraction("0.00045359237")
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("美元", "元"),
        ("%", "个百分点"),
        ("个", "家"),
        ("tce", "kWh"),
        ("tCO2e", "吨"),
        ("干吨", "湿吨"),
        ("金属吨", "吨"),
        ("t/d", "t/a"),
        ("Nm³", "m³"),
        ("千伏安", "千瓦"),
        ("元/公斤", "美元/磅"),
        ("companies", "家"),
        ("亿", "亿元"),
    ],
)
def test_what_only_looks_alike_is_not_converted(first: str, second: str) -> None:
    with pytest.raises(UnitMismatch):
        convert(1, first, second)


def test_a_refusal_names_both_dimensions_in_both_languages() -> None:
    with pytest.raises(UnitMismatch) as refused:
        convert(1, "元/公斤", "kWh/t")
    for words in ("money in CNY per mass", "energy per mass", "金额（CNY）/质量", "能量/质量"):
        assert words in str(refused.value)


def test_coal_equivalent_becomes_energy_only_by_name() -> None:
    assert convert(1, "吨标准煤", "GJ", by="coal-equivalent") == Fraction("29.307")
    assert convert(1, "kgce/t", "kJ/t", by="coal-equivalent") == 29307
    assert convert(Fraction("29.3076"), "GJ", "tce", by="coal-equivalent-7000-kcal") == 1
    assert convert(365, "t/a", "t/d", by="common-year") == 1
    with pytest.raises(UnitMismatch):
        convert(1, "吨标准煤", "元", by="coal-equivalent")
    with pytest.raises(UnknownUnit):
        convert(1, "吨标准煤", "GJ", by="guess")


def test_a_float_is_refused_because_it_lost_the_printed_digits() -> None:
    with pytest.raises(TypeError):
        convert(0.1, "t", "kg")  # type: ignore[arg-type]


def test_an_unknown_unit_is_answered_with_the_nearest_known() -> None:
    with pytest.raises(UnknownUnit, match="千瓦小时"):
        unit("千瓦小吋")


@pytest.mark.parametrize("printed", ["萬噸", "万 吨", "万　吨", "1e4 t", "万余吨", " 万吨 ", "1e13 t"])
def test_wide_traditional_and_spaced_forms_are_one_unit(printed: str) -> None:
    if printed == "1e13 t":
        with pytest.raises(UnknownUnit):
            unit(printed)
    else:
        assert unit(printed).code == "1e4 t"


@given(st.text(max_size=12))
def test_any_text_is_a_unit_or_refused_with_a_reason(text: str) -> None:
    try:
        assert unit(text).factor > 0
    except UnknownUnit as refused:
        assert "data/units.toml" in str(refused)


def test_counting_words_are_counts_and_nothing_else_is() -> None:
    assert unit("家").is_count and unit("companies").is_count and unit("万户").is_count
    assert not (unit("吨").is_count or unit("%").is_count or unit("亿").is_count or unit("元/家").is_count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产量93.2万吨，", ["万吨"]),
        ("10200-10400元/吨", ["元/吨"]),
        ("用电1.2 亿 千瓦时", ["亿 千瓦时"]),
        ("1.8个百分点", ["个百分点"]),
        ("13500kWh/t-Al", ["kWh/t-Al"]),
        ("回水80m³/d", ["m³/d"]),
        ("8成以上", ["成"]),
        ("8成为", []),
        ("5 market 6 the 7G", []),
        ("3.1m tall", ["m"]),
        ("30 million tonnes of ore", [" million tonnes"]),
        ("2.8 US$/lb", [" US$/lb"]),
        ("5.5万余家企业", ["万余家"]),
        ("4469MW光伏", ["MW"]),
        ("500kWh", ["kWh"]),
        ("0.3元/千瓦时", ["元/千瓦时"]),
        ("0.32吨标准煤/万元", ["吨标准煤/万元"]),
        ("3家具厂", []),
        ("12 yuan per kg", [" yuan per kg"]),
        ("2020年", ["年"]),
        ("3个体系", ["个"]),
        ("65美分/磅", ["美分/磅"]),
        ("320 g/t", [" g/t"]),
        ("99.95 (purity)", []),
        ("300A/m2 and 3A级", ["A/m2"]),
        ("65 c/lb, 5 c", [" c/lb"]),
        ("3.5 Mtpa", [" Mtpa"]),
        ("14.2万元/标吨", ["万元/标吨"]),
    ],
)
def test_the_pattern_finds_units_behind_numbers(text: str, expected: list[str]) -> None:
    found = re.findall(rf"(?<=\d)\s?{unit_pattern()}", text)
    assert [each.strip() for each in found] == [each.strip() for each in expected]


def test_the_pattern_has_no_capturing_group() -> None:
    assert re.compile(unit_pattern()).groups == 0


@given(st.text())
def test_simplifying_keeps_the_length(text: str) -> None:
    assert len(simplify(text)) == len(text)
    assert simplify(simplify(text)) == simplify(text)


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("万吨", "万吨", "10,000 t"),
        ("亿元", "亿元", "100 million yuan"),
        ("USD/lb", "美元/磅", "USD/lb"),
        ("%", "%", "%"),
        ("个百分点", "个百分点", "percentage points"),
        ("million kWh", "百万千瓦时", "million kWh"),
        ("", "", ""),
    ],
)
def test_a_unit_is_written_in_both_languages(code: str, zh: str, en: str) -> None:
    assert (format_unit(code, "zh"), format_unit(code, "en")) == (zh, en)


def test_every_row_has_both_names_a_source_and_a_positive_factor() -> None:
    for row in table().rows.values():
        assert row.zh and row.en and row.source and row.factor > 0, row.code


@pytest.mark.parametrize("other", ["元/吨", "元/t", "美元/磅", "元/吨度", "元/金属吨"])
def test_a_tonne_at_a_standard_grade_is_no_tonne_of_goods(other: str) -> None:
    assert not same_kind("元/标吨", other)
    with pytest.raises(UnitMismatch):
        convert(142500, "元/标吨", other.replace("美元", "元"))


def test_prices_a_standard_tonne_convert_among_themselves() -> None:
    assert convert(Decimal("14.25"), "万元/标吨", "元/标吨") == 142500
