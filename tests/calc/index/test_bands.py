"""Bands: a published level and its limits, and what limits a history would give."""

from dataclasses import replace

import numpy as np
import pytest

from touchstone.calc.index.bands import band_of, proposal
from touchstone.calc.index.recipe import Band, Bands
from touchstone.calc.timeseries import clock
from touchstone.facts.text import Text

from .made import copper


@pytest.mark.parametrize(
    ("level", "band"),
    [(89, "cold"), (95.64, "cold"), (95.66, "normal"), (95.7, "normal"), (100, "normal"), (104.2, "normal"),
     (104.249, "normal"), (104.26, "hot"), (122.8, "hot"), (float("nan"), "")],
)  # fmt: skip
def test_a_level_is_judged_as_it_is_published_and_a_limit_belongs_to_the_middle(
    level: float, band: str
) -> None:
    assert band_of(copper(), level) == band


def test_five_bands() -> None:
    recipe = copper()
    bands = tuple(Band(key, Text(key, key), "") for key in ("blue", "cyan", "green", "yellow", "red"))
    five = replace(recipe, bands=Bands((80.0, 90.0, 110.0, 120.0), bands, recipe.source))
    levels = (79.9, 80, 89.9, 90, 110, 110.1, 120, 120.1)
    assert [band_of(five, level) for level in levels] == [
        "blue", "cyan", "cyan", "green", "green", "yellow", "yellow", "red",
    ]  # fmt: skip


def test_the_limits_of_the_association_are_about_the_terciles_of_its_published_values() -> None:
    """25 printed values, and 11 that follow from a printed change and were not printed themselves."""
    values = [89, 96.2, 105.2, 86.2, 100.4, 99.9, 100.6, 106.9, 101.8, 105.6, 96.3, 105.2, 95.0, 107.5, 111.3, 117.9, 106.4,
              110.4, 102.2, 104.4, 96.9, 91.9, 108.6, 95.2, 87.6]  # fmt: skip
    before = [118.0, 90.8, 97.3, 121.9, 101.2, 107.9, 90.8, 89.6, 99.5, 104.5, 103.5]
    levels = np.array([*values, *before])
    found = proposal(copper(), clock("2019-01", "2021-12"), levels, "2019-01", "2021-12")
    assert found.count == 36 and found.limits == (95.7, 104.2)
    assert found.by_frequency == pytest.approx((95.7, 104.2), abs=1.5)
    assert found.by_deviation == pytest.approx((95.7, 104.2), abs=3)
    assert sum(found.shares) == pytest.approx(1) and all(0.25 <= share < 0.42 for share in found.shares)


def test_a_proposal_can_be_asked_for_five_bands_and_needs_a_history() -> None:
    levels = np.arange(101.0)
    periods = clock("2015-01", "2023-05")
    assert proposal(copper(), periods, levels, "2015-01", "2023-05", 5).by_frequency == (10, 30, 70, 90)
    with pytest.raises(ValueError, match="0 levels"):
        proposal(copper(), periods, levels, "2030-01", "2031-01")
