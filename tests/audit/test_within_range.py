"""A single quote against the range of its market."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


MARKED = """
铋锭报价为[2.85美元/磅|bi price.low 2020-10-09 market.international]-[3.10美元/磅|bi price.high 2020-10-09 market.international]。
鹿特丹市场报价在[{price}美元/磅|bi price 2020-10-09 market.rotterdam]。
"""


def test_a_quote_of_another_market_below_the_range_is_worth_a_look(found: Found) -> None:
    assert [f.verdict for f in found("within_range", MARKED.format(price="2.8"))] == ["warning"]


def test_a_quote_inside_the_range_holds(found: Found) -> None:
    assert [f.verdict for f in found("within_range", MARKED.format(price="3.0"))] == ["holds"]


def test_a_range_of_last_month_is_no_measure(found: Found) -> None:
    assert (
        found(
            "within_range",
            MARKED.format(price="2.8").replace("2020-10-09 market.inter", "2020-09-09 market.inter"),
        )
        == []
    )
