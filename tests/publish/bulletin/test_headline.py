"""Headings: how a metal moved in each market, worked out from its quotations."""

from collections.abc import Callable

import pytest

from touchstone.publish.bulletin.headline import headline
from touchstone.publish.bulletin.week import Week

from .conftest import BEFORE, FRIDAY

Gather = Callable[..., Week]


def heading(gather: Gather, before: str, now: str) -> tuple[str, str]:
    week = gather({BEFORE.isoformat(): before, FRIDAY.isoformat(): now})
    bismuth = next(metal for metal in week.layout.metals if metal.code == "bi")
    text = headline(bismuth, week)
    return text.zh, text.en


@pytest.mark.parametrize(
    ("now", "zh", "en"),
    [
        ("41500-42500", "铋：国内上涨", "Bismuth: domestic up"),
        ("40500-41500", "铋：国内下跌", "Bismuth: domestic down"),
        ("41000-42000", "铋：国内持平", "Bismuth: domestic unchanged"),
    ],
)
def test_one_quotation_gives_the_direction_of_its_market(gather: Gather, now: str, zh: str, en: str) -> None:
    assert heading(gather, "国内铋锭报41000-42000元/吨。", f"国内铋锭报{now}元/吨。") == (zh, en)


@pytest.mark.parametrize(
    ("oxide", "zh"),
    [
        ("45000-46000", "铋：国内稳中有涨"),
        ("44000-45000", "铋：国内涨跌互现"),
        ("46000-47000", "铋：国内上涨"),
    ],
)
def test_several_quotations_of_a_market_are_told_together(gather: Gather, oxide: str, zh: str) -> None:
    before = "国内铋锭报41000-42000元/吨，氧化铋报45000-46000元/吨。"
    assert heading(gather, before, f"国内铋锭报41500-42500元/吨，氧化铋报{oxide}元/吨。")[0] == zh


def test_markets_that_go_the_same_way_are_told_as_one(gather: Gather) -> None:
    text = "国内铋锭报41000-42000元/吨。出口市场铋锭报2.8-2.9美元/磅。"
    assert heading(gather, text, text) == ("铋：各市场持平", "Bismuth: all markets unchanged")


def test_markets_that_part_ways_are_told_each(gather: Gather) -> None:
    before = "国内铋锭报41000-42000元/吨。出口市场铋锭报2.8-2.9美元/磅。"
    now = "国内铋锭报41000-42000元/吨。出口市场铋锭报2.7-2.8美元/磅。"
    assert heading(gather, before, now) == (
        "铋：出口下跌，国内持平",
        "Bismuth: export down, domestic unchanged",
    )


def test_a_metal_of_which_no_change_is_known_is_its_own_heading(gather: Gather) -> None:
    assert heading(gather, "国内镉锭报16000元/吨。", "国内铋锭报41000元/吨。") == ("铋", "Bismuth")


def test_a_quotation_of_another_metal_does_not_speak_for_the_metal(gather: Gather) -> None:
    """Electrolytic manganese is told in the paragraph of selenium, whose price it drives."""
    texts = {
        BEFORE.isoformat(): "国内电解锰报10000元/吨。国内硒粉报90-110元/公斤。",
        FRIDAY.isoformat(): "国内电解锰报11000元/吨。国内硒粉报90-110元/公斤。",
    }
    week = gather(texts)
    selenium = next(metal for metal in week.layout.metals if metal.code == "se")
    assert "mn.electrolytic@market.domestic" in week.told
    assert headline(selenium, week).zh == "硒：国内持平"
