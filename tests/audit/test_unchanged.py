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
    assert [f.verdict for f in found("unchanged", this_week)] == ["warning"]


def test_the_move_of_one_end_is_that_end_of_the_rows(found: Found) -> None:
    marked = MOVED.replace("[81000|", "[80700|").replace("[81000元/吨|", "[80700元/吨|")
    for end, by, verdict in (("low", 200, "holds"), ("high", 500, "holds"), ("high", 200, "fails")):
        of_one_end = marked.replace("price.change", f"price.{end}.change").format(by=by)
        assert [f.verdict for f in found("unchanged", of_one_end)] == [verdict], (end, by)


@pytest.mark.parametrize(
    ("base", "verdict"), [("上周五", "warning"), ("last_Friday", "warning"), ("昨日", "fails")]
)
def test_last_friday_is_understood_in_either_language(found: Found, base: str, verdict: str) -> None:
    this_week = MOVED.replace("2023-11-10", "2023-11-16").replace("上周五]", f"{base}]")
    assert [f.verdict for f in found("unchanged", this_week.format(by=600))] == [verdict]


def test_one_end_may_stay_where_the_other_moves(found: Found) -> None:
    moved = MOVED.replace("82000|", "81500|").replace(
        "上涨{by}元/吨|sb price.change", "持平|sb price.{end}.change"
    )
    marked = moved.replace("base=上周五]", "base=上周五 form=implicit value=0]")
    assert [f.verdict for f in found("unchanged", marked.format(end="high"))] == ["holds"]
    assert [f.verdict for f in found("unchanged", marked.format(end="low"))] == ["fails"]
