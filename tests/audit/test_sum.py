"""Sums: total rows, indicators defined as sums, parts in a parenthesis."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


PROVINCES = "2025年分省产量（万吨）\n\n地区\t产量\n{}\n"
TABLE = """
| 类别 | 产量（万吨） | 占比（%） |
| 铜 | [10.1|铜 output 2022 unit=万吨] | [50|铜 share 2022 unit=%] |
| 铝 | [6.0|铝 output 2022 unit=万吨] | [30|铝 share 2022 unit=%] |
| 锌 | [4.1|锌 output 2022 unit=万吨] | [20|锌 share 2022 unit=%] |
| 合计 | [{total}|合计 output 2022 unit=万吨] | [100|合计 share 2022 unit=%] |
"""


def test_a_total_row_is_the_sum_of_its_rows(found: Found) -> None:
    assert [f.verdict for f in found("sum", TABLE.format(total="20.2"))] == ["holds", "holds"]


def test_a_wrong_total_fails_and_names_what_would_heal_it(found: Found) -> None:
    [wrong] = [f for f in found("sum", TABLE.format(total="22.0")) if f.verdict == "fails"]
    assert wrong.half_units == 36.0
    assert ("20.05万吨", "20.35万吨") in [(h.low, h.high) for h in wrong.heals]


def test_a_table_with_subtotals_is_not_added_up(found: Found) -> None:
    """Every row counted twice is no total."""
    assert [f.verdict for f in found("sum", TABLE.format(total="10.1"))] == ["holds"]


def test_water_is_fresh_water_and_reused_water(found: Found) -> None:
    tested = found(
        "sum",
        """
        | 指标 | 单位 | 2017 | 2018 |
        | 工业用水量 | 亿吨 | [32.19|工业用水量 volume 2017 unit=亿吨] | [43.31|工业用水量 volume 2018 unit=亿吨] |
        | 新鲜水用水量 | 亿吨 | [1.42|新鲜水 volume 2017 unit=亿吨] | [1.48|新鲜水 volume 2018 unit=亿吨] |
        | 重复用水量 | 亿吨 | [30.99|重复用水 volume 2017 unit=亿吨] | [41.83|重复用水 volume 2018 unit=亿吨] |
        """,
    )
    assert [f.verdict for f in tested] == ["fails", "holds"]


def test_parts_in_a_parenthesis_are_added_over_their_units(found: Found) -> None:
    [capacity] = found(
        "sum",
        "年产能为[11GW|电池 capacity 2020](PERC电池为[10.2GW|PERC capacity 2020]，N型电池为[800MW|N型 capacity 2020])。",
    )
    assert capacity.verdict == "holds"


def test_rates_are_never_added_up(found: Found) -> None:
    rows = TABLE.replace("占比（%）", "同比（%）").replace("[100|合计", "[7.5|合计")
    assert len(found("sum", rows.format(total="20.2"))) == 1


def test_a_total_that_names_its_parts_is_none_of_them(found: Found) -> None:
    tested = found(
        "sum",
        """
        | 指标 | 单位 | 2020 |
        | 温室气体排放总量(范围一+范围二) | 万吨 | [214.6|排放总量 emission 2020 unit=万吨] |
        | 范围一排放量 | 万吨 | [110.3|范围一 emission 2020 unit=万吨] |
        | 范围二排放量 | 万吨 | [104.3|范围二 emission 2020 unit=万吨] |
        """,
    )
    assert [f.quotes for f in tested] == [("214.6", "110.3", "104.3")]


@pytest.mark.parametrize(
    "rows",
    [
        "云南\t50.0\n江西\t40.0\n上年同期云南\t38.0\n合计\t90.0",
        "云南\t50.0\n江西\t40.0\n平均\t45.0\n合计\t90.0",
        "云南\t50.0\n新增产线\t30.0\n江西\t10.0\n合计\t90.0",
    ],
)
def test_a_row_of_another_time_or_a_mean_is_no_part(told: Found, rows: str) -> None:
    assert [f.verdict for f in told("sum", PROVINCES.format(rows))] == ["holds"]


@pytest.mark.parametrize(
    "rows",
    [
        "合计\t{}\n云南\t50.0\n江西\t40.0",
        "云南\t50.0\n江西\t40.0\n合计产量\t{}",
        "云南\t50.0\n江西\t40.0\n合计产量（万吨）\t{}",
        "Yunnan\t50.0\nJiangxi\t40.0\nTotal output\t{}",
        "Yunnan\t50.0\nJiangxi\t40.0\nGrand total\t{}",
    ],
)
def test_a_total_stands_first_or_last_and_may_say_what_it_totals(told: Found, rows: str) -> None:
    assert [f.verdict for f in told("sum", PROVINCES.format(rows.format("90.0")))] == ["holds"]
    assert [f.verdict for f in told("sum", PROVINCES.format(rows.format("95.0")))] == ["fails"]


def test_what_a_first_row_has_of_which_need_not_be_all_of_it(told: Found) -> None:
    rows = "合计\t100.0\n其中：国有\t40.0\n私营\t30.0\n外资\t10.0"
    assert told("sum", PROVINCES.format(rows)) == []


def test_total_output_is_no_total_of_imports(told: Found) -> None:
    text = "2025 (tonnes)\n\nItem\t2025\nMine production\t20\nImports\t5\nTotal production\t30\n"
    assert told("sum", text) == []


@pytest.mark.parametrize("head", ["Grand total", "Total output", "合计产量"])
def test_a_total_column_may_say_what_it_totals(told: Found, head: str) -> None:
    text = f"Output 2025 (tonnes)\n\nMetal\tYunnan\tJiangxi\t{head}\ncopper\t50.0\t40.0\t95.0\nlead\t5.0\t4.0\t9.0\n"
    assert [f.verdict for f in told("sum", text)] == ["fails", "holds"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年精炼铜产量100.0万吨（{}矿产铜80.0万吨、再生铜18.5万吨）。",
        "Refined copper output was 100.0 tonnes ({}80.0 tonnes from mines, 18.5 tonnes from scrap) in 2025.",
    ],
)
def test_a_parenthesis_that_opens_with_of_which_is_not_all_of_it(told: Found, sentence: str) -> None:
    assert [f.verdict for f in told("sum", sentence.format(""))] == ["fails"]
    for opening in ("其中", "of which ", "including "):
        assert told("sum", sentence.format(opening)) == []
        assert {f.verdict for f in told("part_of_whole", sentence.format(opening))} == {"holds"}


def test_more_than_five_per_cent_may_be_what_the_total_lacks(told: Found) -> None:
    text = "2025年投资\n\n项目\t占比\n铜冶炼\t超5%\n铝冶炼\t92%\n合计\t100%\n"
    assert told("sum", text) == []


def test_whole_thousands_in_a_table_are_no_rounding(told: Found) -> None:
    text = "2024年库存（吨）\n\n地区\t库存\n云南\t98000\n内蒙古\t67500\n陕西\t52000\n合计\t{}\n"
    assert [f.verdict for f in told("sum", text.format(218500))] == ["fails"]
    assert [f.verdict for f in told("sum", text.format(217500))] == ["holds"]
