"""Words of change against the dated rows of a table."""

from collections.abc import Callable

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
