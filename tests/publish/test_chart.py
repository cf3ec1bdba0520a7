"""Charts and their drawing."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.publish.chart import Chart, Trace, alt
from touchstone.publish.draw import svg
from touchstone.publish.format import Unwritable
from touchstone.publish.scale import ticks, with_room

MONTHS = ("2022-05", "2022-06", "2022-07", "2022-08")
values = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=2)


def line(*numbers: str | None, title: str = "铜需求景气指数") -> Chart:
    trace = Trace("指数", tuple(None if n is None else Decimal(n) for n in numbers))
    return Chart("line", title, MONTHS[: len(numbers)], (trace,), "点", sources=("简报.pdf",))


def test_a_drawing_has_title_unit_source_and_a_sentence_for_those_who_cannot_see_it() -> None:
    drawn = ElementTree.fromstring(svg(line("104.5", "104.2", "102.2", "101.9"), "zh"))
    texts = [e.text for e in drawn.iter() if e.text]
    assert texts[:2] == ["铜需求景气指数", "点"]
    assert texts[-1] == "来源：简报.pdf"
    assert drawn.get("role") == "img"
    assert (
        drawn.get("aria-label")
        == "折线图：铜需求景气指数，2022年5月至2022年8月共 4 期，最低 101.9，最高 104.5，单位 点。"
    )


def test_a_drawing_is_small_and_always_the_same() -> None:
    chart = line("104.5", "104.2", "102.2", "101.9")
    assert svg(chart, "zh") == svg(chart, "zh")
    assert len(svg(chart, "zh").encode()) < 4_000


def test_a_title_cannot_become_markup() -> None:
    drawn = svg(line("1", "2", title='<script>alert(1)</script>" onload="x'), "en")
    assert "<script" not in drawn
    assert not any("onload" in name for e in ElementTree.fromstring(drawn).iter() for name in e.attrib)


def test_a_missing_value_breaks_the_line() -> None:
    drawn = svg(line("104.5", None, "102.2", "101.9"), "en")
    path = re.search(r'class="c-ink0" d="([^"]+)"', drawn)
    assert path
    assert path[1].count("M") == 2


def test_a_line_breaks_where_more_days_lie_between_two_values_than_the_chart_says() -> None:
    """A weekly index with a hole of sixteen weeks."""
    days = [date(2023, 1, 6) + timedelta(weeks=n) for n in (0, 1, 2, 4, 20, 21)]
    trace = Trace("指数", tuple(map(Decimal, range(6))))
    for gap, pieces in ((0, 1), (35, 2)):
        chart = Chart("line", "指数", tuple(day.isoformat() for day in days), (trace,), "%", gap=gap)
        path = re.search(r'class="c-ink0" d="([^"]+)"', svg(chart, "zh"))
        assert path and path[1].count("M") == pieces


def test_traces_differ_without_colour() -> None:
    traces = tuple(
        Trace(name, (Decimal(1), Decimal(2), Decimal(3), Decimal(4))) for name in ("甲", "乙", "丙")
    )
    drawn = svg(Chart("line", "三条", MONTHS, traces), "zh")
    dashes = re.findall(r'class="c-ink\d"[^>]*?(?:stroke-dasharray="([^"]+)")?/>', drawn)
    assert len(set(dashes)) == 3
    for name in ("甲", "乙", "丙"):
        assert f">{name}</text>" in drawn


def test_a_low_high_pair_is_a_band_and_a_vintage_a_thin_line() -> None:
    pair = Trace("铟", (Decimal(1300),) * 4, (Decimal(1400),) * 4)
    old = Trace("", (Decimal(1250), None, None, None), (), True)
    drawn = svg(Chart("range", "铟锭", MONTHS, (old, pair), "元/公斤"), "zh")
    assert 'fill-opacity=".16"' in drawn
    assert 'class="c-vintage"' in drawn


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Chart("pie", "x", ("2022",), (Trace("", (Decimal(1),)),)),
        lambda: Chart("line", "x", ("2022", "2023"), (Trace("", (Decimal(1),)),)),
        lambda: Chart("line", "x", ("2022",), (Trace("", (None,)),)),
        lambda: Chart("line", "x", (), ()),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused(wrong: object) -> None:
    with pytest.raises(Unwritable):
        wrong()  # type: ignore[operator]


@given(values, values)
def test_ticks_cover_the_values_at_even_steps(first: Decimal, second: Decimal) -> None:
    low, high = min(first, second), max(first, second)
    found = ticks(low, high)
    assert found[0] <= low <= high <= found[-1]
    assert 2 <= len(found) <= 13
    assert len({b - a for a, b in pairwise(found)}) == 1


@given(st.lists(values, min_size=1, max_size=4), st.sampled_from(["line", "bar", "range"]))
def test_every_chart_draws_well_formed_and_inside_its_frame(numbers: list[Decimal], kind: str) -> None:
    chart = Chart(kind, "x", MONTHS[: len(numbers)], (Trace("y", tuple(numbers)),))
    drawn = ElementTree.fromstring(svg(chart, "en", 350, 300))
    for text in drawn.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.get("x", "-1")) <= 350
        assert 0 <= float(text.get("y", "-1")) <= 300


def test_labels_that_would_touch_are_left_out_but_never_the_last() -> None:
    assert with_room([10, 20, 100], [30, 30, 30]) == [1, 2]


def test_the_sentence_says_when_there_is_no_unit() -> None:
    chart = Chart("bar", "家数", ("2021", "2022"), (Trace("", (Decimal(3), Decimal(4))),))
    assert "(no unit)" in alt(chart, "en")


def test_a_long_history_is_drawn_as_its_envelope_and_loses_no_peak() -> None:
    days = tuple((date(2010, 1, 4) + timedelta(days=n)).isoformat() for n in range(2500))
    lows = tuple(Decimal(100) if n != 1234 else Decimal(20) for n in range(2500))
    highs = tuple(Decimal(110) if n != 777 else Decimal(190) for n in range(2500))
    chart = Chart("range", "锗", days, (Trace("锗", lows, highs),))
    drawn = svg(chart, "en", 560, 280)
    assert len(drawn.encode()) < 16_000
    band = re.search(r'class="c-dot0 c-ink0"[^>]* d="M([^"]+)z"', drawn)
    assert band
    heights = [float(point.split()[1]) for point in band[1].split("L")]
    few = svg(
        Chart("range", "锗", days[:2], (Trace("锗", (Decimal(20),) * 2, (Decimal(190),) * 2),)),
        "en",
        560,
        280,
    )
    ends = re.search(r'class="c-dot0 c-ink0"[^>]* d="M([^"]+)z"', few)
    assert ends
    assert {min(heights), max(heights)} == {float(point.split()[1]) for point in ends[1].split("L")}
