"""Words of change against the dated rows of a table."""

from collections.abc import Callable

import pytest

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

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


def of_html(body: str, rule: str = "unchanged", day: str = "2024-02-16") -> list[Finding]:
    """The findings of one rule on a web page."""
    document = read_bytes(f"<html><body>{body}</body></html>".encode(), f"rotterdam-{day}.html")
    return [f for f in audit([(document, read_figures(document))]) if f.rule == rule]


DAILY = (
    "<h1>国内小金属价格日报</h1><p>2024年2月9日</p><table><tr><th>品种</th><th>单位</th><th>2月7日</th><th>2月8日</th><th>2月9日</th>"
    "<th>涨跌</th></tr><tr><td>锗锭</td><td>元/公斤</td><td>9400-9600</td><td>9400-9600</td><td>9400-9600</td><td>{ge}</td></tr>"
    "<tr><td>精铟</td><td>元/公斤</td><td>1850-1900</td><td>1850-1900</td><td>1860-1910</td><td>{indium}</td></tr></table>"
)
WEEK = (
    "<h1>Rotterdam</h1><p>{text}</p><table><tr><th>Date</th><th>Rotterdam indium ($/kg)</th></tr><tr><td>9 February 2024</td>"
    "<td>245-260</td></tr><tr><td>14 February 2024</td><td>250-265</td></tr><tr><td>16 February 2024</td><td>252.5-267.5</td></tr></table>"
)


def test_a_printed_change_of_a_row_that_did_not_move_fails() -> None:
    found = of_html(DAILY.format(ge="+50", indium="+10"), day="2024-02-09")
    assert [(f.verdict, "= 0 ≠ 50" in f.arithmetic.en) for f in found] == [("fails", True), ("holds", False)]


def test_a_printed_fall_of_a_row_that_rose_fails() -> None:
    found = of_html(DAILY.format(ge="0", indium="-10"), day="2024-02-09")
    assert [f.verdict for f in found] == ["fails", "holds"]


def test_a_wrong_percentage_in_the_text_fails_against_the_row_before() -> None:
    [wrong] = of_html(WEEK.format(text="Rotterdam indium rose 5% to $252.5-267.5/kg in the week."))
    assert wrong.verdict == "fails" and "0.9709% ≠ 5%" in wrong.arithmetic.en
    assert "250-265$/kg (2024-02-14)" in wrong.arithmetic.en


@pytest.mark.parametrize(("rate", "verdict"), [("1%", "holds"), ("3%", "holds"), ("5%", "fails")])
def test_a_percentage_without_a_base_may_be_of_any_day_of_the_week_before(rate: str, verdict: str) -> None:
    text = f"Rotterdam indium rose {rate} to $252.5-267.5/kg."
    [found] = of_html(WEEK.format(text=text), day="2024-02-16")
    assert found.verdict == verdict


def test_a_change_against_a_day_of_the_week_before_is_not_tested_against_another() -> None:
    [moved] = of_html(WEEK.format(text="Rotterdam indium was $252.5-267.5/kg, up $7.5/kg."))
    assert moved.verdict == "holds" and "2024-02-09" in moved.arithmetic.en


@pytest.mark.parametrize(
    "text",
    [
        "Rotterdam indium rose {rate} to $252.5-267.5/kg from $250-265/kg.",
        "Rotterdam indium rose {rate} from $250-265/kg to $252.5-267.5/kg.",
    ],
)
def test_a_percentage_between_two_ranges_of_its_sentence_is_computed_from_them(text: str) -> None:
    for rate, verdict in (("1%", "holds"), ("3%", "fails")):
        assert [f.verdict for f in of_html(f"<p>{text.format(rate=rate)}</p>")] == [verdict]
