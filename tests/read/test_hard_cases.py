"""The hard cases of industry texts, one paragraph of tests for each kind.

Sentences are our own. What is expected is written as a user would say it: what, how much, since when.
"""

from decimal import Decimal

import pytest

from touchstone.facts.fact import Fact
from touchstone.publish.labels import label_measure

from .conftest import phrases, read_words, said


def measures(text: str) -> list[str]:
    """Each figure with what it measures: `yoy -2.4 %`."""
    return [f"{label_measure(fact.measure, fact.status)} {said(fact)}" for fact in read_words(text)]


def periods(text: str) -> list[str | None]:
    return [fact.period for fact in read_words(text)]


def one(text: str) -> Fact:
    [fact] = read_words(text)
    return fact


# 1, 2: units outside the cell, pairs under one head


def test_a_price_without_a_per_unit_keeps_the_currency_that_is_printed() -> None:
    facts = read_words(
        "\t国际价格\n\n\t日期\n\t硒（美元）\n\t镉（99.95美分）\n\n\t10月7日\n\t6\n\t7\n\t85\n\t95\n"
    )
    assert [said(f) for f in facts] == ["6 美元", "7 美元", "85 美分", "95 美分"]


def test_a_wrong_unit_in_a_head_is_read_as_printed() -> None:
    """Whether a Rotterdam price can be in yuan is for the audit to say."""
    facts = read_words(
        "欧洲鹿特丹价格\n"
        + "日期\t锗（元/公斤）\t镓（美元/公斤）\n10月7日\t997.5\t185\n10月8日\t997.5\t185\n"
    )
    assert [said(f) for f in facts][:2] == ["997.5 元/公斤", "185 美元/公斤"]


# 3: ranges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报价在10200-10400元/吨", ["price_low 10200 元/吨", "price_high 10400 元/吨"]),
        ("预计出货在5GW-5.3GW之间", ["target 5~5.3 GW"]),
        ("年处理能力1 万-1.2 万吨", ["capacity 1~1.2 万吨"]),
        ("电耗为12200 ~ 12500kWh/t", ["intensity 12200~12500 kWh/t"]),
        ("每月采购一到两次", ["count 1~2 次"]),
        ("仅有1-2家企业开工", ["count 1~2 家"]),
        ("每天照射1至2小时", ["other 1~2 小时"]),
        ("毛利率17%-19%", ["share 17~19 %"]),
    ],
)
def test_a_range_is_read_with_both_ends(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


@pytest.mark.parametrize("text", ["1-6月份", "2022年6-8月", "2025至2035年", "9月21日至22日", "62 线~64 线"])
def test_a_range_of_dates_or_places_is_no_figure(text: str) -> None:
    assert phrases(text) == []


def test_depths_below_zero_are_below_zero() -> None:
    assert phrases("井下负 1000 米、负 875 米和负460米中段") == ["-1000 米", "-875 米", "-460 米"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The contract rose by 1,240 yuan to 69,320 yuan per tonne", ["1240 yuan", "69320 yuan/tonne"]),
        ("Stocks fell 2,150 tonnes to 252,975 tonnes", ["-2150 tonnes", "252975 tonnes"]),
        (
            "Output increased from 1.2 million tonnes to 1.5 million tonnes",
            ["1.2 million tonnes", "1.5 million tonnes"],
        ),
        ("against 2,500 yuan/t a month ago", ["2500 yuan/t"]),
    ],
)
def test_a_level_reached_is_no_end_of_a_range(text: str, expected: list[str]) -> None:
    assert [said(fact).replace(" per ", "/") for fact in read_words(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2019 年排名第 251 位",
        "位列中国企业500强第 17 名",
        "综合实力全球第四",
        "采购额排在第二",
        "产能均居全球第一",
    ],
)
def test_a_rank_is_no_count(text: str) -> None:
    [fact] = read_words(text)
    assert fact.measure == "rank"


@pytest.mark.parametrize(
    "text", ["account for more than 2/3 of total emissions", "占全国产量的三分之二", "约占总量的1/3"]
)
def test_a_fraction_of_a_whole_is_a_share(text: str) -> None:
    [fact] = read_words(text)
    assert fact.measure == "share"


def test_what_is_counted_is_the_last_word_of_the_phrase() -> None:
    assert phrases("a service system for 268 raw material “whitelist” enterprises") == ["268 enterprises"]
    assert phrases("early warning for 19 bulk raw materials") == ["19 bulk raw materials"]


# 4: changes in words, signs far from the number


@pytest.mark.parametrize(
    "text",
    [
        "铟锭均价较上周五保持不变",
        "铟锭均价较上周五持平",
        "铟锭价格与上一交易日持平",
        "本周铟锭均价较上周五上保持不变",
    ],
)
def test_unchanged_is_a_change_of_nothing(text: str) -> None:
    change = one(text)
    assert (change.value, change.form, label_measure(change.measure)) == (0, "implicit", "change")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("均价较上周五下跌100元/吨", -100), ("最低价上调0.25美元/磅", "0.25"), ("产量同比下降8.2%", "-8.2"),
        ("产量同比减少了约8.2%", "-8.2"), ("产量的同比降幅为8.2%", "-8.2"), ("产量同比增长-8.2%", "-8.2"),
        ("产量同比降幅扩大1.8个百分点", "-1.8"), ("产量同比降幅收窄1.8个百分点", "1.8"), ("增速回落0.6个百分点", "-0.6"),
        ("能耗较2015年累计下降13.5%", "-13.5"), ("实单可接受50元/公斤的还盘", -50), ("Output fell by 1.3% year on year", "-1.3"),
        ("Prices were 3.5% lower than a year earlier", "-3.5"), ("sales rose 12% year on year", 12),
        ("排放量变化率为-10.3%", "-10.3"), ("价格同比跌8.2%", "-8.2"), ("库存比上周减少1.2万吨", "-1.2"),
    ],
)  # fmt: skip
def test_a_fall_is_negative(text: str, value: int | str) -> None:
    assert one(text).value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "产能压减到7.5万吨",
        "能耗降至198.5千克标准煤/吨",
        "价格跌至2.8美元/磅",
        "output fell to 1.16 million tonnes",
    ],
)
def test_the_level_that_something_fell_to_is_no_fall(text: str) -> None:
    assert one(text).value > 0


def test_one_sign_is_shared_by_a_list() -> None:
    assert phrases("空调产量和冷柜产量分别环比下降2%和10%") == ["-2 %", "-10 %"]


# 5: 分别 and 其中


def test_values_of_a_list_belong_to_its_subjects_in_order() -> None:
    facts = read_words("6月精炼铜、原铝、铅产量分别为93.2万吨、336万吨和63万吨")
    assert [f.subject for f in facts] == ["cu.refined", "al.primary", "pb"]
    assert {f.measure for f in facts} == {"output"}
    assert {f.period for f in facts} == {"2022-06"}


def test_a_list_of_rates_behind_a_list_of_amounts() -> None:
    text = "1-6月，精炼铜和铅产量分别为533.3万吨和362.9万吨，同比分别增长2.5%和下降1.1%"
    assert [(f.subject, said(f)) for f in read_words(text)] == [
        ("cu.refined", "533.3 万吨"), ("pb", "362.9 万吨"), ("cu.refined", "2.5 %"), ("pb", "-1.1 %"),
    ]  # fmt: skip


def test_a_list_two_layers_deep() -> None:
    text = "8月，铜、铝、锌价格分别比上月上涨1.2%、2.3%和0.4%，同比上涨3.1%、4.2%和5.3%"
    assert measures(text) == ["mom 1.2 %", "mom 2.3 %", "mom 0.4 %", "yoy 3.1 %", "yoy 4.2 %", "yoy 5.3 %"]
    assert [f.subject for f in read_words(text)] == ["cu", "al", "zn"] * 2
    assert [f.base for f in read_words(text)] == ["2022-07"] * 3 + ["2021-08"] * 3


def test_two_comparisons_in_front_of_two_values() -> None:
    assert measures("8月精炼铜产量91.7万吨，同比和环比分别增长3.9%和5.4%") == [
        "output 91.7 万吨",
        "yoy 3.9 %",
        "mom 5.4 %",
    ]


def test_the_parts_of_a_whole_measure_what_the_whole_does() -> None:
    facts = read_words("7月进口铜46.4万吨，其中精炼铜31.8万吨，来自智利和秘鲁的分别为7.9万吨和6.4万吨")
    assert [(f.measure, f.period) for f in facts] == [("import", "2022-07")] * 4


def test_subject_and_period_are_inherited_from_the_left() -> None:
    facts = read_words(
        "2022年6月份，精炼铜产量较去年同期增加10.3%，至93.2万吨；1-6月产量为533.3万吨，同比增加2.5%。"
    )
    assert {f.subject for f in facts} == {"cu.refined"}
    assert [f.period for f in facts] == ["2022-06", "2022-06", "2022-01/2022-06", "2022-01/2022-06"]
    assert [label_measure(f.measure) for f in facts] == ["yoy", "output", "cumulative_output", "yoy"]


# 6: the base of a change


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("2022年8月产量同比增长3.9%", "2021-08"), ("2022年1-8月产量同比增长2.6%", "2021-01/2021-08"),
        ("2022年8月产量环比增长3.9%", "2022-07"), ("到2025年，能耗较2020年下降13.5%", "2020"),
        ("2022年8月景气指数较2022年7月上升2.2个点", "2022-07"), ("均价较上周五下跌100元/吨", "上周五"),
        ("均价较上一交易日下跌100元/吨", "上一交易日"),
    ],
)  # fmt: skip
def test_a_change_knows_what_it_is_measured_against(text: str, base: str) -> None:
    assert one(text).base == base


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占比提高2.1个百分点", "change 2.1 个百分点"), ("指数较上月下降8.2个点", "change -8.2 个点"),
        ("利率下调25个基点", "change -25 个基点"), ("资产负债率较上年末下降1.02个百分点", "change -1.02 个百分点"),
        ("产量较上月下降8.2%", "mom -8.2 %"), ("产量比上年同期下降8.2%", "yoy -8.2 %"),
    ],
)  # fmt: skip
def test_points_are_a_change_and_percent_is_a_rate(text: str, expected: str) -> None:
    assert measures(text) == [expected]


# 7: how numbers are broken and hedged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("制备成本1 万 元", "1 万元"), ("改造 **72** 台电解槽", "72 台"), ("产量4 027万吨", "4027 万吨"),
        ("额度5000多亿元", "5000 亿元"), ("查阅十几万个数据", "100000 个"), ("预算近亿元", "1 亿元"), ("占比逾八成", "8 成"),
        ("期限29年零10个月", "29.833333 年"), ("规模为15000 m?/d", "15000 m?/d"), ("120余只股票", "120 只"),
        ("距离供暖季还有两个多月", "2 个月"), ("总投资约40亿", "40 亿"), ("２２．０６万㎡", "22.06 万㎡"),
        ("回填5.5万m³", "5.5 万m³"), ("日处理15000m3/d", "15000 m3/d"),
    ],
)  # fmt: skip
def test_a_number_is_read_whole(text: str, expected: str) -> None:
    assert phrases(text) == [expected]


# 8 is tests/read/test_not_figures.py; 9: repeats


def test_a_heading_and_its_text_are_two_figures_of_one_fact() -> None:
    heading, text = read_words(
        "8月空调采购额约21.96亿元\n据统计，8月全国空调采购规模约21.96亿元，采购活动较为活跃。\n"
    )
    assert (heading.value, heading.period) == (text.value, text.period)
    assert heading.id != text.id


def test_a_callout_is_read_with_the_words_above_it() -> None:
    [fact] = read_words("环保培训人数\n\n12,438 人次\n")
    assert (fact.value, fact.unit) == (12438, "人次")


# 10: scope notes do not hide figures; 11: two languages


def test_a_note_of_scope_changes_no_figure() -> None:
    assert phrases("主要污染物排放量（同口径）同比下降10.32%") == ["-10.32 %"]
    assert phrases("万元产值能耗（可比价）为0.26吨标准煤") == ["0.26 吨标准煤"]


def test_a_translation_gives_the_same_amounts() -> None:
    zh = read_words("2022年8月，精炼铜产量为91.7万吨，同比增长3.9%。")
    en = read_words("In August 2022, refined copper output was 917,000 tonnes, up 3.9% year on year.")
    assert [f.period for f in zh] == [f.period for f in en]
    assert [f.subject for f in zh] == [f.subject for f in en]
    assert zh[0].value * 10000 == en[0].value


def test_traditional_characters_are_read_like_simplified_ones() -> None:
    traditional = read_words("2022年8月，精煉銅產量為91.7萬噸，同比增長3.9%，環比減少1.2%。")
    simplified = read_words("2022年8月，精炼铜产量为91.7万吨，同比增长3.9%，环比减少1.2%。")
    assert [(f.subject, f.measure, f.period, f.value, f.unit) for f in traditional] == [
        (f.subject, f.measure, f.period, f.value, f.unit) for f in simplified
    ]
    assert traditional[0].quote == "91.7萬噸"


# 13: targets, capacities and outcomes side by side


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，占比提高到72%", ["target 72 %"]), ("力争2030年电气化比例达到20%", ["target 20 %"]),
        ("预计明年产量达到120万吨", ["target 120 万吨"]), ("2021年占比达到72%", ["share 72 %"]),
        ("电解铝产能417万吨", ["capacity 417 万吨"]),
        ("2021年产量74.0万吨，到2025年达到120万吨", ["output 74.0 万吨", "target 120 万吨"]),
        ("By 2025, recycled metals shall exceed 20 million tonnes", ["target 20 million tonnes"]),
    ],
)  # fmt: skip
def test_plans_are_told_from_outcomes(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


def test_a_target_is_for_its_own_year() -> None:
    assert periods("2020年产量74.0万吨，到2025年控制在80万吨以内") == ["2020", "2025"]


# 14: shorthand of brokers, wires and Taiwan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("铅现货价格分别为每吨15100元和15250元", ["price 15100 元/吨", "price 15250 元/吨"]),
        ("铅价分别为15100/15250元/吨", ["price 15100 元/吨", "price 15250 元/吨"]),
        ("排产同比+35%、+14%", ["yoy 35 %", "yoy 14 %"]),
        ("铅锭社会库存环比上周+6.5%", ["change 6.5 %"]),
        ("精废价差910元/吨，较上周+40元/吨", ["price 910 元/吨", "change 40 元/吨"]),
        ("9 月營收 3.2 億元，月增 4.1%，年減 12%", ["money 3.2 亿元", "mom 4.1 %", "yoy -12 %"]),
        ("铅材进口降6.7%，铅锭出口增16.7%", ["change -6.7 %", "change 16.7 %"]),
        ("利润率8.4%，比上年同期低1.1个百分点", ["share 8.4 %", "change -1.1 个百分点"]),
        ("回收率由38.5%升至44.1%", ["share 38.5 %", "share 44.1 %"]),
        ("产能置换比例不低于1.25:1", ["other 1.25"]),
        ("年均增长5.1%", ["change 5.1 %"]),
        ("蓄电池产量65.2GWh", ["output 65.2 GWh"]),
        ("银价盘中触及1，924.5美元", ["price 1924.5 美元"]),
    ],
)
def test_shorthand_is_read_as_it_is_meant(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("能效提高3至5个百分点", ["change 3~5 个百分点"]),
        ("能耗下降3到5%", ["change -5~-3 %"]),
        ("成本降低2至3万元", ["change -3~-2 万元"]),
        ("铅产量三点五万吨", ["output 3.5 万吨"]),
        ("同比下降1.5%，降幅收窄至1.2%", ["yoy -1.5 %", "yoy -1.2 %"]),
        ("净利润同比下降51.49%至58.83%", ["yoy -58.83~-51.49 %"]),
        ("产量增加5万吨至20万吨", ["change 5 万吨", "output 20 万吨"]),
        ("主要有：1、3家企业，2、5家企业", ["count 3 家", "count 5 家"]),
        ("The group’s smelters cut output by two thirds.", ["change -0.666667"]),
    ],
)
def test_ranges_words_and_numbering_are_kept_apart(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lead was up 1.1% to $2,177.5", ["change 1.1 %", "price 2177.5 $"]),
        ("closed at 15,210 yuan ($2,380) a tonne", ["price 15210 yuan/tonne", "price 2380 $/tonne"]),
        ("a deficit of 25,000 t this year", ["other 25000 t"]),
        ("Three-month lead at $2,177 a tonne", ["price 2177 $/tonne"]),
        ("8% lower than in the third quarter of 2021", ["change -8 %"]),
        ("Sales volumes were 1,671 tonnes lower, a 4% decrease", ["change -1671 tonnes", "change -4 %"]),
    ],
)
def test_a_wire_report_is_read_as_it_is_meant(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


@pytest.mark.parametrize(
    "text", ["今明两年放量", "五年间推进", "处于近两年较低水平", "培育百亿级园区", "4N5铟锭"]
)
def test_spans_sizes_and_grades_are_no_figures(text: str) -> None:
    assert phrases(text) == []


# identity of readings


def test_reading_twice_gives_the_same_ids() -> None:
    text = "8月精炼铜产量91.7万吨，同比增长3.9%；报价在10200-10400元/吨"
    assert [f.id for f in read_words(text)] == [f.id for f in read_words(text)]
