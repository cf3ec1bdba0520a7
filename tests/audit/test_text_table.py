"""Text and table show one figure."""

from collections.abc import Callable

import pytest

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

Found = Callable[..., list[Finding]]


PRICES = """
国内铋锭主流报价为[{low}-42500元/吨|bi.ingot price.low 2020-10-09 market.domestic value={low} unit=元/吨]。
| 日期 | 铋锭 | 铋锭 |
| 9月30日 | [41500|bi.ingot price.low 2020-09-30 market.domestic unit=元/吨] | [42500|bi.ingot price.high 2020-09-30 market.domestic unit=元/吨] |
| 10月9日 | [41500|bi.ingot price.low {day} market.domestic unit=元/吨] | [42500|bi.ingot price.high {day} market.domestic unit=元/吨] |
"""


def test_a_price_of_the_text_is_the_last_row_of_its_column(found: Found) -> None:
    assert [f.verdict for f in found("text_table", PRICES.format(low=41500, day="2020-10-09"))] == ["holds"]


def test_another_price_on_the_same_day_fails(found: Found) -> None:
    assert [f.verdict for f in found("text_table", PRICES.format(low=41000, day="2020-10-09"))] == ["fails"]


def test_another_price_on_another_day_is_worth_a_look(found: Found) -> None:
    assert [f.verdict for f in found("text_table", PRICES.format(low=41000, day="2020-10-08"))] == ["warning"]


def test_what_a_producer_asks_is_not_the_market(found: Found) -> None:
    marked = PRICES.format(low=41000, day="2020-10-09").replace("国内铋锭", "有生产商表示铋锭")
    assert found("text_table", marked) == []


def test_two_grades_of_one_metal_are_not_mixed_up(found: Found) -> None:
    marked = """
    镉报价[90美分/磅|镉 price 2020-10-07 market.rotterdam]。
    | 日期 | 镉99.95 | 镉99.99 |
    | 10月7日 | [95|镉（99.95） price 2020-10-07 market.rotterdam unit=美分/磅] | [100|镉（99.99） price 2020-10-07 market.rotterdam unit=美分/磅] |
    """
    assert found("text_table", marked) == []


def test_two_digits_that_changed_places_are_seen(found: Found) -> None:
    marked = """
    8月精炼铜[91.7万吨|cu.refined output 2022-08]。
    | 月份 | 产量（万吨） |
    | 8月 | [97.1|cu.refined output 2022-08 unit=万吨] |
    """
    [swapped] = found("text_table", marked)
    assert swapped.verdict == "fails" and {h.low for h in swapped.heals} == {"97.05万吨", "91.65万吨"}


def test_figures_far_apart_are_two_different_things(found: Found) -> None:
    marked = """
    8月精炼铜[91.7万吨|cu.refined output 2022-08]。
    | 企业 | 产量（万吨） |
    | 甲 | [9.5|cu.refined output 2022-08 unit=万吨] |
    """
    assert found("text_table", marked) == []


def test_the_share_of_one_amount_is_one_share(found: Found) -> None:
    marked = """
    民用空调采购额[1.66亿元|民用空调 money 2020-08]，占比[8%|民用空调 share 2020-08]。
    | 类别 | 采购额（亿元） | 占比（%） |
    | 民用空调 | [1.66|民用空调 money 2020-08 unit=亿元] | [18|民用空调 share 2020-08 unit=%] |
    """
    assert [f.quotes for f in found("text_table", marked) if f.verdict == "fails"] == [("8%", "18")]


@pytest.mark.parametrize("said", [("105.5", "100.5"), ("100.5", "105.5"), ("105.5", "100.5", "105.5")])
def test_every_value_the_text_gives_is_held_against_the_table(found: Found, said: tuple[str, ...]) -> None:
    """The order of the sentences does not matter; a value said twice is one finding."""
    sentences = "".join(f"精炼锡产量[{value}万吨|sn.refined output 2025-10]。\n" for value in said)
    table = "| 品种 | 产量（万吨） |\n| 精炼锡 | [100.5|sn.refined output 2025-10 unit=万吨] |"
    tested = [(f.quotes[0], f.verdict) for f in found("text_table", sentences + table)]
    assert tested == [("105.5万吨", "fails"), ("100.5万吨", "holds")]


@pytest.mark.parametrize(("shown", "verdict"), [("8", "holds"), ("3", "fails")])
def test_a_table_may_show_more_than_the_text_says_at_least(found: Found, shown: str, verdict: str) -> None:
    marked = f"""
    民用空调采购额[1.66亿元|民用空调 money 2020-08]，占比超[5%|民用空调 share 2020-08 approx=over]。
    | 类别 | 采购额（亿元） | 占比（%） |
    | 民用空调 | [1.66|民用空调 money 2020-08 unit=亿元] | [{shown}|民用空调 share 2020-08 unit=%] |
    """
    [share] = found("text_table", marked)
    assert share.verdict == verdict and share.arithmetic.zh.endswith("≥5%")


RANGES = (
    "<p>Published: 9 February 2024</p><p>In Rotterdam indium rose to $250-265/kg on 9 February 2024 from {then}/kg a week earlier.</p>"
    "<table><tr><th>Date</th><th>Rotterdam indium ($/kg)</th></tr><tr><td>2 February 2024</td><td>245-260</td></tr>"
    "<tr><td>9 February 2024</td><td>250-265</td></tr></table>"
)


@pytest.mark.parametrize(("then", "verdicts"), [("$245-260", {"holds"}), ("$240-260", {"holds", "warning"})])
def test_a_range_a_week_earlier_is_that_of_the_row_a_week_earlier(then: str, verdicts: set[str]) -> None:
    document = read_bytes(RANGES.format(then=then).encode(), "rotterdam-2024-02-09.html")
    found = [f for f in audit([(document, read_figures(document))]) if f.rule == "text_table"]
    assert len(found) == 4 and {f.verdict for f in found} == verdicts
    assert not [f for f in found if "245$/kg ≠ 250" in f.arithmetic.en or "260$/kg ≠ 265" in f.arithmetic.en]
