"""Stated counts and the lists beside them."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


def verdicts(findings: list[Finding]) -> list[str]:
    return [f.verdict for f in findings]


def test_quoted_titles_are_counted(found: Found) -> None:
    titles = "主持了“高抗拉锂电铜箔”“电解铜箔添加剂”“超低轮廓铜箔”[{}个|项目 count -]科研项目。"
    assert verdicts(found("stated_count", titles.format(3))) == ["holds"]
    assert verdicts(found("stated_count", titles.format(4))) == ["fails"]


def test_an_open_list_may_be_shorter(found: Found) -> None:
    assert verdicts(found("stated_count", "科技部、发改委、工信部等[9部委|部委 count -]发布。")) == ["holds"]


def test_and_may_join_two_members_or_stand_inside_one(found: Found) -> None:
    assert verdicts(
        found("stated_count", "从政策规划、市场趋势和技术创新[三个|方面 count - value=3 unit=个 form=zh]方面")
    ) == ["holds"]


def test_words_before_a_count_that_are_no_list_are_left_alone(found: Found) -> None:
    assert found("stated_count", "支持企业、园区开展[5项|试点 count -]试点。") == []
    assert (
        found("stated_count", "利用国内国际两种资源、[两个|市场 count - value=2 unit=个 form=zh]市场。") == []
    )


def test_the_rows_of_a_table_are_what_its_heading_announces(found: Found) -> None:
    table = """
    # 2019年[四大|污染物 count 2019 value={} unit=大 form=zh]特征污染物排放
    | 指标 | 2019 |
    | 二氧化硫 | [69025|SO2 emission 2019 unit=吨] |
    | 氮氧化物 | [45335|NOx emission 2019 unit=吨] |
    | 化学需氧量 | [299|COD emission 2019 unit=吨] |
    """
    assert verdicts(found("stated_count", table.format(4))) == ["fails"]
    assert verdicts(found("stated_count", table.format(3))) == ["holds"]


def test_a_total_row_is_not_one_of_them(found: Found) -> None:
    table = """
    # [两大|基地 count 2019 value=2 unit=大 form=zh]基地产量
    | 基地 | 2019 |
    | 甲 | [1.0|a output 2019 unit=万吨] |
    | 乙 | [2.0|b output 2019 unit=万吨] |
    | 合计 | [3.0|c output 2019 unit=万吨] |
    """
    assert verdicts(found("stated_count", table)) == ["holds"]


@pytest.mark.parametrize(
    "rows",
    [
        ("10月7日", "10月8日", "10月9日"),
        ("2023", "2024", "2025"),
        ("2025年一季度", "2025年二季度", "2025年三季度"),
        ("上半年", "三季度", "10月"),
        ("Oct 7", "Oct 8", "Oct 9"),
    ],
)
def test_a_course_of_days_or_months_is_no_list_of_the_items_announced(
    found: Found, rows: tuple[str, ...]
) -> None:
    heading = "# [四大|品种 count - value=4 unit=大 form=zh]品种价格走势\n| 日期 | 锑锭 |\n"
    dated = "".join(f"| {row} | [{80000 + n}|sb price 2026-10 unit=元/吨] |\n" for n, row in enumerate(rows))
    assert found("stated_count", heading + dated) == []


def test_a_long_list_of_titles_is_counted_to_its_beginning(found: Found) -> None:
    titles = "".join(f"《{n}号再生铜原料加工配送与高纯阴极铜短流程制备技术示范》" for n in range(12))
    marked = "完成了" + titles + "[{}项|成果 count -]成果。"
    assert verdicts(found("stated_count", marked.format(12))) == ["holds"]
    assert verdicts(found("stated_count", marked.format(11))) == ["fails"]
