"""Gauge, waterfall and lights: what is drawn is what is said, and what does not fit is refused."""

from decimal import Decimal

import pytest
from lxml import etree

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
