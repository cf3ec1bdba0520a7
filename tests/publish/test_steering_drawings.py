"""Gauge, waterfall and lights: what is drawn is what is said, and what does not fit is refused."""

import itertools
from decimal import Decimal

import pytest
from lxml import etree

from touchstone.publish.chart import Chart, Trace
from touchstone.publish.draw import svg
from touchstone.publish.format import Unwritable
from touchstone.publish.gauge import Gauge, gauge_svg
from touchstone.publish.lamp import LEVELS, lamp, strip
from touchstone.publish.waterfall import Waterfall, waterfall_svg


def gauge(value: str) -> Gauge:
    limits = (Decimal("95.7"), Decimal("104.2"))
    return Gauge(
        "指数", Decimal(value), Decimal(70), Decimal(130), ("偏冷", "正常", "偏热"), limits, "指数在偏热区间"
    )


def test_a_gauge_shows_its_value_its_bands_and_its_limits() -> None:
    text = " ".join(etree.fromstring(gauge_svg(gauge("110.4"), "zh")).itertext())
    assert all(said in text for said in ("110.4", "偏冷", "正常", "偏热", "95.7", "104.2"))


def _labels(svg: str) -> list[tuple[str, float, float]]:
    """Words of a drawing with their left end and height."""
    return [
        (e.text or "", float(e.get("x", 0)), float(e.get("y", 0)))
        for e in etree.fromstring(svg).iter("{*}text")
    ]


@pytest.mark.parametrize("limits", [("90", "96", "104", "110"), ("99.8", "99.9", "100.1", "100.2")])
def test_five_bands_however_narrow_are_told_apart_and_all_their_limits_are_named(
    limits: tuple[str, ...],
) -> None:
    names = ("deep cold", "cold", "normal", "hot", "overheated")
    drawn = Gauge(
        "Index", Decimal("97"), Decimal(70), Decimal(130), names, tuple(map(Decimal, limits)), "", 2
    )
    labels = _labels(gauge_svg(drawn, "en"))
    said = [text for text, _, _ in labels]
    assert all(said.count(name) == 1 for name in names)
    assert f"{limits[1]}–{limits[2]}" in said and f"above {limits[3]}" in said
    outside = sorted((x, y) for text, x, y in labels if text in limits)
    assert all(b[0] - a[0] > 25 or abs(a[1] - b[1]) > 12 for a, b in itertools.pairwise(outside))
    assert all(0 <= x < 300 for _, x, _ in labels)


def bars_of(drawn: Waterfall) -> list[float]:
    svg_of = etree.fromstring(waterfall_svg(drawn, "en"))
    return [float(bar.get("width", 0)) for bar in svg_of.iter("{*}rect")]


def test_every_step_of_a_waterfall_is_as_long_as_its_number_and_a_cut_end_says_so() -> None:
    steps = (("power", Decimal("2.3")), ("goods", Decimal("-0.9")))
    drawn = Waterfall("w", ("base", Decimal(100)), steps, ("Aug", Decimal("101.4")), "")
    base, end, power, goods = bars_of(drawn)
    assert power / goods == pytest.approx(2.3 / 0.9, rel=0.01) and base > 0
    assert (end - base) / power == pytest.approx(1.4 / 2.3, rel=0.01)
    assert waterfall_svg(drawn, "en").count("c-break") == 2 and "are cut" in waterfall_svg(drawn, "en")


def test_a_change_that_can_be_seen_beside_its_ends_is_drawn_from_zero() -> None:
    drawn = Waterfall("w", ("2023", Decimal(50)), (("activity", Decimal(50)),), ("2024", Decimal(100)), "")
    start, end, step = bars_of(drawn)
    assert start == pytest.approx(step, rel=0.01) and end == pytest.approx(2 * step, rel=0.01)
    assert "c-break" not in waterfall_svg(drawn, "en")


def test_a_title_that_is_too_long_takes_another_line() -> None:
    chart = Chart(
        "line",
        "Copper demand index: levels and limits of its bands",
        ("2024-01", "2024-02"),
        (Trace("i", (Decimal(1), Decimal(2))),),
    )
    lines = [text for text, _, _ in _labels(svg(chart, "en", 300, 250)) if text in chart.title]
    assert " ".join(lines[:2]) == chart.title


def test_a_value_beyond_the_scale_rests_at_its_end() -> None:
    far, end = (gauge_svg(gauge(value), "zh").split('stroke-width="4"')[0][-90:] for value in ("999", "130"))
    assert far == end


def test_bands_and_limits_that_do_not_fit_are_refused() -> None:
    with pytest.raises(Unwritable, match="bands"):
        Gauge("指数", Decimal(1), Decimal(0), Decimal(2), ("a", "b"), (), "")


def test_a_waterfall_ends_where_its_steps_lead() -> None:
    steps = (("电力", Decimal("6.3")), ("家电", Decimal("-1.9")))
    drawn = Waterfall("贡献", ("基准", Decimal(100)), steps, ("8月", Decimal("104.4")), "贡献合计4.4")
    text = " ".join(etree.fromstring(waterfall_svg(drawn, "zh")).itertext())
    assert "+6.3" in text and "104.4" in text
    with pytest.raises(Unwritable, match="do not lead"):
        Waterfall("贡献", ("基准", Decimal(100)), steps, ("8月", Decimal("110.4")), "")


def test_lights_differ_in_shape_and_not_only_in_colour() -> None:
    shapes = {etree.fromstring(lamp(level, level))[1].get("d", level) for level in LEVELS}
    assert len(shapes) == len(LEVELS)
    drawn = etree.fromstring(strip(LEVELS, LEVELS, "history"))
    heights = [bar.get("height") for bar in drawn]
    assert len(set(heights)) == len(LEVELS)
