"""Words of change against the dated rows of a table."""

from collections.abc import Callable

import pytest

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


MARKED = """
今日铟锭[均价较上周五保持不变|in.ingot price.change 2020-10-09 market.domestic base=上周五 form=implicit value=0]。
| 日期 | 精铟 |
| 9月29日 | [1290|in.ingot price.low 2020-09-29 market.domestic unit=元/公斤] |
| 9月30日 | [{before}|in.ingot price.low 2020-09-30 market.domestic unit=元/公斤] |
| 10月9日 | [1300|in.ingot price.low 2020-10-09 market.domestic unit=元/公斤] |
"""


def test_last_friday_was_a_holiday_so_the_row_before_it_counts(found: Found) -> None:
    [same] = found("unchanged", MARKED.format(before=1300))
    assert same.verdict == "holds" and len(same.facts) == 3


def test_a_price_that_moved_is_not_unchanged(found: Found) -> None:
    assert [f.verdict for f in found("unchanged", MARKED.format(before=1280))] == ["fails"]


def test_a_single_row_proves_nothing(found: Found) -> None:
    marked = (
        MARKED.format(before=1300).replace("2020-09-29", "2020-10-09").replace("2020-09-30", "2020-10-09")
    )
    assert found("unchanged", marked) == []


MOVED = """
锑锭报价[81000元/吨|sb price.low 2023-11-17 market.domestic]，均价较上周五[上涨{by}元/吨|sb price.change 2023-11-17 market.domestic base=上周五]。
| 日期 | 锑锭 | 锑锭 |
| 11月10日 | [80500|sb price.low 2023-11-10 market.domestic unit=元/吨] | [81500|sb price.high 2023-11-10 market.domestic unit=元/吨] |
| 11月17日 | [81000|sb price.low 2023-11-17 market.domestic unit=元/吨] | [82000|sb price.high 2023-11-17 market.domestic unit=元/吨] |
"""


def test_a_move_of_the_mean_is_the_move_of_the_rows(found: Found) -> None:
    assert [f.verdict for f in found("unchanged", MOVED.format(by=500))] == ["holds"]
    assert [f.verdict for f in found("unchanged", MOVED.format(by=600))] == ["fails"]


def test_rows_of_this_week_do_not_settle_what_is_said_of_last_friday(found: Found) -> None:
    this_week = (
        MARKED.format(before=1280).replace("2020-09-29", "2020-10-07").replace("2020-09-30", "2020-10-08")
    )
    assert found("unchanged", this_week) == []


def test_the_move_of_one_end_is_that_end_of_the_rows(found: Found) -> None:
    marked = MOVED.replace("[81000|", "[80700|").replace("[81000元/吨|", "[80700元/吨|")
    for end, by, verdict in (("low", 200, "holds"), ("high", 500, "holds"), ("high", 200, "fails")):
        of_one_end = marked.replace("price.change", f"price.{end}.change").format(by=by)
        assert [f.verdict for f in found("unchanged", of_one_end)] == [verdict], (end, by)


@pytest.mark.parametrize(
    ("base", "verdicts"),
    [
        ("上周五", []),
        ("上周", []),
        ("last_Friday", []),
        ("a_week_ago", []),
        ("上月", []),
        ("年初", []),
        ("2023-11-10", []),
        ("2023-11-16", ["fails"]),
        ("昨日", ["fails"]),
        ("上一交易日", ["fails"]),
    ],
)
def test_only_the_row_of_the_day_that_is_meant_tests_a_change(
    found: Found, base: str, verdicts: list[str]
) -> None:
    this_week = MOVED.replace("2023-11-10", "2023-11-16").replace("上周五]", f"{base}]")
    assert [f.verdict for f in found("unchanged", this_week.format(by=600))] == verdicts


AFTER_HOLIDAY = """
锑锭报价[147000元/吨|sb price.low 2025-02-07 market.domestic]，均价较节前[上涨{by}元/吨|sb price.change 2025-02-07 market.domestic base=节前]。
| 日期 | 锑锭 |
| 1月27日 | [143000|sb price.low 2025-01-27 market.domestic unit=元/吨] |
| 2月5日 | [145000|sb price.low 2025-02-05 market.domestic unit=元/吨] |
| 2月6日 | [146000|sb price.low 2025-02-06 market.domestic unit=元/吨] |
| 2月7日 | [147000|sb price.low 2025-02-07 market.domestic unit=元/吨] |
"""


def test_before_the_holiday_is_the_last_open_day_and_not_the_row_above(found: Found) -> None:
    assert [f.verdict for f in found("unchanged", AFTER_HOLIDAY.format(by=4000))] == ["holds"]
    assert [f.verdict for f in found("unchanged", AFTER_HOLIDAY.format(by=1000))] == ["fails"]


def test_without_a_row_of_the_day_before_the_holiday_nothing_is_tested(found: Found) -> None:
    marked = AFTER_HOLIDAY.replace("2025-01-27", "2025-01-24")
    assert found("unchanged", marked.format(by=4000)) == []


def test_in_a_year_without_a_calendar_a_holiday_is_not_guessed(found: Found) -> None:
    assert found("unchanged", AFTER_HOLIDAY.replace("2025-", "1999-").format(by=1000)) == []


def test_one_end_may_stay_where_the_other_moves(found: Found) -> None:
    moved = MOVED.replace("82000|", "81500|").replace(
        "上涨{by}元/吨|sb price.change", "持平|sb price.{end}.change"
    )
    marked = moved.replace("base=上周五]", "base=上周五 form=implicit value=0]")
    assert [f.verdict for f in found("unchanged", marked.format(end="high"))] == ["holds"]
    assert [f.verdict for f in found("unchanged", marked.format(end="low"))] == ["fails"]
