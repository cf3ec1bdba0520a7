"""Ranges: which low and which high are one quote."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Audited = Callable[..., list[Finding]]


def ranges(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(f.arithmetic.zh, f.verdict) for f in findings}


def test_two_quotes_of_a_day_are_two_ranges(told: Audited) -> None:
    text = "2026年10月9日，锑锭报价82000-83000元/吨，午后锑锭报价80000-81000元/吨。"
    assert ranges(told("band", text)) == {
        ("82000元/吨 ≤ 83000元/吨", "holds"),
        ("80000元/吨 ≤ 81000元/吨", "holds"),
    }


def test_a_high_and_the_low_of_the_next_quote_are_no_range(found: Audited) -> None:
    marked = (
        "锑锭[83000元/吨|sb price.high 2026-10-09]封顶，随后[80000元/吨|sb price.low 2026-10-09]"
        "至[81000元/吨|sb price.high 2026-10-09]。"
    )
    assert ranges(found("band", marked)) == {("80000元/吨 ≤ 81000元/吨", "holds")}


def test_a_range_of_a_table_stands_in_one_row(found: Audited) -> None:
    marked = """
    | 时间 | 最低 | 最高 | 最低 | 最高 |
    | 上周 | [82000|sb price.low 2026-10 {u}] | [83000|sb price.high 2026-10 {u}] | [80000|sb price.low 2026-10 {u}] | [81000|sb price.high 2026-10 {u}] |
    | 本周 | [82500|sb price.low 2026-10 {u}] | - | - | - |
    | 下周 | - | [79000|sb price.high 2026-10 {u}] | - | - |
    """.replace("{u}", "unit=元/吨")
    assert ranges(found("band", marked)) == {
        ("82000元/吨 ≤ 83000元/吨", "holds"),
        ("80000元/吨 ≤ 81000元/吨", "holds"),
    }
