"""Change points."""

import numpy as np
import pytest
from statsmodels.datasets import nile

from touchstone.calc.linkage.batch import each
from touchstone.calc.linkage.changepoint import change_points
from touchstone.calc.linkage.panel import Panel, panel
from touchstone.calc.linkage.resampling import Resampling
from touchstone.errors import UnusableSeries

from .markets import panel_of, unchecked


def _nile() -> Panel:
    data = nile.load_pandas().data
    return panel(["flow"], [str(int(year)) for year in data["year"]], data[["volume"]].to_numpy())


@pytest.mark.parametrize("algorithm", ["kernel", "pelt"])
@pytest.mark.parametrize("strictness", [2.0, 3.0, 5.0])
def test_the_nile_changed_after_1898(algorithm: str, strictness: float) -> None:
    """Cobb, Biometrika 65 (1978) 243-251: the flow fell from about 1098 to 850 after 1898."""
    [point] = change_points(_nile(), "flow", algorithm=algorithm, strictness=strictness).points  # pyright: ignore
    assert (point.last, point.first) == ("1898", "1899")
    assert (round(point.before), round(point.after)) == (1098, 850)
    assert point.shift.low < -248 < point.shift.high < 0
    assert point.earliest <= "1898" <= point.latest


def test_the_sentence_names_the_year_the_levels_and_the_shift() -> None:
    said = change_points(_nile(), "flow").statement.sentence
    assert said.en.startswith(
        "The level of flow changed once: after 1898 (95 %: 1895 to 1902), 1098 → 850.0, by −247.8 ("
    )
    assert said.zh.startswith(
        "flow的水平突变1次：1898之后（95%区间：1895至1902），1098 → 850.0，变动−247.8（"
    )


def test_noise_is_rarely_cut() -> None:
    random = np.random.default_rng(0)
    cut = sum(
        bool(
            change_points(panel_of(a=random.normal(size=150)), "a", resampling=Resampling(resamples=9)).points
        )
        for _ in range(60)
    )
    assert cut <= 6


def test_several_changes_are_found_where_they_were_made() -> None:
    values = np.random.default_rng(2).normal(size=600)
    values[200:] += 2
    values[450:] -= 4
    given = panel_of(a=values)
    found = change_points(given, "a").points
    places = [given.periods.index(point.first) for point in found]
    assert places == pytest.approx([200, 450], abs=3)
    assert [point.shift.point for point in found] == pytest.approx([2, -4], abs=0.3)
    assert all(
        point.shift.low <= true <= point.shift.high for point, true in zip(found, (2, -4), strict=True)
    )


def test_a_level_that_stays_is_said_to_stay() -> None:
    found = change_points(panel_of(a=np.random.default_rng(3).normal(size=100)), "a")
    assert found.points == ()
    assert found.statement.sentence.en == "No change in the level of a is detected inside the sample."
    assert found.statement.sentence.zh == "a的水平在样本期内未检出突变。"


def test_quotes_that_mostly_stand_still_still_have_a_noise_and_say_how_it_was_taken() -> None:
    quotes = np.repeat([2600.0, 2650.0, 2600.0, 2900.0, 2950.0], 12)
    found = change_points(panel_of(gallium=quotes), "gallium")
    assert found.noise > 0
    assert ("sigma_by", "deviation") in found.statement.parameters


def test_memory_in_the_noise_is_said_in_the_sentence() -> None:
    random = np.random.default_rng(4)
    values = np.zeros(300)
    for day in range(1, 300):
        values[day] = 0.5 * values[day - 1] + random.normal()
    assert "autocorrelated" in change_points(panel_of(a=values), "a", noise=10).statement.sentence.en


def test_a_segment_is_never_shorter_than_asked() -> None:
    values = np.random.default_rng(5).normal(size=120)
    values[60:64] += 30
    given = panel_of(a=values)
    rows = [0, *(given.periods.index(p.first) for p in change_points(given, "a", smallest=10).points), 120]
    assert min(np.diff(rows)) >= 10


def test_short_and_constant_series_are_absent_and_the_rest_goes_on() -> None:
    given = unchecked(a=np.random.default_rng(1).normal(size=60), still=np.ones(60))
    found = each([("a",), ("still",)], lambda name: change_points(given, name))
    assert [result.name for result in found.results] == ["a"]
    assert [absent.why.code for absent in found.absent] == ["LINK-003"]
    with pytest.raises(UnusableSeries, match="LINK-005"):
        change_points(panel_of(a=np.arange(9.0)), "a")


@pytest.mark.parametrize(
    "line",
    [np.arange(60.0), np.arange(60.0) * 0.1, 3 - np.arange(60.0) * 0.3, np.round(np.arange(60.0) * 0.013, 2)],
)
def test_a_straight_line_has_no_levels(line: np.ndarray) -> None:
    """Whether or not its steps are equal to the last digit."""
    with pytest.raises(UnusableSeries, match="LINK-211  a ") as refused:
        change_points(panel_of(a=line), "a")
    assert "趋势" in refused.value.text("zh")
    assert change_points(panel_of(a=line), "a", noise=100.0).points == ()
