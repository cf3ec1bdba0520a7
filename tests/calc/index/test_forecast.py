"""The forecast of one month: what is predictable is predicted, and intervals hold what they promise."""

from datetime import date

import numpy as np
import pytest

from touchstone.calc.index.autoregression import past_of
from touchstone.calc.index.calibration import calibrate
from touchstone.calc.index.forecast import forecast, track_record
from touchstone.calc.index.index import index_of
from touchstone.errors import UnusableSeries

from .made import FIRST, adjusted, copper, small

DAY = date(2024, 7, 16)


def test_the_forecast_is_the_index_of_the_forecast_moves() -> None:
    recipe = small()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    made = forecast(recipe, own, kept, seed=1)
    assert (
        made.period == "2024-07"
        and made.low < made.level < made.high
        and sum(made.chances) == pytest.approx(1)
    )
    z = [
        np.clip(made.moves[i.key], kept.low[n], kept.high[n]) / kept.scale[n]
        for n, i in enumerate(recipe.indicators)
    ]
    assert made.level == pytest.approx(100 + kept.factor * float(np.array(z) @ kept.weights))


def test_the_same_seed_gives_the_same_interval_and_another_one_nearly_so() -> None:
    recipe = copper()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    one, again, other = (forecast(recipe, own, kept, seed) for seed in (1, 1, 2))
    assert one == again and one.level == other.level and abs(one.low - other.low) < 2


def test_what_is_published_already_is_not_forecast() -> None:
    recipe = copper()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    early = ("m2", "pmi", "chips")
    known = {key: s if key in early else s.between(FIRST, "2024-05") for key, s in own.items()}
    made = forecast(recipe, known, kept, seed=1)
    index = index_of(recipe, own, kept)
    assert made.period == "2024-06" and made.published == early
    for key in early:
        column = index.indicators.index(key)
        assert made.moves[key] == pytest.approx(float(index.moved[-1, column]))


@pytest.mark.parametrize("form", ["association", "level", "composite"])
def test_intervals_cover_about_what_they_promise_and_the_record_says_how_often(form: str) -> None:
    recipe = small(form)  # type: ignore[arg-type]
    own = adjusted(recipe, seed=4)
    kept = calibrate(recipe, own, DAY)
    record = track_record(recipe, own, kept, seed=1, last=80, draws=300)
    assert record.count == 80 and record.until == "2024-06" and 0.65 < record.covered < 0.95
    errors = [abs(error) for _, error in record.errors]
    assert record.error == pytest.approx(np.mean(errors)) and record.error < 1.1 * record.naive


def test_a_forecast_looks_at_nothing_later() -> None:
    recipe = small()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    short = {key: s.between(FIRST, "2023-06") for key, s in own.items()}
    whole = track_record(recipe, own, kept, seed=1, last=12, draws=50)
    level = index_of(recipe, own, kept).at("2023-07")
    assert forecast(recipe, short, kept, seed=9).level == pytest.approx(level - dict(whole.errors)["2023-07"])


def test_an_autoregression_is_found_with_its_length() -> None:
    dice = np.random.default_rng(2)
    moved = np.zeros(600)
    for at in range(2, 600):
        moved[at] = 0.3 * moved[at - 1] + 0.5 * moved[at - 2] + dice.normal()
    past = past_of(moved, 36)
    assert past and past.order in (2, 3)
    assert past.next == pytest.approx(0.3 * moved[-1] + 0.5 * moved[-2], abs=0.3)
    assert past_of(moved[:20], 36) is None


def test_the_growth_cycle_has_no_forecast() -> None:
    recipe = small("growth_cycle")
    own = adjusted(recipe)
    with pytest.raises(UnusableSeries, match="INDEX-009"):
        forecast(recipe, own, calibrate(recipe, own, DAY), seed=1)


def test_too_short_a_history_is_no_ground_for_a_forecast() -> None:
    recipe = small()
    own = adjusted(recipe)
    kept = calibrate(recipe, own, DAY)
    with pytest.raises(UnusableSeries, match="INDEX-013"):
        forecast(recipe, {key: each.between("2022-01", "2024-06") for key, each in own.items()}, kept, seed=1)
    one = {
        key: each.between("2022-01" if n else FIRST, "2024-06") for n, (key, each) in enumerate(own.items())
    }
    with pytest.raises(UnusableSeries, match="INDEX-013"):
        forecast(recipe, one, kept, seed=1)
