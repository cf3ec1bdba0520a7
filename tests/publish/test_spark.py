"""Sparklines and bars."""

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from touchstone.publish.spark import bar, spark

MONDAY = date(2020, 10, 5)


def points(drawn: str) -> list[tuple[float, float]]:
    path = re.search(r'd="M([^"]+)"', drawn)
    assert path
    return [(float(x), float(y)) for x, y in (each.split() for each in path[1].split("L"))]


def days(*after: int) -> list[date]:
    return [MONDAY + timedelta(days=n) for n in after]


def test_values_are_spaced_by_their_days_and_higher_is_up() -> None:
    (a, low), (b, same), (c, high) = points(spark(days(0, 1, 4), [Decimal(1), Decimal(1), Decimal(3)], "x"))
    assert (c - b) == 3 * (b - a)
    assert low == same > high


def test_a_series_that_never_moved_lies_in_the_middle() -> None:
    assert {y for _, y in points(spark(days(0, 1), [Decimal(7), Decimal(7)], "x", height=20))} == {10}


def test_a_single_value_is_a_dot_where_the_newest_one_always_is() -> None:
    alone, several = (spark(days(*n), [Decimal(7)] * len(n), "x") for n in ((0,), (0, 1)))
    assert points(alone)[-1] == points(several)[-1]


def test_the_sentence_is_its_title_and_cannot_become_markup() -> None:
    drawn = ElementTree.fromstring(spark(days(0), [Decimal(1)], '<b>"&'))
    [title] = drawn.findall("{*}title") or drawn.findall("title")
    assert title.text == '<b>"&'
    assert drawn.get("role") == "img"


@given(st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=40))
def test_every_line_lies_inside_its_frame(values: list[Decimal]) -> None:
    for x, y in points(spark(days(*range(len(values))), values, "x", 88, 26)):
        assert 0 <= x <= 88
        assert 0 <= y <= 26


@given(st.lists(st.fractions(0, 10**6), min_size=2, max_size=4))
def test_every_bar_lies_inside_its_scale(ends: list[Fraction]) -> None:
    least, *_, most = sorted(ends)
    low, high = sorted(ends)[:2]
    rect = re.search(r'<rect [^>]*x="([\d.]+)"[^>]*width="([\d.]+)"', bar(low, high, least, most, "x"))
    assert rect
    assert float(rect[1]) >= 0
    assert float(rect[1]) + float(rect[2]) <= 180
